"""The training lab's sweep of learning rates, and the stable limit along the run."""

from __future__ import annotations

from typing import Any

import streamlit as st

from blame.exercise.typed.bounds import LARGEST_RATE
from pages.shared.charts.handles.handle import with_handles
from pages.shared.charts.handles.rate import rate_handle
from pages.shared.charts.lab import rate_sweep as rate_charts
from pages.shared.live.chart import chart
from pages.shared.live.sentence import sentence
from pages.shared.shell.page_frame import heading
from pages.shared.state.computed import findings_of, limit_of, limits_of, rates_of, run_of
from pages.shared.state.settings import Settings, kept, live, told, write_numbers
from pages.shared.words.lab.rate_sweep import edges, limit_words, lowest_of, what_lambda_is
from pages.shared.words.lab.verdicts import say
from pages.shared.words.numbers import short


def show_rates(settings: Settings) -> None:
    """Show what 400 learning rates lead to, and the stable limit along the run."""
    live(_rates, _verdict)
    told(_beside)
    heading("The limit along the run")
    live(_limits)
    kept(
        lambda settings: what_lambda_is(settings.exercise), lambda place, text: place.caption(text)
    )


def _beside(settings: Settings) -> None:
    """Say what the chart cannot show, load a rate by a press, and say where the edge is."""
    exercise = settings.exercise
    swept = rates_of(exercise)
    if beyond := edges(exercise, swept, rate_charts.losses_from(swept), rate_charts.ROOF):
        st.caption(beyond)
    best = swept.best()
    found = float(f"{swept.rates[best]:.3g}")
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.caption(
            "Drag the line, click a mark to train with its rate, or type one in the sidebar.",
            width="content",
        )
        st.button(
            f"Load the lowest{lowest_of(swept)}, {short(found)}",
            key="best_rate",
            on_click=write_numbers,
            args=({"learning_rate": found},),
        )
        limit = limit_of(exercise)
        if 0 < limit <= LARGEST_RATE:
            edge = float(f"{limit:.3g}")
            st.button(
                f"Load the limit, {short(edge)}",
                key="limit_rate",
                on_click=write_numbers,
                args=({"learning_rate": edge},),
            )
    st.markdown(limit_words(exercise, swept, limit, run_of, limits_of))


def _rates(settings: Settings) -> None:
    exercise = settings.exercise
    swept = rates_of(exercise)
    shown = swept, exercise.learning_rate, limit_of(exercise)
    ends = float(swept.rates[0]), float(swept.rates[-1])
    chart(
        with_handles(rate_charts.sweep_chart(*shown), [rate_handle(exercise, ends)]),
        rate_charts.describe_sweep(*shown),
        "lab_sweep",
        on_point=_load_rate,
    )


def _verdict(settings: Settings) -> None:
    """Say what becomes of the run at the rate that is under the hand."""
    exercise = settings.exercise
    first = findings_of(exercise)[0]
    said = say(first, run_of(exercise), limit_of(exercise), settings.numbers)
    sentence(f"Learning rate {short(exercise.learning_rate)}: {said}", "rate")


def _load_rate(point: dict[str, Any]) -> None:
    write_numbers({"learning_rate": float(f"{float(point['x']):.3g}")})


def _limits(settings: Settings) -> None:
    found = limits_of(settings.exercise)
    rate = settings.exercise.learning_rate
    chart(
        rate_charts.limit_chart(found, rate), rate_charts.describe_limits(found, rate), "lab_limits"
    )
