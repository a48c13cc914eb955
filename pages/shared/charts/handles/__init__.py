"""Places on a chart that a hand can take and move: what they move, and where they are."""
