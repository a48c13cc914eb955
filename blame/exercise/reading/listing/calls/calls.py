"""Calls of NumPy, Python, PyTorch and Keras that exercises are written with, by their last name."""

from __future__ import annotations

import numpy as np

from blame.exercise.reading.listing import symbols
from blame.exercise.reading.listing.calls.arguments import Call, shape_of
from blame.exercise.reading.listing.calls.arrays import (
    eye,
    filled,
    like,
    reshape,
    transposed,
    unsqueezed,
    where,
)
from blame.exercise.reading.listing.calls.python import (
    enumerated,
    first,
    length,
    ordered,
    ranged,
    zipped,
)
from blame.exercise.reading.listing.calls.sums import binary, largest, matmul, mean, summed
from blame.exercise.reading.listing.calls.units import elementwise, leaky, log_softmax, softmax
from blame.exercise.reading.listing.symbols import num
from blame.exercise.reading.listing.values import (
    array_of,
    nodes_of,
)

SAME = (
    "array",
    "asarray",
    "matrix",
    "tensor",
    "Tensor",
    "FloatTensor",
    "DoubleTensor",
    "constant",
    "Constant",
    "constant_initializer",
    "Variable",
    "Parameter",
    "float",
    "as_tensor",
    "from_numpy",
    "asmatrix",
    "float64",
    "float32",
    "double",
    "clone",
    "detach",
    "numpy",
    "cpu",
    "cuda",
    "to",
    "copy",
    "item",
    "tolist",
    "requires_grad_",
    "astype",
    "convert_to_tensor",
    "list",
    "tuple",
    "contiguous",
    "squeeze",
    "asanyarray",
    "parameter",
    "mat",
    "print_",
    "int",
    "long",
    "type",
    "Value",
    "clip",
)
"""Calls that give back their first argument as far as an exercise is concerned."""
ELEMENTWISE = {
    "exp": "exp",
    "log": "log",
    "ln": "log",
    "tanh": "tanh",
    "sqrt": "sqrt",
    "abs": "abs",
    "absolute": "abs",
    "fabs": "abs",
    "sigmoid": "sigmoid",
    "logistic": "sigmoid",
    "expit": "sigmoid",
    "sig": "sigmoid",
    "relu": "relu",
    "ReLU": "relu",
    "softplus": "softplus",
}

CALLS: dict[str, Call] = {
    **dict.fromkeys(SAME, first),
    **{name: elementwise(key) for name, key in ELEMENTWISE.items()},
    "log1p": lambda run, args, named: run.each(
        lambda z: symbols.function("log", symbols.add(num(1), z)), args[0]
    ),
    "square": lambda run, args, named: run.each(lambda z: symbols.power(z, num(2)), args[0]),
    "zeros": filled(0.0),
    "ones": filled(1.0),
    "full": lambda run, args, named: run.both(
        symbols.add, nodes_of(np.zeros(shape_of(args[:1], {}))), args[1]
    ),
    "zeros_like": like(0.0),
    "ones_like": like(1.0),
    "eye": eye,
    "sum": summed,
    "reduce_sum": summed,
    "mean": mean,
    "average": mean,
    "reduce_mean": mean,
    "dot": matmul,
    "matmul": matmul,
    "mm": matmul,
    "mv": matmul,
    "inner": matmul,
    "add": binary(symbols.add),
    "subtract": binary(symbols.sub),
    "multiply": binary(symbols.mul),
    "mul": binary(symbols.mul),
    "divide": binary(symbols.div),
    "pow": binary(symbols.power),
    "power": binary(symbols.power),
    "maximum": binary(symbols.larger),
    "max": largest,
    "amax": largest,
    "clamp": lambda run, args, named: run.both(symbols.larger, args[0], num(0)),
    "where": where,
    "leaky_relu": leaky,
    "softmax": softmax,
    "log_softmax": log_softmax,
    "reshape": reshape,
    "view": reshape,
    "transpose": transposed,
    "t": transposed,
    "flatten": lambda run, args, named: array_of(args[0]).reshape(-1),
    "ravel": lambda run, args, named: array_of(args[0]).reshape(-1),
    "unsqueeze": unsqueezed,
    "expand_dims": unsqueezed,
    "range": ranged,
    "arange": lambda run, args, named: array_of(ranged(run, args, named)),
    "len": length,
    "zip": zipped,
    "enumerate": enumerated,
    "OrderedDict": ordered,
    "dict": ordered,
}
