"""Goals that are met by changing the network: each has a check, a hint and what it teaches."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from blame.exercise.exercise import Exercise
from blame.exercise.names import array_of
from blame.exercise.presets import NOTEBOOK
from blame.playground.growing_run import GrowingRun
from blame.playground.recipe import Recipe
from blame.runs.deaths import deaths
from blame.runs.verdicts import verdicts

MOST_CODE = 400
"""So many characters of a progress code are read."""
START = NOTEBOOK
"""The notebook's numbers; what a challenge leaves alone is compared with them."""


@dataclass(frozen=True)
class Challenge:
    """One goal.

    `met(exercise)` says whether these numbers reach it, and is asked of exercises it `fits` only;
    for a challenge of the playground `solved` says so of its run, and `met` is never true.
    `untouched` names the numbers that must stay as `start` has them. `learned` is told once it is
    met.
    """

    title: str
    goal: str
    hint: str
    learned: str
    met: Callable[[Exercise], bool]
    start: Exercise = START
    untouched: tuple[str, ...] = ()
    solved: Callable[[Recipe, GrowingRun], bool] | None = None
    """For a challenge of the playground: whether a run that has got so far reaches the goal."""

    def fits(self, exercise: Exercise) -> bool:
        """Return whether an exercise differs from `start` in numbers alone.

        What is held or tied belongs to the shape: it decides what a run can do.
        """
        return self.solved is not None or exercise.shape == self.start.shape

    def is_met(self, exercise: Exercise) -> bool:
        """Return whether the goal is reached and nothing it leaves alone was changed."""
        return self.fits(exercise) and not self.touched(exercise) and self.met(exercise)

    def touched(self, exercise: Exercise) -> tuple[str, ...]:
        """Return the names that should have been left alone, in an exercise that it fits."""
        if self.solved is not None:
            return ()
        now, before = exercise.numbers(), self.start.numbers()
        return tuple(name for name in self.untouched if now[name] != before[name])


def _gates(exercise: Exercise) -> list[bool]:
    return [bool(z > 0) for z in exercise.forward().z[0][0]]


def _first_blame(exercise: Exercise) -> float:
    return float(np.abs(exercise.backward().weight_gradients[0]).max())


def _output_blame(exercise: Exercise) -> float:
    return abs(float(exercise.backward().activation_gradients[-1][0, 0]))


def _loss(exercise: Exercise) -> float:
    return float(exercise.backward().loss)


def _verdict(exercise: Exercise) -> str:
    return str(verdicts(exercise.train()))


def _names(*matrices: str) -> tuple[str, ...]:
    return tuple(name for name in START.numbers() if array_of(name) in matrices)


def _dies_at(exercise: Exercise, neuron: int) -> int | None:
    return deaths(exercise.train())[neuron]


HOW = ("steps", "momentum", "weight_decay")
"""What must stay where a rate or a start is looked for: with another run it is another goal."""
SHUT = NOTEBOOK.with_numbers({"b1[1]": -0.2})

