"""Calls of NumPy, Python, PyTorch and Keras that exercises are written with, by their last name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from blame.exercise.reading.listing import symbols
from blame.exercise.reading.listing.evaluate import Evaluator
from blame.exercise.reading.listing.generators import LEGACY, NEW, Generator
from blame.exercise.reading.listing.symbols import Node, Value, num
from blame.exercise.reading.listing.values import (
    MOST_CELLS,
    NotFollowed,
    TooMuch,
    array_of,
    nodes_of,
    numbers_of,
    plain,
)

Named = dict[str, Value]
Call = Callable[[Evaluator, list[Value], Named], Value]

SAME = (
    "array",
    "asarray",
    "matrix",
    "tensor",
    "Tensor",
    "FloatTensor",
    "DoubleTensor",
    "constant",
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


def _whole(value: Value) -> int:
    if isinstance(value, bool) or not isinstance(value, Node):
        raise NotFollowed("whole number")
    if not abs(value.value) <= 1e9:
        raise NotFollowed("whole number")
    return int(value.value)


def _shape_of(args: list[Value], named: Named) -> tuple[int, ...]:
    sizes = named.get("size", named.get("shape", args[0] if len(args) == 1 else args))
    listed = list(sizes) if isinstance(sizes, (list, tuple)) else [sizes]
    shape = tuple(map(_whole, listed))
    if not 0 < np.prod(shape, dtype=float) <= MOST_CELLS or any(size < 1 for size in shape):
        raise TooMuch
    return shape


def _filled(value: float) -> Call:
    def call(run: Evaluator, args: list[Value], named: Named) -> Value:
        return nodes_of(np.full(_shape_of(args[:3], named), value))

    return call


def _like(value: float) -> Call:
    return lambda run, args, named: nodes_of(np.full(array_of(args[0]).shape, value))


def _axis(args: list[Value], named: Named) -> int | None:
    axis = named.get("axis", named.get("dim", args[1] if len(args) > 1 else None))
    return None if axis is None else _whole(axis)


def _added(run: Evaluator, args: list[Value], named: Named) -> tuple[Any, int]:
    """Return the sums along an axis, and how many numbers are in each."""
    cells = array_of(args[0])
    axis = _axis(args, named)
    run.spend(cells.size)
    keep = any(run.holds(named.get(name)) for name in ("keepdims", "keepdim"))
    if axis is None:
        moved = cells.reshape(-1)
    elif -cells.ndim <= axis < cells.ndim:
        moved = np.moveaxis(cells, axis, 0)
    else:
        raise NotFollowed("axis")
    made = np.empty(moved.shape[1:], dtype=object)
    for index in np.ndindex(made.shape):
        total = num(0)
        for k in range(moved.shape[0]):
            total = symbols.add(total, moved[(k, *index)])
        made[index] = total
    if keep and axis is not None:
        made = np.expand_dims(made, axis)
    return made, moved.shape[0]


def _sum(run: Evaluator, args: list[Value], named: Named) -> Value:
    return plain(_added(run, args, named)[0])


def _mean(run: Evaluator, args: list[Value], named: Named) -> Value:
    made, count = _added(run, args, named)
    if not count:
        raise NotFollowed("mean of nothing")
    run.squared_mean = True
    return run.each(lambda total: symbols.div(total, num(count)), made)


def _matmul(run: Evaluator, args: list[Value], named: Named) -> Value:
    return run.matmul(args[0], args[1])


def _binary(function: Callable[[Node, Node], Node]) -> Call:
    return lambda run, args, named: run.both(function, args[0], args[1])


def _max(run: Evaluator, args: list[Value], named: Named) -> Value:
    if len(args) == 2 and not named:
        return run.both(symbols.larger, args[0], args[1])
    cells = array_of(args[0]).ravel()
    run.spend(cells.size)
    # The largest pre-activation, taken away before an exponential: a number without a past.
    return num(max(cell.value for cell in cells))


def _where(run: Evaluator, args: list[Value], named: Named) -> Value:
    parts: list[Any] = [array_of(arg) for arg in args]
    if len(parts) != 3 or np.prod([part.size for part in parts], dtype=float) > MOST_CELLS**2:
        raise TooMuch
    parts = list(np.broadcast_arrays(*parts))
    test, a, b = parts
    if test.size > MOST_CELLS:
        raise TooMuch
    run.spend(test.size)
    made = np.empty(test.shape, dtype=object)
    for index in np.ndindex(test.shape):
        made[index] = symbols.choose(test[index], a[index], b[index])
    return plain(made)


def _leaky(run: Evaluator, args: list[Value], named: Named) -> Value:
    given = named.get("negative_slope", named.get("alpha", args[1] if len(args) > 1 else None))
    slope = given.value if isinstance(given, Node) else 0.01
    return run.each(lambda z: symbols.leaky(z, slope), args[0])


def softmax_rows(run: Evaluator, value: Value) -> Value:
    """Return the softmax of each row; of each column where the rows are single numbers."""
    cells = array_of(value)
    if cells.ndim == 0 or cells.ndim > 2:
        raise NotFollowed("softmax")
    run.spend(2 * cells.size)
    if cells.ndim == 2 and cells.shape[1] == 1:
        return softmax_rows(run, cells.T).T
    made = np.empty(cells.shape, dtype=object)
    for index in np.ndindex(cells.shape[:-1]):
        made[index] = symbols.softmax(list(cells[index]))
    return made


def _softmax(run: Evaluator, args: list[Value], named: Named) -> Value:
    return softmax_rows(run, args[0])


def _log_softmax(run: Evaluator, args: list[Value], named: Named) -> Value:
    return run.each(lambda share: symbols.function("log", share), softmax_rows(run, args[0]))


def _reshape(run: Evaluator, args: list[Value], named: Named) -> Value:
    sizes = args[1] if len(args) == 2 and isinstance(args[1], (list, tuple)) else args[1:]
    try:
        return plain(array_of(args[0]).reshape(tuple(map(_whole, sizes))))
    except ValueError:
        raise NotFollowed("shapes") from None


def _transposed(run: Evaluator, args: list[Value], named: Named) -> Value:
    return plain(array_of(args[0]).T)


def _unsqueezed(run: Evaluator, args: list[Value], named: Named) -> Value:
    return np.expand_dims(array_of(args[0]), 0 if _axis(args, named) == 0 else -1)


def _range(run: Evaluator, args: list[Value], named: Named) -> Value:
    ends = list(map(_whole, args))
    if not ends:
        raise NotFollowed("range")
    try:
        numbers = range(*ends)
    except (TypeError, ValueError):
        raise NotFollowed("range") from None
    if len(numbers) > MOST_CELLS:
        raise TooMuch
    return [num(k) for k in numbers]


def _length(run: Evaluator, args: list[Value], named: Named) -> Value:
    return num(len(run.items(args[0])))


def _zip(run: Evaluator, args: list[Value], named: Named) -> Value:
    return list(zip(*map(run.items, args), strict=False))


def _enumerate(run: Evaluator, args: list[Value], named: Named) -> Value:
    return [(num(k), item) for k, item in enumerate(run.items(args[0]))]


def _first(run: Evaluator, args: list[Value], named: Named) -> Value:
    if not args:
        args = list(named.values())
    if not args:
        raise NotFollowed("empty call")
    return args[0]


def _eye(run: Evaluator, args: list[Value], named: Named) -> Value:
    size = _whole(args[0])
    if not 0 < size <= 30:
        raise TooMuch
    return nodes_of(np.eye(size))


def _ordered(run: Evaluator, args: list[Value], named: Named) -> Value:
    if not args:
        return dict(named)
    if isinstance(args[0], dict):
        return args[0]
    pairs = run.items(args[0])
    if not all(isinstance(pair, tuple) and len(pair) == 2 for pair in pairs):
        raise NotFollowed("dict")
    return {key: value for key, value in pairs if isinstance(key, str)}


def seeded(name: str, args: list[Value]) -> Generator | None:
    """Return the generator that a call of seed, RandomState or default_rng makes."""
    if name not in ("seed", "RandomState", "default_rng") or not args:
        return None
    seed = _whole(args[0])
    if not 0 <= seed < 2**32:
        raise NotFollowed("seed")
    return Generator(seed, NEW if name == "default_rng" else LEGACY)


def drawn(generator: Generator, name: str, args: list[Value], named: Named) -> Value | None:
    """Return what a generator's method draws, None where it has no such."""

    def bare(value: Value) -> Any:
        return numbers_of(value).tolist() if value is not None else None

    try:
        found = generator.draw(
            name, [bare(arg) for arg in args], {key: bare(value) for key, value in named.items()}
        )
    except (TypeError, ValueError, OverflowError, MemoryError):
        found = None
    return None if found is None else nodes_of(found)


