"""What a hand types or pastes is read as it is meant, or refused with a reason; never guessed."""

from __future__ import annotations

import time

import pytest

from blame.exercise.typed.numbers import MOST_PASTED, MOST_TYPED, read_number, read_numbers

MINUSES = "\u2212\u2013\u2010\u2011\ufe63\uff0d"
TIMES = "\u00d7"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.5", 0.5),
        (".5", 0.5),
        ("5.", 5.0),
        ("+0.5", 0.5),
        ("1e-3", 0.001),
        ("1E3", 1000.0),
        ("1/2", 0.5),
        ("-3/4", -0.75),
        ("3 / 4", 0.75),
        ("1e-3/2", 0.0005),
        *((f"{minus}0.3", -0.3) for minus in MINUSES),
        (f"1e{MINUSES[0]}3", 0.001),
        ("\u00a00.5\u2009", 0.5),
        ("\ufeff0.5", 0.5),
        ("\uff10\uff0e\uff15", 0.5),
        ("0.5.", 0.5),
        ("0.5,", 0.5),
        ("0.5;", 0.5),
        (f"1{TIMES}10^-3", 0.001),
        (f"1.5 {TIMES} 10\u207b\u00b3", 0.0015),
        ("1.5\u00b710^-3", 0.0015),
        ("1.5*10^-3", 0.0015),
        ("1.5*10**-3", 0.0015),
        ("10^-3", 0.001),
        ("-10^2", -100.0),
        (r"-1.5 \cdot 10^{-3}", -0.0015),
        ("1.5*10^-3/2", 0.00075),
        ("1_000", 1000.0),
        ("1\u20442", 0.5),
        ("\uff11\uff10^-\uff13", 0.001),
        ("\uff11\uff10\uff10\uff0f\uff12", 50.0),
    ],
)
def test_a_number_is_read_as_it_is_written(text, value):
    found = read_number(text)
    assert (found.value, found.said, found.why) == (value, "", "")


@pytest.mark.parametrize(
    ("text", "value", "said"),
    [
        ("0,5", 0.5, "0,5 is read as 0.5."),
        ("1,5", 1.5, "1,5 is read as 1.5."),
        ("-0,5/2", -0.25, "-0,5/2 is read as -0.25."),
        ("1,5;", 1.5, "1,5 is read as 1.5."),
        ("1,234", 1.234, "1,234 is read as 1.234, not as 1234."),
        ("0,234", 0.234, "0,234 is read as 0.234."),
        ("1\u202f234.5", 1234.5, "1 234.5 is read as 1234.5."),
        ("-1\u00a0234\u00a0567,25", -1234567.25, "-1 234 567,25 is read as -1234567.25."),
        ("1e-400", 0.0, "1e-400 is read as 0, for it is too small for a computer's floats."),
    ],
)
def test_another_spelling_is_read_and_said(text, value, said):
    found = read_number(text)
    assert (found.value, found.said, found.why) == (value, said, "")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "nothing is written here"),
        (" \u00a0\t", "nothing is written here"),
        ("abc", "is not a number"),
        ("nan", "is not a number"),
        ("inf", "is not a number"),
        ("0x10", "is not a number"),
        ("--5", "is not a number"),
        ("(0.5)", "is not a number"),
        ("2\u00b3", "is not a number"),
        ("1\u00bd", "is not a number"),
        ("0.333...", "is not a number"),
        ("2/5*10^3", "is not a number"),
        ("210^3", "is not a number"),
        ("1.5j", "is not a number"),
        ("1e400", "is too large for a computer's floats"),
        ("10^400", "is too large for a computer's floats"),
        ("1e308/1e-308", "is too large for a computer's floats"),
        ("1/1e400", "is too large for a computer's floats"),
        ("1/0", "divides by 0"),
        ("0.5 0.3", "is two numbers where one fits"),
        ("0.5\u00a00.3", "is two numbers where one fits"),
        ("1 234", "is two numbers where one fits"),
        ("0\u202f234", "is two numbers where one fits"),
        ("1\u202f234\u00a0567", "is 3 numbers where one fits"),
        ("1, 5", "is two numbers where one fits"),
        ("0.5,0.3", "is two numbers where one fits"),
        ("1,2,3", "is 3 numbers where one fits"),
        ("1,234.5", "has both a comma and a point"),
        ("1.234,5", "has both a comma and a point"),
        ("9" * 61, "is longer than 60 characters"),
    ],
)
def test_what_is_refused_says_why_and_gives_an_exercise(text, why):
    found = read_number(text)
    assert (found.value, found.why) == (None, why)
    assert why in found.said.lower()
    assert found.said.endswith("; write one such as 0.5, 1/2 or 1e-3.")
    assert len(found.said) < 120


