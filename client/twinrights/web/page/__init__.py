"""How the page looks and what it does: one document, which loads nothing."""
