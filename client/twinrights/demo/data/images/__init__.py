"""Drawn pictures of the demo's twins, and the list of what they show."""
