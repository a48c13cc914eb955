"""The glossary: every word with its live value."""

from functools import lru_cache, partial

import streamlit as st

import blame
from blame.exercise.exercise import Exercise
from blame.practise.glossary import GLOSSARY
from blame.practise.now import Now
from pages.shared.shell.page_frame import lesson
from pages.shared.state.choices import choice_widgets
from pages.shared.state.computed import passes_of, run_of
from pages.shared.state.menu import page_of
from pages.shared.state.navigation import page_link
from pages.shared.state.settings import Settings, present, worded

WORD = "word"


def page(settings: Settings) -> None:
    """Show every entry, or the one the reader came for first."""
    lesson(
        "Glossary",
        "The field's words, each with what it is right now, for the numbers in the sidebar. "
        "*Blame* is this app's word for a gradient.",
    )
    choice_widgets.select(WORD, "Look up", width=240)
    chosen = str(st.session_state[WORD])
    for word in sorted(GLOSSARY, key=lambda word: (word != chosen, word.lower())):
        entry = GLOSSARY[word]
        with st.container(border=word == chosen, key=f"word_{word.replace(' ', '_')}"):
            # One element each: with two, this longest of pages would be twice as slow.
            worded(partial(_said, word))
            if word == chosen:
                page_link(entry.page, f"See it: {page_of(entry.page).title}")


def _said(word: str, settings: Settings) -> str:
    entry, now = GLOSSARY[word], _now(settings.exercise)
    value = entry.live(now)
    known = f"  \nNow: `{value}`" if value else ""
    return f"**{word}**: {entry.told(now)}{known}"


@lru_cache(maxsize=8)
def _now(exercise: Exercise) -> Now:
    return Now(exercise, passes_of(exercise), run_of(exercise))


present(page, still=True)
