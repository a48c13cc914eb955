"""The layers found in a text, before an exercise is made of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from blame.arrays import Array

Places = dict[tuple[str, str], str]
"""The letters and the index of a weight's name -> where it stands, such as W1[0, 1]."""


@dataclass
class Layers:
    """The weights and biases found, and what the text calls them."""

    weights: list[Array]
    biases: list[Array | None]
    named: dict[str, str] = field(default_factory=dict)
    shared: list[str] = field(default_factory=list)
    """Biases that are one number for their layer."""
    held: list[str] = field(default_factory=list)
    activations: list[str] = field(default_factory=list)
