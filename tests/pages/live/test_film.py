"""A film: each frame is what the page itself shows for that number, and no film is too large."""

from __future__ import annotations

import base64
import copy
import gzip
import json
import random
from contextlib import nullcontext, suppress
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from blame.exercise.library.library import LIBRARY
from blame.exercise.links import read_link, write_link
from blame.exercise.presets import NOTEBOOK
from pages.shared.live import film
from pages.shared.live.film import BYTES, MOST_FRAMES, differences, frames, packed
from pages.shared.state import exercise
from pages.shared.state.axes import MOST_FILMS, Axis
from tests.pages.app import open_page, tell_sheet

OWN = ("seen", "session", "typed", "reply", "undo", "redo", "visit", "parts")
"""What a part is told besides what it shows."""
SOFTMAX = {"sizes": "3-4-2", "units": "tanh-softmax", "loss": "cross_entropy"}
FOUR = {"exercise": next(key for key, entry in LIBRARY.items() if entry.exercise.n_samples == 4)}
EXERCISES = {"notebook": {}, "softmax": SOFTMAX, "four samples": FOUR}


def mounted(app: AppTest) -> dict[str, Any]:
    """Return what each part on a page shows, by its key."""
    shown = {}
    for element in app.get("bidi_component"):
        if element.proto.json and not element.proto.component_name.endswith("_code"):
            (own,) = json.loads(element.proto.json)
            if isinstance(own, dict) and "told" in own:
                shown[own["key"]] = without_own(own["told"])
    return shown


def without_own(told: dict[str, Any]) -> dict[str, Any]:
    return {name: given for name, given in told.items() if name not in OWN}


def shoot(app: AppTest, name: Any, values: Any, number: int = 1) -> tuple[dict[str, Any], bytes]:
    """Ask for a film as its script does, and return what is said of it, and the piece."""
    projector = [e.proto for e in app.get("bidi_component") if e.proto.component_name == film._KEY]
    states = app._tree.get_widget_states()
    asked = [{"event": "ask", "value": {"name": name, "values": values, "number": number}}]
    states.widgets.add(
        id=f"$$STREAMLIT_INTERNAL_KEY_{projector[-1].id}__events",
        json_trigger_value=json.dumps(asked),
    )
    app._run(states)
    assert not app.exception, app.exception
    sent = [e.proto for e in app.get("bidi_component") if e.proto.component_name == film._KEY]
    head, _, body = sent[-1].bytes.partition(b"\n")
    return json.loads(head), body


def played(body: bytes) -> dict[float, dict[str, Any]]:
    """Return what each part is told in each frame."""
    piece = json.loads(gzip.decompress(body))
    shared = [as_it_was(row, None) for row in piece["shared"]]
    piece["rest"] = as_it_was(piece["rest"], None, shared)
    found = {}
    for value, row in zip(piece["values"], piece["rows"], strict=True):
        told = copy.deepcopy(piece["rest"])
        for path, there in zip(row[::2], row[1::2], strict=True):
            *way, last = piece["paths"][path]
            at = told
            for step in way:
                at = at[step]
            at[last] = as_it_was(there, at[last], shared)
        found[value] = {key: without_own(given) for key, given in told.items()}
    return found


