"""The glossary's words for what surrounds the two passes: samples, seeds, steps and checks."""

from __future__ import annotations

import numpy as np

from blame.exercise.names import array_of, index_of
from blame.practise.now import Now
from blame.practise.question import written_number as n
from blame.practise.words.entry import Entry, nothing
from blame.probe.numerical_gradient import numerical_gradient

NUDGE = 1e-5
MOST_NUDGED = 150
"""More parameters than this would take too long to nudge for a word."""


def _nudged(now: Now) -> str:
    exercise = now.exercise
    names = exercise.parameter_names()
    if len(names) > MOST_NUDGED:
        return ""
    name = next(one for one in names if one.startswith("W"))
    found = numerical_gradient(
        exercise.network, exercise.x, exercise.target, exercise.loss, NUDGE
    ).weight_gradients[int(array_of(name)[1:]) - 1][index_of(name)]
    if not np.isfinite(found):
        return ""
    true = now.trace.value(f"d{name}")
    return f"for {name} with h = 1e-5 {n(float(found))}, and by the backward pass {n(true)}"


def _samples(now: Now) -> str:
    count = now.exercise.n_samples
    return "1 in this exercise" if count == 1 else f"{count} in this exercise"


def _hessian(now: Now) -> str:
    count = len(now.exercise.parameter_names())
    return f"{count} × {count} numbers, for {count} parameters"


RUNNING: dict[str, Entry] = {
    "batch": Entry(
        "The samples that one update uses. In the lessons each update uses all samples of the "
        "exercise; the playground can take a few at a time, which makes more updates of rougher "
        "blame.",
        _samples,
        "playground",
    ),
    "epoch": Entry(
        "As many updates as use every sample once: one update where each takes them all.",
        lambda now: f"{now.run.steps} in this run",
        "playground",
    ),
    "finite difference": Entry(
        "A slope found without calculus: move one number by h up and down, and divide the change "
        "of the loss by 2h. Two forward passes a number; near a kink it mixes both sides.",
        _nudged,
        "gradient_check",
    ),
    "He initialisation": Entry(
        "Starting weights drawn with a spread of √(2 / number of inputs), so that numbers neither "
        "fade nor grow, on average, through layers of ReLUs.",
        nothing,
        "depth",
    ),
    "Hessian": Entry(
        "The table of second slopes: how fast each slope of the loss changes as each parameter "
        "grows. Its largest eigenvalue is the steepest curvature, λ.",
        _hessian,
        "training_lab",
    ),
    "momentum": Entry(
        "Of each update so much goes on into the next: v becomes momentum × v + gradient, and the "
        "parameter moves by learning rate × v against it. 0 is plain descent.",
        lambda now: n(now.exercise.momentum),
        "training",
    ),
    "optimiser": Entry(
        "What makes a step of the gradient. Plain descent takes the gradient itself, momentum a "
        "velocity, Adam for each parameter its mean gradient over the root of its mean squared "
        "gradient, so that every parameter has a step of its own.",
        nothing,
        "playground",
    ),
    "parameter": Entry(
        "A number that training may change: a weight or a bias. Inputs and targets are none.",
        lambda now: f"{len(now.exercise.parameter_names())} in this exercise",
        "training",
    ),
    "sample": Entry(
        "One input with its target. Each has its own forward pass and its own blame; the gradient "
        "of a mean or a sum over samples is the mean or the sum of theirs.",
        _samples,
        "forward_pass",
    ),
    "seed": Entry(
        "The number that decides what is drawn at random: the same seed always draws the same.",
        nothing,
        "playground",
    ),
    "test set": Entry(
        "Samples set aside and never trained on. A loss that falls on the others and rises here "
        "means that the network has learnt its samples by heart.",
        nothing,
        "playground",
    ),
    "weight decay": Entry(
        "So much of each parameter is added to its gradient, which pulls it towards 0 at every "
        "step; the same as a loss with half of it times the sum of squares added. Also called L2.",
        lambda now: n(now.exercise.weight_decay),
        "training",
    ),
}
