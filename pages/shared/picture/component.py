"""The living network: a picture whose numbers can be moved and opened.

Python decides every number, text, width and meaning; the scripts in `scripts/` place and draw
them, and say what the reader's hand did. They write text as text, so nothing a reader or a link
says can become markup.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import streamlit as st

from blame import BackwardPass
from blame.exercise.exercise import Exercise
from blame.exercise.typed.numbers import read_number
from blame.probe.trace import trace_of
from pages.shared.live.mounted import part
from pages.shared.picture.data import picture_data
from pages.shared.picture.described import View
from pages.shared.picture.flow import AtStage
from pages.shared.picture.receipt import lit_by, receipt_data
from pages.shared.picture.samples import as_named, in_sample, names_to_open
from pages.shared.state.exercise import current_exercise
from pages.shared.state.settings import follow, write_numbers
from pages.shared.state.wire import session_token
from pages.shared.words.numbers import Numbers

_HERE = Path(__file__).with_name("scripts")
_HAND = ("reach", "scrub", "halt", "typing")
_SCRIPTS = ("touch", "place", "draw", *_HAND, "save", "receipt", "flow", "main")
_SHARED = _HERE.parents[1] / "live" / "scripts"
NETWORK = part(
    "blame_network",
    [
        *(_SHARED / f"{name}.js" for name in ("steps", "sending", "printed")),
        *(_HERE / f"{name}.js" for name in _SCRIPTS),
    ],
    _HERE / "network.css",
)
HINT = "Drag a dotted number left or right to change it. Click any number to open it."
HINT_FIXED = "Click any number to open it."
HELD = "A number in a dotted frame is held: it is not trained."


class Owner(NamedTuple):
    """Whose the numbers of a picture are: what they are now, and who is told of a moved one.

    `follow` and `write` get a name and a value, of a hand in motion and of one at rest; `movable`
    are the names that may be moved, all of them if None.
    """

    now: Callable[[], Exercise]
    follow: Callable[[str, float], None]
    write: Callable[[str, float], None]
    movable: Collection[str] | None = None


READER = Owner(current_exercise, follow, lambda name, value: write_numbers({name: value}))
"""The lesson's numbers are the reader's exercise."""


def network_picture(
    passes: BackwardPass,
    view: View,
    numbers: Numbers,
    key: str,
    *,
    editable: bool = True,
    sample: int = 0,
    exercise: Exercise | None = None,
    opened: str = "",
    lit: list[str] | None = None,
    stage: AtStage | None = None,
    flow: Callable[[], list[dict[str, Any]]] | None = None,
    owner: Owner = READER,
    quiet: bool = False,
) -> None:
    """Draw the network of one sample, in a part that `live` draws.

    Parameters
    ----------
    passes : the backward pass of a single network.
    view : "forward" shows weights, z and a; "blame" the gradients; "both" both.
    numbers : how receipts and spoken numbers are written.
    key : the component's key.
    editable : whether the lesson's numbers may be moved here.
    sample : the sample that is drawn, where there are several.
    exercise : what says which parameters are held or tied, if not that of the lesson.
    opened : the number whose receipt is open until the reader chooses; of one sample as it is
        called where that is the only one.
    lit : names that stand out, instead of the paths of the opened number.
    stage : the stage that is looked at: what is not found by then is not shown, and with each
        other stage a number of its own is opened.
    flow : makes the stages to watch, as `flow_data` does, once the reader asks for them.
    owner : whose the numbers are that are moved here.
    quiet : whether nothing stands beside the picture until a number is opened, and then below it.
    """
    trace = trace_of(passes)
    state = st.session_state
    state.setdefault(_opened(key), as_named(trace, opened, sample))
    if state.get(_drawn(key), sample) != sample:
        # The same number of the other sample.
        state[_opened(key)] = in_sample(trace, state[_opened(key)], sample)
    state[_drawn(key)] = sample
    unknown = frozenset(stage.unknown if stage else ())
    at = stage.stage if stage else ""
    if state.get(_stage(key), "") != at or state[_opened(key)] in unknown:
        state[_stage(key)] = at
        state[_opened(key)] = stage.opens if stage else state[_opened(key)]
    name = state[_opened(key)]
    known = name in trace.names()
    exercise = exercise or owner.now()
    data = picture_data(
        trace,
        view,
        numbers,
        editable=editable,
        sample=sample,
        exercise=exercise,
        unknown=unknown,
        movable=owner.movable,
    )
    hint = HINT if editable else HINT_FIXED
    data |= {
        "seen": state.get(_seen(key), 0),
        # Another one tells the picture that the server was started again and has forgotten all.
        "session": session_token(),
        "hint": f"{hint} {HELD}" if exercise.held else hint,
        "names": [n for n in names_to_open(trace, sample, name) if n not in unknown],
        "unknown": sorted(unknown),
        "receipt": receipt_data(trace, name, numbers, exercise, unknown) if known else None,
        "lit": lit or (stage.lit if stage else lit_by(trace, name, sample) if known else []),
        "flows": flow is not None,
        "flow": flow() if flow and state.get(_watched(key)) else [],
        "typed": state.get(_typed(key)),
        "quiet": quiet,
    }
    NETWORK.draw(
        data,
        key,
        moved=partial(_move, key, owner),
        opened=partial(_open, key),
        watched=partial(_watch, key),
    )


def _seen(key: str) -> str:
    return f"{key}_seen"


def _opened(key: str) -> str:
    return f"{key}_opened"


def _drawn(key: str) -> str:
    return f"{key}_sample"


def _stage(key: str) -> str:
    return f"{key}_stage"


def _watched(key: str) -> str:
    return f"{key}_watched"


def _typed(key: str) -> str:
    return f"{key}_typed"


def _move(key: str, owner: Owner, said: Any) -> None:
    """Write a number that was moved, and answer: to a hand in motion with the live parts only."""
    if not isinstance(said, Mapping):
        return
    name, value, count = said.get("name"), said.get("value"), said.get("number")
    if isinstance(count, int):
        # Without this the script would wait for its answer.
        st.session_state[_seen(key)] = count
    if isinstance(said.get("opened"), str):
        st.session_state[_opened(key)] = said["opened"]
    st.session_state[_typed(key)] = None
    now = owner.now()
    known = name in now.names() and (owner.movable is None or name in owner.movable)
    if known and isinstance(said.get("text"), str):
        answer = st.session_state[_typed(key)] = read_typed(now, name, said["text"])
        value = answer["value"]
    if not known or not isinstance(value, int | float):
        return
    try:
        value = now.check_number(name, value)
    except ValueError:
        return
    if said.get("rest"):
        owner.write(name, value)
    else:
        owner.follow(name, value)


def read_typed(exercise: Exercise, name: str, text: str) -> dict[str, Any]:
    """Return what became of a text typed for a number: its `value`, None if refused, and words."""
    typed = read_number(text)
    value, said = typed.value, typed.said
    if value is not None:
        try:
            value = exercise.check_number(name, value)
        except ValueError:
            low, high = exercise.bounds_of(name)
            value, said = None, f"{name} goes from {low:,.0f} to {high:,.0f}."
    return {"value": value, "said": said}


def _open(key: str, said: Any) -> None:
    name = said.get("name") if isinstance(said, Mapping) else None
    st.session_state[_opened(key)] = name if isinstance(name, str) else ""


def _watch(key: str, _said: Any) -> None:
    st.session_state[_watched(key)] = True
