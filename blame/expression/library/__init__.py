"""Public expressions, with what their sources print."""
