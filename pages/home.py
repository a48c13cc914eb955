"""Home: what blame is, on the reader's own numbers."""

import streamlit as st

import blame
from blame.probe.trace import trace_of
from pages.shared.lessons import sample
from pages.shared.path.home_map import all_pages, doors
from pages.shared.picture.component import network_picture
from pages.shared.picture.data import is_dense
from pages.shared.picture.flow import flow_data
from pages.shared.shell import your_exercise
from pages.shared.shell.page_frame import heading, lesson
from pages.shared.state.computed import passes_of
from pages.shared.state.settings import Settings, live, present, worded
from pages.shared.teachers.question import concludes
from pages.shared.words.lessons.notes import question


def page(settings: Settings) -> None:
    """Show the lesson."""
    lesson(
        "Blame",
        "A network made a guess, and the guess was off: **blame**, the gradient, is how fast the "
        "loss would change if one number grew a little, and backpropagation finds it for every "
        "number in one walk back from the loss.",
    )
    sample.choose(settings)
    live(_picture)
    # Of many units there is no room for numbers along the lines.
    along = (
        "The wider a line, the larger the blame of its weight; click it to open it. "
        if is_dense(settings.exercise.sizes)
        else "Along each line: the weight, and under it its blame. "
    )
    st.caption(
        f"{along}Orange (+) means more of this weight would raise the loss, blue (\u2212) that it "
        "would lower it, grey and dashed that none flows."
    )

    doors(_bring)
    if concludes():
        worded(_question)


def _bring() -> None:
    your_exercise.button("home_exercise", "Bring your exercise", wide=False)
    your_exercise.button("home_paste", "Paste one", way="Paste", wide=False)


def _question(settings: Settings) -> str:
    asked = "If this value had been slightly different, how much would the loss have changed?"
    return (
        f"{asked} {question(settings.exercise, settings.numbers)} "
        "Change any number, in the picture or the sidebar: every page answers at once."
    )


def _picture(settings: Settings) -> None:
    exercise, numbers = settings.exercise, settings.numbers
    passes = passes_of(exercise)
    network_picture(
        passes,
        "both",
        numbers,
        "home_picture",
        sample=settings.sample,
        flow=lambda: flow_data(exercise, trace_of(passes), numbers, sample=settings.sample),
    )


present(page, still=True)

heading("All pages")
all_pages()
