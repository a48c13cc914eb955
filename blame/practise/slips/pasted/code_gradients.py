"""Read the gradients that somebody's code prints, under the names that code gives them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from blame.exercise.exercise import Exercise
from blame.practise.slips.pasted.own_numbers import (
    AROUND,
    MOST_TEXT,
    OwnNumbers,
    read_own_numbers,
)

_NAME = re.compile(
    r"""([A-Za-z_0-9][\w.]*(?:\[["']?\w+["']?\])?(?:\.\w+)*)["']?\s*[=:]\s*(?=[\[({\d.+-])"""
)
_BIAS = re.compile(r"bias|(?:^|[_.d])b\d*(?:$|[_.])|\bdb|grad_?b|gb\d")
_OURS = re.compile(r"[WwBb]\d")
_WEIGHT = re.compile(r"weight|kernel|w", re.IGNORECASE)


@dataclass(frozen=True)
class _Given:
    name: str
    kind: str
    label: int | None
    body: str


def read_code_gradients(exercise: Exercise, text: str) -> OwnNumbers:
    """Return the gradients that a text gives for the weights and biases of an exercise.

    `W1.grad`, `grads["W1"]`, `dW1`, `fc1.weight` and `0.weight` all name the first layer's. Layers
    that are counted otherwise, from 0 or in steps, are taken in their order, and that is said.
    """
    found = OwnNumbers()
    if len(text) > MOST_TEXT:
        found.problems.append(f"The text is longer than {MOST_TEXT:,} characters.")
        return found
    given = list(_given(AROUND.sub("", text.replace("\N{MINUS SIGN}", "-"))))
    if text.strip() and not given:
        found.problems.append(
            "No array is found: write each as W1 = [[...]], or paste a dict of arrays."
        )
    lines = []
    labels = [each.label for each in given if each.kind and each.label is not None]
    for kind in ("W", "b"):
        of_kind = [each for each in given if each.kind == kind]
        for each, k in zip(of_kind, _layers(exercise, of_kind, labels), strict=True):
            if not 1 <= k <= len(exercise.network.layers):
                found.problems.append(f"{each.name[:40]} is of no layer of this exercise.")
                continue
            array = f"d{kind}{k}"
            if not re.search(rf"{kind}{k}(?!\d)", each.name):
                found.said.append(f"{each.name[:40]} is taken for {array}.")
            lines.append(f"{array} = {each.body}")
    found.problems += [f"{each.name[:40]} names no gradient." for each in given if not each.kind]
    read = read_own_numbers(exercise, "\n".join(lines))
    return OwnNumbers(read.numbers, [*found.said, *read.said], [*found.problems, *read.problems])


def _given(text: str) -> Iterator[_Given]:
    names = list(_NAME.finditer(text))
    ends = [match.start() for match in names[1:]] + [len(text)]
    for match, end in zip(names, ends, strict=False):
        name = match[1]
        plain = name.removesuffix(".grad").removesuffix("_grad")
        kind = "b" if _BIAS.search(plain) else "W" if _WEIGHT.search(plain) else ""
        digits = re.findall(r"\d+", plain)
        yield _Given(name, kind, int(digits[-1]) if digits else None, text[match.end() : end])


def _layers(exercise: Exercise, given: list[_Given], labels: list[int]) -> list[int]:
    """Return the layer of each array of one kind, by the labels that weights and biases have."""
    depth = len(exercise.network.layers)
    known = [each.label for each in given if each.label is not None]
    if len(known) < len(given):
        return list(range(1, len(given) + 1))
    counted = all(1 <= label <= depth for label in labels)
    if counted or any(_OURS.search(each.name) for each in given):
        return known
    order = sorted(set(labels))
    return [order.index(label) + 1 for label in known]
