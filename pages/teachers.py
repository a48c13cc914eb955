"""For teachers: links that carry numbers, inputs and a question, and a lesson ready to use."""

import streamlit as st

import blame
from blame.exercise.presets import NOTEBOOK
from pages.shared.lessons import check_codes
from pages.shared.shell import teachers_links
from pages.shared.shell.page_frame import heading, lesson
from pages.shared.state.menu import page_of
from pages.shared.state.settings import Settings, kept, present


def page(settings: Settings) -> None:
    """Show the composer and the plan."""
    lesson(
        "For teachers",
        "A link carries everything: the page, the numbers in the sidebar, which inputs are shown, "
        "and a question of yours. Nothing is stored, and nobody signs in.",
    )
    heading("Compose a link")
    st.markdown("It takes the numbers that stand in the sidebar now.")
    extra = teachers_links.compose()
    kept(
        lambda settings: teachers_links.composed(settings.exercise, extra),
        lambda place, link: place.code(link, language=None, wrap_lines=True),
    )

    heading("A lesson of 45 minutes")
    for when, what, file, extra in teachers_links.LESSON_PLAN:
        with st.container(border=True):
            st.markdown(f"**{when}** {what} :small[{page_of(file).title}]")
            link = teachers_links.address(teachers_links.base(), file, NOTEBOOK, extra)
            st.code(link, language=None, wrap_lines=True)
    heading("Check a code of the challenges")
    check_codes.check()
    st.caption(
        "Homework: the challenges. Each student's progress fits into a code to hand in. In a "
        "page of your own, put a link with embed=true into an iframe."
    )
    heading("Before the lesson, in your school's network")
    st.markdown(
        "The pages talk with their server over a WebSocket. Open one in the classroom: if it says "
        "that there is no connection yet, ask whoever keeps the network to let WebSockets "
        "(`wss`, port 443) through to this address, and not to inspect or buffer them."
    )
    heading("Without a server")
    st.markdown(
        "The same app also runs all in the browser, from a folder of plain files (the README says "
        "how to build it). Use that where a network blocks WebSockets, where there is none, or "
        "where a thousand readers come at once: a first visit fetches about 12 MB and takes some "
        "seconds, later ones need no network. Elsewhere this one starts sooner, on older devices "
        "too. Links are the same on both: only the part before the page's name differs."
    )


present(page, still=True, of_exercise=False)
