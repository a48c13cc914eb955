"""Both passes by hand: every quantity as a field, checked as it is filled in.

An error carried forward is told from a new one: each quantity is worked out twice, from the right
numbers and from what the reader has written so far.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from blame.exercise.example import SYMBOLS, Example
from blame.exercise.typed_numbers import read_number
from blame.kinks import on_the_kink
from blame.practise.question import is_close
from blame.practise.question import written_number as n

Values = Mapping[str, float]
State = Literal["empty", "unreadable", "right", "carried", "wrong"]


@dataclass(frozen=True)
class Item:
    """One quantity to work out: `compute` finds it from the numbers and quantities it `needs`."""

    name: str
    formula: str
    needs: tuple[str, ...]
    compute: Callable[[Values], float]

    def with_numbers(self, values: Values) -> str:
        """Return the formula with every name replaced by its number."""
        text = self.formula.partition(" = ")[2]
        for name in self.needs:
            number = n(values[name])
            text = text.replace(name, f"({number})" if number.startswith("-") else number)
        return f"{self.name} = {text}"


@dataclass(frozen=True)
class Checked:
    """What became of one entry: its state, and for a carried error the entries it carries on.

    `said` is how it was read, where another spelling was taken, or what keeps it from being read.
    """

    state: State
    given: tuple[str, ...] = ()
    said: str = ""


def check(example: Example, entries: Mapping[str, str]) -> dict[str, Checked]:
    """Return the state of every quantity, given what the reader has written so far.

    Parameters
    ----------
    entries : texts by the names of `ITEMS`; names that are missing count as empty.
    """
    right = solve(example)
    theirs = dict(_numbers(example))
    found: dict[str, Checked] = {}
    off: set[str] = set()
    for item in ITEMS:
        text = entries.get(item.name, "").strip()
        typed = read_number(text)
        value = typed.value
        if value is None:
            theirs[item.name] = right[item.name]
            found[item.name] = Checked("unreadable", said=typed.why) if text else Checked("empty")
            continue
        theirs[item.name] = value
        said = f"read as {n(value)}" if typed.said else ""
        if is_close(value, right[item.name]):
            found[item.name] = Checked("right", said=said)
            continue
        off.add(item.name)
        carried = tuple(name for name in item.needs if name in off or _parts(name, theirs, right))
        follows = is_close(value, item.compute(theirs))
        found[item.name] = Checked("carried" if follows else "wrong", carried * follows, said)
    return found


def _parts(name: str, theirs: Values, right: Values) -> bool:
    """Whether the reader's entry differs from the right one at all: within the tolerance it may."""
    return theirs[name] != right[name]


def solve(example: Example) -> Values:
    """Return every number and quantity by its name on screen, worked out in order.

    As on paper: a pre-activation that rounding alone keeps from 0 is 0, and its gate is shut.
    """
    values = _numbers(example)
    near = on_the_kink(example.forward())[0][0]
    on_paper = {f"z1[{j}]": 0.0 for j in range(len(near)) if near[j]}
    for item in ITEMS:
        values[item.name] = on_paper.get(item.name, item.compute(values))
    return MappingProxyType(values)


def rounded_gates(example: Example) -> tuple[int, ...]:
    """Return the neurons whose gate is shut on paper and open in the computer's floats."""
    passes = example.forward()
    near = on_the_kink(passes)[0][0]
    return tuple(j for j in range(len(near)) if near[j] and passes.z[0][0, j] > 0)


def _numbers(example: Example) -> dict[str, float]:
    return {
        SYMBOLS[name]: float(value)
        for name, value in example.numbers().items()
        if name not in ("learning_rate", "steps")
    }


def _product(*names: str) -> Callable[[Values], float]:
    def compute(values: Values) -> float:
        result = 1.0
        for name in names:
            result *= values[name]
        return result

    return compute


def _sum(pairs: tuple[tuple[str, str], ...], bias: str) -> Callable[[Values], float]:
    return lambda values: sum(values[a] * values[b] for a, b in pairs) + values[bias]


def _relu(z: str) -> Callable[[Values], float]:
    return lambda values: max(0.0, values[z])


def _gated(z: str, blame: str) -> Callable[[Values], float]:
    return lambda values: values[blame] if values[z] > 0 else 0.0


def _items() -> tuple[Item, ...]:
    items = []
    for j in range(2):
        pairs = tuple((f"x[{i}]", f"W1[{i}, {j}]") for i in range(2))
        items.append(_weighted(f"z1[{j}]", pairs, f"b1[{j}]"))
    for j in range(2):
        z = f"z1[{j}]"
        items.append(Item(f"a1[{j}]", f"a1[{j}] = max(0, {z})", (z,), _relu(z)))
    pairs = tuple((f"a1[{j}]", f"W2[{j}, 0]") for j in range(2))
    items.append(_weighted("y_pred", pairs, "b2[0]"))
    both = ("y_pred", "y_true")
    items += [
        Item(
            "loss",
            "loss = (y_pred - y_true)²",
            both,
            # Not ** 2, which raises an error where a reader's entry is too large for the floats.
            lambda v: (v["y_pred"] - v["y_true"]) * (v["y_pred"] - v["y_true"]),
        ),
        Item(
            "d_loss_y",
            "d_loss_y = 2 · (y_pred - y_true)",
            both,
            lambda v: 2 * (v["y_pred"] - v["y_true"]),
        ),
    ]
    items += [_times(f"dW2[{j}, 0]", f"a1[{j}]", "d_loss_y") for j in range(2)]
    items.append(_times("db2[0]", "d_loss_y"))
    items += [_times(f"d_a1[{j}]", "d_loss_y", f"W2[{j}, 0]") for j in range(2)]
    for j in range(2):
        z, blame = f"z1[{j}]", f"d_a1[{j}]"
        items.append(
            Item(
                f"d_z1[{j}]",
                f"d_z1[{j}] = {blame} if {z} > 0, else 0",
                (blame, z),
                _gated(z, blame),
            )
        )
    items += [_times(f"dW1[{i}, {j}]", f"x[{i}]", f"d_z1[{j}]") for i in range(2) for j in range(2)]
    items += [_times(f"db1[{j}]", f"d_z1[{j}]") for j in range(2)]
    return tuple(items)


def _weighted(name: str, pairs: tuple[tuple[str, str], ...], bias: str) -> Item:
    text = " + ".join(f"{a} · {b}" for a, b in pairs)
    needs = (*(part for pair in pairs for part in pair), bias)
    return Item(name, f"{name} = {text} + {bias}", needs, _sum(pairs, bias))


def _times(name: str, *factors: str) -> Item:
    return Item(name, f"{name} = {' · '.join(factors)}", factors, _product(*factors))


ITEMS: tuple[Item, ...] = _items()
"""Every quantity in the order it is worked out in."""
