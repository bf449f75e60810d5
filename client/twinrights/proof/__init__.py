"""The proof of a license: one page for whoever must decide whether an image may be published."""
