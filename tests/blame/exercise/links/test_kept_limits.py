"""Where a short text of examples is cut: how many runs, how much of a stranger's words."""

import pytest

from blame.exercise.links.kept import read_exercises


def problem(text, most=5):
    (told,) = read_exercises(text, most)[1]
    return told


def test_of_a_strangers_words_forty_letters_are_shown():
    assert problem("x" * 40) == f"kept run 1 is left out: '{'x' * 40}' is not a name and a number"
    assert problem("x" * 41) == problem("x" * 40)
    # The name of a number that is not known is cut at as many.
    assert f"'{'y' * 40}'" in problem(f"{'y' * 40}:1")
    assert problem(f"{'y' * 41}:1") == problem(f"{'y' * 40}:1")


@pytest.mark.parametrize("most", [1, 2, 5])
def test_as_many_as_the_limit_are_read_and_nothing_is_said(most):
    each = [f"steps:{k}" for k in range(1, 9)]
    found, problems = read_exercises(";".join(each[:most]), most)
    assert ([e.steps for e in found], problems) == ([*range(1, most + 1)], [])
    # One more is left out and told once, however many follow it.
    for more in (1, 3):
        found, problems = read_exercises(";".join(each[: most + more]), most)
        assert [e.steps for e in found] == [*range(1, most + 1)]
        assert problems == [f"only the first {most} kept runs are used"]


def test_a_wrong_part_takes_one_of_the_places():
    found, problems = read_exercises("nonsense;steps:2;steps:3", 2)
    assert [e.steps for e in found] == [2]
    assert [told[:10] for told in problems] == ["kept run 1", "only the f"]
