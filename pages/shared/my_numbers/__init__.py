"""The parts of the page that finds what makes the reader's own numbers."""
