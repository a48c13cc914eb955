"""Read a sentence's numbers back, and work the 2-2-1 network out in plain Python to compare."""

from __future__ import annotations

import math
import re
from types import SimpleNamespace
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from blame.exercise.example import NAMES, Example
from pages.shared.words.numbers import Numbers

NUMBER = r"([-+]?\d[\d,]*(?:\.\d+)?(?:e[-+\u2011]?\d+)?)"
ALL = Numbers(all_digits=True)
"""Writes every digit, so that what is read back is the very number."""
SHORT = Numbers()
FEW = settings(max_examples=60, deadline=None, derandomize=True)

_tenths = st.integers(-15, 15).map(lambda tenth: tenth / 10)
EXAMPLES = st.builds(
    Example,
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


def by_hand(example: Example | SimpleNamespace) -> dict[str, float]:
    """Return every number of a pass by its name, in plain Python: nothing of blame is used."""
    e = example
    x, w2 = (e.x_0, e.x_1), (e.W2_0_0, e.W2_1_0)
    w1 = ((e.W1_0_0, e.W1_0_1), (e.W1_1_0, e.W1_1_1))
    b1 = (e.b1_0, e.b1_1)
    v: dict[str, float] = {"y_true": e.y_true, "b2[0]": e.b2_0}
    guess = 0.0
    for j in (0, 1):
        v[f"x[{j}]"], v[f"b1[{j}]"], v[f"W2[{j}, 0]"] = x[j], b1[j], w2[j]
        v[f"z1[{j}]"] = x[0] * w1[0][j] + x[1] * w1[1][j] + b1[j]
        v[f"a1[{j}]"] = v[f"z1[{j}]"] if v[f"z1[{j}]"] > 0 else 0.0
        guess += v[f"a1[{j}]"] * w2[j]
    v["y_pred"] = guess + e.b2_0
    v["loss"] = (v["y_pred"] - e.y_true) * (v["y_pred"] - e.y_true)
    v["d_loss_y"] = v["db2[0]"] = seed = 2 * (v["y_pred"] - e.y_true)
    for j in (0, 1):
        v[f"dW2[{j}, 0]"] = v[f"a1[{j}]"] * seed
        v[f"d_a1[{j}]"] = w2[j] * seed
        v[f"d_z1[{j}]"] = v[f"db1[{j}]"] = v[f"d_a1[{j}]"] if v[f"z1[{j}]"] > 0 else 0.0
        for i in (0, 1):
            v[f"W1[{i}, {j}]"] = w1[i][j]
            v[f"dW1[{i}, {j}]"] = x[i] * v[f"d_z1[{j}]"]
    for i in (0, 1):
        v[f"d_x[{i}]"] = sum(w1[i][j] * v[f"d_z1[{j}]"] for j in (0, 1))
    return v


def moved(example: Example, **changes: float) -> Example:
    return Example(**{**example.numbers(), **changes})


def link_name(name: str) -> str:
    """W1_0_1 for W1[0, 1]."""
    return name.replace("[", "_").replace(", ", "_").replace("]", "")


def run_by_hand(example: Example, steps: int | None = None) -> list[dict[str, Any]]:
    """Return every number of every pass of a run, from the start to the last."""
    # No Example: on its way a run may leave the range in which numbers can be typed.
    now, found = SimpleNamespace(**example.numbers()), [by_hand(example)]
    for _ in range(example.steps if steps is None else steps):
        passes = found[-1]
        for name in passes:
            if name[:2] in ("W1", "W2", "b1", "b2"):
                after = passes[name] - example.learning_rate * passes[f"d{name}"]
                setattr(now, link_name(name), after)
        found.append(by_hand(now))
    return found
