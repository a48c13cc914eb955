"""A slip as formulas: what was done and what is so, both with somebody's numbers."""
