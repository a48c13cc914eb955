"""The parts of each lesson: its choices, and what it shows."""
