"""What is dragged: a number in the picture of each page with a film, and each handle on a curve."""

from __future__ import annotations

import re
from dataclasses import dataclass

LAB = "training_lab?lab_view="


@dataclass(frozen=True)
class Case:
    """One thing that a hand drags to and fro.

    Attributes
    ----------
    page : the page's address.
    name : of the number in its picture, or how the handle's spoken name begins.
    handle : whether it is a handle on a curve.
    result : what the picture calls what follows from all numbers.
    pixels : that the hand goes at a time: so many are one step at least.
    up : whether the hand goes up and down.
    """

    page: str
    name: str
    handle: bool = False
    result: str = "loss"
    pixels: int = 6
    up: bool = False

    @property
    def said(self) -> str:
        """What is measured, in a few words."""
        # A comma within brackets is of the name.
        name = re.split(r", (?!\d)", self.name)[0]
        page = re.sub(r"\?.*=", " ", self.page or "home").replace("+", " ")
        return f"{page}, {name}{' on its curve' if self.handle else ''}"


CASES = (
    Case("", "x[0]"),
    Case("forward_pass", "W1[0, 0]"),
    Case("backward_pass", "W1[0, 0]"),
    Case("relu_gate", "b1[0]"),
    Case("what_if", "W2[0, 0]"),
    Case("gradient_check", "W2[0, 0]"),
    Case("knife_edge", "W2[0, 0]"),
    Case("training", "W1[0, 0]"),
    Case(f"{LAB}One+step", "W1[0, 0]"),
    Case("challenges", "b2[0]"),
    Case("projector", "W1[0, 0]"),
    Case("tour", "W1[0, 0]"),
    Case("expression", "x", result="f"),
    Case("relu_gate", "b1[0], the bias of neuron 0", handle=True),
    Case("relu_gate?sweep=b1[1]", "b1[1], the bias of neuron 1", handle=True),
    Case("what_if", "The nudge of", handle=True),
    Case("forward_pass", "y_pred, moved by b2[0]", handle=True),
    Case(f"{LAB}Learning+rates", "This run's learning rate", handle=True),
    Case(f"{LAB}Landscape", "The start of the run along W1[1, 0]", handle=True),
    Case(f"{LAB}Landscape", "The start of the run along W2[0, 0]", handle=True, up=True),
    Case("training", "The step of the run", handle=True, pixels=24),
    Case(f"{LAB}One+step", "The step of the run", handle=True, pixels=24),
)
