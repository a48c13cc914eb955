"""Random use of the app: a link, then some inputs, buttons and page changes."""

from __future__ import annotations

import random
from typing import Any
from unittest.mock import patch

from streamlit.testing.v1 import AppTest

from pages.shared.state import echoes
from tests.fuzz.links import make_link
from tests.fuzz.opening import start
from tests.fuzz.values import MARKUP, NO_NUMBER, NOT_FINITE, STRANGE, long_text
from tests.fuzz.watch import listening, troubles
from tests.pages.app import PAGES, exercise_of, file_of, has_sheet, sheet_of, tell_sheet

USED = (
    "number_input", "selectbox", "slider", "select_slider", "button_group", "toggle", "radio",
    "text_input", "text_area", "button",
)  # fmt: skip
PLAIN = (
    "0.75",
    "1e200",
    "-1e308",
    "3/4",
    "-1e-3",
    "1,2,0\n0,1,1",
    "hit-kill",
    "Yes",
    "0",
    "What if?",
)


def use(seed: int, number: int, steps: int = 12) -> list[str]:
    """Use the app at random; return what went wrong, with all that was done until then."""
    chance = random.Random(f"sequence {seed} {number}")
    link = make_link(seed, chance.randrange(10**6))
    app = start(PAGES[number % len(PAGES)])
    for entry in link.of("good"):
        app.query_params[entry.name] = list(entry.texts)
    done = [f"open {PAGES[number % len(PAGES)]}?{link.query[:500]}"]
    # No hand is so quick that the number it types could be an echo of the one before.
    with listening() as heard, patch.object(echoes, "HEARD", 0.0):
        try:
            app.run()
            found = troubles(app)
            while steps and not found:
                steps -= 1
                found = _step(app, chance, done)
        except Exception as error:
            found = [f"{type(error).__name__}: {error}"]
    found += heard
    return [*found, "after: " + "; ".join(done)] if found else []


def _step(app: AppTest, chance: random.Random, done: list[str]) -> list[str]:
    if chance.random() < 0.1:
        page = chance.choice(PAGES)
        done.append(f"go to {page}")
        app.switch_page(file_of(page)).run()
        return troubles(app)
    if chance.random() < 0.3 and has_sheet(app):
        return _at_the_sheet(app, chance, done)
    # By kind first: a page has dozens of numbers and few buttons.
    kinds = [kind for kind in USED if any(_usable(w) for w in app.get(kind))]
    widget = chance.choice([w for w in app.get(chance.choice(kinds)) if _usable(w)])
    if widget.type == "button":
        done.append(f"click {widget.key}")
        widget.click()
        app.run()
        found = troubles(app)
    else:
        value = _value(widget, chance)
        done.append(f"{widget.key} = {value!r:.60}")
        key = widget.key
        widget.set_value(value)
        app.run()
        found = troubles(app)
        if not found and widget.type == "number_input" and _sets(key):
            now = app.session_state[key]
            found = [] if now == value else [f"{key} is {now!r} after {value!r} was typed"]
    # What answers in a part of the page leaves the rest out of this tree.
    app.run()
    return found + troubles(app)


def _at_the_sheet(app: AppTest, chance: random.Random, done: list[str]) -> list[str]:
    """Type, paste or step in a cell, or go back; what can be read must be what the sheet shows."""
    exercise = app.session_state["exercise"]
    name = chance.choice(list(sheet_of(app)["texts"]) or exercise.names())
    low, high = exercise.bounds_of(name)
    number = chance.randint(1, 500) if name == "steps" else round(chance.uniform(low, high), 3)
    text = chance.choice((repr(number), *PLAIN, *MARKUP, *STRANGE, *NOT_FINITE, *NO_NUMBER))
    said: dict[str, Any] = chance.choice(
        (
            {"name": name, "text": text},
            {"name": name, "text": f"{number} {text}", "pasted": True},
            {"name": name, "value": number, "rest": chance.random() < 0.5},
            {"back": chance.choice(("undo", "redo"))},
        )
    )
    done.append(f"the sheet says {said!r:.80}")
    tell_sheet(app, **said)
    found = troubles(app)
    if said.get("text") == repr(number) or "value" in said:
        now = app.session_state["exercise"].numbers()[name]
        found += [] if now == number else [f"{name} is {now!r}, not {number!r}"]
    app.run()
    if not app.exception:
        exercise_of(app)
    return found + troubles(app)


def _sets(key: str | None) -> bool:
    """Whether what is typed must stay; a seed goes where its numbers go."""
    return bool(key) and key != "play_step"


def _usable(widget: Any) -> bool:
    return not getattr(widget, "disabled", False) and widget.key is not None


def _value(widget: Any, chance: random.Random) -> Any:
    """Return a value that the widget permits, bounds and empty ones among them."""
    if widget.type == "number_input":
        whole = isinstance(widget.value, int)
        low, high = widget.min, widget.max
        if whole:
            return chance.choice((int(low), int(high), chance.randint(int(low), int(high))))
        near = min(max(chance.gauss(0, 1), low), high)
        return chance.choice((low, high, 0.0, near, round(near, 1), chance.uniform(low, high)))
    if widget.type == "slider":
        low, high = widget.min, widget.max
        if isinstance(widget.value, int):
            return chance.choice((int(low), int(high), chance.randint(int(low), int(high))))
        return chance.choice((low, high, chance.uniform(low, high)))
    if widget.type == "toggle":
        return not widget.value
    if widget.type in ("text_input", "text_area"):
        texts = (*PLAIN, *MARKUP, *STRANGE, *NOT_FINITE, *NO_NUMBER)
        return chance.choice((*texts, long_text(chance), "1,2,3\n" * 3000, "1," * 9000))
    options = list(widget.options)
    chosen = chance.randrange(len(options))
    return _real_options(widget, options)[chosen]


def _real_options(widget: Any, options: list[str]) -> list[Any]:
    """Return what the options stand for, where they are shown by another name."""
    from blame.exercise.presets import PRESETS
    from blame.expression.library.library import EXPRESSIONS
    from blame.losses import LOSSES
    from pages.shared.shell.sidebar import OWN
    from pages.shared.words.exercise import loss_title

    losses = {loss_title(name): name for name in LOSSES}
    named = {
        "start": [*PRESETS, OWN],
        "sweep": ["b1[0]", "b1[1]"],
        "expression_entry": [*EXPRESSIONS, OWN],
        "build_loss": [losses.get(option, option) for option in options],
        "library_loss": [losses.get(option, option) for option in options],
    }
    return named.get(widget.key, options)
