"""Every number of the library: what was printed, what is true, and where the two part."""

import math

import pytest

from blame.exercise.library.compare import compare, true_numbers
from blame.exercise.library.library import LIBRARY
from tests.blame.exercise.library.facts import FACTS

EVERY = pytest.mark.parametrize("key", LIBRARY)


def test_the_library_holds_every_exercise_that_is_a_network():
    assert set(LIBRARY) == set(FACTS)
    assert len(LIBRARY) == 30


@EVERY
def test_every_true_number_is_what_blame_works_out(key):
    for updates, numbers in FACTS[key]["true"].items():
        worked_out = true_numbers(LIBRARY[key].exercise, updates)
        for name, true in numbers.items():
            assert math.isclose(worked_out[name], true, rel_tol=1e-9, abs_tol=1e-30), (name, true)


@EVERY
def test_the_published_numbers_are_those_of_the_source(key):
    entry, fact = LIBRARY[key], FACTS[key]
    assert {k: dict(numbers) for k, numbers in entry.published.items()} == fact["published"]
    assert [(d.updates, d.published) for d in entry.derived] == [
        (d["updates"], d["published"]) for d in fact["derived"]
    ]


@EVERY
def test_each_published_number_agrees_or_is_said_to_differ(key):
    entry, fact = LIBRARY[key], FACTS[key]
    for updates in entry.moments:
        compared = compare(entry, updates)
        derived = [d for d in fact["derived"] if d["updates"] == updates]
        true = [*fact["true"].get(updates, {}).values(), *(d["true"] for d in derived)]
        assert [one.true for one in compared] == pytest.approx(true, rel=1e-9, abs=1e-30)
        assert {one.name for one in compared if not one.agrees} == set(entry.wrong.get(updates, {}))
        for one in compared:
            said = entry.wrong.get(updates, {}).get(one.name)
            assert one.sentence.endswith(", as published." if one.agrees else said)


def test_the_exercises_with_wrong_numbers_are_these():
    # Found by hand, by reading each source's numbers beside the true ones.
    assert [key for key, entry in LIBRARY.items() if entry.wrong] == [
        "mazur",
        "macleod-2-2-1",
        "sreekanth-1-1-1",
        "smaxx-quiz",
        "udacity-miniflow-134",
        "postnetwork-softmax",
        "jay-3-3-3-3",
    ]


def test_momentum_is_followed_no_further_than_one_run():
    exercise = LIBRARY["mitchell-4-7"].exercise
    with pytest.raises(ValueError, match="500 updates, got 501"):
        true_numbers(exercise, 501)
    assert true_numbers(exercise, 2)["b1[0]"] == float(exercise.train().at(2).layers[0].bias[0])
