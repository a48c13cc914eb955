"""Exercises as a short text, and what tells them apart."""

import pytest

from blame.exercise.links.kept import differing_names, read_exercises, write_exercises
from blame.exercise.presets import NOTEBOOK, PRESETS, drawn
from tests.exercises import changed

EXERCISES = (
    NOTEBOOK,
    PRESETS["gate_shut"].exercise,
    drawn(NOTEBOOK, 4),
    changed(NOTEBOOK, learning_rate=1 / 3, steps=7, x_0=-1e-300),
)


def test_exercises_read_back_exactly():
    assert read_exercises(write_exercises(EXERCISES), 5) == (EXERCISES, [])
    assert write_exercises(EXERCISES[:2]) == "-;b1_1:-0.2"
    assert read_exercises("", 5) == ((), [])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("b1_1", "'b1_1' is not a name and a number"),
        ("b9_9:1", "unknown name 'b9[9]'"),
        ("b1_1:abc", "b1[1] must be a number"),
        ("b1_1:nan", "b1[1] must be a number"),
        ("b1_1:0,5", "'5' is not a name and a number"),
        ("b1_1:1/0", "got '1/0', which divides by 0"),
        ("steps:2.5", "steps must be a whole number"),
        ("<b>" * 99, "is not a name"),
    ],
)
def test_a_wrong_part_is_named_and_the_others_are_kept(text, told):
    found, problems = read_exercises(f"-;{text};b1_1:-0.2", 5)
    assert found == EXERCISES[:2]
    assert len(problems) == 1
    assert problems[0].startswith("kept run 2 is left out: ")
    assert told in problems[0]
    assert len(problems[0]) < 600


def test_no_more_than_the_most_are_read_and_none_twice():
    text = ";".join(f"steps:{k}" for k in range(1, 9))
    found, problems = read_exercises(text, 5)
    assert [exercise.steps for exercise in found] == [1, 2, 3, 4, 5]
    assert problems == ["only the first 5 kept runs are used"]
    assert read_exercises("-;-", 5)[0] == (NOTEBOOK,)


def test_differing_names_are_those_that_are_not_the_same_everywhere():
    assert differing_names(EXERCISES[:2]) == ("b1[1]",)
    assert differing_names(EXERCISES[:1]) == ()
    assert set(differing_names((EXERCISES[0], EXERCISES[3]))) == {"x[0]", "learning_rate", "steps"}


def test_kept_exercises_are_read_up_to_the_most():
    two = read_exercises("steps:1;steps:2", 2)
    assert ([e.steps for e in two[0]], two[1]) == ([1, 2], [])
    # What is left out counts too, and its number is its place.
    found, problems = read_exercises("steps:1;x_0:no;steps:3", 2)
    assert [e.steps for e in found] == [1]
    assert problems == [
        "kept run 2 is left out: x[0] must be a number from -1,000,000 to 1,000,000, got 'no'",
        "only the first 2 kept runs are used",
    ]
    assert read_exercises("x_0:2,b1_1:0.5", 5)[0] == (changed(NOTEBOOK, x_0=2.0, b1_1=0.5),)
    long = read_exercises("y" * 41, 5)[1][0]
    assert long == f"kept run 1 is left out: {'y' * 40!r} is not a name and a number"
