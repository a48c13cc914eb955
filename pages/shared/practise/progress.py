"""Which challenges have been met, kept in the link and as a code."""

from __future__ import annotations

import streamlit as st

from blame.practise.challenges import CHALLENGES
from blame.practise.progress import MOST_CODE, proof_code, proves, read_code
from pages.shared.state.links import MET

_DONE = "challenges_met"
_CODE = "challenge_code"
_TROUBLE = "challenge_code_trouble"


def done() -> dict[str, str]:
    """Return how each challenge was met, by its key; nothing where a code did not say."""
    state = st.session_state
    if _DONE not in state:
        # A link of the reader's own, after a reload: what it tells is worked out again.
        told, _ = read_code(str(st.query_params.get(MET, "")))
        state[_DONE] = {key: how for key, how in told.items() if not how or proves(key, how)}
    met: dict[str, str] = state[_DONE]
    return met


def note_met(key: str, told: str) -> None:
    st.session_state[_DONE] = {**done(), key: told}
    st.toast(f"Met: {CHALLENGES[key].title}", icon=":material/check_circle:")


def keep() -> None:
    """Offer the progress as a code to copy, and take one that is pasted."""
    met = done()
    st.progress(len(met) / len(CHALLENGES), f"{len(met)} of {len(CHALLENGES)} met")
    if met:
        st.markdown(
            "Progress stands in this page's address, so a reload or a bookmark keeps it. The code "
            "carries it anywhere, with the numbers that met each goal: a teacher can check it."
        )
        st.code(proof_code(met), language=None, wrap_lines=True)
    with (
        st.form("progress_form", border=False),
        st.container(horizontal=True, gap="small", vertical_alignment="bottom"),
    ):
        st.text_input("A code from before", key=_CODE, max_chars=MOST_CODE, width=320)
        st.form_submit_button("Take it up", on_click=_take_up)
    for problem in st.session_state.get(_TROUBLE, ()):
        # As text, not Markdown: it quotes what the reader typed.
        st.text(problem)


def _take_up() -> None:
    known, problems = read_code(str(st.session_state.get(_CODE) or ""))
    wrong = [key for key, told in known.items() if told and not proves(key, told)]
    good = {key: told for key, told in known.items() if key not in wrong}
    st.session_state[_DONE] = {**good, **done()}
    st.session_state[_TROUBLE] = [
        *problems,
        *(f"{CHALLENGES[key].title}: the numbers in the code do not meet it" for key in wrong),
    ]
