"""Figures: each function takes dataclasses of `blame` and returns a Plotly figure."""
