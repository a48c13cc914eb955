"""The expression of the page: what its text writes, with the numbers under the hand."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from functools import lru_cache

import streamlit as st

from blame.expression import Expression, read_expression
from blame.expression.errors import ExpressionError
from blame.expression.graph import CONSTANT
from blame.expression.library.library import EXPRESSIONS
from blame.expression.reading.rewrite import rewritten
from pages.shared.expression.data import KIND
from pages.shared.state import axes, echoes
from pages.shared.state.choices import choice_values
from pages.shared.state.exercise import current_exercise
from pages.shared.state.settings import LESSON, answer, is_shown

TEXT = "text"
"""The text's name in links, and the key of its field."""
FIELD = "expression_field"
"""Key of the fragment that the field stands in, with what is said of the text."""
_GOOD = "expression_good"
_MOVED = "expression_moved"
_TROUBLE = "expression_trouble"
_LAST, _PAST, _UNDONE = "expression_text", "expression_texts_before", "expression_texts_undone"
MOST_REMEMBERED = 100
"""So many texts can be gone back to."""
_IMAGINED: ContextVar[Expression | None] = ContextVar("imagined expression", default=None)


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
    before = state.setdefault(_LAST, state[TEXT])
    if before != state[TEXT]:
        state[_PAST] = (*state.get(_PAST, ()), before)[-MOST_REMEMBERED:]
        state[_UNDONE] = ()
        state[_LAST] = state[TEXT]


def can_go(way: str) -> bool:
    """Return whether there is a text to go back to, "undo", or one that was undone, "redo"."""
    return bool(st.session_state.get(_UNDONE if way == "redo" else _PAST))


def go(way: str) -> None:
    """Put the text of before the last change, or what was undone last. For callbacks only."""
    if not can_go(way):
        return
    state = st.session_state
    source, target = (_UNDONE, _PAST) if way == "redo" else (_PAST, _UNDONE)
    *rest, text = state[source]
    state[target] = (*state.get(target, ()), state[_LAST])
    state[source], state[_LAST] = tuple(rest), text
    put_text(text)


def trouble() -> ExpressionError | None:
    """Return what is wrong with the text, if it could not be read."""
    found: ExpressionError | None = st.session_state.get(_TROUBLE)
    return found


def current() -> Expression:
    """Return the expression on screen: with a number in motion, where one is."""
    state = st.session_state
    found: Expression = _IMAGINED.get() or state.get(_MOVED) or state[_GOOD]
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
    state = st.session_state
    moved = with_blame(current().with_numbers(changes))
    if not rest:
        state[_MOVED] = moved
        answer(numbers_only=True)
        return
    text = rewritten(moved)
    # A text that its new number makes too long is refused here, before anything is written.
    _read(text)
    put_text(text)


def put_text(text: str) -> None:
    """Put a text into the field, and draw the page with it; of the same graph only its numbers.

    For callbacks only.
    """
    echoes.write(TEXT, text)
    choice_values.put(TEXT, text)
    same = _of_graph_on_screen(text)
    if same is None:
        st.rerun([LESSON])
    st.session_state[_GOOD], st.session_state[_MOVED] = same, None
    answer(FIELD, numbers_only=True)


def _of_graph_on_screen(text: str) -> Expression | None:
    """Return the expression of a text if it is that on screen but for its numbers, else None."""
    if _GOOD not in st.session_state or trouble() or not is_shown("expression"):
        return None
    try:
        read = _read(text)
    except ExpressionError:
        return None
    here = at_rest()
    same = _structure(read) == _structure(here) and read.said == here.said
    return read if same else None


@contextmanager
def imagined(other: Expression) -> Iterator[None]:
    """Have whatever is drawn meanwhile drawn as if this expression were on screen."""
    before = _IMAGINED.set(other)
    try:
        yield
    finally:
        _IMAGINED.reset(before)


def axis_of(name: str) -> axes.Axis | None:
    """Return one of the expression's numbers as the axis of a film.

    Its name begins with the kind: the sidebar's numbers may be called as the expression's are.
    """
    kind, _, name = name.partition(":")
    if kind != KIND or _GOOD not in st.session_state or trouble():
        return None
    now = current()
    if name not in now.number_places:
        return None

    def at(value: float) -> AbstractContextManager[None]:
        return imagined(with_blame(now.with_numbers({name: value})))

    # Beside the graph stands the sidebar's exercise.
    return axes.Axis(at, (_but_for(now, name), current_exercise()))


def _but_for(expression: Expression, name: str) -> Hashable:
    """Return what is the same whatever one number is, and wherever in the text anything stands."""
    of, entry = expression.number_places[name]
    kept = tuple(
        (k, i, value)
        for k, given in expression.given.items()
        for i, value in enumerate(given.tolist())
        if (k, i) != (of, entry)
    )
    return _structure(expression), kept


def _structure(expression: Expression) -> Hashable:
    """Return what an expression is but for its given numbers."""
    graph = expression.graph
    nodes = tuple((n.name, n.operation, n.inputs) for n in graph.nodes)
    constants = tuple(n.number for n in graph.nodes if n.operation == CONSTANT)
    return nodes, constants, graph.widths, graph.named, graph.result


def with_blame(expression: Expression) -> Expression:
    """Return an expression that can be shown: its result is one number, and all blame is.

    Raises
    ------
    ExpressionError
        If it is not so.
    """
    expression.backward()
    return expression


@lru_cache(maxsize=64)
def _read(text: str) -> Expression:
    return with_blame(read_expression(text))
