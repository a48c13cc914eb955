"""Each goal says a bound, and its check holds just that: a hair inside is met, outside is not."""

from dataclasses import replace

import numpy as np
import pytest

from blame.exercise.names import name_in_link
from blame.playground.growing_run import advance
from blame.playground.recipe import Recipe, prepare
from blame.practise.challenges import CHALLENGES, START
from blame.practise.progress import MOST_CODE, progress_code, read_progress
from tests.exercises import changed

BOTH_OPEN = {"b1_1": 0.5}
ALL_DEAD = {"b1_0": -3.0, "b1_1": -1.0}
BOUNDS = [
    ("hit", "exactly 0", {"b2_0": -1.2 + 1e-11}, {"b2_0": -1.2 + 1e-9}),
    # z1[1] = 0.1 + b1[1].
    ("kill", "off the kink by at least 0.05", {"b1_1": -0.151}, {"b1_1": -0.149}),
    # z1[1] = -0.4 + 2 W1[1, 1], and z1[0] = 0.6 + 2 W1[1, 0].
    ("both", "at least 0.5", {"W1_1_1": 0.451}, {"W1_1_1": 0.449}),
    (
        "both",
        "at least 0.5",
        {"W1_1_1": 0.5, "W1_1_0": -0.049},
        {"W1_1_1": 0.5, "W1_1_0": -0.051},
    ),
    # With both gates open the signs are those of the output's blame times W2; 0 is no sign.
    (
        "sign",
        "every gradient of W1 negative",
        {**BOTH_OPEN, "y_true": 9.0, "W2_1_0": 1.5},
        {**BOTH_OPEN, "y_true": -9.0, "W2_1_0": 1.5},
    ),
    (
        "sign",
        "every gradient of W1 negative",
        {**BOTH_OPEN, "y_true": 9.0, "W2_1_0": 1.5},
        {"b1_1": -0.5, "y_true": 9.0, "W2_1_0": 1.5},
    ),
    # All dead, y_pred is b2: a loss of (b2 - 1) squared.
    ("still", "the loss is above 1", {**ALL_DEAD, "b2_0": 2.001}, {**ALL_DEAD, "b2_0": 1.999}),
    ("still", "blame of W1, b1 and W2 all 0", {**ALL_DEAD, "b2_0": 3}, {"b1_0": -3.0, "b2_0": 3.0}),
    ("still", "blame of W1, b1 and W2 all 0", {**ALL_DEAD, "b2_0": 3}, {"b1_1": -1.0, "b2_0": 3.0}),
    # dW1[1, 0] is 2 W2[0, 0] times the blame of the output.
    ("grow", "at least ten times", {"W2_0_0": 5.001}, {"W2_0_0": 4.999}),
    (
        "grow",
        "the output's blame",
        {"W2_0_0": 6.0, "y_true": 13.0},
        {"W2_0_0": 4.0, "y_true": 13.0},
    ),
    ("grow", "at least ten times", {"W2_0_0": 6.0}, {**ALL_DEAD, "b2_0": 1.0}),
    (
        "fade",
        "less than a hundredth",
        {**BOTH_OPEN, "W2_0_0": 0.00499, "W2_1_0": 0.0},
        {**BOTH_OPEN, "W2_0_0": 0.00501, "W2_1_0": 0.0},
    ),
    ("fade", "not 0", {**BOTH_OPEN, "W2_0_0": 1e-9, "W2_1_0": 0}, {"W2_0_0": 0, "W2_1_0": 0}),
    ("fade", "both gates open", {**BOTH_OPEN, "W2_0_0": 1e-9, "W2_1_0": 0}, {"b1_1": -0.5}),
    (
        "fade",
        "both gates open",
        {**BOTH_OPEN, "W2_0_0": 1e-9, "W2_1_0": 0},
        {"b1_1": -0.5, "W2_0_0": 1e-9, "W2_1_0": 0},
    ),
    ("away", "at most 2", {"learning_rate": 2.0}, {"learning_rate": 2.01}),
    ("away", "grows without end", {"learning_rate": 1.01}, {"learning_rate": 0.99}),
    ("late", "at step 4 or later", {"learning_rate": 0.084}, {"learning_rate": 0.1}),
    ("late", "at step 4 or later", {"learning_rate": 0.084}, {"learning_rate": 0.02}),
    ("survive", "neuron 0 alive", {"learning_rate": 0.025}, {"learning_rate": 0.1}),
    ("survive", "must converge", {"learning_rate": 0.025}, {"learning_rate": 1e-4}),
    ("revive", "both still alive", {"b1_0": -1.9, "b1_1": 0.9}, {"b1_0": -1.9, "b1_1": -1.1}),
    # z1[0] = 2.1 + b1[0], and the blame that arrives is W2[0, 0] times the output's.
    ("kink", "exactly 0", {"W1_0_0": -1, "W1_1_0": 0.5, "b1_0": 0}, {"b1_0": -2.1 + 1e-9}),
    (
        "kink",
        "while blame arrives at it",
        {"W1_0_0": -1, "W1_1_0": 0.5, "b1_0": 0},
        {"W1_0_0": -1, "W1_1_0": 0.5, "b1_0": 0, "W2_0_0": 0.0},
    ),
]