NUMPY = "[[ 0.5 -0.3]\n [ 0.8  0.2]]"
FOUR = [0.5, -0.3, 0.8, 0.2]


@pytest.mark.parametrize(
    "text",
    [
        NUMPY,
        f"array({NUMPY.replace(' -', ', -').replace('8 ', '8, ')})",
        "W1 = np.array([[0.5, -0.3], [0.8, 0.2]], dtype=np.float64)",
        "tensor([[ 0.5, -0.3],\n        [ 0.8,  0.2]], dtype=torch.float64, requires_grad=True)",
        "tensor([0.5, -0.3, 0.8, 0.2], grad_fn=<AddBackward0>)",
        "[np.float64(0.5), np.float64(-0.3), np.float64(0.8), np.float64(0.2)]",
        "[\n\t0.5,\n\t-0.3,\n\t0.8 ,0.2,\n]",
        "(0.5, -0.3, 0.8, 0.2)",
        "{{0.5,-0.3},{0.8,0.2}}",
        "0.5\t-0.3\r\n0.8\t0.2\r\n",
        "0,5\t\u22120,3\r\n0,8\t0,2\r\n",
        "0,5;-0,3\n0,8;0,2",
        "0,5 -0,3\n0,8 0,2",
        "0.5,-0.3\n0.8,0.2",
        "0.5, -0.3, 0.8, 0.2",
        "0.5; -0.3; 0.8; 0.2;",
        r"0.5 & -0.3 \\ 0.8 & 0.2",
        r"\begin{pmatrix} 0.5 & -0.3 \\ 0.8 & 0.2 \end{pmatrix}",
        r"\frac{1}{2} & -0.3 \\ 8 \cdot 10^{-1} & 0.2",
        "1/2 \u22120.3 4 / 5 2e-1",
        r"5*10^{-1},-3*10^{-1},8*10^{-1},2*10^{-1}",
    ],
)
def test_a_paste_of_four_is_read(text):
    assert [found.value for found in read_numbers(text, 9)] == FOUR


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("0.5 0.3", [0.5, 0.3]),
        ("1,5", [1.5]),
        ("1,5 2,5", [1.5, 2.5]),
        ("1, 5", [1, 5]),
        ("0.5,0.3", [0.5, 0.3]),
        ("1,2,3", [1, 2, 3]),
        ("[1,5; 2,5]", [1, 5, 2, 5]),
        ("1,5\n2\n3,5", [1.5, 2, 3.5]),
        ("0,05\n0,3", [0.05, 0.3]),
        ("1\u202f234,5\t2\u202f345,6", [1234.5, 2345.6]),
        ("1 234", [1, 234]),
        # What cannot be read, or could be two things, keeps its place.
        ("0.5 abc 0.3", [0.5, None, 0.3]),
        ("1\t\t2", [1, None, 2]),
        (",5,3", [None, 5, 3]),
        ("1,234.5", [None]),
        ("100,200,300", [None]),
        ("1,234.5\t0.3", [None, 0.3]),
        ("1,5, 2,5", [None, None]),
        ("0,5\n0,3", [None, None]),
        ("0.5 1,5", [0.5, None]),
        ("1 ,5", [1, None]),
        ("(0.3)\t0.2", [None, 0.2]),
        ("0.5 ... 0.3", [0.5, None, 0.3]),
        ("", [None]),
    ],
)
def test_commas_part_numbers_only_where_they_can_mean_nothing_else(text, values):
    found = read_numbers(text, 9)
    assert [one.value for one in found] == values
    assert all(one.said.endswith(".") for one in found if one.value is None)


def test_no_more_are_read_than_fit_and_a_flood_is_refused():
    assert [one.value for one in read_numbers("1 2 3", 2)] == [1, 2]
    (found,) = read_numbers("1 " * MOST_PASTED, 9)
    assert "longer than 20,000 characters" in found.said


HOSTILE = (
    "9", "1,", "1 ", "[", "]", "(", "{", "1/", "10^", "\\frac{", "\\", " ,", "\u00a0123", "np.",
    "dtype=", "=", "e9", "*10^9", " *", " /", "\ud800", "\x00", "1.2,3 ", "1,5 ", "\t", "\n", "-",
    "\u2212", "_1", "&", "$", "array(", "a", "<", "0,1\n",
)  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
@pytest.mark.parametrize("length", [MOST_TYPED, MOST_PASTED, 100_000])
def test_hostile_texts_are_dealt_with_at_once(piece, length):
    text = piece * (length // len(piece))
    began = time.process_time()
    read_number(text)
    found = read_numbers(text, 600)
    assert time.process_time() - began < 0.5
    assert len(found) <= 600
    assert all(len(one.said) < 150 for one in found)
