"""What reads a reader's text: pasted samples, progress codes, answers, worksheet entries, runs."""

from __future__ import annotations

import math
import random
import re
import time
from fractions import Fraction

import numpy as np
import pytest

from blame.exercise.presets import NOTEBOOK
from tests.exercises import BOUNDS, by_link_name, notebook_with

pytest.importorskip(
    "hypothesis", reason="Hypothesis is missing: pip install -r requirements-dev.txt"
)

from hypothesis import example as case
from hypothesis import given, settings
from hypothesis import strategies as st

from blame.exercise.export import run_csv, trace_json
from blame.exercise.links.kept import read_exercises
from blame.playground.datasets import MOST_SAMPLES
from blame.playground.own_samples import LARGEST_VALUE, MOST_INPUTS, read_csv
from blame.practise.challenges import CHALLENGES
from blame.practise.progress import progress_code, read_progress
from blame.practise.question import mark, read_number
from blame.practise.quiz import questions
from blame.practise.worksheet import check, items_of
from tests.blame.oracles.decimals import exact
from tests.fuzz.values import MARKUP, NO_NUMBER, NOT_FINITE, STRANGE, long_text, right_number

TEXTS = 20_000
DECIMAL = re.compile(r"[+-]?(\d+(_\d+)*\.?(\d+(_\d+)*)?|\.\d+(_\d+)*)(e[+-]?\d+(_\d+)*)?", re.I)
PIECES = (
    *"0123456789.,;:-+/eE \t\n\"'",
    "1", "0", "-1", "0.5", "1e3", "x0,x1,y", "\n", "\r\n", "\u2212", "hit", "kill",
    *MARKUP, *NO_NUMBER, *NOT_FINITE, *STRANGE,
)  # fmt: skip


def texts(seed: str, count: int = TEXTS) -> list[str]:
    """Return random texts of up to some dozen pieces, a few of them very long."""
    chance = random.Random(seed)
    return [
        long_text(chance) if chance.random() < 0.002
        else "".join(chance.choices(PIECES, k=chance.choice((1, 2, 3, 5, 9, 40))))
        for _ in range(count)
    ]  # fmt: skip


def check_csv(text: str) -> int:
    """Check what becomes of a pasted text; return how many samples it gives."""
    found, problems = read_csv(text)
    assert all(said.startswith("line ") and len(said) < 120 for said in problems)
    lines = [line for line in text.splitlines() if line.strip()]
    if found is None:
        return 0
    assert 1 <= found.x.shape[1] <= MOST_INPUTS
    assert len(found.x) == len(found.target) <= MOST_SAMPLES
    assert np.isfinite(found.x).all()
    assert max(abs(found.x).max(), abs(found.target).max()) <= LARGEST_VALUE
    # Every line is a sample or named; the first may hold names, and the last may stand for more.
    if len(found.x) < MOST_SAMPLES:
        assert len(lines) - len(found.x) - len(problems) in (0, 1)
    return len(found.x)


def test_random_csv_is_read_or_named():
    assert sum(check_csv(text) > 0 for text in texts("csv")) > 100


@settings(deadline=None, max_examples=300, derandomize=True)
@given(st.text(max_size=300))
@case("1,2\n" * 300)
@case("\x1c1,2\x851,2\u20281,2")
def test_any_csv_is_read_or_named(text):
    check_csv(text)


@settings(deadline=None, max_examples=300, derandomize=True)
@given(
    st.lists(st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=3), min_size=1, max_size=30),
    st.sampled_from([",", ";", "\t", " "]),
)
def test_good_csv_comes_back_in_every_bit(rows, mark):
    found, problems = read_csv("\n".join(mark.join(map(repr, row)) for row in rows))
    assert problems == []
    assert np.c_[found.x, found.target].tolist() == rows


def check_answer(text: str) -> float | None:
    """Check what is read from an answer against exact fractions."""
    value = read_number(text)
    parts = text.strip().replace("\u2212", "-").split("/")
    plain = len(parts) <= 2 and all(DECIMAL.fullmatch(part.strip()) for part in parts)
    if value is None:
        # Refused only where it is no number, has no value, or is beyond the floats.
        if plain and len(text) < 40:
            numbers = [float(part) for part in parts]
            finite = all(math.isfinite(number) for number in numbers)
            has_value = len(parts) == 1 or (numbers[1] and math.isfinite(numbers[0] / numbers[1]))
            assert not (finite and has_value)
        return None
    assert math.isfinite(value)
    assert value == exact(text)
    if plain:
        quotient = Fraction(float(parts[0])) / (Fraction(float(parts[1])) if parts[1:] else 1)
        assert value == pytest.approx(float(quotient), rel=1e-15, abs=5e-324)
    return value


