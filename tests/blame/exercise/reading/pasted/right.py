"""What a text of pastes/ must be read as, every matrix as in x @ W."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parents[1] / "pastes"


@dataclass(frozen=True)
class Right:
    weights: list[Any]
    biases: list[Any]
    activations: tuple[str, ...]
    x: list[Any]
    target: list[Any] | None
    loss: str
    rate: float | None
    asked: frozenset[str] = frozenset()
    steps: int = 50


def text_of(name):
    return (HERE / f"{name}.txt").read_text(encoding="utf-8")


def asked(*keys):
    return frozenset(keys)


NOTEBOOK = [[[0.5, -0.3], [0.8, 0.2]], [[1.0], [-1.5]]]
