"""Kept exercises of any shape as a short text."""

from dataclasses import replace

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from blame.exercise.library.library import LIBRARY
from blame.exercise.links import read_link, write_link
from blame.exercise.links.kept import read_exercises, write_exercises
from tests.blame.exercise.random_exercises import NUMBERS, exercises


def through_a_link(exercise, start, kept):
    """What another session makes of an exercise and its kept runs."""
    query = {name: [text] for name, text in write_link(exercise, start).items()}
    read = read_link(query)
    return read_exercises(write_exercises(kept, start), 5, read.exercise, read.start)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_kept_exercises_of_any_shape_read_back_exactly(data):
    exercise = data.draw(exercises(largest=3))
    kept = [exercise]
    for _ in range(data.draw(st.integers(0, 4))):
        name = data.draw(st.sampled_from(exercise.names()))
        low, high = exercise.bounds_of(name)
        value = data.draw(st.integers(1, 500) if name == "steps" else NUMBERS)
        assume(low <= value <= high)
        other = kept[-1].with_numbers({name: value})
        kept += [other] if other not in kept else []
    start = data.draw(st.sampled_from(["", *LIBRARY]))
    assert read_exercises(write_exercises(kept, start), 5, exercise, start) == (tuple(kept), [])


def test_a_link_of_the_library_and_its_kept_runs_stay_short():
    mazur = LIBRARY["mazur"].exercise
    one = mazur.with_numbers({"W1[0, 1]": 0.5})
    two = replace(one, learning_rate=0.3)
    kept = (mazur, one, two)
    assert write_exercises(kept, "mazur") == "-;W1_0_1:0.5;~learning_rate:0.3"
    assert through_a_link(mazur, "mazur", kept) == (kept, [])
    # Begun from elsewhere the text is longer, and as right.
    assert through_a_link(mazur, "", kept) == (kept, [])


def test_what_goes_on_from_nothing_is_left_out():
    found, problems = read_exercises("~steps:3;steps:4;~x_0:no;~steps:5", 5)
    assert [exercise.steps for exercise in found] == [4]
    assert [problem.partition(":")[0] for problem in problems] == [
        "kept run 1 is left out",
        "kept run 3 is left out",
        "kept run 4 is left out",
    ]
    assert problems[0].endswith("the one it goes on from is missing")
