"""The expression of the page: what its text writes, with the numbers under the hand."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import streamlit as st

from blame.expression import Expression, read_expression
from blame.expression.errors import ExpressionError
from blame.expression.library.library import EXPRESSIONS
from blame.expression.reading.rewrite import rewritten
from pages.shared.state import choice_widgets, echoes
from pages.shared.state.settings import LESSON, answer

TEXT = "text"
"""The text's name in links, and the key of its field."""
_GOOD = "expression_good"
_MOVED = "expression_moved"
_TROUBLE = "expression_trouble"


def take_text() -> None:
    """Read the text as it stands; one that cannot be read leaves the expression of before."""
    state = st.session_state
    try:
        state[_GOOD] = _read(str(state[TEXT]))
        state[_TROUBLE] = None
    except ExpressionError as error:
        state[_TROUBLE] = error
        state.setdefault(_GOOD, _read(next(iter(EXPRESSIONS.values())).text))
    state[_MOVED] = None


def trouble() -> ExpressionError | None:
    """Return what is wrong with the text, if it could not be read."""
    found: ExpressionError | None = st.session_state.get(_TROUBLE)
    return found


def current() -> Expression:
    """Return the expression on screen: with a number in motion, where one is."""
    found: Expression = st.session_state.get(_MOVED) or st.session_state[_GOOD]
    return found


def at_rest() -> Expression:
    """Return the expression whose numbers stand in the text."""
    found: Expression = st.session_state[_GOOD]
    return found


def move(changes: Mapping[str, float], *, rest: bool) -> None:
    """Move numbers, and answer; at rest they are written into the text. For callbacks only.

    Raises
    ------
    ValueError
        If a number is none of the expression's, or leads to no value; nothing is changed.
    """
    moved = current().with_numbers(changes)
    if not rest:
        st.session_state[_MOVED] = moved
        answer()
        return
    put_text(rewritten(moved))


def put_text(text: str) -> None:
    """Put a text into the field, and draw the page with it. For callbacks only."""
    echoes.write(TEXT, text)
    choice_widgets.put(TEXT, text)
    st.rerun([LESSON])


@lru_cache(maxsize=64)
def _read(text: str) -> Expression:
    return read_expression(text)
