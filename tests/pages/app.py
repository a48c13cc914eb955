"""Helpers to run the app without a browser."""

from __future__ import annotations

import base64
import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from blame.exercise.exercise import Exercise
from blame.exercise.names import name_in_link
from pages.shared.server.around import SCRIPT
from pages.shared.state.menu import HOME, SECTIONS, page_of
from tests.exercises import NAMES
from tests.pages.charts.reading import in_numbers

# Every AppTest reads the files of all installed packages, which takes longer than a page does; they
# stay as they are while tests run, so the first has read them for all.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
BESIDE = [page for page in PAGES if not page_of(page).alone]
"""Pages that have inputs beside them: the reader's exercise, or those of the page's own."""
WORKSHOPS = {page.file for part in ("Train", "Practise", "More") for page in SECTIONS[part]}
"""Pages that are no lessons: what they show is the reader's choice."""


DRAWN = ("backward_pass", "depth", "expression", "forward_pass", "gradient_check", "knife_edge",
         "playground", "relu_gate", "tour", "training", "training_lab", "what_if")  # fmt: skip
"""Pages that show charts."""


SAID_TO = {
    "blame_sheet": "texts",
    "blame_chart": "figure",
    "blame_network": "dense",
    "blame_graph": "slots",
    "blame_sentence": "text",
    "blame_player": "speeds",
}
"""What only such a part is given."""


def file_of(page: str) -> str:
    """Return where a page's file is, as `switch_page` wants it."""
    return str(ROOT / "pages" / f"{page}.py")


def open_page(page: str, **numbers: float) -> AppTest:
    """Run the app at one page, with some numbers given in the link, as a link opens it."""
    app = AppTest.from_file(str(SCRIPT), default_timeout=30)
    for name, value in numbers.items():
        app.query_params[name] = str(value)
    if page != "home":
        app.switch_page(file_of(page))
    app.run()
    assert not app.exception, app.exception
    return app


def set_number(app: AppTest, name: str, value: float | str) -> AppTest:
    """Type a number, spelled as in links, into the sheet, or into one of Streamlit's own fields."""
    if name in NAMES:
        return tell_sheet(app, name=name_in_link(name), text=str(value))
    app.number_input(key=name).set_value(value).run()
    assert not app.exception, app.exception
    return app


def has_sheet(app: AppTest) -> bool:
    """Return whether the reader's numbers stand beside the page."""
    shown = page_of(app.session_state["page_shown"] or HOME)
    return not (shown.alone or shown.own_inputs)


def sheet_of(app: AppTest) -> dict[str, Any]:
    """Return what the sheet was given."""
    (given,) = _given(app, "blame_sheet")
    found: dict[str, Any] = given
    return found


def tell_sheet(app: AppTest, **said: Any) -> AppTest:
    """Let the sheet say something, as its script does in a browser: AppTest knows no component."""
    return tell(app, "blame_sheet", "said", {"number": sheet_of(app)["seen"] + 1, **said})


def move_in_picture(app: AppTest, name: str, value: float, *, rest: bool = True) -> AppTest:
    """Let a hand move a number in the only picture of the page."""
    (picture,) = pictures(app)
    said = {"number": picture["seen"] + 1, "name": name, "value": value, "rest": rest}
    return tell(app, "blame_network", "moved", said)


def tell(app: AppTest, component: str, what: str, said: dict[str, Any]) -> AppTest:
    """Let the first component of a kind say something."""
    identity, event = _hearer(app, component, what)
    states = app._tree.get_widget_states()
    events = [{"event": event, "value": said}]
    states.widgets.add(
        id=f"$$STREAMLIT_INTERNAL_KEY_{identity}__events",
        json_trigger_value=json.dumps(events),
    )
    app._run(states)
    assert not app.exception, app.exception
    # AppTest shows what the last run sent, and that was only what answers to a number.
    app.run()
    assert not app.exception, app.exception
    return app


