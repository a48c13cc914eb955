"""The player of a run: scrub, play, pause and step, from frames that the browser has.

Nothing is said to the server while it plays but what is asked for ahead; it is told the step where
the hand rests.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
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
_SCRIPTS = Path(__file__).with_name("scripts")
PLAYER = part(
    "blame_player",
    [
        _SCRIPTS / "sending.js",
        *(_SCRIPTS / "player" / f"{name}.js" for name in ("controls", "hand", "clock", "player")),
    ],
    _SCRIPTS / "player" / "player.css",
)


@dataclass(frozen=True)
class Grows:
    """A run that is trained as it is played, so that nobody knows yet where it ends.

    Attributes
    ----------
    wanted : the step that was asked for, where it is still to be trained; the page shows how far it
        is, and the next piece of the way is asked for until it has come.
    strides : for each speed every which step is shown.
    until : whether it plays until it has learnt.
    learnt : whether it has, at this step; then it plays on.
    stops : the steps up to this one at which it has come to.
    """

    wanted: int | None
    strides: Sequence[int]
    until: bool
    learnt: bool
    stops: Sequence[int]


def player(
    name: str,
    last: int,
    says: str,
    *,
    plays: bool = True,
    speeds: Sequence[int] = SPEEDS,
    speed: int = SPEED,
    at: int | None = None,
    grows: Grows | None = None,
    of: Callable[[], str] = str,
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
    at : the step that is shown, where that is not the one that was asked for.
    grows : what else there is to know of a run that is trained as it is played.
    of : tells one such run from another: what was said of another is not heard, and does not play
        on.
    """
    told = {
        "name": name,
        "value": steps.step_of(name, last) if at is None else at,
        "last": last,
        "says": says,
        "speeds": list(speeds),
        "speed": speed,
        # Without our charts there are no frames to play.
        "plays": plays and not st.session_state.get(MISSING),
        "grows": grows and {**asdict(grows), "of": of()},
        "seen": st.session_state.get(_seen(name), 0),
        "session": session_token(),
    }
    PLAYER.draw(told, f"player_{name}", moved=partial(_move, name, last, of))


def _seen(name: str) -> str:
    return f"player_{name}_seen"


def _move(name: str, last: int, of: Callable[[], str], said: Any) -> None:
    if not isinstance(said, Mapping):
        return
    step, count = said.get("step"), said.get("number")
    if isinstance(count, int):
        # Without this the script would wait for its answer.
        st.session_state[_seen(name)] = count
    if said.get("of") != of():
        # It was of a run that has been taken away meanwhile.
        return
    if isinstance(step, int) and not isinstance(step, bool):
        st.session_state[name] = min(max(step, 0), last)
