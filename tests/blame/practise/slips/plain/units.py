"""Activations and their slopes on single numbers, and what each loss is the mean over."""

from math import exp, nan, tanh
from math import log as log_of_positive

LEAK = 0.01


def log(y):
    return log_of_positive(y) if y > 0 else nan


def sigmoid(z):
    return 1 / (1 + exp(-z)) if z > -700 else 0.0


VALUES = {
    "relu": lambda z: z if z > 0 else 0.0,
    "leaky_relu": lambda z: z if z > 0 else LEAK * z,
    "identity": lambda z: z,
    "sigmoid": sigmoid,
    "tanh": tanh,
    "softplus": lambda z: log(1 + exp(z)),
}
SLOPES = {
    "relu": lambda z: 1.0 if z > 0 else 0.0,
    "leaky_relu": lambda z: 1.0 if z > 0 else LEAK,
    "identity": lambda z: 1.0,
    "sigmoid": lambda z: sigmoid(z) * (1 - sigmoid(z)),
    "tanh": lambda z: 1 - tanh(z) ** 2,
    "softplus": sigmoid,
}
MEANS = {"mse": "samples and outputs", "bce": "samples and outputs", "cross_entropy": "samples"}
