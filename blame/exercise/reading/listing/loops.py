"""Loops of a listing: over the turns of a training, over its samples, over its layers."""

from __future__ import annotations

import ast

import numpy as np

from blame.exercise.reading.listing import symbols
from blame.exercise.reading.listing.evaluate import Evaluator
from blame.exercise.reading.listing.found.sample_loop import sample_by_sample
from blame.exercise.reading.listing.symbols import Node, Value
from blame.exercise.reading.listing.values import NotFollowed, named

NONSENSE = (NotFollowed, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What following a line can end in: a text may ask anything of its values."""
UNROLLED = 12
MOST_SAMPLES_FOLLOWED = 30
"""A loop that goes through samples is followed so far; its loss has a term for each of them."""
TURNS = {"epoch", "epochs", "step", "iteration", "iter", "it", "_", "t", "e", "ep"}
"""Names of what counts the turns of a training loop: one turn is followed."""


class Loops(Evaluator):
    """Follows loops, and remembers what they go through."""

    def __init__(self) -> None:
        super().__init__()
        self.steps: int | None = None
        self.one_by_one: int | None = None
        """The line of a loop that updates the weights sample by sample."""
        self.samples: list[list[Node]] = []
        """The numbers of each of that loop's samples, in the order in which they are written."""
        self.cut_short: int | None = None
        """The line of a loop that goes through more samples than are followed."""
        self.probing = 0
        self.line = 0

    def follow(self, statements: list[ast.stmt]) -> None:
        raise NotImplementedError

    def loop(self, target: ast.expr, iterable: ast.expr, body: list[ast.stmt]) -> None:
        apart = (
            self.one_by_one is None
            and not self.probing
            and sample_by_sample(target, iterable, body)
            and self.samples_of(iterable) != 1
        )
        if apart:
            self.one_by_one = self.line
        counted = isinstance(iterable, ast.Call) and _called(iterable) == "range"
        name = target.id if isinstance(target, ast.Name) else ""
        if counted and isinstance(iterable, ast.Call):
            used = any(
                isinstance(part, ast.Name) and part.id == name
                for line in body
                for part in ast.walk(line)
            )
            ends = [self.value_of(arg) for arg in iterable.args[:2]]
            turns = ends[-1].value - (ends[0].value if len(ends) == 2 else 0)
            if apart:
                self.samples = self.picked(name, body, int(turns))
            samples = turns > UNROLLED and self.goes_through(name, body, int(turns))
            many = turns > UNROLLED and (not samples or self.one_by_one is not None)
            if name.lower() in TURNS or not used or many:
                if self.steps is None and turns >= 1 and not samples:
                    self.steps = int(min(turns, 1e6))
                self.bind(target, symbols.num(0))
                self.follow(body)
                return
        items = self.items(self.value_of(iterable))
        if not counted:
            # Unnamed numbers would go into the sums: a 0 would be gone, and a 1 times it.
            items = [
                named(item, f"sample[{k}]") if isinstance(item, (list, tuple)) else item
                for k, item in enumerate(items)
            ]
        if apart and not counted:
            numbered = isinstance(iterable, ast.Call) and _called(iterable) == "enumerate"
            self.samples = [numbers_in(item[1:] if numbered else item) for item in items]
            # After it the weights are others.
            items = items[:1]
        most = UNROLLED if self.one_by_one is not None else MOST_SAMPLES_FOLLOWED
        if len(items) > most and self.one_by_one is None and self.cut_short is None:
            self.cut_short = self.line
        for item in items[:most]:
            self.bind(target, item)
            self.follow(body)

    def goes_through(self, name: str, body: list[ast.stmt], turns: int) -> bool:
        """Whether a loop's counter picks one after the other from what has as many of them."""
        return any(
            any(isinstance(n, ast.Name) and n.id == name for n in ast.walk(index))
            for _, index in self.looked_into(body, turns)
        )

    def picked(self, name: str, body: list[ast.stmt], turns: int) -> list[list[Node]]:
        """Return the numbers that a loop's counter picks at each turn: X[i], y[i]."""
        held = [
            value
            for value, index in self.looked_into(body, turns)
            if isinstance(index, ast.Name) and index.id == name
        ]
        apart = list({id(value): value for value in held}.values())
        return [numbers_in([value[k] for value in apart]) for k in range(turns if apart else 0)]

    def looked_into(self, body: list[ast.stmt], turns: int) -> list[tuple[Value, ast.expr]]:
        """Return what has as many parts as a loop has turns, each with the index looked into."""
        found = []
        for part in (part for line in body for part in ast.walk(line)):
            if isinstance(part, ast.Subscript) and isinstance(part.value, ast.Name):
                held = self.names[-1].get(part.value.id, self.names[0].get(part.value.id))
                if isinstance(held, (list, np.ndarray)) and len(held) == turns:
                    found.append((held, part.slice))
        return found

    def samples_of(self, iterable: ast.expr) -> int | None:
        """Return how many samples a loop goes through, None where that cannot be followed."""
        try:
            value = self.value_of(iterable)
            return len(self.items(value))
        except NONSENSE:
            return None


def _called(call: ast.Call) -> str:
    return getattr(call.func, "id", "")


def numbers_in(value: Value) -> list[Node]:
    """Return the numbers of nested lists, arrays and dictionaries in the order they stand."""
    if isinstance(value, Node):
        return [value]
    if isinstance(value, np.ndarray):
        return list(value.ravel())
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        return [one for part in value for one in numbers_in(part)]
    return []
