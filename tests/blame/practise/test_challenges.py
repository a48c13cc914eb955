"""Every challenge can be met, is not met at its start, and holds its reader to its rules."""

from dataclasses import replace

import pytest

from blame import Layer, Network
from blame.exercise.exercise import Exercise
from blame.exercise.library.library import LIBRARY
from blame.exercise.presets import NOTEBOOK
from blame.playground.growing_run import advance
from blame.playground.recipe import Recipe, prepare
from blame.practise.challenges import CHALLENGES, START
from blame.practise.progress import progress_code, read_progress
from tests.exercises import changed

SOLUTIONS = {
    "hit": {"b2_0": 0.05 - 1.25},
    "kill": {"b1_1": -0.5},
    "both": {"W1_1_1": 0.5},
    "sign": {"b1_1": 0.5, "y_true": 9.0, "W2_1_0": 1.5},
    "still": {"b1_0": -3.0, "b1_1": -1.0, "b2_0": 3.0},
    "grow": {"W2_0_0": 6.0},
    "fade": {"b1_1": 0.5, "W2_0_0": 0.004, "W2_1_0": 0.004},
    "away": {"learning_rate": 1.5},
    "survive": {"learning_rate": 0.025},
    "late": {"learning_rate": 0.084},
    "revive": {"b1_0": -1.9, "b1_1": 0.9},
    "fast": {"learning_rate": 0.05},
    "kink": {"W1_0_0": -1.0, "W1_1_0": 0.5, "b1_0": 0.0},
}
NEAR_MISSES = {
    "hit": {"b2_0": -1.2001},
    "kill": {"b1_1": -0.12},
    "both": {"W1_1_1": 0.4},
    "sign": {"b1_1": 0.5, "y_true": 9.0},
    "still": {"b1_0": -3.0, "b1_1": -1.0},
    "grow": {"W2_0_0": 4.0},
    "fade": {"W2_0_0": 0.02, "W2_1_0": 0.02, "b1_1": 0.5},
    "away": {"learning_rate": 0.9},
    "survive": {"learning_rate": 0.001},
    "late": {"learning_rate": 0.3},
    "revive": {"b1_0": -1.9},
    "fast": {"learning_rate": 0.02},
    "kink": {"W1_0_0": -1.0, "W1_1_0": 0.5, "b1_0": 0.0, "b2_0": 1.0, "W2_1_0": 0.0},
}
ON_NUMBERS = [key for key, challenge in CHALLENGES.items() if challenge.solved is None]


def test_there_are_enough_of_them():
    assert len(CHALLENGES) >= 12
    assert set(SOLUTIONS) == set(NEAR_MISSES) == set(ON_NUMBERS)


@pytest.mark.parametrize("key", ON_NUMBERS)
def test_a_challenge_is_met_by_its_solution_and_not_before(key):
    challenge = CHALLENGES[key]
    assert not challenge.is_met(challenge.start)
    assert challenge.is_met(changed(challenge.start, **SOLUTIONS[key]))
    assert not challenge.is_met(changed(challenge.start, **NEAR_MISSES[key]))


@pytest.mark.parametrize("key", CHALLENGES)
def test_nothing_is_met_by_the_numbers_the_app_opens_with(key):
    assert not CHALLENGES[key].is_met(START)


@pytest.mark.parametrize("key", [key for key in ON_NUMBERS if CHALLENGES[key].untouched])
def test_what_must_stay_is_held_to(key):
    challenge = CHALLENGES[key]
    solved = changed(challenge.start, **SOLUTIONS[key])
    assert challenge.touched(solved) == ()
    for name in challenge.untouched:
        value = solved.numbers()[name]
        other = changed(solved, **{name: value + 1})
        assert challenge.touched(other) == (name,)
        assert not challenge.is_met(other)


def test_xor_is_solved_by_two_neurons_from_some_starts_only():
    solved = CHALLENGES["xor"].solved
    met = []
    for seed in range(6):
        recipe = Recipe(data="xor", hidden=(2,), activation="tanh", weights_seed=seed)
        if solved(recipe, advance(prepare(recipe).start, 1000)):
            met.append(seed)
    assert 0 < len(met) < 6
    wide = Recipe(data="xor", hidden=(4,))
    assert not solved(wide, advance(prepare(wide).start, 1000))
    assert not CHALLENGES["xor"].is_met(CHALLENGES["xor"].start)


def test_every_text_is_there():
    for challenge in CHALLENGES.values():
        for text in (challenge.title, challenge.goal, challenge.hint, challenge.learned):
            assert len(text) > 5
        assert challenge.goal.endswith(".")


def test_the_code_keeps_progress():
    assert progress_code(["kill", "hit"]) == "hit-kill"
    assert read_progress(progress_code(CHALLENGES)) == (tuple(CHALLENGES), [])
    known, problems = read_progress(" kill-<b>-hit-xyz-" + "a" * 1000)
    assert known == ("hit", "kill")
    assert problems[:2] == ["'<b>' is no challenge", "'xyz' is no challenge"]
    assert all(len(problem) < 60 for problem in problems)
    assert read_progress("") == ((), [])


HIDDEN, LAST = NOTEBOOK.network.layers
OTHERS = {
    "wide": LIBRARY["mazur"].exercise,
    "deep": LIBRARY["jay-3-3-3-3"].exercise,
    "samples": Exercise(NOTEBOOK.network, [[1, 2], [3, 4]], [[1], [2]]),
    "bare": NOTEBOOK.with_network(Network((Layer(HIDDEN.weights, None, "relu"), LAST))),
    "bent": NOTEBOOK.with_network(Network((Layer(HIDDEN.weights, HIDDEN.bias, "tanh"), LAST))),
    "half": replace(NOTEBOOK, loss="half_sse"),
    "held": replace(NOTEBOOK, held=("b2",)),
}


@pytest.mark.parametrize("key", CHALLENGES)
@pytest.mark.parametrize("kind", OTHERS)
def test_an_exercise_of_another_kind_meets_nothing_and_stops_nothing(key, kind):
    challenge, other = CHALLENGES[key], OTHERS[kind]
    assert not challenge.is_met(other)
    # The playground's own goal asks for no exercise at all.
    assert challenge.fits(other) == (key == "xor")
    assert challenge.fits(challenge.start)
    assert challenge.fits(changed(challenge.start, b2_0=7.0))


def test_what_is_held_does_not_count_as_met():
    # With everything but b2 held the run would converge by itself.
    cheat = replace(NOTEBOOK, held=("W1", "b1", "W2"))
    assert not CHALLENGES["survive"].is_met(cheat)


@pytest.mark.parametrize("key", ["away", "survive", "late", "revive", "fast"])
@pytest.mark.parametrize("how", ["momentum", "weight_decay"])
def test_a_goal_for_a_rate_is_not_met_by_another_kind_of_update(key, how):
    challenge = CHALLENGES[key]
    solved = changed(challenge.start, **SOLUTIONS[key])
    assert challenge.is_met(solved)
    other = replace(solved, **{how: 0.001})
    assert challenge.touched(other) == (how,)
    assert not challenge.is_met(other)
