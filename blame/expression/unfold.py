"""A small network's exercise as an expression: every product and sum written out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from blame.exercise.exercise import Exercise
from blame.exercise.names import SETTINGS, array_of, entry_name
from blame.expression.expression import Expression
from blame.expression.operations import OPERATIONS
from blame.expression.reading.read import read_expression
from blame.losses import find_loss
from blame.refusals import RefusedError

MOST_UNFOLDED = 24
"""So many numbers of an exercise are unfolded, targets included."""


def can_unfold(exercise: Exercise) -> bool:
    """Whether an exercise is small enough."""
    return _count(exercise) <= MOST_UNFOLDED


def unfold(exercise: Exercise) -> Expression:
    """Return an exercise as an expression: every number under its own name, a layer as its sums.

    The loss is the expression's result, and each number's blame the one of the network.

    Raises
    ------
    RefusedError
        If there are more than `MOST_UNFOLDED` numbers, or the loss or a unit has no formula.
    """
    return read_expression(unfolded_text(exercise))


def unfolded_text(exercise: Exercise) -> str:
    """Return the text of `unfold`."""
    count = _count(exercise)
    if count > MOST_UNFOLDED:
        raise RefusedError(
            f"an expression takes exercises of up to {MOST_UNFOLDED} numbers, got {count}; "
            "take a smaller one"
        )
    return "\n".join([*_givens(exercise), *_layers(exercise), *_loss(exercise)])


def _count(exercise: Exercise) -> int:
    return len(_names(exercise))


def _names(exercise: Exercise) -> list[str]:
    """Return the numbers that are unfolded: of a tied bias the first, which stands for all."""
    return [
        name
        for name in exercise.numbers()
        if name not in SETTINGS and (array_of(name) not in exercise.tied or name.endswith("[0]"))
    ]


def _givens(exercise: Exercise) -> Iterator[str]:
    numbers = exercise.numbers()
    for name in _names(exercise):
        yield f"{name} = {repr(numbers[name]).removesuffix('.0')}"


def _layers(exercise: Exercise) -> Iterator[str]:
    last = len(exercise.network.layers)
    for s in range(exercise.n_samples):
        for k, layer in enumerate(exercise.network.layers, start=1):
            for j in range(layer.n_out):
                terms = [
                    f"{_unit(exercise, k - 1, s, i)} * W{k}[{i}, {j}]" for i in range(layer.n_in)
                ]
                if layer.bias is not None:
                    terms.append(f"b{k}[{0 if f'b{k}' in exercise.tied else j}]")
                plain_last = k == last and layer.activation.name == "identity"
                name = _unit(exercise, k, s, j) if plain_last else _z(exercise, k, s, j)
                yield f"{name} = {' + '.join(terms)}"
            if not plain_last:
                yield from _units(exercise, k, s)


def _units(exercise: Exercise, k: int, s: int) -> Iterator[str]:
    layer = exercise.network.layers[k - 1]
    activation, width = layer.activation, range(layer.n_out)
    if not activation.formula:
        raise RefusedError(f"{activation.name} has no formula to unfold; take another activation")
    if activation.joint is not None:
        each = [_put(activation.joint.summand, z=_z(exercise, k, s, j)) for j in width]
        names = [_entry(exercise, f"e{k}", s, j) for j in width]
        yield from (f"{name} = {one}" for name, one in zip(names, each, strict=True))
        total = _entry(exercise, f"s{k}", s, 0, bare=True)
        yield f"{total} = {' + '.join(names)}"
    for j in width:
        z = _z(exercise, k, s, j)
        if activation.name in OPERATIONS:
            written = f"{activation.name}({z})"
        elif activation.joint is not None:
            summand = _put(activation.joint.summand, z="z")
            formula = activation.formula.replace(summand, "e")
            written = _put(formula, e=names[j], s=total)
        else:
            written = _put(activation.formula, z=z)
        yield f"{_unit(exercise, k, s, j)} = {written}"


def _loss(exercise: Exercise) -> Iterator[str]:
    loss = find_loss(exercise.loss)
    if not loss.each:
        raise RefusedError(f"the loss {exercise.loss} has no formula to unfold; take another")
    last, outputs = len(exercise.network.layers), exercise.sizes[-1]
    terms = []
    for s in range(exercise.n_samples):
        for j in range(outputs):
            target = _entry(exercise, "y_true", s, j, bare=outputs == 1)
            terms.append(_put(loss.each, y=_unit(exercise, last, s, j), t=target))
    shares = loss.shares(exercise.n_samples, outputs)
    total = terms[0] if len(terms) == 1 else " + ".join(terms)
    yield f"loss = ({total}) / {shares}" if shares > 1 else f"loss = {total}"


def _put(formula: str, **names: str) -> str:
    """Return a formula of the registries with names for its variables."""
    return re.sub(r"\b[A-Za-z]\w*\b", lambda found: names.get(found[0], found[0]), formula)


def _unit(exercise: Exercise, k: int, s: int, j: int) -> str:
    if k == 0:
        return _entry(exercise, "x", s, j)
    if k == len(exercise.network.layers):
        return _entry(exercise, "y_pred", s, j, bare=exercise.sizes[-1] == 1)
    return _entry(exercise, f"a{k}", s, j)


def _z(exercise: Exercise, k: int, s: int, j: int) -> str:
    return _entry(exercise, f"z{k}", s, j)


def _entry(exercise: Exercise, array: str, s: int, j: int, *, bare: bool = False) -> str:
    """Return the name of an entry as the exercise has it: with several samples theirs first."""
    sample = (s,) if exercise.n_samples > 1 else ()
    return entry_name(array, sample if bare else (*sample, j))
