"""The names of all numbers of a pass, in order, and where each stands: worked out once a shape."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from types import MappingProxyType

from blame.probe.trace.node import Place

_ARRAY = re.compile(r"([a-zA-Z_]+?)(\d*)")


@dataclass(frozen=True)
class Layout:
    """What the names of a pass depend on, which is little of its network: see `Graph`.

    sizes         widths from the input to the output
    biased        whether each layer has a bias
    plain_output  whether the last layer's z is the prediction
    asks_target   whether there is a y_true
    """

    sizes: tuple[int, ...]
    biased: tuple[bool, ...]
    plain_output: bool
    asks_target: bool
    n_samples: int

    @cached_property
    def places(self) -> Mapping[str, tuple[Place, int | None]]:
        """Every number by its name, in the order of computation: its place, and its sample."""
        return MappingProxyType(
            {name: at for every in self._by_array.values() for name, at in every}
        )

    @cached_property
    def arrays(self) -> tuple[str, ...]:
        """Every array in the order of computation."""
        return tuple(self._by_array)

    def entries(self, array: str) -> tuple[str, ...]:
        """Return the names of an array's numbers, in NumPy's order."""
        return self._names[array] if array in self._names else _named(self._entries(array))

    @cached_property
    def _by_array(self) -> dict[str, tuple[tuple[str, tuple[Place, int | None]], ...]]:
        return {array: tuple(self._entries(array)) for array in self._all_arrays()}

    @cached_property
    def _names(self) -> dict[str, tuple[str, ...]]:
        return {array: _named(every) for array, every in self._by_array.items()}

    @property
    def depth(self) -> int:
        """How many layers there are."""
        return len(self.sizes) - 1

    def entry(self, array: str, j: int, s: int = 0) -> str:
        """Return the name of a number of one sample's row, such as z1[0] or z1[2, 0]."""
        return f"{array}[{j}]" if self.n_samples == 1 else f"{array}[{s}, {j}]"

    def output(self, name: str, j: int, s: int = 0) -> str:
        """Return the name of an output: it has an index of its own only where there are several."""
        if self.sizes[-1] > 1:
            return self.entry(name, j, s)
        return name if self.n_samples == 1 else f"{name}[{s}]"

    def parameters(self, k: int, gradient: str = "") -> tuple[str, ...]:
        """Return the arrays of a layer's parameters, or of their gradients."""
        return (f"{gradient}W{k}", *((f"{gradient}b{k}",) if self.biased[k - 1] else ()))

    def layer(self, k: int) -> list[str]:
        """Return the arrays that a layer computes on the way forward."""
        if k < self.depth:
            return [f"z{k}", f"a{k}"]
        return ["y_pred"] if self.plain_output else [f"z{k}", "y_pred"]

    def layer_blame(self, k: int) -> list[str]:
        """Return the arrays of blame at a layer's neurons."""
        if k < self.depth:
            return [f"d_a{k}", f"d_z{k}"]
        return [] if self.plain_output else [f"d_z{k}"]

    def _entries(self, array: str) -> Iterator[tuple[str, tuple[Place, int | None]]]:
        match = _ARRAY.fullmatch(array)
        assert match is not None
        kind, k = match[1], int(match[2] or 0)
        if kind == "loss":
            yield kind, (Place(kind, 0, 0, 0), None)
        elif kind in ("W", "dW"):
            for i in range(self.sizes[k - 1]):
                for j in range(self.sizes[k]):
                    yield f"{array}[{i}, {j}]", (Place(kind, k, i, j), None)
        elif kind in ("b", "db"):
            for j in range(self.sizes[k]):
                yield f"{array}[{j}]", (Place(kind, k, j, 0), None)
        else:
            ends = kind in ("y_pred", "y_true", "d_loss_y")
            name, width = (self.output, self.depth) if ends else (self.entry, k)
            layer = self.depth if kind in ("y_pred", "d_loss_y") else k
            for s in range(self.n_samples):
                for j in range(self.sizes[width]):
                    yield name(array, j, s), (Place(kind, layer, j, 0), s)

    def _all_arrays(self) -> Iterator[str]:
        yield "x"
        for k in range(1, self.depth + 1):
            yield from (*self.parameters(k), *self.layer(k))
        if self.asks_target:
            yield "y_true"
        yield from ("loss", "d_loss_y")
        for k in range(self.depth, 0, -1):
            yield from (*self.layer_blame(k), *self.parameters(k, "d"))
        yield "d_x"


def _named(entries: Iterable[tuple[str, object]]) -> tuple[str, ...]:
    return tuple(name for name, _ in entries)


@lru_cache(maxsize=128)
def layout_of(
    sizes: tuple[int, ...],
    biased: tuple[bool, ...],
    plain_output: bool,
    asks_target: bool,
    n_samples: int,
) -> Layout:
    """Return the layout of a shape, the same one each time."""
    return Layout(sizes, biased, plain_output, asks_target, n_samples)
