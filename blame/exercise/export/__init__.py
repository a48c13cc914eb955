"""What a reader can take away: programs, a notebook, the trace and the run, with their numbers.

Everything is text, made from an `Exercise`, and reproduces what the app shows for it.
"""

from blame.exercise.export.data import run_csv, trace_json
from blame.exercise.export.jupyter import notebook
from blame.exercise.export.numpy_program import numpy_script
from blame.exercise.export.torch_program import torch_script

__all__ = ["notebook", "numpy_script", "run_csv", "torch_script", "trace_json"]
