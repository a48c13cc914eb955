"""Goals that are met by changing the network: each has a check, a hint and what it teaches."""

from __future__ import annotations

import numpy as np

from blame.exercise.exercise import Exercise
from blame.exercise.names import array_of
from blame.exercise.presets import NOTEBOOK
from blame.playground.recipe import Recipe
from blame.practise.challenge import START, Challenge
from blame.practise.question import written_number as n
from blame.runs.deaths import deaths
from blame.runs.verdicts import VERDICTS, verdicts


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


def _ratio(exercise: Exercise) -> str:
    out = _output_blame(exercise)
    if not out:
        return "No blame at the output, so there is nothing to compare with."
    return f"Largest blame in W1: {n(_first_blame(exercise) / out)} times the output's."


def _ended(exercise: Exercise) -> str:
    run = exercise.train()
    # In the order they happened; who lives comes last.
    order = sorted(
        enumerate(deaths(run)), key=lambda one: run.steps + 1 if one[1] is None else one[1]
    )
    died = "; ".join(
        f"neuron {j} {'lives' if step is None else f'is dead from step {step} on'}"
        for j, step in order
    )
    said = f"{VERDICTS[str(verdicts(run))].title}; {died}."
    return said[0].upper() + said[1:]


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
        lambda e: f"The loss is {n(_loss(e))}; the goal is 0.",
        untouched=_names("x", "y_true", "W1", "b1", "W2"),
    ),
    "kill": Challenge(
        "Shut a gate",
        "Shut the gate of neuron 1 without touching x or W1, and off the kink by at least 0.05.",
        "z1[1] = x × W1[:, 1] + b1[1]. What is left to change?",
        "A bias moves the whole sum. Below 0 the gate is shut, and the neuron's blame is 0.",
        lambda e: float(e.forward().z[0][0, 1]) <= -0.05,
        lambda e: f"z1[1] is {n(float(e.forward().z[0][0, 1]))}; the goal is -0.05 or less.",
        untouched=_names("x", "W1"),
    ),
    "both": Challenge(
        "All gates open",
        "Open both gates by at least 0.5 each, touching nothing but W1.",
        "Look at the column of the neuron that is not open enough.",
        "Only open gates let blame reach W1: now every entry of it can learn.",
        lambda e: bool((e.forward().z[0][0] >= 0.5).all()),
        lambda e: (
            f"z1[0] is {n(float(e.forward().z[0][0, 0]))} and z1[1] "
            f"{n(float(e.forward().z[0][0, 1]))}; the goal is 0.5 or more each."
        ),
        untouched=_names("x", "y_true", "b1", "W2", "b2"),
    ),
    "sign": Challenge(
        "Turn the blame",
        "Make every gradient of W1 negative.",
        "The blame of a weight is x times the blame at z. Which sign must that have?",
        "One sign at the output, the signs of W2 and of x decide it all: a product of factors.",
        lambda e: bool((e.backward().weight_gradients[0] < 0).all()),
        lambda e: (
            f"{int((e.backward().weight_gradients[0] < 0).sum())} of "
            f"{e.backward().weight_gradients[0].size} gradients of W1 are negative."
        ),
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
        lambda e: f"The loss is {n(_loss(e))}, and {sum(_gates(e))} of 2 gates are open.",
    ),
    "grow": Challenge(
        "Blame that grows",
        "Make the largest blame in W1 at least ten times the output's blame.",
        "On its way back blame is multiplied by W2 and by x.",
        "Earlier layers do not get weaker signals by law. Blame goes where its factors take it.",
        lambda e: _output_blame(e) > 0 and _first_blame(e) >= 10 * _output_blame(e),
        _ratio,
    ),
    "fade": Challenge(
        "Blame that fades",
        "With both gates open, make the largest blame in W1 less than a hundredth of the output's, "
        "but not 0.",
        "The same two factors, the other way round.",
        "Small weights and small inputs shrink blame at each layer. In a deep network that is how "
        "it vanishes.",
        lambda e: all(_gates(e)) and 0 < _first_blame(e) < _output_blame(e) / 100,
        lambda e: f"{_ratio(e)} {sum(_gates(e))} of 2 gates are open.",
    ),
    "away": Challenge(
        "Run away",
        "Find a learning rate, at most 2, whose run grows without end. Change nothing else.",
        "Beyond its first limit a rate kills the neurons. What is left to run away then?",
        "The first step kills neuron 0. Then only b2 moves, with a curvature of 2, so that a rate "
        "above 2/2 = 1 overshoots by more at each step.",
        lambda e: e.learning_rate <= 2 and _verdict(e) == "away",
        _ended,
        SHUT,
        (*_names("x", "y_true", "W1", "b1", "W2", "b2"), *HOW),
        run=True,
    ),
    "survive": Challenge(
        "Nobody dies",
        "Start from the notebook and change only the learning rate: the run must converge with "
        "neuron 0 alive.",
        "At 0.1 the first step is far too long. Which rate is not?",
        "A dead neuron is often the work of one step that was too long.",
        lambda e: _verdict(e) == "converged" and _dies_at(e, 0) is None,
        _ended,
        run=True,
        untouched=(*_names("x", "y_true", "W1", "b1", "W2", "b2"), *HOW),
    ),
    "late": Challenge(
        "A late death",
        "Let neuron 0 die at step 4 or later, with the notebook's weights.",
        "It dies at step 3 with a rate of 0.1. A little less or a little more may take longer: "
        "look between 0.12 and 0.13.",
        "The gate shuts when an update carries z below 0 on its only sample. Nothing reopens it.",
        lambda e: (_dies_at(e, 0) or 0) >= 4,
        _ended,
        run=True,
        untouched=(*_names("x", "y_true", "W1", "b1", "W2", "b2"), *HOW),
    ),
    "revive": Challenge(
        "Bring it back",
        "Both neurons are dead. Touch b1 alone, and let the run converge with both still alive.",
        "Open the gates a little, and mind the learning rate.",
        "Training cannot reopen a gate that is shut on every sample. You can, and then the blame "
        "flows again.",
        lambda e: _verdict(e) == "converged" and deaths(e.train()) == (None, None),
        _ended,
        NOTEBOOK.with_numbers({"b1[0]": -3.0, "b1[1]": -1.0, "learning_rate": 0.02, "steps": 300}),
        ("learning_rate", *_names("x", "y_true", "W1", "W2", "b2"), *HOW),
        run=True,
    ),
    "fast": Challenge(
        "In five steps",
        "Bring the loss below 1e-6 within five steps, changing only the learning rate.",
        "Too small is slow, too large overshoots. The sweep in the training lab shows a valley.",
        "Near the bottom the best rate is about one over the curvature: then a step lands there.",
        lambda e: float(e.train().losses.min()) < 1e-6,
        lambda e: f"The lowest loss is {n(float(e.train().losses.min()))}; the goal is below 1e-6.",
        NOTEBOOK.with_numbers({"b1[1]": -0.2, "steps": 5, "learning_rate": 0.01}),
        (*_names("x", "y_true", "W1", "b1", "W2", "b2"), *HOW),
        run=True,
    ),
    "xor": Challenge(
        "XOR with the fewest",
        "In the playground, solve XOR: accuracy 100 % with one hidden layer of 2 neurons, from "
        "another weights seed than the 1 that is set.",
        "Two lines are enough. From how many seeds does a ReLU find them, and a tanh?",
        "One neuron draws one line, and one line cannot part XOR. Two can, if training finds them: "
        "from many starts it does not.",
        lambda e: False,
        solved=lambda recipe, run: (
            recipe.data == "xor"
            and recipe.hidden == (2,)
            and recipe.test_share == 0
            and recipe.weights_seed != Recipe().weights_seed
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
        lambda e: (
            f"z1[0] is {n(float(e.forward().z[0][0, 0]))}, and the blame that arrives "
            f"{n(float(e.backward().activation_gradients[0][0, 0]))}."
        ),
    ),
}
"""Every challenge by its key, in order of difficulty. A new one is one entry here."""
