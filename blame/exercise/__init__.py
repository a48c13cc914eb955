"""The exercise as named numbers: presets, links, its NumPy lines, its trace, its files."""
