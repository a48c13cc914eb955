"""What if? Move one number, and compare what the loss does with what blame promised."""

import streamlit as st

import blame
from pages.shared.charts.handles.handle import with_handles
from pages.shared.charts.lessons import what_if as charts
from pages.shared.lessons import sample, what_if
from pages.shared.lessons.knife_edge import point_to_edge
from pages.shared.live.chart import chart
from pages.shared.live.sentence import sentence
from pages.shared.picture.component import network_picture
from pages.shared.practise import predict
from pages.shared.shell.page_frame import heading, lesson, noticed, words
from pages.shared.state.computed import passes_of
from pages.shared.state.settings import Settings, live, present
from pages.shared.words.lessons import what_if as words_of


def page(settings: Settings) -> None:
    """Show the lesson."""
    lesson(
        "What if?",
        "If this value had been slightly different, how much would the loss have changed? Blame, "
        "the gradient, promises an answer. Move a number and see whether it keeps its word.",
        asked=True,
    )
    if predict.covers("what_if", settings):
        return
    what_if.choose(settings.exercise)
    live(_curve, _sentence)

    every, gap = st.columns(2, gap="large")
    with every:
        heading("The same nudge to every number")
        live(_all)
        st.caption("Bar: what the loss really does. Mark: what blame promised.")
    with gap:
        heading("The gap as the nudge shrinks")
        live(_gap)

    heading("The numbers it starts from")
    sample.choose(settings)
    live(_picture)
    noticed(_notes)
    point_to_edge()


def _curve(settings: Settings) -> None:
    found = what_if.compute(settings.exercise)
    drawn = charts.nudge_chart(found.curve, found.nudge, found.after)
    chart(
        with_handles(drawn, [what_if.handle(settings)]),
        charts.describe_nudge(found.curve, found.nudge, found.after),
        "nudge_curve",
    )


def _all(settings: Settings) -> None:
    found = what_if.compute(settings.exercise)
    told = found.names, found.truths, found.promises
    chart(charts.all_chart(*told), charts.describe_all(*told), "nudge_all")


def _gap(settings: Settings) -> None:
    shrunk = what_if.compute(settings.exercise).shrunk
    chart(charts.gap_chart(shrunk), charts.describe_gap(shrunk), "nudge_gap")


def _picture(settings: Settings) -> None:
    network_picture(
        passes_of(settings.exercise),
        "both",
        settings.numbers,
        "nudge_picture",
        sample=settings.sample,
    )


def _sentence(settings: Settings) -> None:
    found = what_if.compute(settings.exercise)
    said = words_of.sentence(found, settings.numbers), words_of.why_it_rose(found, settings.numbers)
    sentence(" ".join(filter(None, said)), "promise")


def _notes(settings: Settings) -> list[str]:
    return words_of.notes(what_if.compute(settings.exercise), settings.numbers)


present(page, still=True)
words("what_if")
