"""Every path from a number to the loss: a gradient is the sum of the products along them."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from functools import lru_cache
from math import fsum, prod

from blame.probe.trace.trace import Factor, Trace

MOST_PATHS = 64
"""Paths beyond so many are summed up instead of listed."""


@dataclass(frozen=True)
class Path:
    """One way from a number to the loss: the local slopes along it and the numbers it crosses."""

    factors: tuple[Factor, ...]
    through: tuple[str, ...]

    @property
    def product(self) -> float:
        """The blame that came this way."""
        return prod(factor.value for factor in self.factors)


@dataclass(frozen=True)
class Paths:
    """Every path from a number to the loss, the strongest listed, the rest summed up."""

    shown: tuple[Path, ...]
    count: int
    """How many paths there are, the listed ones included."""
    total: float
    """The sum over all paths: the number's gradient."""

    @property
    def more(self) -> int:
        """How many paths are not listed."""
        return self.count - len(self.shown)

    @property
    def rest(self) -> float:
        """The sum over the paths that are not listed."""
        return self.total - fsum(path.product for path in self.shown) if self.more else 0.0


# Receipt and picture both ask for them; a trace never changes.
@lru_cache(maxsize=64)
def paths(trace: Trace, name: str, most: int = MOST_PATHS) -> Paths:
    """Return the paths from a number, or from the number a gradient belongs to, to the loss.

    Parameters
    ----------
    trace : the opened pass.
    name : any number but the loss and the target.
    most : list so many at most, the strongest by size; the rest is counted and summed.

    Raises
    ------
    ValueError
        If there is no such number, or no blame flows to it.

    References
    ----------
    Bauer (1974), SIAM Journal on Computing 3, 87-89, for the sum over the paths of a computation.
    """
    kind, k, i, j = trace.place(name)
    s = trace.sample(name) or 0
    kind = "y_pred" if kind == "d_loss_y" else kind.removeprefix("d_").removeprefix("d")
    if kind in ("loss", "y_true"):
        raise ValueError(f"no blame flows to {name}; open any other number")
    if kind == "y_pred":
        head = trace.factor(trace.output("d_loss_y", i, s))
        return Paths((Path((head,), (trace.output("y_pred", i, s), "loss")),), 1, head.value)
    count = prod(trace.sizes[k + 1 :]) * (trace.sizes[-1] if _mixes(trace) else 1)
    if kind in ("a", "x"):
        start = trace.entry(f"{kind}{k or ''}", i, s)
        found = [
            Path(path.factors, (start, *path.through))
            for path in _onward(trace, k, i, most, _from_z(trace, k + 1, most, s))
        ]
        return Paths(tuple(found), count, _sum_onward(trace, k, i, _sums(trace, k + 1, s)))
    if kind == "z":
        return Paths(tuple(_from_one(trace, k, i, most, s)), count, _sum_of(trace, k, i, s))
    # A weight and a bias reach the loss by way of every sample.
    neuron, through = (j if kind == "W" else i), (name.removeprefix("d"),)
    shown: list[Path] = []
    totals = []
    for s in range(trace.n_samples):
        factors = (trace.input(k, i, s),) if kind == "W" else ()
        shown += [
            Path(factors + path.factors, through + path.through)
            for path in _from_one(trace, k, neuron, most, s)
        ]
        totals.append(prod(factor.value for factor in factors) * _sum_of(trace, k, neuron, s))
    if trace.n_samples > 1:
        shown = heapq.nlargest(most, shown, key=lambda path: abs(path.product))
    return Paths(tuple(shown), count * trace.n_samples, fsum(totals))


def _mixes(trace: Trace) -> bool:
    """Return whether each z of the last layer reaches the loss by way of every output."""
    return trace.activations[-1].joint is not None and not trace.fused


def _heads(trace: Trace, j: int, s: int) -> list[tuple[tuple[Factor, ...], str]]:
    """Return the last factors of the paths from z of output j, and the output that each crosses.

    Where the loss takes the last activation in, the path ends at its z.
    """
    own = trace.output("y_pred", j, s)
    if trace.plain_output or trace.fused:
        return [((trace.delta(trace.depth, j, s),), own)]
    if not _mixes(trace):
        return [
            ((trace.slope(trace.depth, j, s), trace.factor(trace.output("d_loss_y", j, s))), own)
        ]
    return [
        (
            (trace.jacobian(i, j, s), trace.factor(trace.output("d_loss_y", i, s))),
            trace.output("y_pred", i, s),
        )
        for i in trace.width(trace.depth)
    ]


def _from_z(trace: Trace, k: int, most: int, s: int) -> list[list[Path]]:
    """Return the strongest paths from z of each neuron of layer k, in one sample."""
    following = _from_z(trace, k + 1, most, s) if k < trace.depth else []
    return [_from_neuron(trace, k, j, most, s, following) for j in trace.width(k)]


def _from_one(trace: Trace, k: int, j: int, most: int, s: int) -> list[Path]:
    """Return the strongest paths from z of one neuron of layer k: its neighbours have no part."""
    following = _from_z(trace, k + 1, most, s) if k < trace.depth else []
    return _from_neuron(trace, k, j, most, s, following)


def _from_neuron(
    trace: Trace, k: int, j: int, most: int, s: int, following: list[list[Path]]
) -> list[Path]:
    if k == trace.depth:
        through = () if trace.plain_output else (trace.entry(f"z{k}", j, s),)
        found = [
            Path(factors, (*through, output, "loss")) for factors, output in _heads(trace, j, s)
        ]
        return heapq.nlargest(most, found, key=lambda path: abs(path.product))
    slope, names = trace.slope(k, j, s), (trace.entry(f"z{k}", j, s), trace.entry(f"a{k}", j, s))
    return [
        Path((slope, *path.factors), (*names, *path.through))
        for path in _onward(trace, k, j, most, following)
    ]


def _onward(trace: Trace, k: int, i: int, most: int, following: list[list[Path]]) -> list[Path]:
    """Return the strongest paths from the output of neuron i of layer k, or from input i.

    The strongest as a whole are among the strongest from the next layer on: all that share their
    first edge are multiplied by the same number.
    """
    found = []
    for m, onward in enumerate(following):
        edge = trace.factor(f"W{k + 1}[{i}, {m}]")
        found += [Path((edge, *p.factors), (edge.name, *p.through)) for p in onward]
    return heapq.nlargest(most, found, key=lambda path: abs(path.product))


def _sums(trace: Trace, k: int, s: int) -> list[float]:
    """Return the sum over all paths from z of each neuron of layer k, without listing them."""
    if k == trace.depth:
        return [
            fsum(prod(f.value for f in factors) for factors, _ in _heads(trace, j, s))
            for j in trace.width(k)
        ]
    following = _sums(trace, k + 1, s)
    return [_sum_from(trace, k, j, s, following) for j in trace.width(k)]


def _sum_of(trace: Trace, k: int, j: int, s: int) -> float:
    """Return the sum over all paths from z of one neuron of layer k."""
    if k == trace.depth:
        return _sums(trace, k, s)[j]
    return _sum_from(trace, k, j, s, _sums(trace, k + 1, s))


def _sum_from(trace: Trace, k: int, j: int, s: int, following: list[float]) -> float:
    return trace.slope(k, j, s).value * _sum_onward(trace, k, j, following)


def _sum_onward(trace: Trace, k: int, i: int, following: list[float]) -> float:
    return fsum(trace.factor(f"W{k + 1}[{i}, {m}]").value * end for m, end in enumerate(following))
