"""How the reader gets an expression: from the library, from a network, or typed."""

from __future__ import annotations

import streamlit as st

from blame.expression.errors import ExpressionError, quoted
from blame.expression.library.library import EXPRESSIONS
from blame.expression.unfold import unfolded_text
from blame.refusals import RefusedError
from pages.shared.expression import current
from pages.shared.state import echoes
from pages.shared.state.choices import choice_widgets
from pages.shared.state.exercise import current_exercise
from pages.shared.state.settings import LESSON

OWN = "own"
MOST_SHOWN = 80
"""Characters of a line that is shown with a mark below what is wrong."""
_ENTRY = "expression_entry"
_REFUSED = "expression_refused"


def choose() -> None:
    """Show the library, the way from a network, and the text with what is wrong in it."""
    entry = entry_key()
    st.session_state[_ENTRY] = entry
    row = st.container(horizontal=True, gap="small", vertical_alignment="bottom")
    with row:
        st.selectbox(
            "From the library",
            list(dict.fromkeys([*EXPRESSIONS, *([OWN] if entry == OWN else [])])),
            format_func=lambda key: EXPRESSIONS[key].title if key in EXPRESSIONS else "Your own",
            key=_ENTRY,
            on_change=_load,
            width=340,
        )
        st.button(
            "The exercise in the sidebar, unfolded",
            key="expression_unfold",
            icon=":material/account_tree:",
            on_click=_unfold,
            help="Every product and sum of the small network, written out as an expression.",
        )
    if refused := st.session_state.pop(_REFUSED, ""):
        st.text(refused)
    written = _written()
    echoes.draw(current.TEXT)
    choice_widgets.text(
        current.TEXT,
        "Your expression: assignments, one a line or parted by semicolons",
        height=_height(written),
        on_change=_typed,
        help="+ - * / **, exp log tanh sigmoid relu max min abs sqrt sin cos, vectors such as "
        "v = [2, 3] with v[0], sum, mean, max and min, names such as W1[0, 1]. Value code, "
        "PyTorch scalars and LaTeX are read too. Nothing is executed.",
    )
    current.take_text()
    with row:
        for way, icon in (("undo", ":material/undo:"), ("redo", ":material/redo:")):
            st.button(
                way.capitalize(),
                key=f"expression_{way}",
                icon=icon,
                on_click=current.go,
                args=(way,),
                disabled=not current.can_go(way),
            )
    _said()


def entry_key() -> str:
    """Return the key of the library's entry that the text is, or that it is the reader's own."""
    plain = _written().split()
    return next((key for key, one in EXPRESSIONS.items() if one.text.split() == plain), OWN)


def _written() -> str:
    """Return the text: before its field has been drawn once, it stands in the link only."""
    default = next(iter(EXPRESSIONS.values())).text
    return str(st.session_state.get(current.TEXT) or st.query_params.get(current.TEXT) or default)


def _said() -> None:
    error = current.trouble()
    if error is not None:
        with st.container(border=True):
            st.markdown(":material/error: **Not read; the expression of before is kept.**")
            # As text: it quotes what the reader typed.
            st.text(_told(error))
            if pointed := _pointed(error):
                st.code(pointed, language=None)
        return
    for said in current.at_rest().said:
        # As text: it may quote what the reader typed.
        st.text(said)


def _told(error: ExpressionError) -> str:
    place = error.place
    piece = f"{quoted(place.written)} " if place.written else ""
    return f"Line {place.line}, column {place.column}: {piece}{error.why}; {error.remedy}."


def _pointed(error: ExpressionError) -> str:
    """Return the line that is wrong with a mark below the place, where both fit on the page."""
    lines, place = str(st.session_state[current.TEXT]).split("\n"), error.place
    shown = lines[place.line - 1] if place.line <= len(lines) else ""
    piece = place.written.split("\n")[0]
    if not shown.startswith(piece, place.column - 1):
        return ""
    if not shown.strip() or len(shown) > MOST_SHOWN or not shown.isprintable():
        return ""
    wide = max(1, min(len(piece), len(shown)))
    return f"{shown}\n{' ' * (place.column - 1)}{'^' * wide}"


def _height(text: str) -> int:
    return min(280, 40 + 22 * (text.count("\n") + 1))


def _typed() -> None:
    if not echoes.echoed(current.TEXT):
        # Another text may be another graph: all of the page is of it.
        st.rerun([LESSON])


def _load() -> None:
    key = st.session_state[_ENTRY]
    if key in EXPRESSIONS:
        current.put_text(EXPRESSIONS[key].text)


def _unfold() -> None:
    try:
        text = unfolded_text(current_exercise())
    except RefusedError as refused:
        st.session_state[_REFUSED] = f"{str(refused).capitalize()}."
        return
    current.put_text(text)
