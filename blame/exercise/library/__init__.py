"""Public exercises of backpropagation: their numbers, what was printed and what is true."""
