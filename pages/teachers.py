"""For teachers: links that carry numbers, inputs and a question, and a lesson ready to use."""

import streamlit as st

import blame
from pages.shared.shell.page_frame import heading, lesson
from pages.shared.state.settings import Settings, kept, present
from pages.shared.teachers import advice, check_codes, links, read_answers, ready_lesson


def page(settings: Settings) -> None:
    """Show the composer, the plan, and what was handed in."""
    lesson(
        "For teachers",
        "A link carries everything: the page, the numbers in the sidebar, which inputs are shown, "
        "and a question of yours. Nothing is stored, and nobody signs in.",
    )
    first = read_answers.came_to_read()
    if first:
        read_answers.show_answers()
    heading("Compose a link")
    st.markdown("It takes the numbers that stand in the sidebar now.")
    extra = links.compose()
    kept(
        lambda settings: links.composed(settings.exercise, extra),
        lambda place, link: place.code(link, language=None, wrap_lines=True),
    )
    heading("A lesson of 45 minutes")
    ready_lesson.show_plan()
    if not first:
        read_answers.show_answers()
    heading("Check a code of the challenges")
    check_codes.check()
    st.caption("Homework: the challenges. Each student's progress fits into a code to hand in.")
    advice.show_advice()


present(page, still=True, of_exercise=False)
