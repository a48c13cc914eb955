"""Figures of the playground."""
