"""The claims of a run's notes: for every branch a run that reaches it, and one that must not."""

import pytest

from blame import train
from blame.exercise.presets import NOTEBOOK
from pages.shared.words.lessons.training_notes import training_notes
from pages.shared.words.numbers import Numbers
from tests.exercises import notebook_with

N = Numbers()
SHUT = notebook_with(b1_1=-0.2)
OPEN = notebook_with(b1_1=0.1)
DEAD = notebook_with(b1_0=-3.0, b1_1=-1.0)


def run_notes(exercise, steps=None):
    run = train(
        exercise.network,
        exercise.x,
        exercise.target,
        exercise.learning_rate,
        steps or exercise.steps,
    )
    return run, " ".join(training_notes(run, steps or exercise.steps, N))


def test_a_run_is_told_with_its_ends_and_its_lowest():
    run, words = run_notes(SHUT, 3)
    assert [round(float(loss), 4) for loss in run.losses] == [1.5625, 0.7832, 0.1204, 0.0006]
    assert words.startswith("The loss goes from 1.5625 to ")
    assert "in 3 steps; its lowest is " in words
    assert words.split("its lowest is ")[1].startswith(words.split(" to ")[1].split(" in ")[0])
    assert "at step 3." in words
    # The lowest is not the last.
    run, words = run_notes(NOTEBOOK, 2)
    assert "The loss goes from 1.5625 to 7.793 in 2 steps; its lowest is 1.5625 at step 0." in words


def test_a_run_that_overshoots_and_one_that_falls():
    _, words = run_notes(NOTEBOOK, 5)
    assert "The step to 1 raises the loss from 1.5625 to 18.15: it overshoots." in words
    assert "overshoots" not in run_notes(SHUT, 5)[1]
    # Of two rises the first is told.
    run, words = run_notes(notebook_with(b1_1=0.1, learning_rate=0.12), 8)
    assert run.losses[0] < run.losses[1] < run.losses[2] > run.losses[3]
    assert "The step to 1 raises the loss from 0.9025 to 18.01: it overshoots." in words


def test_a_run_that_runs_away_is_cut_off():
    run, words = run_notes(notebook_with(b1_0=-3, b1_1=-1, learning_rate=100.0), 200)
    assert run.overflow_step is not None
    assert f"At step {run.overflow_step} of 200 a number grew past" in words
    assert "on the loss only grows: the run runs away" in words
    assert "overshoots" not in words
    calm = run_notes(SHUT, 5)[1]
    assert "grew past" not in calm
    assert "runs away" not in calm


def test_deaths_are_told_with_the_step_and_both_values():
    run, words = run_notes(NOTEBOOK, 5)
    z = run.forward.z[0][:, 0]
    assert z[1, 1] > 0 >= z[2, 1]
    assert z[2, 0] > 0 >= z[3, 0]
    for neuron, step in ((1, 2), (0, 3)):
        told = words.split(f"Neuron {neuron} dies at step {step}: the update moved z1[{neuron}] ")[
            1
        ]
        was, now = told.removeprefix("from ").split(", and")[0].split(" to ")
        assert float(was) == pytest.approx(z[step - 1, neuron], rel=1e-3)
        assert float(now) == pytest.approx(z[step, neuron], rel=1e-3)
    assert "With every hidden neuron dead from step 3 on, only b2 still learns." in words
    _, words = run_notes(DEAD, 3)
    assert "Neuron 0 is dead from the start: z1[0] = -0.9, so no blame" in words
    assert "dies at" not in words
    _, words = run_notes(SHUT, 3)
    assert "Neuron 1 is dead from the start" in words
    assert "every hidden neuron" not in words
    assert "dead" not in run_notes(OPEN, 1)[1]