def as_it_was(told: Any, rest: Any, shared: Any = ()) -> Any:
    """Return what was told in fewer bytes."""
    if isinstance(told, list):
        return [as_it_was(each, None, shared) for each in told]
    if not isinstance(told, dict):
        return told
    if "$between" in told:
        head, tail = told["$between"]
        return rest[:head] + as_it_was(told["told"], None, shared) + rest[len(rest) - tail :]
    if "$shared" in told:
        return copy.deepcopy(shared[told["$shared"]])
    if "$numbers" not in told:
        return {name: as_it_was(each, None, shared) for name, each in told.items()}
    sent = base64.b64decode(told["$numbers"])
    count = len(sent) // told["bytes"]
    width = told.get("width", count)
    grid: dict[tuple[int, int], int] = {}
    for i in range(count):
        folded = int.from_bytes(sent[i::count], "little")
        y, x = divmod(i, width)
        left, above, both = ((y, x - 1), (y - 1, x), (y - 1, x - 1))
        grid[y, x] = -(folded + 1) // 2 if folded % 2 else folded // 2
        grid[y, x] += grid.get(left, 0) + grid.get(above, 0) - grid.get(both, 0)
    rows = [
        [None if n == told["none"] else n / 10 ** told["digits"] for n in numbers]
        for numbers in ([grid[y, x] for x in range(width)] for y in range(count // width))
    ]
    return rows if "width" in told else rows[0]


def link_to(start: dict[str, str], **changes: float) -> dict[str, Any]:
    """Return the link to an exercise with some of its numbers changed."""
    read = read_link({name: [text] for name, text in start.items()})
    assert not read.problems
    return write_link(read.exercise.with_numbers(changes), read.start)


@pytest.fixture(autouse=True)
def no_hurry(monkeypatch):
    """Leave the time that a film may take to the tests that are about it."""
    monkeypatch.setattr(film, "SECONDS", 60.0)


@pytest.mark.parametrize("start", EXERCISES.values(), ids=EXERCISES)
@pytest.mark.parametrize("page", ["home", "forward_pass", "backward_pass", "relu_gate", "what_if"])
def test_a_frame_is_what_the_page_shows_for_that_number(page, start):
    chance = random.Random(f"{page} {start}")
    exercise = read_link({name: [text] for name, text in start.items()}).exercise
    name = chance.choice([n for n in exercise.names() if n[0] in "xWb"])
    before = exercise.numbers()[name]
    values = [round(before + k / 10, 6) for k in range(-15, 16)]
    app = open_page(page, **link_to(start))
    head, body = shoot(app, name, values)
    frames = played(body)
    assert (head["name"], head["number"]) == (name, 1)
    # The curves of some pages are long: few of their frames fit into a piece.
    assert len(frames) >= 5
    for value in chance.sample(sorted(frames), 3):
        there = mounted(open_page(page, **link_to(start, **{name: value})))
        assert frames[value].keys() == there.keys()
        for key, told in there.items():
            assert frames[value][key] == told, (key, value)


OTHERS = {
    "gradient_check": {},
    "knife_edge": {},
    "training": {"step": 0},
    "training_lab": {"lab_view": "One step"},
    "challenges": {},
    "projector": {},
}
"""The other pages with a film, each with its link."""


@pytest.mark.parametrize("page", OTHERS)
def test_a_frame_of_another_page_is_what_that_shows(page):
    chance = random.Random(page)
    name, before = "W1[0, 1]", NOTEBOOK.numbers()["W1[0, 1]"]
    values = [round(before + k / 10, 6) for k in chance.sample(range(1, 16), 3)]
    _, body = shoot(open_page(page, **OTHERS[page]), name, values)
    frames = played(body)
    assert list(frames) == values
    value = chance.choice(values)
    there = mounted(open_page(page, **OTHERS[page], W1_0_1=value))
    assert frames[value] == {key: there[key] for key in frames[value]}
    # Whatever follows a number is in the film.
    rest = mounted(open_page(page, **OTHERS[page]))
    assert {key for key in there if there[key] != rest[key]} <= frames[value].keys()


def test_a_film_comes_after_a_change_and_an_opened_number_too():
    app = open_page("backward_pass")
    head, _ = shoot(app, "W1[0, 0]", [0.6])
    tell_sheet(app, name="b1[0]", text="0.7")
    other, body = shoot(app, "W1[0, 0]", [0.6], 2)
    assert other["stamp"] != head["stamp"]
    there = mounted(open_page("backward_pass", b1_0=0.7, W1_0_0=0.6))
    assert played(body)[0.6] == there


def test_a_film_of_a_number_stays_true_when_that_number_changes():
    app = open_page("backward_pass")
    head, _ = shoot(app, "W1[0, 0]", [0.6])
    app.run()
    lesson = head["stamp"].split(".")[0]
    tell_sheet(app, name="W1[0, 0]", text="0.7")
    other, _ = shoot(app, "W1[0, 0]", [0.6], 2)
    # Each run of the whole script lays out the lesson anew: only what comes after is compared.
    assert other["stamp"].split(".")[1:] == head["stamp"].split(".")[1:]
    assert int(other["stamp"].split(".")[0]) > int(lesson)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("nobody", [1.0]),
        ("W1[0, 0]", []),
        ("W1[0, 0]", [1e300, "1", None, 1e7]),
        ("steps", [1.5]),
        ("W1[0, 0]", "0.5"),
        (3, [0.5]),
    ],
)
def test_what_cannot_be_shown_is_no_frame(name, values):
    _, body = shoot(open_page("backward_pass"), name, values)
    assert not body or played(body) == {}


