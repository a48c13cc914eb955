"""Gradient check: every gradient of backpropagation beside one found by running forward twice."""

import streamlit as st

import blame
from pages.shared.charts.lessons import gradient_check as charts
from pages.shared.lessons import gradient_check, sample
from pages.shared.lessons.knife_edge import point_to_edge
from pages.shared.live.chart import chart
from pages.shared.live.sentence import sentence
from pages.shared.picture.component import network_picture
from pages.shared.shell.page_frame import heading, lesson, noticed, words
from pages.shared.state.computed import passes_of
from pages.shared.state.settings import Settings, live, present
from pages.shared.words.lessons import gradient_check as words_of


def page(settings: Settings) -> None:
    """Show the lesson."""
    lesson(
        "Gradient check",
        "Is the blame, the gradient, right? Move each parameter by a small step h to both sides, "
        "run the network, and divide the change of the loss by the change of the parameter.",
    )
    gradient_check.choose(settings.exercise)
    live(_errors, _most)
    st.latex(r"\frac{L(p + h) - L(p - h)}{2h} \approx \frac{\partial L}{\partial p}")

    heading("Every parameter at this step")
    gradient_check.show_table(settings.exercise)

    heading("The numbers it checks")
    sample.choose(settings)
    live(_picture)
    noticed(_notes)
    point_to_edge()


def _errors(settings: Settings) -> None:
    curve = gradient_check.curve(settings.exercise)
    chart(
        charts.error_chart(curve, gradient_check.step()),
        charts.describe_error(curve),
        "check_error",
    )


def _picture(settings: Settings) -> None:
    network_picture(
        passes_of(settings.exercise),
        "both",
        settings.numbers,
        "check_picture",
        sample=settings.sample,
    )


def _most(settings: Settings) -> None:
    sentence(next(iter(_said(settings)), ""), "check")


def _notes(settings: Settings) -> list[str]:
    return _said(settings)[1:]


def _said(settings: Settings) -> list[str]:
    exercise = settings.exercise
    found, errors = gradient_check.checks(exercise), gradient_check.curve(exercise)
    step = gradient_check.step()
    return words_of.notes(found, errors, step, settings.numbers, exercise.update)


present(page, still=True)
words("gradient_check")
