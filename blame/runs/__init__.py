"""What became of a training run: verdicts, why, how steep, which rates, what to try."""
