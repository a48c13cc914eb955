"""Figures of the training lab."""
