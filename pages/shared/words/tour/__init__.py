"""What the tour says: where a hand stands, and what it has found once it has."""
