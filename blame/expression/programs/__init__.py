"""An expression to take away: as NumPy, as a small `Value` class, in PyTorch."""
