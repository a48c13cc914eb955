"""The teacher's side of the challenges: a pupil's code is worked out again, goal by goal."""

from __future__ import annotations

import streamlit as st

from blame.practise.challenges import CHALLENGES
from blame.practise.progress import MOST_CODE, proves, read_code
from pages.shared.words.tables import table

_CODE = "checked_code"


def check() -> None:
    """Take a code and say of each challenge it names whether its numbers do meet the goal."""
    st.markdown(
        "A code carries the numbers that met each goal, and they are worked out again here. Two "
        "codes with the same odd numbers have one author."
    )
    text = st.text_input("A pupil's code", key=_CODE, max_chars=MOST_CODE, persist_state="session")
    told, problems = read_code(text or "")
    if told:
        st.markdown(table(["challenge", "checked"], [list(row) for row in _rows(told)]))
    for problem in problems:
        # As text, not Markdown: it quotes what was typed.
        st.text(problem)


def _rows(told: dict[str, str]) -> list[tuple[str, str]]:
    return [(CHALLENGES[key].title, _verdict(key, how)) for key, how in told.items()]


def _verdict(key: str, how: str) -> str:
    if not how:
        return "named only, with no numbers to check"
    return "met, with the numbers in the code" if proves(key, how) else "not met by these numbers"
