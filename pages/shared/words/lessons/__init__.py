"""What the lessons say of their numbers."""
