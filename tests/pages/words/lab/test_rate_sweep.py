"""What the sweep of learning rates says, against runs worked out step by step by hand."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from blame import PRESETS
from blame.exercise.presets import NOTEBOOK, drawn
from blame.runs.curvature import hessian, stable_rate
from blame.runs.rate_sweep import RateSweep, sweep_rates
from pages.shared.words.lab.rate_sweep import edges, limit_words, lowest_of
from tests.exercises import changed, number_of
from tests.pages.words.reading import by_hand, near, read, run_by_hand

SHUT = PRESETS["gate_shut"].exercise
RATES = np.array([0.01, 0.1, 0.2, 1.0])


def swept(losses=(1.0, 1.0, 1.0, 1.0), rose=(False, False, True, True)):
    verdicts = np.array(["falling"] * 4)
    return RateSweep(RATES, np.array(losses), verdicts, np.array(rose), 50)


@pytest.mark.parametrize(
    ("losses", "told"),
    [
        ((1e-3, 1.0, 1e3, 1.0), False),
        ((0.9e-3, 1.0, 1.0, 1.0), True),
        ((1.0, 1.0, 1.0, 1.1e3), True),
        ((1.0, 1.0, 1.0, np.inf), True),
    ],
)
def test_what_lies_beyond_the_chart_is_told(losses, told):
    text = edges(replace(SHUT, learning_rate=0.1), swept(losses), 1e-3, 1e3)
    assert (read_edges(text) == [1e-3, 1e3]) == told
    assert text == "" or told


def read_edges(text):
    return read("Losses below # and above # are drawn at the edge.", text) if text else []


@pytest.mark.parametrize(
    ("rate", "beyond"), [(0.009, True), (0.01, False), (0.5, False), (1.0, False), (1.1, True)]
)
def test_a_rate_beyond_the_chart_is_told(rate, beyond):
    text = edges(replace(SHUT, learning_rate=rate), swept(), 1e-3, 1e3)
    if beyond:
        assert read("This run's own rate, #, lies beyond the chart.", text) == [rate]
    else:
        assert text == ""


@pytest.mark.parametrize(
    ("verdicts", "alive"),
    [(["falling"] * 4, False), (["dead", "falling", "falling", "falling"], True)],
)
def test_the_lowest_says_of_which_runs_it_is_the_lowest(verdicts, alive):
    losses = np.array([0.1, 0.5, 0.4, 0.9])
    found = RateSweep(RATES, losses, np.array(verdicts), np.zeros(4, bool), 50)
    assert found.best() == (2 if alive else 0)
    words = " of those that neither died nor ran away nor are stuck"
    assert lowest_of(found) == (words if alive else "")


def say(exercise, found, limit, moves=(1.0, 0.5)):
    """Return the words; the limits along the run are `moves`."""
    return limit_words(exercise, found, limit, lambda e: e.train(), lambda e: moves)


def test_a_loss_that_never_rises_is_told_with_the_largest_rate():
    text = say(SHUT, swept(rose=(False,) * 4), 0.5)
    assert read("Here the loss rises at no step, whatever the rate up to #.", text) == [1]
    assert read("Theory puts the edge at 2/λ = **#**, from", text) == [0.5]


def test_a_loss_that_always_rises_is_told_with_the_smallest_rate():
    text = say(SHUT, swept(rose=(True,) * 4), 0.5)
    assert read("The smallest rate tried, #, already raises the loss.", text) == [0.01]
    assert "no step" not in text


@pytest.mark.parametrize(
    ("limit", "holds"),
    [
        (0.1 / 1.1, True),
        (0.2 * 1.1, True),
        (0.15, True),
        (0.0914, True),
        (0.2195, True),
        (0.0905, False),
        (0.2205, False),
        (5.0, False),
    ],
)
def test_theory_holds_where_the_edge_is_between_the_two_rates_give_or_take_a_tenth(limit, holds):
    text = say(SHUT, swept(), limit)
    assert read("The loss rises at no step up to a rate of **#**", text) == [0.1]
    assert ("theory holds" in text) == holds
    assert ("At the next rate, 0.2, the step to" in text) != holds


def first_rise(losses):
    return next(k for k in range(1, len(losses)) if losses[k] > losses[k - 1])


SEEDS = {
    "one step": None,
    "one gate": 1,
    "the other gate": 2,
    "both gates": 9,
    "the limit": 0,
    "the limit again": 11,
    "a gate that flips a step later too": 4,
    "a gate that flips at that very step": 22,
    "a rise that goes on": 190,
    "the third step": 27,
}


@pytest.mark.parametrize("what", SEEDS)
def test_what_the_first_rate_beyond_the_edge_met(what):
    seed = SEEDS[what]
    exercise = SHUT if seed is None else drawn(NOTEBOOK, seed)
    found = sweep_rates(exercise.network, exercise.x, exercise.target, steps=exercise.steps)
    limits = {}

    def limits_of(run):
        limits[run.learning_rate] = 1.0 + np.arange(run.steps + 1)
        return limits[run.learning_rate]

    text = limit_words(exercise, found, 1e-9, lambda e: e.train(), limits_of)
    edge, rate, step = read(
        "up to a rate of **#**. At the next rate, #, the step to # raises it.", text
    )
    rates = [float(each) for each in found.rates]
    at = next(k for k, each in enumerate(rates) if near(rate, each))
    assert near(edge, rates[at - 1])
    before = run_by_hand(replace(exercise, learning_rate=rates[at - 1]))
    losses = [passes["loss"] for passes in before]
    assert all(b <= a + 1e-12 for a, b in pairwise(losses))
    hand = run_by_hand(replace(exercise, learning_rate=rates[at]))
    assert step == first_rise([passes["loss"] for passes in hand])
    gates = [[passes[f"z1[{j}]"] > 0 for passes in hand[: int(step) + 1]] for j in (0, 1)]
    flipped = [f"neuron {j}" for j in (0, 1) if len(set(gates[j])) == 2]
    told = {
        0: "",
        1: f"the gate of {flipped[0]} has flipped" if flipped else "",
        2: "the gates of neuron 0 and neuron 1 have flipped",
    }[len(flipped)]
    assert told in text
    assert text.count(" flipped: the curvature") == bool(flipped)
    assert ("No gate has flipped until then" in text) == (not flipped and step > 1)
    assert ("of the fourth degree in the weights" in text) == (not flipped and step == 1)
    if "No gate" in text:
        start, now = read("the limit has moved with the weights, from # to #.", text)
        assert (start, now) == (1, step)
        assert list(limits) == [rates[at]]


def test_the_seeds_reach_every_branch():
    told = []
    moving = [1.0 + k for k in range(99)]
    for seed in SEEDS.values():
        exercise = SHUT if seed is None else drawn(NOTEBOOK, seed)
        found = sweep_rates(exercise.network, exercise.x, exercise.target, steps=exercise.steps)
        told.append(limit_words(exercise, found, 1e-9, lambda e: e.train(), lambda e: moving))
    for words, count in (
        ("neuron 0 has flipped", 2),
        ("neuron 0 and neuron 1 have flipped", 1),
        ("neuron 1 has flipped", 2),
        ("No gate has flipped", 4),
        ("fourth degree", 1),
    ):
        assert sum(words in text for text in told) == count, words


def test_the_loss_is_of_the_fourth_degree_along_a_step():
    # With gates held, y is a product of two layers' weights, and the loss its square.
    exercise = SHUT
    here = by_hand(exercise)

    def loss(t):
        return by_hand(
            changed(
                exercise,
                W1_1_0=number_of(exercise, "W1_1_0") - t * here["dW1[1, 0]"],
                W2_0_0=number_of(exercise, "W2_0_0") - t * here["dW2[0, 0]"],
            )
        )["loss"]

    ts = np.linspace(-0.01, 0.1, 9)
    values = [loss(t) for t in ts]
    for degree, exact in ((2, False), (3, False), (4, True)):
        left = np.polyfit(ts, values, degree, full=True)[1]
        assert (float(left[0]) < 1e-20 if left.size else True) == exact


def test_the_limit_of_theory_is_two_over_the_curvature():
    limit = float(stable_rate(hessian(SHUT.network, SHUT.x, SHUT.target)))
    (told,) = read("Theory puts the edge at 2/λ = **#**,", say(SHUT, swept(), limit))
    assert told == pytest.approx(0.06811)
