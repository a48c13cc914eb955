"""Gradient check: every gradient of backpropagation beside one found by running forward twice."""

import streamlit as st

import blame
from pages.shared.charts.lessons import gradient_check as charts
from pages.shared.lessons import gradient_check
from pages.shared.lessons.knife_edge import point_to_edge
from pages.shared.live.chart import chart
from pages.shared.picture.component import network_picture
from pages.shared.shell.page_frame import heading, lesson, noticed, words
from pages.shared.state.computed import passes_of
from pages.shared.state.settings import Settings, live, present, worded
from pages.shared.words import gradient_check as words_of


def page(settings: Settings) -> None:
    """Show the lesson."""
    lesson(
        "Gradient check",
        "Is the blame, the gradient, right? Move each parameter by a small step h to both sides, "
        "run the network, and divide the change of the loss by the change of the parameter.",
    )
    gradient_check.choose(settings.exercise)
    live(_errors)
    st.latex(r"\frac{L(p + h) - L(p - h)}{2h} \approx \frac{\partial L}{\partial p}")

    heading("Every parameter at this step")
    worded(_table)

    heading("The numbers it checks")
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
    network_picture(passes_of(settings.exercise), "both", settings.numbers, "check_picture")


def _table(settings: Settings) -> str:
    found, numbers = gradient_check.checks(settings.exercise), settings.numbers
    kinks = [f"- {line}" for line in words_of.kinks(found, numbers)]
    return "\n\n".join([words_of.table(found, numbers), *(["\n".join(kinks)] if kinks else [])])


def _notes(settings: Settings) -> list[str]:
    found, errors = (
        gradient_check.checks(settings.exercise),
        gradient_check.curve(settings.exercise),
    )
    return words_of.notes(found, errors, gradient_check.step(), settings.numbers)


present(page, still=True)
words("gradient_check")
