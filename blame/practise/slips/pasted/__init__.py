"""Somebody's numbers as text: read, and whole arrays compared."""