def _elementwise(key: str) -> Call:
    return lambda run, args, named: run.each(lambda z: symbols.function(key, z), args[0])


CALLS: dict[str, Call] = {
    **dict.fromkeys(SAME, _first),
    **{name: _elementwise(key) for name, key in ELEMENTWISE.items()},
    "log1p": lambda run, args, named: run.each(
        lambda z: symbols.function("log", symbols.add(num(1), z)), args[0]
    ),
    "square": lambda run, args, named: run.each(lambda z: symbols.power(z, num(2)), args[0]),
    "zeros": _filled(0.0),
    "ones": _filled(1.0),
    "full": lambda run, args, named: run.both(
        symbols.add, nodes_of(np.zeros(_shape_of(args[:1], {}))), args[1]
    ),
    "zeros_like": _like(0.0),
    "ones_like": _like(1.0),
    "eye": _eye,
    "sum": _sum,
    "reduce_sum": _sum,
    "mean": _mean,
    "average": _mean,
    "reduce_mean": _mean,
    "dot": _matmul,
    "matmul": _matmul,
    "mm": _matmul,
    "mv": _matmul,
    "inner": _matmul,
    "add": _binary(symbols.add),
    "subtract": _binary(symbols.sub),
    "multiply": _binary(symbols.mul),
    "mul": _binary(symbols.mul),
    "divide": _binary(symbols.div),
    "pow": _binary(symbols.power),
    "power": _binary(symbols.power),
    "maximum": _binary(symbols.larger),
    "max": _max,
    "amax": _max,
    "clamp": lambda run, args, named: run.both(symbols.larger, args[0], num(0)),
    "where": _where,
    "leaky_relu": _leaky,
    "softmax": _softmax,
    "log_softmax": _log_softmax,
    "reshape": _reshape,
    "view": _reshape,
    "transpose": _transposed,
    "t": _transposed,
    "flatten": lambda run, args, named: array_of(args[0]).reshape(-1),
    "ravel": lambda run, args, named: array_of(args[0]).reshape(-1),
    "unsqueeze": _unsqueezed,
    "expand_dims": _unsqueezed,
    "range": _range,
    "arange": lambda run, args, named: array_of(_range(run, args, named)),
    "len": _length,
    "zip": _zip,
    "enumerate": _enumerate,
    "OrderedDict": _ordered,
    "dict": _ordered,
}
