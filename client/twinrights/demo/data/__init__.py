"""The demo's input: thirty invented models, three brands, their crews and drawn pictures."""
