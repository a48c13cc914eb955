"""What teachers send, what pupils hand in, and what a projector or another page shows."""
