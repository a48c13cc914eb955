"""At a stage the picture is told what is known by then, and nothing that comes later."""

import math
import re

import pytest

from blame.exercise.build import blank
from blame.exercise.library.library import LIBRARY
from blame.exercise.presets import NOTEBOOK, drawn
from blame.probe.trace import Trace
from pages.shared.picture.data import picture_data
from pages.shared.picture.flow import flow_data
from pages.shared.words.numbers import Numbers
from tests.pages.app import open_page, pictures

FOUR = next(key for key, entry in LIBRARY.items() if entry.exercise.n_samples == 4)
LINKS = {
    "notebook": {},
    "one weight": {"sizes": "1-1", "W1": "0.5", "b1": "0.1", "x": "2", "y_true": "1"},
    "softmax": {"sizes": "3-4-2", "units": "tanh-softmax", "loss": "cross_entropy",
                "x": "1,2,3", "y_true": "1,0", "W1_0_0": "0.5", "b2_0": "0.3"},
    "four samples": {"exercise": FOUR},
    "deep": {"sizes": "4-8-8-3", "x": "1,2,3,4", "b1_0": "0.5", "b2_1": "0.5", "y_true": "1,0,1"},
    "three layers": {"exercise": "jay-3-3-3-3"},
}  # fmt: skip


def rank(name, depth):
    """Return when a number is found on the way back: by its name alone."""
    kind, layer = re.match(r"(d_loss_y|d_x|d_a|d_z|dW|db|)(\d*)", name).groups()
    if kind in ("", "d_loss_y"):
        return -1 if kind == "" else 0
    if kind == "d_x":
        return math.inf
    return 3 * (depth - int(layer)) + {"d_a": 1, "d_z": 2, "dW": 3, "db": 3}[kind]


def items(data):
    """Return the names of all numbers in the picture."""
    nodes = [node for column in data["columns"] for node in column]
    lines = [item for node in nodes for item in [*node["lines"], *node["below"]]]
    return {item["id"] for item in [*lines, *(i for edge in data["edges"] for i in edge["items"])]}


@pytest.mark.parametrize("which", LINKS)
def test_every_stage_of_the_backward_page_shows_what_is_found_by_then(which):
    app = open_page("backward_pass", **LINKS[which])
    exercise = app.session_state["exercise"]
    depth, trace = len(exercise.activations), Trace(exercise.backward())
    every = [name for name in trace.names() if name.startswith("d")]
    options = next(each for each in app.get("button_group") if each.key == "stage").options
    keys = ["loss", *(f"{kind}{k}" for k in range(depth, 0, -1) for kind in "azW"), "update"]
    seen = 0
    for key in keys:
        app.session_state["stage"] = key
        app.run()
        assert not app.exception
        if app.session_state["stage"] != key:
            # The network has no such stage.
            continue
        seen += 1
        (data,) = pictures(app)
        step = {"l": "d_loss_y", "a": f"d_a{key[1:]}", "z": f"d_z{key[1:]}", "W": f"dW{key[1:]}"}
        own = step.get(key[0], "dW")
        at = math.inf if key == "update" else rank(own, depth)
        later = {name for name in every if rank(name, depth) > at}
        assert set(data["unknown"]) == later, key
        assert not later & set(data["names"])
        opened = data["receipt"]
        assert opened["name"].startswith(own if own != "dW" else "dW"), (key, opened["name"])
        if opened["related"]:
            assert opened["related"]["name"] not in later
        for edge in data["edges"]:
            # The look without blame is there for as long as it is needed.
            assert edge["plain"]["tone"] == "muted"
            assert edge["plain"]["blame"] in every
            assert "= " not in edge["plain"]["title"].partition(" = ")[2]
        hidden = [k for k in range(1, depth + 1) if f"d_z{k}[" in " ".join(later)]
        for k in hidden:
            said = re.findall(rf"Layer {k} neuron \d+: [^.]*(?:\.\d[^.]*)*", data["label"])
            assert said
            assert not any("blame" in each for each in said), (key, said)
    assert seen == len(options) - 1


@pytest.mark.parametrize("which", LINKS)
def test_another_stage_opens_a_number_of_its_own_and_the_readers_choice_stays(which):
    app = open_page("backward_pass", **LINKS[which])
    app.session_state["stage"] = "loss"
    app.run()
    assert pictures(app)[0]["receipt"]["name"].startswith("d_loss_y")
    # Opened by hand, and found by then: it stays, until another stage is chosen.
    app.session_state["backward_picture_opened"] = "loss"
    app.run()
    assert pictures(app)[0]["receipt"]["name"] == "loss"
    app.session_state["stage"] = "W1"
    app.run()
    assert pictures(app)[0]["receipt"]["name"].startswith(("dW1", "db1"))
    app.session_state["stage"] = "all"
    app.run()
    assert pictures(app)[0]["unknown"] == []
    assert pictures(app)[0]["receipt"]["name"].startswith(("dW1", "db1"))


SHAPES = {
    "notebook": NOTEBOOK,
    "softmax": drawn(blank((3, 4, 2), units=("tanh", "softmax"), loss="cross_entropy"), 2),
    "four samples": LIBRARY[FOUR].exercise,
    "deep": drawn(blank((4, 8, 8, 3)), 1),
    "one": drawn(blank((1, 1)), 1),
}


@pytest.mark.parametrize("which", SHAPES)
def test_the_flow_hides_what_comes_later_and_what_an_update_makes_untrue(which):
    exercise = SHAPES[which]
    trace = Trace(exercise.backward())
    stages = flow_data(exercise, trace, Numbers())
    shown = items(picture_data(trace, "both", Numbers(), exercise=exercise))
    depth = len(exercise.activations)
    found = set()
    for k, stage in enumerate(stages[:-1]):
        later = {name for each in stages[k + 1 :] for name in each["shows"]}
        found |= set(stage["shows"])
        assert not later & found
        assert stage["stale"] == []
        assert stage["opens"] in stage["shows"]
        if not stage["back"]:
            # No blame is in a forward stage, whatever the picture shows in the end.
            assert {name for name in shown if name.startswith("d")} <= later
    assert {name for name in shown if rank(name, depth) >= 0} <= found
    *_, update = stages
    stale, new = set(update["stale"]), set(update["texts"])
    kept = shown - stale
    assert new == set(exercise.numbers()) & {n for n in trace.names() if n[0] in "Wb"}
    # Beside a new weight: what is given, and the blame that moved it.
    assert all(re.match(r"(x|y_true|W\d|b\d|dW\d|db\d)\b", name) for name in kept), kept
    assert {name for name in shown if name[0] in "za" or name in ("loss", "y_pred")} <= stale
    assert update["opens"].startswith("dW")
