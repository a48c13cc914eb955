"""The exercise as named numbers: presets, its NumPy lines, its trace; links, files, pasted text."""
