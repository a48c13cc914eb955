"""A code of progress carries how each challenge was met, and is checked by working it out."""

import pytest

from blame.exercise.presets import NOTEBOOK
from blame.playground.recipe import Recipe
from blame.practise.challenges import CHALLENGES
from blame.practise.progress import (
    MOST_CODE,
    how,
    how_played,
    proof_code,
    proves,
    read_code,
)
from tests.blame.practise.test_challenges import NEAR_MISSES, ON_NUMBERS, SOLUTIONS
from tests.exercises import changed


@pytest.mark.parametrize("key", ON_NUMBERS)
def test_what_was_done_proves_itself_and_nothing_else(key):
    start = CHALLENGES[key].start
    told = how(key, changed(start, **SOLUTIONS[key]))
    assert proves(key, told)
    assert not proves(key, how(key, changed(start, **NEAR_MISSES[key])))
    assert not proves(key, "")
    assert all(name in told for name in SOLUTIONS[key])
    assert read_code(proof_code({key: told})) == ({key: told}, [])


def test_a_run_of_the_playground_is_proof_too():
    recipe = Recipe(data="xor", hidden=(2,), activation="tanh", weights_seed=4)
    told = how_played(recipe, 1000)
    assert proves("xor", told)
    assert not proves("xor", how_played(recipe, 3))
    assert not proves("xor", told.replace("hidden=2", "hidden=3"))
    assert not proves("xor", told.replace("weights_seed=4,", ""))


@pytest.mark.parametrize(
    "told",
    ["b2_0", "b2_0=x", "no=1", "b2_0=nan", "b2_0=1e999", "=", ",,,", "hidden=a,step=1", "step=x",
     "hidden=2+2+2+2+2+2+2+2,step=9", "data=nothing,step=1", "weights_seed=-1,step=1"],
)  # fmt: skip
def test_no_code_breaks_the_check(told):
    assert not any(proves(key, told) for key in CHALLENGES)


def test_all_solutions_fit_into_a_code():
    done = {key: how(key, changed(CHALLENGES[key].start, **SOLUTIONS[key])) for key in ON_NUMBERS}
    code = proof_code(done)
    assert len(code) < MOST_CODE
    assert read_code(code) == (done, [])
    assert how("hit", NOTEBOOK) == ""


@pytest.mark.parametrize("key", ON_NUMBERS)
def test_each_says_how_far_it_is(key):
    challenge = CHALLENGES[key]
    far = challenge.gauge(challenge.start)
    there = challenge.gauge(changed(challenge.start, **SOLUTIONS[key]))
    assert far.endswith(".")
    assert there.endswith(".")
    assert far != there
