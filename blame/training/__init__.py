"""Gradient descent: how gradients move parameters, and every step of a run."""

from blame.training.training import History, check_output_range, pass_at, train

__all__ = ["History", "check_output_range", "pass_at", "train"]
