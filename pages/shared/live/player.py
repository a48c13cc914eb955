"""The player of a run: scrub, play, pause and step, from frames that the browser has.

Nothing is said to the server while it plays but what is asked for ahead; it is told the step where
the hand rests.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st

from pages.shared.live.mounted import part
from pages.shared.state import steps
from pages.shared.state.settings import MISSING
from pages.shared.state.wire import session_token

SPEEDS = (1, 2, 4, 20, 60)
"""Steps a second."""
SPEED = 2
_HERE = Path(__file__).with_name("scripts") / "player"
PLAYER = part(
    "blame_player",
    [_HERE / f"{name}.js" for name in ("controls", "hand", "clock", "player")],
    _HERE / "player.css",
)


def player(
    name: str,
    last: int,
    says: str,
    *,
    plays: bool = True,
    speeds: Sequence[int] = SPEEDS,
    speed: int = SPEED,
) -> None:
    """Show the controls of a run, in a part that `live` draws.

    Parameters
    ----------
    name : of its step, one of `steps.RUNS`.
    last : its last step.
    says : what there is to say of the step that is shown, beside its number.
    plays : whether frames of it can be sent ahead.
    speeds : the steps a second that can be chosen.
    speed : the one that is chosen at first.
    """
    told = {
        "name": name,
        "value": steps.step_of(name, last),
        "last": last,
        "says": says,
        "speeds": list(speeds),
        "speed": speed,
        # Without our charts there are no frames to play.
        "plays": plays and not st.session_state.get(MISSING),
        "seen": st.session_state.get(_seen(name), 0),
        "session": session_token(),
    }
    PLAYER.draw(told, f"player_{name}", moved=partial(_move, name, last))


def _seen(name: str) -> str:
    return f"player_{name}_seen"


def _move(name: str, last: int, said: Any) -> None:
    if not isinstance(said, Mapping):
        return
    step, count = said.get("step"), said.get("number")
    if isinstance(count, int):
        # Without this the script would wait for its answer.
        st.session_state[_seen(name)] = count
    if isinstance(step, int) and not isinstance(step, bool):
        st.session_state[name] = min(max(step, 0), last)
