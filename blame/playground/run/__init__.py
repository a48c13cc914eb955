"""The steps of a run: rates, optimisers, and what is kept of each step."""
