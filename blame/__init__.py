"""Backpropagation in the open: a small network's forward pass, its blame and its training."""

from blame.activations import ACTIVATIONS, Activation
from blame.backward import BackwardPass, backward
from blame.exercise.exercise import Exercise
from blame.exercise.library.library import LIBRARY
from blame.exercise.presets import PRESETS, Preset
from blame.exercise.reading import Reading, read_exercise
from blame.expression import Expression, read_expression
from blame.forward import ForwardPass, forward
from blame.initialise import initialise
from blame.losses import LOSSES, Loss
from blame.network import Layer, Network
from blame.practise.slips.explanation import Explanation
from blame.practise.slips.search import find_slips
from blame.probe.numerical_gradient import NumericalGradient, numerical_gradient
from blame.training import History, train

__all__ = [
    "ACTIVATIONS",
    "LIBRARY",
    "LOSSES",
    "PRESETS",
    "Activation",
    "BackwardPass",
    "Exercise",
    "Explanation",
    "Expression",
    "ForwardPass",
    "History",
    "Layer",
    "Loss",
    "Network",
    "NumericalGradient",
    "Preset",
    "Reading",
    "backward",
    "find_slips",
    "forward",
    "initialise",
    "numerical_gradient",
    "read_exercise",
    "read_expression",
    "train",
]
