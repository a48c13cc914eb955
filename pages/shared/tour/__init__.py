"""The parts of the tour: its steps, its own numbers, what stands on screen."""