def test_random_answers_are_read_or_refused():
    assert sum(check_answer(text) is not None for text in texts("answer")) > 500


@settings(deadline=None, max_examples=500, derandomize=True)
@given(
    st.text(max_size=60) | st.from_regex(r"\A[-+]?[0-9.]{1,9}(e[-+]?[0-9]{1,9})?(/[0-9.]{1,9})?\Z")
)
@case("1e99999999")
@case("1/1e-99999999")
@case("1e308/1e-308")
def test_any_answer_is_read_or_refused(text):
    check_answer(text)


def test_random_answers_to_every_question_are_marked():
    asked = questions("backward_pass", notebook_with(b1_1=-0.2)) + questions(
        "relu_gate", notebook_with(x_0=3)
    )
    for k, text in enumerate(texts("marked", 2000)):
        found = mark(asked[k % len(asked)], text)
        assert found.words
        assert text not in found.words or len(text) < 4


def test_random_worksheets_are_checked():
    chance, given_texts = random.Random("sheet"), texts("sheet", 3000)
    names = [item.name for item in items_of(NOTEBOOK)]
    states = set()
    for _ in range(400):
        entries = {name: chance.choice(given_texts) for name in chance.sample(names, 6)}
        entries |= {
            name: chance.choice(("1", "0", "-7.5", "1e308")) for name in chance.sample(names, 6)
        }
        found = check(notebook_with(b1_1=-0.2), entries)
        assert list(found) == names
        for name, checked in found.items():
            unread = read_number(entries.get(name, "").strip()) is None
            assert (checked.state in ("empty", "unreadable")) == unread
            states.add(checked.state)
    assert {"empty", "unreadable", "right", "wrong"} <= states


def test_random_progress_codes_are_read_or_named():
    chance = random.Random("codes")
    keys = list(CHALLENGES)
    for text in texts("progress"):
        mixed = "-".join([*chance.sample(keys, 3), text, *chance.sample(keys, 2)])
        for code in (text, mixed):
            known, problems = read_progress(code)
            assert set(known) <= set(keys)
            assert len(problems) <= 3
            assert all(len(said) < 120 for said in problems)
            assert read_progress(progress_code(known)) == (known, [])


def test_random_kept_runs_are_read_or_named():
    chance = random.Random("kept")
    for text in texts("kept", 5000):
        tried = text + chance.choice(("", ";b1_1:-0.2", ",x_0:1", ";-;-"))
        found, problems = read_exercises(tried, 5)
        assert len(found) <= 5
        assert len(problems) <= 6
        assert all(len(said) < 400 for said in problems)


def test_files_of_random_numbers_hold_numbers_alone():
    chance = random.Random("files")
    ended = 0
    for _ in range(150):
        numbers = {
            name: right_number(chance, *BOUNDS[name], value, whole=name == "steps")[0]
            for name, value in by_link_name(NOTEBOOK).items()
        }
        one = notebook_with(**numbers)
        ended += one.train().overflow_step is not None
        for text in (trace_json(one), run_csv(one)):
            assert not re.search(r"nan|inf", text, re.I), one
    # Some of these runs leave the floats.
    assert ended > 5


@pytest.mark.parametrize(
    "value",
    [10**400, -(10**400), math.nan, math.inf, 1e300],
    ids=["10^400", "-10^400", "nan", "inf", "1e300"],
)
def test_a_number_that_a_script_sends_may_be_any_that_json_holds(value):
    # The network's script sends JSON, and so can anyone in its place.
    told = r"x\[0\] must be a number from -1,000,000 to 1,000,000, got"
    with pytest.raises(ValueError, match=told):
        NOTEBOOK.check_number("x[0]", value)


@pytest.mark.parametrize(
    "read",
    [read_csv, read_progress, read_number, lambda text: read_exercises(text, 5)],
    ids=["csv", "progress", "answer", "kept"],
)
@pytest.mark.parametrize("piece", ["9", "-", ";", ",", "\n", "1,2\n", '"', "e9", "a-", "/", "\x00"])
def test_half_a_million_characters_are_dealt_with_at_once(read, piece):
    # As long as an address that Streamlit still reads.
    began = time.process_time()
    read(piece * (500_000 // len(piece)))
    assert time.process_time() - began < 2
