"""The entries of the library, by theme. A new one is one more entry of one of these files."""
