"""What a link costs the server: processor time, counted over the run that answers it."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Mapping

from streamlit.testing.v1 import AppTest

from pages.shared.state.choices import LAB_VIEWS
from tests.exercises import NAMES
from tests.fuzz.opening import start

MOST = 0.2
"""Seconds of processor that a page may take for any numbers of an exercise of common size."""
MOST_OF_THE_LARGEST = 0.5
"""The same for the largest exercise there can be, with the longest run."""
NUMBERS = [name for name in NAMES if name not in ("learning_rate", "steps")]
DIGITS = "0.12345678901234567"
_OF_VECTORS = {"u": "1e-300", "v": "1e12", "w": "0.1"}


def cost_of(page: str, query: Mapping[str, str]) -> float:
    """Return the seconds of processor that a page takes to answer a link."""
    app: AppTest = start(page)
    for name, text in query.items():
        app.query_params[name] = text
    began = time.process_time()
    app.run()
    took = time.process_time() - began
    assert not app.exception, app.exception
    return took


def hostile() -> Iterator[dict[str, str]]:
    """Yield links whose numbers are as long, as small or as large as can be."""
    yield {"W1_0_0": "1e-300"}
    yield dict.fromkeys(NUMBERS, "1e-300") | {"learning_rate": "1e-300"}
    yield dict.fromkeys(NUMBERS, "5e-324")
    yield dict.fromkeys(NUMBERS, DIGITS) | {"learning_rate": DIGITS}
    yield {name: ("1.2345678901234567e-300", "1e6")[k % 2] for k, name in enumerate(NUMBERS)}
    yield {"steps": "500", "kept": ";".join(f"b1_1:{-k / 99},steps:500" for k in range(40))}
    deep = _large(1, "relu-relu-relu-identity", "mse", steps=50)
    yield deep | {f"W{k}": _rows(["1.2345678901234567e-300"] * 100) for k in range(1, 5)}


def largest() -> Iterator[dict[str, str]]:
    """Yield links to the largest exercises, with the longest runs."""
    yield _large(8, "relu-relu-relu-identity", "mse", steps=500)
    yield _large(8, "tanh-tanh-tanh-softmax", "cross_entropy", steps=500)


def views(page: str) -> list[dict[str, str]]:
    """Return what a link to a page can ask it to show, where that is more than one thing."""
    if page == "training_lab":
        return [{"lab_view": view} for view in LAB_VIEWS]
    if page == "playground":
        wide = {f"width_{k}": "8" for k in range(1, 5)}
        moons = {"data": "moons", "samples": "200", "hidden_layers": "4", **wide}
        return [{}, {**moons, "play_step": "2000"}]
    if page == "expression":
        return [{}, {"text": _long_expression()}]
    if page == "tour":
        return [{}, {"tour": "9"}]
    if page == "my_numbers":
        own = "; ".join(f"dW1[{k // 2}, {k % 2}] = {DIGITS}" for k in range(4))
        return [{}, {"own": f"{own}; loss = {DIGITS}; z1 = 1e-300, 5e-324"}]
    return [{}]


def _long_expression() -> str:
    """Return an expression of nearly as many operations as may be, all on the widest vectors."""
    given = [f"{name} = [{', '.join([number] * 10)}]" for name, number in _OF_VECTORS.items()]
    steps = [f"t{k + 1}=tanh(t{k}*w)+t{k}" for k in range(62)]
    return "; ".join([*given, "t0 = u * v", *steps, "f = sum(t62)"])


def _large(n_samples: int, units: str, loss: str, *, steps: int) -> dict[str, str]:
    chance = random.Random(1)
    query = {"sizes": "10-10-10-10-10", "units": units, "loss": loss, "n_samples": str(n_samples)}
    for k in range(1, 5):
        query[f"W{k}"] = _rows([repr(chance.uniform(-0.6, 0.6)) for _ in range(100)])
        query[f"b{k}"] = _rows([repr(chance.uniform(0, 0.3)) for _ in range(10)])
    query["x"] = _rows([repr(chance.uniform(-1, 1)) for _ in range(10 * n_samples)])
    return query | {"learning_rate": "0.01", "steps": str(steps)}


def _rows(texts: list[str]) -> str:
    return ";".join(",".join(texts[k : k + 10]) for k in range(0, len(texts), 10))
