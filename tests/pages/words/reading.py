"""Read a sentence's numbers back, and work the 2-2-1 network out in plain Python to compare."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from blame.exercise.exercise import Exercise
from pages.shared.words.numbers import Numbers
from tests.exercises import NAMES, by_link_name, notebook_with

NUMBER = r"([-+]?\d[\d,]*(?:\.\d+)?(?:e[-+\u2011]?\d+)?)"
ALL = Numbers(all_digits=True)
"""Writes every digit, so that what is read back is the very number."""
SHORT = Numbers()
FEW = settings(max_examples=60, deadline=None, derandomize=True)

_tenths = st.integers(-15, 15).map(lambda tenth: tenth / 10)
EXERCISES = st.builds(
    notebook_with,
    **{name: _tenths for name in NAMES if name not in ("learning_rate", "steps")},
    learning_rate=st.sampled_from((0.01, 0.05, 0.1, 0.3)),
    steps=st.just(10),
)
"""Random numbers of one decimal; gates open, shut and, now and then, on the kink."""


def read(pattern: str, said: str) -> list[float]:
    """Return the numbers that stand at each # of a pattern; everything else stands as it is."""
    regex = NUMBER.join(re.escape(part) for part in pattern.split("#"))
    found = re.findall(f"(?<![\\w.]){regex}" if pattern.startswith("#") else regex, said)
    assert len(found) == 1, f"{len(found)} times {pattern!r} in {said!r}"
    texts = found[0] if isinstance(found[0], tuple) else (found[0],)
    return [as_number(text) for text in texts]


def as_number(text: str) -> float:
    return float(text.replace(",", "").replace("\u2011", "-"))


def near(shown: float, value: float, digits: int = 4) -> bool:
    """Whether a number is the value to so many significant digits."""
    if value == 0:
        return shown == 0
    last = 10.0 ** (math.floor(math.log10(abs(value))) - digits + 1)
    return abs(shown - value) <= 0.5001 * last


def by_hand(exercise: Exercise | Mapping[str, float]) -> dict[str, float]:
    """Return every number of a pass by its name, in plain Python: nothing of blame is used.

    Parameters
    ----------
    exercise : or its numbers, spelled as in links.
    """
    e = by_link_name(exercise) if isinstance(exercise, Exercise) else exercise
    y_true = e["y_true"]
    v: dict[str, float] = {"y_true": y_true, "b2[0]": e["b2_0"]}
    guess = 0.0
    for j in (0, 1):
        v[f"x[{j}]"], v[f"b1[{j}]"], v[f"W2[{j}, 0]"] = e[f"x_{j}"], e[f"b1_{j}"], e[f"W2_{j}_0"]
        v[f"z1[{j}]"] = e["x_0"] * e[f"W1_0_{j}"] + e["x_1"] * e[f"W1_1_{j}"] + e[f"b1_{j}"]
        v[f"a1[{j}]"] = v[f"z1[{j}]"] if v[f"z1[{j}]"] > 0 else 0.0
        guess += v[f"a1[{j}]"] * e[f"W2_{j}_0"]
    v["y_pred"] = guess + e["b2_0"]
    v["loss"] = (v["y_pred"] - y_true) * (v["y_pred"] - y_true)
    v["d_loss_y"] = v["db2[0]"] = seed = 2 * (v["y_pred"] - y_true)
    for j in (0, 1):
        v[f"dW2[{j}, 0]"] = v[f"a1[{j}]"] * seed
        v[f"d_a1[{j}]"] = e[f"W2_{j}_0"] * seed
        v[f"d_z1[{j}]"] = v[f"db1[{j}]"] = v[f"d_a1[{j}]"] if v[f"z1[{j}]"] > 0 else 0.0
        for i in (0, 1):
            v[f"W1[{i}, {j}]"] = e[f"W1_{i}_{j}"]
            v[f"dW1[{i}, {j}]"] = e[f"x_{i}"] * v[f"d_z1[{j}]"]
    for i in (0, 1):
        v[f"d_x[{i}]"] = sum(e[f"W1_{i}_{j}"] * v[f"d_z1[{j}]"] for j in (0, 1))
    return v


def link_name(name: str) -> str:
    """W1_0_1 for W1[0, 1]."""
    return name.replace("[", "_").replace(", ", "_").replace("]", "")


def run_by_hand(exercise: Exercise, steps: int | None = None) -> list[dict[str, Any]]:
    """Return every number of every pass of a run, from the start to the last."""
    # No Exercise: on its way a run may leave the range in which numbers can be typed.
    now, found = by_link_name(exercise), [by_hand(exercise)]
    for _ in range(exercise.steps if steps is None else steps):
        passes = found[-1]
        for name in passes:
            if name[:2] in ("W1", "W2", "b1", "b2"):
                after = passes[name] - exercise.learning_rate * passes[f"d{name}"]
                now[link_name(name)] = after
        found.append(by_hand(now))
    return found
