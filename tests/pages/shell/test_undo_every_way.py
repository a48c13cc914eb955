"""Undo and redo over every way in which a reader changes a number, in one visit."""

import json
import re

import pytest

from blame.exercise.library.library import LIBRARY
from blame.exercise.presets import NOTEBOOK
from tests.pages.app import ROOT, exercise_of, file_of, open_page, set_number, sheet_of, tell_sheet
from tests.pages.shell.test_your_exercise import LISTING, opened


def tell(app, component, what, said, of=""):
    """Let a part say something, as its script does in a browser; the one whose key ends so."""
    found = [e.proto for e in app.get("bidi_component") if e.proto.component_name == component]
    elements = [each for each in found if json.loads(each.json)[0]["key"].endswith(of)]
    own = json.loads(elements[0].json)[0]
    (wire,) = [
        e.proto for e in app.get("bidi_component") if e.proto.component_name == "blame_wire"
    ] or [None]
    identity, event = elements[0].id, what
    if own["wired"]:
        identity, event = wire.id, f"{own['key']}__{what}"
    states = app._tree.get_widget_states()
    states.widgets.add(
        id=f"$$STREAMLIT_INTERNAL_KEY_{identity}__events",
        json_trigger_value=json.dumps([{"event": event, "value": said}]),
    )
    app._run(states)
    app.run()


def press(key):
    return lambda app: app.button(key=key).click().run().run()


def drag(app):
    for value, rest in ((0.7, False), (0.9, False), (1.1, True)):
        said = {"name": "W2[0, 0]", "value": value, "rest": rest, "number": 10 + int(value * 10)}
        tell(app, "blame_network", "moved", said)


def keep_and_load(app):
    """Keep a run and change a number, which is one change; loading the run is another."""
    app.button(key="keep").click().run()
    set_number(app, "learning_rate", 0.02)


WAYS = {
    "typed into the sheet": ("home", lambda app: set_number(app, "W1_0_0", "1/4")),
    "stepped in the sheet": (
        "home",
        lambda app: [
            tell_sheet(app, name="x[0]", value=value, rest=rest)
            for value, rest in ((1.1, False), (1.3, True))
        ],
    ),
    "pasted": ("home", lambda app: tell_sheet(app, name="W1[0, 0]", text=".3 .4", pasted=True)),
    "dragged in the picture": ("home", drag),
    "typed in the picture": (
        "backward_pass",
        lambda app: tell(
            app,
            "blame_network",
            "moved",
            {"name": "b2[0]", "text": "0,75", "rest": True, "number": 90},
        ),
    ),
    "dragged on a chart": (
        "relu_gate",
        lambda app: [
            tell(
                app,
                "blame_chart",
                "moved",
                {"name": "b1[1]", "value": value, "rest": rest, "number": 40 + rest},
                of="sweep_chart",
            )
            for value, rest in ((0.45, False), (0.55, True))
        ],
    ),
    "the gate": ("relu_gate", press("gate_press")),
    "another start": (
        "home",
        lambda app: app.selectbox(key="start").select("crawls").run().run(),
    ),
    "a number of it": ("home", lambda app: set_number(app, "b1_0", 0.125)),
    "reset": ("home", press("reset")),
    "randomise": ("home", press("randomise")),
    "a typed seed": (
        "home",
        lambda app: app.number_input(key="seed").set_value(77).run().run(),
    ),
    "new numbers of a question": ("by_hand", press("hand_new")),
    "a challenge": ("challenges", press("challenge_start")),
    "another rate": ("home", lambda app: set_number(app, "learning_rate", 0.3)),
    "the best rate": ("training_lab?lab_view=Learning rates", press("best_rate")),
    "a run after one that was kept": ("training_lab?lab_view=Runs", keep_and_load),
    "a kept run": ("training_lab?lab_view=Runs", press("load_0")),
}
"""What a reader does -> the page to do it on, and how."""


def walked(app):
    """Do all of it in one visit; return the exercise before, and after each."""
    seen = [exercise_of(app)]
    for name, (page, do) in WAYS.items():
        page, _, choice = page.partition("?lab_view=")
        app.switch_page(file_of(page)).run()
        if choice:
            app.segmented_control(key="lab_view").set_value(choice).run()
        do(app)
        assert not app.exception, name
        seen.append(exercise_of(app))
        assert seen[-1] != seen[-2], name
    app.switch_page(file_of("home")).run()
    return seen


def test_undo_and_redo_go_over_every_way():
    app = open_page("home")
    seen = walked(app)
    assert exercise_of(app) == seen[-1]
    for before in reversed(seen[:-1]):
        assert sheet_of(app)["undo"]
        tell_sheet(app, back="undo")
        assert exercise_of(app) == before
    assert not sheet_of(app)["undo"]
    for after in seen[1:]:
        tell_sheet(app, back="redo")
        assert exercise_of(app) == after
    assert not sheet_of(app)["redo"]


def test_the_notebook_that_the_knife_edge_opens_can_be_undone():
    app = open_page("knife_edge", exercise="mazur")
    press("knife_notebook")(app)
    assert exercise_of(app) == NOTEBOOK
    tell_sheet(app, back="undo")
    assert exercise_of(app) == LIBRARY["mazur"].exercise


@pytest.mark.parametrize(
    ("way", "key"), [("Library", "library_mazur"), ("Build", "build_use"), ("Paste", "paste_use")]
)
def test_an_exercise_of_the_dialog_can_be_undone(way, key):
    app = opened(way)
    if way == "Paste":
        app.text_area(key="paste_text").set_value(LISTING).run()
    if way == "Build":
        app.number_input(key="build_inputs").set_value(3).run()
    app.button(key=key).click().run()
    assert app.session_state["exercise"] != NOTEBOOK
    assert [kept.exercise for kept in app.session_state["exercises_before"]] == [NOTEBOOK]


CHANGES = re.compile(r"\b(?:write_numbers|change_to|follow|exercise\.(?:change|move))\b(?=[(,])")
WHERE = {
    *("lab/kept_runs", "lab/rate_sweep", "lab/verdict", "lessons/bias_sweep", "lessons/knife_edge"),
    *("live/hand", "live/sheet", "picture/component", "practise/challenges", "shell/library"),
    *("shell/build_exercise", "shell/paste", "shell/sidebar", "state/drawn_numbers"),
    *("state/exercise", "state/settings"),
}
"""The files that change the exercise. A new one is a new way: it belongs into the walk above."""


def test_no_other_file_changes_the_exercise_nor_does_one_go_around_undo():
    found = set()
    for path in (ROOT / "pages").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        code = "\n".join(line for line in text.splitlines() if "import" not in line)
        place = path.relative_to(ROOT / "pages" / "shared") if "shared" in path.parts else path
        if CHANGES.search(code):
            # A room counts as one.
            found.add("/".join(place.with_suffix("").parts[:2]))
        if place.as_posix() != "state/exercise.py":
            assert not re.search(r"""session_state\[["']exercise["']\]\s*=|state\[_NOW\]""", text)
    assert found == WHERE
