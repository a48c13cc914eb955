"""The training lab's sweep of learning rates, and the stable limit along the run."""

from __future__ import annotations

from typing import Any

import streamlit as st

from blame.exercise.bounds import LARGEST_RATE
from pages.shared.charts.lab import rate_sweep as rate_charts
from pages.shared.live.chart import chart
from pages.shared.shell.page_frame import heading
from pages.shared.state.computed import limit_of, limits_of, rates_of, run_of
from pages.shared.state.settings import Settings, live, write_numbers
from pages.shared.words.lab.rate_sweep import edges, limit_words, lowest_of, what_lambda_is
from pages.shared.words.numbers import short


def show_rates(settings: Settings) -> None:
    """Show what 400 learning rates lead to, and the stable limit along the run."""
    exercise = settings.exercise
    swept = rates_of(exercise)
    live(_rates)
    if beyond := edges(exercise, swept, rate_charts.losses_from(swept), rate_charts.ROOF):
        st.caption(beyond)
    best = swept.best()
    found = float(f"{swept.rates[best]:.3g}")
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.caption(
            "Click a mark to train with its rate, or type one in the sidebar.", width="content"
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
    heading("The limit along the run")
    live(_limits)
    st.caption(what_lambda_is(exercise))


def _rates(settings: Settings) -> None:
    exercise = settings.exercise
    told = rates_of(exercise), exercise.learning_rate, limit_of(exercise)
    chart(
        rate_charts.sweep_chart(*told),
        rate_charts.describe_sweep(*told),
        "lab_sweep",
        on_point=_load_rate,
    )


def _load_rate(point: dict[str, Any]) -> None:
    write_numbers({"learning_rate": float(f"{float(point['x']):.3g}")})


def _limits(settings: Settings) -> None:
    found = limits_of(settings.exercise)
    rate = settings.exercise.learning_rate
    chart(
        rate_charts.limit_chart(found, rate), rate_charts.describe_limits(found, rate), "lab_limits"
    )
