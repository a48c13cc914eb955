"""What follows the hand and the clock."""
