"""The training lab in words."""
