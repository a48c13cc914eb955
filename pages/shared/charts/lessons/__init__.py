"""Figures of the lessons, one file for each."""
