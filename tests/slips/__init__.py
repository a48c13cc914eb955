"""How many slips are found again: python -m tests.slips."""
