"""Images on their way into the history: found, hashed, put in a tree, listed in a manifest."""