@pytest.mark.parametrize(("key", "said", "inside", "outside"), BOUNDS)
def test_a_goal_is_met_inside_of_its_bound_only(key, said, inside, outside):
    challenge = CHALLENGES[key]
    assert said in challenge.goal
    assert challenge.met(changed(challenge.start, **inside))
    assert not challenge.met(changed(challenge.start, **outside))


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("hit", "How far is y_pred above y_true?"),
        ("hit", "the blame at the output is 0, and so is every gradient"),
        ("kill", "Below 0 the gate is shut, and the neuron's blame is 0"),
        ("both", "the neuron that is not open enough"),
        ("both", "Only open gates let blame reach W1"),
        ("still", "With every hidden neuron dead only b2 can still learn"),
        ("grow", "On its way back blame is multiplied by W2 and by x"),
        ("grow", "Earlier layers do not get weaker signals by law"),
        ("fade", "Small weights and small inputs shrink blame at each layer"),
        ("away", "Beyond its first limit a rate kills the neurons"),
        ("away", "a rate above 2/2 = 1 overshoots by more at each step"),
        ("survive", "At 0.1 the first step is far too long"),
        ("survive", "one step that was too long"),
        ("late", "at step 3 with a rate of 0.1. A little less or a little more may take longer"),
        ("late", "an update carries z below 0"),
        ("revive", "Training cannot reopen a gate that is shut on every sample"),
        ("fast", "Too small is slow, too large overshoots"),
        ("kink", "so the gate counts as shut"),
    ],
)  # fmt: skip
def test_what_a_challenge_says_names_the_side_it_means(key, said):
    assert said in f"{CHALLENGES[key].hint} {CHALLENGES[key].learned}"


def test_what_the_texts_say_of_the_numbers_is_so():
    # "How far is y_pred above y_true?": by 1.25. "The first step kills neuron 0."
    back = START.backward()
    assert float((back.forward_pass.prediction - back.target).item()) == 1.25
    away = CHALLENGES["away"]
    run = replace(away.start, learning_rate=1.01).train()
    assert (run.forward.z[0][1:, 0, 0] < 0).all()
    assert "The first step kills neuron 0" in away.learned
    late = [replace(START, learning_rate=rate).train() for rate in (0.1, 0.084, 0.12)]
    died = [int(np.argmax(run.forward.z[0][:, 0, 0] <= 0)) for run in late]
    assert died[0] == 3
    assert max(died[1:]) >= 4


def test_within_five_steps_the_loss_is_below_a_millionth():
    challenge = CHALLENGES["fast"]
    assert "below 1e-6 within five steps" in challenge.goal
    assert challenge.start.steps == 5
    for rate in np.linspace(0.01, 0.09, 33):
        exercise = replace(challenge.start, learning_rate=float(rate))
        assert challenge.met(exercise) == (float(exercise.train().losses.min()) < 1e-6)
    # Below on its way and above at its end is met: the goal asks for a loss within five steps.
    assert challenge.met(replace(challenge.start, learning_rate=0.05))


@pytest.mark.parametrize(
    ("change", "met"),
    [
        ({}, True),
        ({"data": "circles"}, False),
        ({"hidden": (3,)}, False),
        ({"hidden": (2, 2)}, False),
        ({"hidden": (1,)}, False),
        ({"weights_seed": 1}, False),
        ({"test_share": 50}, False),
        ({"weights_seed": 0}, True),
    ],
)
def test_xor_is_solved_by_one_hidden_layer_of_two(change, met):
    solved = CHALLENGES["xor"].solved
    recipe = Recipe(data="xor", hidden=(2,), activation="tanh", weights_seed=4)
    run = advance(prepare(recipe).start, 1)

    def with_shares(shares):
        return replace(run, summary=replace(run.summary, accuracies=shares))

    right = with_shares(np.array([0.25, 1.0]))
    assert solved(replace(recipe, **change), right) == met
    for shares in ([1.0, 0.75], [0.25, 0.99]):
        assert not solved(recipe, with_shares(np.array(shares)))
    assert not solved(recipe, with_shares(None))


STAYS = {
    "hit": "x_0 x_1 y_true W1_0_0 W1_0_1 W1_1_0 W1_1_1 b1_0 b1_1 W2_0_0 W2_1_0",
    "kill": "x_0 x_1 W1_0_0 W1_0_1 W1_1_0 W1_1_1",
    "both": "x_0 x_1 y_true b1_0 b1_1 W2_0_0 W2_1_0 b2_0",
    "sign": "",
    "still": "",
    "grow": "",
    "fade": "",
    **dict.fromkeys(
        ("away", "survive", "late", "fast"),
        "steps momentum weight_decay x_0 x_1 y_true "
        "W1_0_0 W1_0_1 W1_1_0 W1_1_1 b1_0 b1_1 W2_0_0 W2_1_0 b2_0",
    ),
    "revive": "x_0 x_1 y_true learning_rate steps momentum weight_decay "
    "W1_0_0 W1_0_1 W1_1_0 W1_1_1 W2_0_0 W2_1_0 b2_0",
    "xor": "",
    "kink": "",
}


@pytest.mark.parametrize("key", CHALLENGES)
def test_what_a_goal_leaves_alone(key):
    assert set(CHALLENGES[key].untouched) == set(map(name_in_link, STAYS[key].split()))


def test_a_code_is_read_as_far_as_it_goes():
    unknown = "-".join(f"no{k}" for k in range(9))
    assert read_progress(unknown)[1] == [f"'no{k}' is no challenge" for k in range(3)]
    assert read_progress("no-no-hit-hit") == (("hit",), ["'no' is no challenge"])
    assert read_progress("a" * 21)[1] == [f"{'a' * 20!r} is no challenge"]
    assert read_progress("a" * (MOST_CODE - 3) + "-hit")[0] == ()
    assert read_progress(" " * 5000 + "a" * (MOST_CODE - 4) + "-hit")[0] == ("hit",)
    assert progress_code([]) == ""
    assert progress_code(["no", "kink", "hit"]) == "hit-kink"