CHALLENGES: dict[str, Challenge] = {
    "hit": Challenge(
        "Hit the target",
        "Make the loss exactly 0 by changing b2 alone.",
        "How far is y_pred above y_true?",
        "b2 moves the guess one to one. With the guess right, the blame at the output is 0, and so "
        "is every gradient.",
        lambda e: _loss(e) < 1e-20,
        untouched=_names("x", "y_true", "W1", "b1", "W2"),
    ),
    "kill": Challenge(
        "Shut a gate",
        "Shut the gate of neuron 1 without touching x or W1, and off the kink by at least 0.05.",
        "z1[1] = x · W1[:, 1] + b1[1]. What is left to change?",
        "A bias moves the whole sum. Below 0 the gate is shut, and the neuron's blame is 0.",
        lambda e: float(e.forward().z[0][0, 1]) <= -0.05,
        untouched=_names("x", "W1"),
    ),
    "both": Challenge(
        "All gates open",
        "Open both gates by at least 0.5 each, touching nothing but W1.",
        "Look at the column of the neuron that is not open enough.",
        "Only open gates let blame reach W1: now every entry of it can learn.",
        lambda e: bool((e.forward().z[0][0] >= 0.5).all()),
        untouched=_names("x", "y_true", "b1", "W2", "b2"),
    ),
    "sign": Challenge(
        "Turn the blame",
        "Make every gradient of W1 negative.",
        "The blame of a weight is x times the blame at z. Which sign must that have?",
        "One sign at the output, the signs of W2 and of x decide it all: a product of factors.",
        lambda e: bool((e.backward().weight_gradients[0] < 0).all()),
    ),
    "still": Challenge(
        "Nothing to learn from",
        "Make the blame of W1, b1 and W2 all 0 while the loss is above 1.",
        "What stops blame on its way to the first layer, and makes a1 zero as well?",
        "With every hidden neuron dead only b2 can still learn. A loss alone is no signal: blame "
        "must get through.",
        lambda e: (
            _loss(e) > 1 and not any(_gates(e)) and not e.backward().weight_gradients[1].any()
        ),
    ),
    "grow": Challenge(
        "Blame that grows",
        "Make the largest blame in W1 at least ten times the output's blame.",
        "On its way back blame is multiplied by W2 and by x.",
        "Earlier layers do not get weaker signals by law. Blame goes where its factors take it.",
        lambda e: _output_blame(e) > 0 and _first_blame(e) >= 10 * _output_blame(e),
    ),
    "fade": Challenge(
        "Blame that fades",
        "With both gates open, make the largest blame in W1 less than a hundredth of the output's, "
        "but not 0.",
        "The same two factors, the other way round.",
        "Small weights and small inputs shrink blame at each layer. In a deep network that is how "
        "it vanishes.",
        lambda e: all(_gates(e)) and 0 < _first_blame(e) < _output_blame(e) / 100,
    ),
    "away": Challenge(
        "Run away",
        "Find a learning rate, at most 2, whose run grows without end. Change nothing else.",
        "Beyond its first limit a rate kills the neurons. What is left to run away then?",
        "The first step kills neuron 0. Then only b2 moves, with a curvature of 2, so that a rate "
        "above 2/2 = 1 overshoots by more at each step.",
        lambda e: e.learning_rate <= 2 and _verdict(e) == "away",
        SHUT,
        (*_names("x", "y_true", "W1", "b1", "W2", "b2"), *HOW),
    ),
    "survive": Challenge(
        "Nobody dies",
        "Start from the notebook and change only the learning rate: the run must converge with "
        "neuron 0 alive.",
        "At 0.1 the first step is far too long. Which rate is not?",
        "A dead neuron is often the work of one step that was too long.",
        lambda e: _verdict(e) == "converged" and _dies_at(e, 0) is None,
        untouched=(*_names("x", "y_true", "W1", "b1", "W2", "b2"), *HOW),
    ),
    "late": Challenge(
        "A late death",
        "Let neuron 0 die at step 4 or later, with the notebook's weights.",
        "It dies at step 3 with a rate of 0.1. A little less or a little more may take longer.",
        "The gate shuts when an update carries z below 0 on its only sample. Nothing reopens it.",
        lambda e: (_dies_at(e, 0) or 0) >= 4,
        untouched=(*_names("x", "y_true", "W1", "b1", "W2", "b2"), *HOW),
    ),
    "revive": Challenge(
        "Bring it back",
        "Both neurons are dead. Touch b1 alone, and let the run converge with both still alive.",
        "Open the gates a little, and mind the learning rate.",
        "Training cannot reopen a gate that is shut on every sample. You can, and then the blame "
        "flows again.",
        lambda e: _verdict(e) == "converged" and deaths(e.train()) == (None, None),
        NOTEBOOK.with_numbers({"b1[0]": -3.0, "b1[1]": -1.0, "learning_rate": 0.02, "steps": 300}),
        ("learning_rate", *_names("x", "y_true", "W1", "W2", "b2"), *HOW),
    ),
    "fast": Challenge(
        "In five steps",
        "Bring the loss below 1e-6 within five steps, changing only the learning rate.",
        "Too small is slow, too large overshoots. The sweep in the training lab shows a valley.",
        "Near the bottom the best rate is about one over the curvature: then a step lands there.",
        lambda e: float(e.train().losses.min()) < 1e-6,
        NOTEBOOK.with_numbers({"b1[1]": -0.2, "steps": 5, "learning_rate": 0.01}),
        (*_names("x", "y_true", "W1", "b1", "W2", "b2"), *HOW),
    ),
    "xor": Challenge(
        "XOR with the fewest",
        "In the playground, solve XOR: accuracy 100 % with one hidden layer of 2 neurons.",
        "Two lines are enough. Which of the seeds starts with them in a good place?",
        "One neuron draws one line, and one line cannot part XOR. Two can, if training finds them: "
        "from many starts it does not.",
        lambda e: False,
        solved=lambda recipe, run: (
            recipe.data == "xor"
            and recipe.hidden == (2,)
            and run.accuracies is not None
            and float(run.accuracies[-1]) == 1
        ),
    ),
    "kink": Challenge(
        "On the edge",
        "Put z1[0] at exactly 0 while blame arrives at it.",
        "x = [1, 2]: choose numbers that computers hold exactly, such as halves.",
        "At 0 the ReLU has no slope. The convention takes 0, so the gate counts as shut.",
        lambda e: (
            float(e.forward().z[0][0, 0]) == 0 and e.backward().activation_gradients[0][0, 0] != 0
        ),
    ),
}
"""Every challenge by its key, in order of difficulty. A new one is one entry here."""


def progress_code(done: Iterable[str]) -> str:
    """Return a short text that says which challenges have been met, `hit-kill-both`."""
    met = set(done)
    return "-".join(key for key in CHALLENGES if key in met)


def read_progress(text: str) -> tuple[tuple[str, ...], list[str]]:
    """Return the challenges a code names, and a sentence for each part that names none."""
    parts = [part for part in text.strip()[:MOST_CODE].split("-") if part]
    known = tuple(key for key in CHALLENGES if key in parts)
    unknown = [part for part in dict.fromkeys(parts) if part not in CHALLENGES]
    return known, [f"{part[:20]!r} is no challenge" for part in unknown[:3]]
