"""Any expression: blame through a formula of the reader's own."""

import streamlit as st

import blame
from pages.shared.expression import choose, current, parts
from pages.shared.expression.picture import GRAPH, picture
from pages.shared.shell.page_frame import heading, lesson, noticed, words
from pages.shared.state.settings import Settings, live, present, worded


def page(settings: Settings) -> None:
    """Show the lesson."""
    lesson(
        "Any expression",
        "Blame, the gradient, goes back through any formula by one rule: each operation hands each "
        "of its inputs what came back to it, times its own slope there.",
    )
    st.fragment(choose.choose, key=current.FIELD)()
    live(picture, parts.found)
    worded(parts.published)
    noticed(parts.notes)

    heading("What if?")
    parts.choose_number()
    live(parts.curve)

    heading("Is the blame true?")
    st.markdown(
        "Move each number a little to both sides, work the expression out, and divide the "
        "change of the result by the change of the number."
    )
    worded(parts.checked)

    heading("On the knife edge")
    worded(parts.knife_edge)

    heading("Why backwards?")
    worded(parts.why_backwards)
    parts.programs()


GRAPH.send_code()
present(page, still=True, of_exercise=False, axis=current.axis_of)
words("expression")
