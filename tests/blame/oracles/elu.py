"""An activation that bends and has a kink, for tests: its slope left of 0 is half that right."""

import numpy as np

from blame import Activation

ALPHA = 0.5


def _value(z):
    return np.where(z > 0, z, ALPHA * np.expm1(np.minimum(z, 0)))


def _slope(z):
    return np.where(z > 0, 1.0, ALPHA * np.exp(np.minimum(z, 0)))


def _bend(z):
    return np.where(z > 0, 0.0, ALPHA * np.exp(np.minimum(z, 0)))


ELU = Activation(
    "elu",
    _value,
    _slope,
    rf"z \text{{ or }} {ALPHA}\,(e^z - 1)",
    kinks=(0.0,),
    output_range=(-ALPHA, np.inf),
    second_derivative=_bend,
)
