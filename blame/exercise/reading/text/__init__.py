"""What a text says: its lines made plain, its words, its names and numbers, its sentences."""
