"""Somebody's own numbers on the page: where they are entered, and what becomes of them."""

from __future__ import annotations

import streamlit as st

from blame.practise.slips.explanation import Explanation, Sorted
from blame.practise.slips.pasted.own_numbers import OwnNumbers
from pages.shared.my_numbers.entries import entered, of_code
from pages.shared.picture.component import network_picture
from pages.shared.state.computed import passes_of, shown_slips_of, slips_of, verdicts_of
from pages.shared.state.exercise import exercise_at_rest
from pages.shared.state.settings import Settings, live, told, worded
from pages.shared.words import slips as words_of

_PICTURE = "own_picture"
_SHOWN = "own_shown"
_MOST_ALIKE = 3


def show(settings: Settings) -> None:
    """Show what the reader has, and beside it what becomes of it."""
    with st.container(key="own_numbers"):
        left, right = st.columns([2, 3], gap="medium")
    with left:
        own = entered(settings.exercise, lambda own: told(lambda settings: _summary(settings, own)))
    with right:
        # The search waits until the hand rests; the picture follows it.
        told(lambda settings: _answer(settings, own))
        if of_code():
            told(lambda settings: _numbers(settings, own))
        worded(lambda settings: _where(own))
        live(lambda settings: _picture(settings, own))
        if not of_code():
            told(lambda settings: _numbers(settings, own))


def _summary(settings: Settings, own: OwnNumbers) -> None:
    """Show how many of the numbers are right."""
    if not own.numbers:
        st.markdown(words_of.NONE_YET)
        return
    found, _ = slips_of(settings.exercise, tuple(own.numbers.items()))
    mark = ":material/check_circle: " if words_of.all_right(found) else ""
    st.markdown(f"**{mark}{words_of.summary(found)}**")


def _answer(settings: Settings, own: OwnNumbers) -> None:
    """Show what makes the numbers that are not right."""
    if not own.numbers:
        return
    found, explanations = slips_of(settings.exercise, tuple(own.numbers.items()))
    best = explanations[0] if explanations else None
    if best is not None:
        _explained(settings, own, best, found)
        alike = [each for each in explanations[1:] if each.leaves == best.leaves][:_MOST_ALIKE]
        if alike:
            with st.expander("The same numbers come out in another way as well"):
                for each in alike:
                    st.markdown(words_of.explained(each))
    elif found.wrong:
        st.markdown(words_of.silence(found, own.numbers))


def _explained(settings: Settings, own: OwnNumbers, best: Explanation, found: Sorted) -> None:
    """Show an explanation, and each of its slips as formulas with the reader's numbers."""
    n = settings.numbers
    shown = shown_slips_of(
        settings.exercise,
        tuple(own.numbers.items()),
        best.slips,
        best.explains,
        n,
    )
    with st.container(border=True, key="own_slip"):
        st.markdown(words_of.explained(best))
        for each in shown:
            st.markdown(words_of.formulas(each, n))
        if following := words_of.following(best, found):
            st.markdown(following)


def _numbers(settings: Settings, own: OwnNumbers) -> None:
    """Show what becomes of each number, or of each array of somebody's code."""
    if not own.numbers:
        return
    given = tuple(own.numbers.items())
    found, explanations = slips_of(settings.exercise, given)
    verdicts = verdicts_of(settings.exercise, given)
    if of_code() and verdicts:
        st.markdown(words_of.verdict_table(verdicts))
        return
    if arrays := words_of.arrays(verdicts):
        st.markdown(arrays)
    best = explanations[0] if explanations else None
    st.markdown(
        words_of.numbers_table(settings.exercise, own.numbers, found, best, settings.numbers)
    )


def _opens(own: OwnNumbers) -> str:
    """Return the number where the best explanation's slip is made, of the exercise at rest."""
    if not own.numbers:
        return ""
    exercise, given = exercise_at_rest(), tuple(own.numbers.items())
    found, explanations = slips_of(exercise, given)
    if not explanations:
        return words_of.opens(found.wrong[0]) if found.wrong else ""
    best = explanations[0]
    shown = shown_slips_of(exercise, given, best.slips, best.explains, None)
    return words_of.opens(shown[0].name if shown else best.explains[0])


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
