"""How many slips are found again, on drawn exercises of any shape, from a few of their numbers."""

from dataclasses import dataclass
from time import perf_counter

import numpy as np

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


def some_of(draw, found, others, digits, least=3, most=6):
    """Return some of the numbers that differ from all others, or None."""
    written = {name: float(f"{value:.{digits}g}") for name, value in found.items()}
    told = [
        name
        for name, value in found.items()
        if abs(value) > 1e-6 and all(differs(written[name], other[name]) for other in others)
    ]
    if len(told) < least:
        return None
    count = min(len(told), int(draw.integers(least, most + 1)))
    return {str(name): written[str(name)] for name in draw.choice(told, count, replace=False)}


@dataclass(frozen=True)
class Share:
    """Of so many tries, how often all numbers were explained, and by the slips themselves.

    `beaten` counts where the first explanation leaves numbers, and a later one none.
    """

    count: int
    digits: int
    tried: int
    found: int
    themselves: int
    beaten: int
    slowest: float

    @property
    def share(self):
        return self.found / self.tried


def share_of(count, digits, tries=40, numbers_each=(3, 6)):
    """Return the share found of so many slips together, from numbers of so many digits."""
    draw = np.random.default_rng(count * 10 + digits)
    tried = found = themselves = beaten = 0
    slowest = 0.0
    while tried < tries:
        exercise = drawn(draw)
        setup = Setup.of(exercise)
        fitting = [slip for slip in SLIPS.values() if slip.fits(setup) and not slip.alone]
        places = sorted(draw.choice(len(fitting), count, replace=False))
        slips = [fitting[place] for place in places]
        values = numbers_of(exercise, slips)
        if not np.isfinite(list(values.values())).all():
            continue
        numbers = some_of(draw, values, [Plain(exercise).names()], digits, *numbers_each)
        if numbers is None or not sort_numbers(exercise, numbers).wrong:
            continue
        tried += 1
        begun = perf_counter()
        told = find_slips(exercise, numbers)
        slowest = max(slowest, perf_counter() - begun)
        found += bool(told) and told[0].leaves == ()
        keys = {slip.key for slip in slips}
        themselves += any(set(each.slips) == keys for each in told)
        beaten += bool(told) and told[0].leaves != () and any(not each.leaves for each in told)
    return Share(count, digits, tried, found, themselves, beaten, slowest)
