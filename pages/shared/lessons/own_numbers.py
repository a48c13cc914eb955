"""Somebody's own numbers on the page: where they are entered, and what becomes of them."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from blame.exercise.exercise import Exercise
from blame.practise.slips.explanation import Explanation
from blame.practise.slips.pasted.own_numbers import MOST_TEXT, OwnNumbers, arrays_of, read_own_numbers
from pages.shared.picture.component import network_picture
from pages.shared.state.computed import passes_of, slips_of
from pages.shared.state.exercise import exercise_at_rest
from pages.shared.state.settings import Settings, live, told, worded
from pages.shared.words import slips as words_of

_TEXT = "own_text"
_PICTURE = "own_picture"
_SHOWN = "own_shown"
_HEIGHT = 220
"""Pixels."""
_MOST_ALIKE = 3
_GROUPS: dict[str, Callable[[str], bool]] = {
    "The way forward": lambda array: not array.startswith(("d", "new ")),
    "The way back": lambda array: array.startswith("d"),
    "After one update": lambda array: array.startswith("new "),
}


def show(settings: Settings) -> None:
    """Show what the reader has, and beside it what becomes of it."""
    left, right = st.columns([2, 3], gap="medium")
    with left:
        own = _entered(settings.exercise)
    with right:
        # The search waits until the hand rests; the picture follows it.
        told(lambda settings: _answer(settings, own))
        worded(lambda settings: _where(own))
        live(lambda settings: _picture(settings, own))


def _entered(exercise: Exercise) -> OwnNumbers:
    """Return what the reader has pasted and typed; what is typed into a field counts."""
    text = st.text_area(
        "Your numbers",
        key=_TEXT,
        height=_HEIGHT,
        max_chars=MOST_TEXT,
        placeholder="z1[0] = 2.1\nloss = 0.78\ndW1 = [[0.95, -2.85], [1.9, -5.7]]",
        persist_state="session",
    )
    st.button("Check them", key="own_check", icon=":material/search:", width="stretch")
    lines = [text]
    with st.expander("Or field by field", icon=":material/edit:"):
        st.caption("An array's numbers in a row, parted by blanks or commas.")
        for title, belongs in _GROUPS.items():
            st.markdown(f"**{title}**")
            with st.container(horizontal=True, gap="small"):
                for array, names in arrays_of(exercise).items():
                    if belongs(array) and (typed := _field(array, len(names))):
                        lines.append(f"{array} = {typed}")
    own = read_own_numbers(exercise, "\n".join(lines))
    for said in own.said:
        st.caption(f":material/info: {said}")
    if own.problems:
        with st.container(border=True):
            st.markdown("**Not read**")
            for problem in own.problems:
                # As text: it quotes what was pasted.
                st.text(problem)
    return own


def _field(array: str, count: int) -> str:
    with st.container(width=150):
        label = array if count == 1 else f"{array}, {count} numbers"
        return st.text_input(
            label, key=f"own_{array}", max_chars=MOST_TEXT, persist_state="session"
        )


def _answer(settings: Settings, own: OwnNumbers) -> None:
    """Show what becomes of the numbers."""
    if not own.numbers:
        st.markdown("One number is enough; three to six say more.")
        return
    found, explanations = slips_of(settings.exercise, tuple(own.numbers.items()))
    st.markdown(f"**{words_of.summary(found)}**")
    best = explanations[0] if explanations else None
    if best is not None:
        _explained(best)
        alike = [each for each in explanations[1:] if each.leaves == best.leaves][:_MOST_ALIKE]
        if alike:
            with st.expander("The same numbers come out in another way as well"):
                for each in alike:
                    _explained(each)
    elif found.wrong:
        st.markdown(words_of.silence(found, own.numbers))
    if arrays := words_of.arrays(settings.exercise, own.numbers):
        st.markdown(arrays)
    st.markdown(
        words_of.numbers_table(settings.exercise, own.numbers, found, best, settings.numbers)
    )


def _explained(found: Explanation) -> None:
    with st.container(border=True):
        st.markdown(words_of.explained(found))
        for done, is_so in words_of.formulas(found):
            st.text(f"as you did it:  {done}\nas it is:       {is_so}")


def _opens(own: OwnNumbers) -> str:
    """Return the first number that the best explanation makes, of the exercise at rest."""
    if not own.numbers:
        return ""
    _, explanations = slips_of(exercise_at_rest(), tuple(own.numbers.items()))
    return words_of.opens(explanations[0]) if explanations else ""


def _where(own: OwnNumbers) -> str:
    name = _opens(own)
    return f"Where it is, and how {name} comes about:" if name else ""


def _picture(settings: Settings, own: OwnNumbers) -> None:
    """Show the network, with the receipt of the number that is to be opened."""
    name = _opens(own)
    if st.session_state.get(_SHOWN) != name:
        st.session_state[_SHOWN] = name
        st.session_state.pop(f"{_PICTURE}_opened", None)
    network_picture(
        passes_of(settings.exercise),
        "both",
        settings.numbers,
        _PICTURE,
        sample=settings.sample,
        opened=name,
    )