@pytest.mark.parametrize("page", ["forward_pass", "backward_pass", "relu_gate", "what_if"])
def test_the_film_of_the_widest_exercise_keeps_within_its_bounds(page, monkeypatch):
    monkeypatch.setattr(film, "SECONDS", 0.065)
    wide = {"sizes": "10-10-10-10-10", "units": "tanh-tanh-tanh-softmax", "loss": "cross_entropy"}
    app = open_page(page, **link_to(wide))
    _, body = shoot(app, "b1[0]", [k / 10 for k in range(MOST_FRAMES)])
    assert len(body) <= BYTES
    # Fewer, but some: asked for again, the others come.
    assert 1 <= len(played(body)) <= MOST_FRAMES


def test_no_more_frames_than_a_piece_may_have():
    _, body = shoot(open_page("home"), "x[0]", [k / 10 for k in range(500)])
    assert len(played(body)) == MOST_FRAMES


class _CutShort(dict):
    """The state of a session whose run is cut short: by Streamlit, at any access."""

    def __setitem__(self, name, value):
        raise RuntimeError("cut short")


def test_a_film_that_is_cut_short_leaves_the_numbers_as_they_are(monkeypatch):
    state = _CutShort(exercise=NOTEBOOK)
    monkeypatch.setattr(exercise.st, "session_state", state)
    with suppress(RuntimeError), exercise.imagined(NOTEBOOK.with_numbers({"b1[0]": 0.6})):
        assert exercise.current_exercise().values()["b1[0]"] == 0.6
        state["anything"] = 1
    assert exercise.current_exercise() is state["exercise"] is NOTEBOOK


def test_the_server_keeps_nothing_of_a_film_but_a_few_names():
    app = open_page("home")
    for count, name in enumerate(NOTEBOOK.names()[: MOST_FILMS + 3]):
        shoot(app, name, [0.5], count)
        app.run()
    assert len(app.session_state["axes_with_a_film"]) == MOST_FILMS
    assert "film_asked_for" not in app.session_state


class _Slow:
    """Parts that take 4 ms each time, by a clock of their own."""

    now = 0.0

    def imagine(self):
        self.now += 0.004
        return {}


def test_the_time_of_a_piece_is_bounded(monkeypatch):
    axis = Axis(lambda _value: nullcontext(), None)
    slow = _Slow()
    monkeypatch.setattr(film, "perf_counter", lambda: slow.now)
    assert len(list(frames(slow, axis, range(1000), until=0.05))) == 13
    assert len(list(frames(slow, axis, range(1000), until=0.05))) == 1


def test_the_bytes_of_a_piece_are_bounded():
    chance = random.Random(3)
    told = [(k, {"part": [chance.random() for _ in range(1000)]}) for k in range(60)]
    body = packed(told[0][1], iter(told))
    assert BYTES / 2 < len(body) <= BYTES
    values = json.loads(gzip.decompress(body))["values"]
    # Those asked for first stay.
    assert values == list(range(len(values)))
    assert 1 < len(values) < 60
    huge = {"part": [chance.random() for _ in range(100_000)]}
    assert packed(huge, iter([])) == b""


def test_differences_keep_every_digit_and_every_kind():
    rest = {"a": [1, 2.0, {"b": "x"}], "c": 0.1 + 0.2, "d": 1, "e": [1, 2], "f": None}
    told = {"a": [1, 2.5, {"b": "y"}], "c": 0.3, "d": 1.0, "e": [1], "f": None}
    assert dict(differences(rest, told)) == {
        ("a", 1): 2.5,
        ("a", 2, "b"): "y",
        ("c",): 0.3,
        ("d",): 1.0,
        ("e",): [1],
    }
    assert dict(differences(rest, copy.deepcopy(rest))) == {}
