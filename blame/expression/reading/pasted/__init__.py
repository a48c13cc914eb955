"""What is no plain formula, as the formula it means: code, LaTeX, and what stands around them."""