def player_of(app: AppTest) -> dict[str, Any]:
    """Return what the player of a run was given."""
    (given,) = _given(app, "blame_player")
    found: dict[str, Any] = given
    return found


def go_to_step(app: AppTest, step: Any) -> AppTest:
    """Let the player say where its hand rests, as its script does in a browser."""
    told = player_of(app)
    said = {"number": told["seen"] + 1, "step": step, "of": (told["grows"] or {}).get("of", "")}
    return tell(app, "blame_player", "moved", said)


def exercise_of(app: AppTest) -> Exercise:
    """Return the numbers of the session, which the sheet must show as far as it shows any."""
    exercise: Exercise = app.session_state["exercise"]
    numbers = exercise.numbers()
    if not has_sheet(app):
        assert not _given(app, "blame_sheet")
        return exercise
    for name, text in sheet_of(app)["texts"].items():
        assert float(text) == numbers[name], name
    return exercise


def charts(app: AppTest) -> list[dict[str, Any]]:
    """Return what each chart on the page was given: its figure, its words, its file's name."""
    return _given(app, "blame_chart")


def figures(app: AppTest) -> list[dict[str, Any]]:
    """Return every figure on the page, with typed arrays as lists."""
    return [plain(chart["figure"]) for chart in charts(app)]


def pictures(app: Any) -> list[Any]:
    """Return what each picture of the network on the page was given."""
    return _given(app, "blame_network")


def said_by_sentences(app: AppTest) -> list[Any]:
    """Return what each sentence that follows the hand was given."""
    return _given(app, "blame_sentence")


def _given(app: AppTest, component: str) -> list[Any]:
    mounted, told = [], {}
    for element in app.get("bidi_component"):
        if element.proto.component_name == component:
            mounted.append(json.loads(element.proto.json)[0])
        elif element.proto.component_name == "blame_wire":
            told = json.loads(element.proto.bytes)["told"]
    if mounted:
        return [told.get(own["key"], own["told"]) for own in mounted]
    # The last run was one that answers to a number: it has only told the parts on screen.
    return [given for given in told.values() if SAID_TO[component] in given]


def _hearer(app: AppTest, component: str, what: str) -> tuple[str, str]:
    """Return which element hears what a part says, and as which event: itself, or the wire."""
    found = {element.proto.component_name: element.proto for element in app.get("bidi_component")}
    if component not in found:
        # The last run was one that answers to a number: it has only told the parts on screen.
        told = json.loads(found["blame_wire"].bytes)["told"]
        (key,) = (key for key, given in told.items() if SAID_TO[component] in given)
        return found["blame_wire"].id, f"{key}__{what}"
    own = json.loads(found[component].json)[0]
    if own.get("wired"):
        return found["blame_wire"].id, f"{own['key']}__{what}"
    return found[component].id, what


def bars(figure: dict[str, Any]) -> dict[str, float]:
    """Return the bars of a figure by name."""
    return {
        said.rpartition(" = ")[0]: value
        for trace in map(in_numbers, figure["data"])
        if trace["type"] == "bar"
        for said, value in zip(
            trace["customdata"], trace["x" if trace.get("orientation") == "h" else "y"], strict=True
        )
    }


def words(app: Any) -> str:
    """Return all the text on a page or in a part of it, formulas and the sidebar's included."""
    kinds = ("title", "header", "subheader", "markdown", "caption", "text", "latex", "code")
    said = [str(element.value) for kind in kinds for element in app.get(kind)]
    return "\n".join([*said, *(given["text"] for given in _given(app, "blame_sentence"))])


def plain(value: Any) -> Any:
    if isinstance(value, dict):
        if "bdata" in value:
            return np.frombuffer(base64.b64decode(value["bdata"]), value["dtype"]).tolist()
        return {key: plain(entry) for key, entry in value.items()}
    return [plain(entry) for entry in value] if isinstance(value, list) else value
