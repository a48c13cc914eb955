"""One number is written one way on a page, wherever it stands."""

import re
from collections import defaultdict

import pytest

from blame.exercise.presets import NOTEBOOK, PRESETS
from pages.shared.words.numbers import printed
from tests.exercises import by_link_name, notebook_with
from tests.pages.app import figures, open_page, pictures, words

PAGES = ["home", "forward_pass", "backward_pass", "relu_gate", "what_if", "training_lab"]
EXERCISES = {
    "notebook": NOTEBOOK,
    "shut": notebook_with(b1_1=-0.2),
    "solved": notebook_with(b2_0=-1.2),
    "long": notebook_with(b1_1=-0.2, W1_0_0=0.123456, x_1=2.34567, b2_0=3e-6),
    "grows": PRESETS["grows"].exercise,
}
NAME = r"(?:[dxzabW]\w*\[\d(?:, \d)?\]|y_pred|y_true|d_loss_y|loss)"
NUMBER = r"[+\-\u2212]?\d+(?:\.\d+)?(?:e-?\d+)?|≈ ?0"
DRAWN = ("picture", "receipt", "factor", "flow")
"""What the picture's scripts draw."""
EQUATION = re.compile(rf"(?<![\w\]] )({NAME}) (?:= |is |(?=≈))({NUMBER})(?![\d.]|e-| [×*+]|\)²| W)")


def told(text):
    """Return every number that a text gives a name to."""
    yield from EQUATION.findall(text)


def shown_on(app):
    """Return every text of each named number on a page, with where it stands."""
    found = defaultdict(lambda: defaultdict(set))

    def add(name, text, where):
        if where in DRAWN:
            # Its scripts print the sign for minus: tests/browser/moving/test_picture.py.
            text = printed(text)
        text = text.strip().replace(" ", "").removeprefix("+")
        found[name][text].add(where)

    for data in pictures(app):
        nodes = [node for column in data["columns"] for node in column]
        lines = [item for node in nodes for item in [*node["lines"], *node["below"]]]
        for item in [*lines, *(item for edge in data["edges"] for item in edge["items"])]:
            add(item["id"], item["text"].removeprefix(item["prefix"]), "picture")
        if receipt := data["receipt"]:
            add(receipt["name"], receipt["value"], "receipt")
            for factor in receipt["factors"]:
                add(factor["name"], factor["text"], "factor")
        for stage in data["flow"]:
            for name, text in told(stage["said"].replace(": the", ", the")):
                add(name, text, "flow")
    for figure in figures(app):
        for label in figure["layout"].get("yaxis", {}).get("ticktext", []):
            name, _, text = label.partition("\u00a0\u00a0")
            if re.fullmatch(NAME, name.removeprefix("= ")) and text:
                add(name.removeprefix("= "), text.split("  ")[0], "bar")
    for name, text in told(words(app)):
        add(name, text, "sentence")
    return found


def _watched(app):
    """Ask for the stages of the flow, where the picture has one."""
    (picture,) = pictures(app)[:1] or [{"flows": False}]
    if picture["flows"]:
        assert picture["flow"] == []
        for page in ("home", "forward"):
            app.session_state[f"{page}_picture_watched"] = True
        app.run()
        assert pictures(app)[0]["flow"]
    return app


def _watched(app):
    """Ask for the stages of the flow, where the picture has one."""
    (picture,) = pictures(app)[:1] or [{"flows": False}]
    if picture["flows"]:
        assert picture["flow"] == []
        for page in ("home", "forward"):
            app.session_state[f"{page}_picture_watched"] = True
        app.run()
        assert pictures(app)[0]["flow"]
    return app


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("key", EXERCISES)
def test_a_number_is_written_one_way_on_a_page(page, key):
    defaults = by_link_name(NOTEBOOK)
    changes = {n: v for n, v in by_link_name(EXERCISES[key]).items() if v != defaults[n]}
    found = shown_on(_watched(open_page(page, **changes)))
    if page == "what_if":
        # Its bars say how far the loss moves with a number, not the number.
        found = {name: {t: w - {"bar"} for t, w in texts.items() if w - {"bar"}}
                 for name, texts in found.items()}  # fmt: skip
    places = {where for texts in found.values() for at in texts.values() for where in at}
    if page in ("home", "forward_pass", "backward_pass"):
        assert {"picture"} < places
        assert len(found) > 10
    different = {name: dict(texts) for name, texts in found.items() if len(texts) > 1}
    assert not different
