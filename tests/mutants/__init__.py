"""Are the tests able to fail? `make mutants` breaks the contracts, line by line, and looks."""
