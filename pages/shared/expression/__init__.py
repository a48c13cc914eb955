"""The parts of the page of any expression."""
