"""What the calls in a listing come to: of NumPy, Python, PyTorch and Keras."""
