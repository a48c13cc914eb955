"""What pupils hand in: written, carried through chats, read again, and never trusted."""

import base64
import json
import zlib

import pytest

from pages.shared.teachers import handed_in
from pages.shared.teachers.handed_in import (
    MOST_ANSWER,
    MOST_CODE,
    MOST_READ,
    Answered,
    HandedIn,
    changes_of,
    exercise_in,
    read,
    write,
)
from tests.exercises import notebook_with

HANDED = HandedIn(
    "relu_gate",
    (Answered("From which b1[1] on?", ("\u22120,1", "above \u22120.1 \u2013 it's <b>open</b>")),),
    {"b1_1": "-0.2"},
    {"b1_1": "0.3"},
    ("b1[1] = 0.3",),
    "Zo\u00eb \u674e",
)


def test_what_is_written_is_read():
    assert read(write(HANDED)) == ([HANDED], 0)


@pytest.mark.parametrize(
    "around",
    [
        "https://blame.example/teachers?handed={}",
        "Here it is: <https://x.y/teachers?handed={}>. Thanks, Mia",
        "({})",
        "handed%3D{}&amp;utm_source=mail",
        "{}\n{}\n\n> {}",
    ],
)
def test_it_is_found_wherever_it_stands(around):
    assert read(around.replace("{}", write(HANDED))) == ([HANDED], 0)


@pytest.mark.parametrize("width", [20, 60, 76])
def test_a_mail_may_have_broken_it_into_lines(width):
    code = write(HANDED)
    lines = "\n".join(code[k : k + width] for k in range(0, len(code), width))
    assert read(f"Hello,\n{lines}\nbest, Mia") == ([HANDED], 0)


def test_a_part_of_it_is_said_to_be_missing():
    code = write(HANDED)
    assert len(code) > 150
    for cut in (len(handed_in.BEGINS), 30, len(code) - 6):
        assert read(f"{code[:cut]} and {write(HANDED)}") == ([HANDED], 1)


def test_a_whole_class_is_read_and_no_more():
    class_of = [HandedIn("home", (Answered("?", (f"{k}",)),)) for k in range(MOST_READ + 9)]
    found, broken = read(" ".join(map(write, class_of)))
    assert (found, broken) == (class_of[:MOST_READ], 0)


def packed(told):
    text = base64.urlsafe_b64encode(zlib.compress(json.dumps(told).encode())).decode().rstrip("=")
    return handed_in.BEGINS + text


@pytest.mark.parametrize(
    "told",
    [
        [],
        None,
        {"p": 3},
        {"p": "home", "a": {}, "b": {}, "e": {}, "c": [], "n": ""},
        {"p": "home", "a": [["q", "", [7]]], "b": {}, "e": {}, "c": [], "n": ""},
        {"p": "home", "a": [], "b": {"x_0": [1]}, "e": {}, "c": [], "n": ""},
        # A small text of a very large one.
        {"p": "home", "a": [], "b": {}, "e": {}, "c": ["y" * 10_000_000], "n": ""},
    ],
    ids=lambda told: str(told)[:40],
)
def test_what_nobody_could_have_handed_in_is_refused(told):
    code = packed(told)
    assert len(code) < 2 * MOST_CODE
    assert read(code) == ([], 1)


def test_a_text_that_is_too_long_is_cut_and_hides_nothing():
    told = {
        "p": "home",
        "a": [["q", "", ["y" * 5000, "\u202eesrever\u200b"]]],
        "b": {},
        "e": {},
        "c": [],
        "n": "n" * 900,
    }
    ((handed,), broken) = read(packed(told))
    assert broken == 0
    assert handed.answers[0].given == ("y" * MOST_ANSWER, "esrever")
    assert handed.name == "n" * 40


def test_changes_are_told_in_order():
    been = [notebook_with(), notebook_with(b1_1=0.5), notebook_with(b1_1=0.5, x_0=3, x_1=0)]
    assert changes_of(been) == ("b1[1] = 0.5", "x[0] = 3, x[1] = 0")
    assert changes_of(been[:1]) == ()


def test_a_query_that_no_page_would_take_gives_the_default_numbers():
    assert exercise_in({"b1_1": "-0.2"}) == notebook_with(b1_1=-0.2)
    assert exercise_in({"b1_1": "inf", "sizes": "900-900"}) == notebook_with()
