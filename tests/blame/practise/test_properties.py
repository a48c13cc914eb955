"""Properties of what readers practise on: whatever the numbers, what is marked right is right."""

import pytest

from tests.exercises import NAMES, notebook_with

pytest.importorskip(
    "hypothesis", reason="Hypothesis is missing: pip install -r requirements-dev.txt"
)

from hypothesis import given, settings
from hypothesis import strategies as st

from blame.exercise.export import run_csv, trace_json
from blame.exercise.links.kept import read_exercises, write_exercises
from blame.practise.question import TOLERANCE, mark, read_number
from blame.practise.quiz import MAKERS
from blame.practise.worksheet import check, items_of, solve
from blame.probe.trace import Trace
from blame.runs.verdicts import VERDICTS, verdicts
from tests.blame.practise.test_quiz import independent

NUMBERS = NAMES[:12]
TENTHS = st.integers(-30, 30).map(lambda tenths: tenths / 10)
EXERCISES = st.builds(
    lambda values, rate, steps: notebook_with(
        **dict(zip(NUMBERS, values, strict=True)), learning_rate=rate, steps=steps
    ),
    st.lists(TENTHS, min_size=len(NUMBERS), max_size=len(NUMBERS)),
    st.sampled_from([0.0, 0.01, 0.1, 0.5, 2.0]),
    st.integers(1, 30),
)


@settings(deadline=None, derandomize=True, max_examples=150)
@given(EXERCISES, st.sampled_from(list(MAKERS)))
def test_a_question_about_any_numbers_is_marked_rightly(exercise, key):
    question = MAKERS[key].make(exercise.backward(), exercise)
    if question is None:
        return
    expected = independent(key, question, exercise)
    if question.choices:
        assert question.answer == expected
    else:
        assert question.answer == pytest.approx(expected, rel=TOLERANCE, abs=1e-6)
    assert mark(question, str(question.answer)).right
    for wrong in question.slips:
        assert mark(question, str(wrong)).right is False


@settings(deadline=None, derandomize=True, max_examples=150)
@given(EXERCISES)
def test_a_sheet_of_any_numbers_solves_itself(exercise):
    solved, trace = solve(exercise), Trace(exercise.backward())
    # On the kink a rounding bit may open a gate in one order of the sum and not in another.
    if abs(exercise.forward().z[0]).min() > 1e-9:
        for item in items_of(exercise):
            if item.name in trace.names():
                assert solved[item.name] == pytest.approx(trace.value(item.name), abs=1e-9)
    found = check(exercise, {item.name: repr(solved[item.name]) for item in items_of(exercise)})
    assert {checked.state for checked in found.values()} == {"right"}


@settings(deadline=None, derandomize=True, max_examples=200)
@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text):
    value = read_number(text)
    assert value is None or value == value
    exercises, problems = read_exercises(text, 5)
    assert len(exercises) <= 5
    assert read_exercises(write_exercises(exercises), 5)[0] == exercises
    assert all(isinstance(problem, str) for problem in problems)


@settings(deadline=None, derandomize=True, max_examples=60)
@given(EXERCISES)
def test_any_run_has_a_verdict_and_can_be_taken_away(exercise):
    assert str(verdicts(exercise.train())) in VERDICTS
    assert "nan" not in trace_json(exercise)
    assert run_csv(exercise).count("\n") == exercise.train().steps + 2
