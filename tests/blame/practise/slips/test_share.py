"""How many slips are found again, on drawn exercises of any shape, from three to six numbers."""

import numpy as np
import pytest

from blame import find_slips
from blame.exercise.library.compare import differs
from blame.practise.slips.asked import ask, known_places
from blame.practise.slips.desk import Setup
from blame.practise.slips.registry import SLIPS
from blame.practise.slips.search import sort_numbers
from blame.practise.slips.work import Work
from tests.blame.practise.slips.plain import Plain
from tests.blame.practise.slips.shapes import made

UNITS = ["relu", "leaky_relu", "sigmoid", "tanh", "softplus"]
LOSSES = {
    "softmax": ["cross_entropy", "cross_entropy_sum", "mse"],
    "sigmoid": ["bce", "mse", "half_sse", "bce_sum"],
}


def drawn(draw):
    depth = draw.integers(1, 5)
    sizes = [int(size) for size in draw.integers(1, 5, depth + 1)]
    if draw.random() < 0.4:
        sizes = [sizes[0]] * (depth + 1)
    last = str(draw.choice(["identity", "sigmoid", "tanh", "softmax"]))
    loss = str(draw.choice(LOSSES.get(last, ["mse", "half_sse", "sse"])))
    units = [*map(str, draw.choice(UNITS, depth - 1)), last]
    seed, count = int(draw.integers(1e6)), int(draw.choice([1, 1, 2, 4]))
    return made(seed, sizes, units, loss, count, bias=draw.random() < 0.85)


def numbers_of(exercise, slips):
    """Return every number with one slip, by the plain pass, or with two."""
    if len(slips) == 1:
        return Plain(exercise, slips[0].key).names()
    asked = ask(exercise, dict.fromkeys(known_places(exercise), 1.0))
    work = Work(Setup.of(exercise), [(slip.changes, np.array([0])) for slip in slips])
    return dict(zip(asked.names, asked.values(work)[0].tolist(), strict=True))


def some_of(draw, found, others, digits):
    """Return three to six numbers that differ from all others, or None."""
    written = {name: float(f"{value:.{digits}g}") for name, value in found.items()}
    told = [
        name
        for name, value in found.items()
        if abs(value) > 1e-6 and all(differs(written[name], other[name]) for other in others)
    ]
    if len(told) < 3:
        return None
    count = min(len(told), int(draw.integers(3, 7)))
    return {str(name): written[str(name)] for name in draw.choice(told, count, replace=False)}


@pytest.mark.parametrize(
    ("count", "digits", "share"),
    [(1, 4, 0.95), (1, 3, 0.95), (1, 2, 0.9), (2, 5, 0.8), (2, 4, 0.8)],
)
def test_the_share_that_is_found(count, digits, share):
    draw = np.random.default_rng(count * 10 + digits)
    tried = found = 0
    while tried < 40:
        exercise = drawn(draw)
        setup = Setup.of(exercise)
        fitting = [slip for slip in SLIPS.values() if slip.fits(setup) and not slip.alone]
        places = sorted(draw.choice(len(fitting), count, replace=False))
        slips = [fitting[place] for place in places]
        values = numbers_of(exercise, slips)
        if not np.isfinite(list(values.values())).all():
            continue
        numbers = some_of(draw, values, [Plain(exercise).names()], digits)
        if numbers is None or not sort_numbers(exercise, numbers).wrong:
            continue
        tried += 1
        told = find_slips(exercise, numbers)
        found += bool(told) and told[0].leaves == ()
    assert found / tried >= share
