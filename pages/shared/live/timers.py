"""The timer of a run that plays: how it is taken away again."""

from __future__ import annotations

import streamlit as st

_TIMER = "timer_is_to_stop"


GONE = 5.0
"""A play not seen for so many seconds has been left behind by a page change: it stops."""


def let_timer_stop() -> None:
    """Ask for `stop_timer` in the next run: a play is over, or has come to its step."""
    st.session_state[_TIMER] = True


def stop_timer() -> None:
    """Run the whole page once if it is asked for: nothing less takes a fragment's timer away."""
    if st.session_state.pop(_TIMER, False):
        st.rerun()
