"""Every number of the library: what was printed, what is true, and where the two part."""

import math

import pytest

from blame.exercise.library.compare import compare, true_numbers
from blame.exercise.library.library import LIBRARY
from blame.exercise.library.why import why_of
from blame.practise.slips.published import explain_published
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
        assert {one.name for one in compared if not one.agrees} == set(why_of(entry, updates))
        for one in compared:
            said = why_of(entry, updates).get(one.name)
            assert one.sentence.endswith(", as published." if one.agrees else said)


def test_the_exercises_with_wrong_numbers_are_these():
    # Found by hand, by reading each source's numbers beside the true ones.
    assert [
        key for key, entry in LIBRARY.items() if any(why_of(entry, m) for m in entry.moments)
    ] == [
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


def test_what_a_slip_makes_is_not_typed_by_hand():
    found = {
        (key, name)
        for key, entry in LIBRARY.items()
        for best in explain_published(entry)[:1]
        for name in best.explains
    }
    typed = {
        (key, f"new {name}" if updates else name)
        for key, entry in LIBRARY.items()
        for updates in (0, 1)
        for name in entry.wrong.get(updates, {})
    }
    # A coincidence there: its second sum is added up wrongly, and what follows rests on that.
    assert found & typed == {("postnetwork-softmax", "y_pred[0]")}
    assert len(found) == 20
    said = why_of(LIBRARY["udacity-miniflow-134"], 0)
    assert set(said.values()) == {
        "This is what you get if the loss and its slope sum over the samples and outputs: here the "
        "loss is their mean."
    }
