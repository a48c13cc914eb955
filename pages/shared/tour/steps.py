"""The steps of the tour: an exercise, what to do with it by hand, and what it is called then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from blame.exercise.exercise import Exercise
from pages.shared.picture.described import View
from pages.shared.tour import exercises
from pages.shared.words.tour import layers, one_weight, whole
from pages.shared.words.tour.hand import Hand, loss
from pages.shared.words.tour.titles import TITLES

SMALL_LOSS = one_weight.SMALL_LOSS


@dataclass(frozen=True)
class Button:
    """What a step has to press beside its numbers: what it is called, and what it makes."""

    label: str
    icon: str
    make: Callable[[Exercise, int], Exercise]
    """Of the exercise as it is, and of how often it will have been pressed."""


@dataclass(frozen=True)
class Step:
    """One step.

    `task` says what to do; `done` is whether a hand has done it. `state` says where the hand
    stands; what it has found is called by its `name`, and explained by `learned`, only then.
    `movable` are the numbers that can be moved, all of them if None; over `curve`, one of them, the
    loss is drawn, with its slope from the first if `sloped`, else once the step is done.
    """

    name: str
    start: Exercise
    view: View
    task: str
    done: Callable[[Hand], bool]
    state: Callable[[Hand], str]
    learned: Callable[[Hand], str]
    movable: tuple[str, ...] | None = None
    curve: str = ""
    sloped: bool = False
    button: Button | None = None
    counts: bool = False
    """Whether the passes of both ways to blame are drawn."""


def _trained(now: Exercise, _times: int) -> Exercise:
    return now.updated()


STEPS: tuple[Step, ...] = (
    Step(
        "Loss",
        exercises.ONE_WEIGHT,
        "forward",
        "Drag the dotted number, the weight, left or right until the loss at the end is below "
        f"{SMALL_LOSS:g}.",
        lambda hand: loss(hand.now) < SMALL_LOSS,
        one_weight.guess_state,
        one_weight.guess_learned,
        movable=(one_weight.WEIGHT,),
        curve=one_weight.WEIGHT,
    ),
    Step(
        "Slope",
        exercises.NUDGED,
        "forward",
        "Now move the weight by very little, 0.1 or 0.2, and let go. How much does the loss "
        "change?",
        one_weight.is_nudge,
        one_weight.nudge_state,
        one_weight.nudge_learned,
        movable=(one_weight.WEIGHT,),
        curve=one_weight.WEIGHT,
    ),
    Step(
        "Gradient",
        exercises.NUDGED,
        "blame",
        "The slope now stands below the weight. Take the weight past the bottom of the curve, "
        "until the slope changes its sign.",
        one_weight.crossed,
        one_weight.bottom_state,
        one_weight.bottom_learned,
        movable=(one_weight.WEIGHT,),
        curve=one_weight.WEIGHT,
        sloped=True,
    ),
    Step(
        "A sum",
        exercises.SUM,
        "blame",
        "Two inputs, two weights. Take one of the inputs down to 0, and watch the blame of its "
        "weight.",
        lambda hand: layers.silenced(hand) is not None,
        layers.sum_state,
        layers.sum_learned,
        movable=("x[0]", "x[1]"),
    ),
    Step(
        "A gate",
        exercises.GATE,
        "both",
        "A neuron in the middle hands on its z only while that is above 0. Take its bias, b1, down "
        "until z is below 0.",
        layers.gate_shut,
        layers.gate_state,
        layers.gate_learned,
        movable=("b1[0]", "W1[0, 0]"),
    ),
    Step(
        "Chain rule",
        exercises.PATHS,
        "both",
        "One neuron, two guesses. Move the weight that is 0.2 now until the blame that arrives at "
        "the neuron, d_a1, changes its sign.",
        layers.turned,
        layers.paths_state,
        layers.paths_learned,
        movable=("W2[0, 0]", "W2[0, 1]"),
    ),
    Step(
        "Backpropagation",
        exercises.grown(0),
        "both",
        f"Grow the network {whole.GROWN} times or more, and watch the two counts.",
        lambda hand: hand.presses >= whole.GROWN,
        whole.grow_state,
        whole.grow_learned,
        button=Button("Grow the network", ":material/add:", exercises.grow),
        counts=True,
    ),
    Step(
        "Gradient descent",
        exercises.UPDATED,
        "both",
        f"All the blame is known. Use it: press until the loss is below {SMALL_LOSS:g}.",
        lambda hand: hand.pressed and loss(hand.now) < SMALL_LOSS,
        layers.update_state,
        layers.update_learned,
        button=Button("Move all against their blame", ":material/trending_down:", _trained),
    ),
    Step(
        "The notebook",
        exercises.NOTEBOOK,
        "both",
        f"Everything at once. Bring the loss below {whole.SMALL_LOSS:g} by any numbers you like: "
        "their blame tells which way.",
        lambda hand: loss(hand.now) < whole.SMALL_LOSS,
        whole.notebook_state,
        whole.notebook_learned,
    ),
)
"""Step 1 is the first of them."""
assert len(STEPS) == len(TITLES)
