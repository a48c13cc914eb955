"""Open a random link and look at everything the page makes of it."""

from __future__ import annotations

from typing import Any

from streamlit.testing.v1 import AppTest

from blame.exercise.links import read_link
from blame.exercise.names import name_in_link
from pages.shared.server.around import SCRIPT
from pages.shared.state.choices import CHOICES
from pages.shared.state.links import MOST_PROBLEMS, as_meant, wrong_choices
from tests.exercises import by_link_name, number_of
from tests.fuzz.links import DEFAULTS, Entry, Link
from tests.fuzz.watch import listening, troubles
from tests.pages.app import file_of, has_sheet, sheet_of

PATIENCE = 60
SPECIAL = ("number_input", "slider", "select_slider", "selectbox", "button_group", "text_area")
NARROWED = ("lab_step", "play_layer")
"""Choices that a page takes back to what there is: the last step of a run, the last layer."""


def start(page: str) -> AppTest:
    """Return the app before its first run, on its way to a page, as a link opens it."""
    app = AppTest.from_file(str(SCRIPT), default_timeout=PATIENCE)
    return app if page == "home" else app.switch_page(file_of(page))


def read_alone(link: Link) -> list[str]:
    """Return what is wrong with what the readers of links alone make of a link."""
    meant = as_meant(link.parameters).query
    read = read_link(meant)
    problems = [*read.problems, *wrong_choices(meant)]
    numbers = by_link_name(read.exercise)
    expected = DEFAULTS | {e.name: e.value for e in link.of("good") if e.name in DEFAULTS}
    found = []
    if numbers != expected:
        found.append(f"the numbers are {numbers}, not {expected}")
    if [type(v) for v in numbers.values()] != [type(expected[n]) for n in numbers]:
        found.append("a number is of another type")
    bad = _as_told(link.of("wrong", "nearly"))
    if len(problems) != len(bad):
        found.append(f"{len(bad)} entries are wrong, {len(problems)} sentences say so")
    for entry, said in zip(bad, problems, strict=False):
        if not said.startswith(f"{_called(entry)} ") or len(said) > 250:
            found.append(f"{entry.name} is not named in {said[:300]!r}")
    return found


def _as_told(entries: list[Entry]) -> list[Entry]:
    """Return entries in the order they are named in: numbers first, those given twice before."""
    return sorted(entries, key=lambda e: 2 if e.name in CHOICES else len(e.texts) == 1)


def _called(entry: Entry) -> str:
    """Return what a wrong entry is called: a number as on screen, what is none as in the link."""
    one = entry.name in DEFAULTS and len(entry.texts) == 1
    return name_in_link(entry.name) if one else entry.name


def open_link(link: Link) -> list[str]:
    """Run the app with a link and return a sentence for everything that is not as it must be."""
    app = start(link.page)
    for entry in link.entries:
        app.query_params[entry.name] = list(entry.texts)
    with listening() as heard:
        try:
            app.run()
        except Exception as error:
            return [f"{type(error).__name__}: {error}"]
    found = heard + troubles(app)
    if not app.exception:
        found += [*_named(app, link), *_kept(app, link)]
    return found


def _named(app: AppTest, link: Link) -> list[str]:
    bad = _as_told(link.of("wrong", "nearly"))
    names = [_called(entry) for entry in bad]
    texts = [str(element.value) for element in app.get("text")]
    found = [
        f"{name} is not named in the message"
        for name in names[:MOST_PROBLEMS]
        if not any(text.startswith((f"{name} must be ", f"{name} must ha", f"{name} is not"))
                   for text in texts)
    ]  # fmt: skip
    more = len(bad) - MOST_PROBLEMS
    if more > 0 and f"... and {more} more." not in texts:
        found.append(f"that {more} more are wrong is not said")
    told = any("could not be used" in str(element.value) for element in app.markdown)
    if told != bool(bad):
        found.append("there is a message" if told else "there is no message")
    return found


def _kept(app: AppTest, link: Link) -> list[str]:
    numbers = by_link_name(app.session_state["exercise"])
    shown = {w.key: w for kind in SPECIAL for w in app.get(kind) if w.key}
    found = []
    for entry in link.of("good"):
        if entry.name in DEFAULTS:
            found += _number_kept(app, entry)
        elif entry.name in shown:
            value, wanted = app.session_state[entry.name], entry.value
            if entry.name in NARROWED and shown[entry.name].type in ("slider", "number_input"):
                wanted = min(wanted, shown[entry.name].max)
            if value != wanted:
                found.append(f"{entry.name} is {value!r}, not {wanted!r}")
    for name in {*DEFAULTS} - {entry.name for entry in link.of("good")}:
        if numbers[name] != DEFAULTS[name]:
            found.append(f"{name} is {numbers[name]!r}, though nothing good set it")
    return found


def _number_kept(app: AppTest, entry: Entry) -> list[str]:
    found = []
    places: dict[str, Any] = {
        "the session": number_of(app.session_state["exercise"], entry.name),
        "the sheet": _in_sheet(app, entry),
    }
    if entry.value != DEFAULTS[entry.name]:
        in_link = app.query_params.get(entry.name)
        places["the link"] = float(in_link) if isinstance(in_link, str) else in_link
    for place, value in places.items():
        if value != entry.value:
            found.append(f"{entry.name} is {value!r} in {place}, not {entry.value!r}")
    return found


def _in_sheet(app: AppTest, entry: Entry) -> float:
    """Return the number that the sheet shows, unless the link or the page has it left out."""
    if "inputs" in app.query_params or not has_sheet(app):
        return float(entry.value)
    return float(sheet_of(app)["texts"][name_in_link(entry.name)])
