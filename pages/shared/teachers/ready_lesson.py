"""The ready lesson on the teachers' page: its links, and for the teacher alone what to expect."""

from __future__ import annotations

import streamlit as st

from pages.shared.state.menu import page_of
from pages.shared.teachers.links import address, base
from pages.shared.teachers.plan import LESSON_PLAN, Step


def show_plan() -> None:
    """Show each step with its link for the pupils."""
    for k, step in enumerate(LESSON_PLAN):
        with st.container(border=True):
            st.markdown(f"**{step.when}** {step.what} :small[{page_of(step.page).title}]")
            if step.question:
                st.text(step.question)
            link = address(base(), step.page, step.exercise, step.beside)
            st.code(link, language=None, wrap_lines=True)
            # Closed: a pupil may look over a shoulder, or at the wall.
            folded = st.expander(
                "What to expect, and what to say", key=f"expect_{k}", on_change="rerun"
            )
            if folded.open:
                with folded:
                    _expect(step)


def _expect(step: Step) -> None:
    st.markdown(f"**Expected.** {step.expected(step.exercise)}")
    st.markdown(f"**To say.** {step.say}")
    projected = address(base(), "projector", step.exercise, {"ask": step.question})
    st.markdown("**On the wall**, with the same numbers and the question, without an answer:")
    st.code(projected, language=None, wrap_lines=True)
