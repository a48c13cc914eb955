"""Every path from a number to the loss: a gradient is the sum of the products along them."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from math import fsum, prod

from blame.probe.trace import Factor, Trace

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
    kind = "y_pred" if kind == "d_loss_y" else kind.removeprefix("d_").removeprefix("d")
    if kind in ("loss", "y_true"):
        raise ValueError(f"no blame flows to {name}; open any other number")
    count = prod(trace.sizes[k + 1 :])
    if kind == "y_pred":
        head = trace.factor(trace.output("d_loss_y", i))
        return Paths((Path((head,), (trace.output("y_pred", i), "loss")),), 1, head.value)
    if kind in ("a", "x"):
        start = f"{kind}{k or ''}[{i}]"
        found = [
            Path(path.factors, (start, *path.through))
            for path in _onward(trace, k, i, most, _from_z(trace, k + 1, most))
        ]
        return Paths(tuple(found), count, _sum_onward(trace, k, i, _sums(trace, k + 1)))
    neuron = j if kind == "W" else i
    factors = (trace.input(k, i),) if kind == "W" else ()
    through = (name.removeprefix("d"),) if kind in ("W", "b") else ()
    return Paths(
        tuple(
            Path(factors + path.factors, through + path.through)
            for path in _from_z(trace, k, most)[neuron]
        ),
        count,
        prod(factor.value for factor in factors) * _sums(trace, k)[neuron],
    )


def _head(trace: Trace, j: int) -> tuple[Factor, ...]:
    """Return the last factors of every path through output j: they end at its z."""
    if trace.plain_output or trace.fused:
        return (trace.delta(trace.depth, j),)
    return trace.slope(trace.depth, j), trace.factor(trace.output("d_loss_y", j))


def _from_z(trace: Trace, k: int, most: int) -> list[list[Path]]:
    """Return the strongest paths from z of each neuron of layer k."""
    if k == trace.depth:
        ends = []
        for j in trace.width(k):
            through = () if trace.plain_output else (f"z{k}[{j}]",)
            crossed = (*through, trace.output("y_pred", j), "loss")
            ends.append([Path(_head(trace, j), crossed)])
        return ends
    following = _from_z(trace, k + 1, most)
    return [
        [
            Path((trace.slope(k, j), *path.factors), (f"z{k}[{j}]", f"a{k}[{j}]", *path.through))
            for path in _onward(trace, k, j, most, following)
        ]
        for j in trace.width(k)
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


def _sums(trace: Trace, k: int) -> list[float]:
    """Return the sum over all paths from z of each neuron of layer k, without listing them."""
    if k == trace.depth:
        return [prod(f.value for f in _head(trace, j)) for j in trace.width(k)]
    following = _sums(trace, k + 1)
    return [trace.slope(k, j).value * _sum_onward(trace, k, j, following) for j in trace.width(k)]


def _sum_onward(trace: Trace, k: int, i: int, following: list[float]) -> float:
    return fsum(trace.factor(f"W{k + 1}[{i}, {m}]").value * end for m, end in enumerate(following))
