"""The training lab's look at this run beside the kept ones."""

from __future__ import annotations

import streamlit as st

from blame import History
from blame.exercise.names import array_of
from pages.shared.charts.lab import runs as run_charts
from pages.shared.charts.lessons.training import parameter_choices
from pages.shared.lab import kept_runs
from pages.shared.lessons.part_of import pick, picked
from pages.shared.live.chart import chart
from pages.shared.shell.page_frame import heading
from pages.shared.state.choices import choice_widgets
from pages.shared.state.computed import findings_of, run_of
from pages.shared.state.settings import Settings, kept, live, told, worded
from pages.shared.words.lab.runs import table
from pages.shared.words.lessons.training_notes import not_on_a_log_scale
from pages.shared.words.numbers import short


def show_runs(settings: Settings) -> None:
    """Compare this run with the kept ones."""
    told(kept_runs.controls)
    choice_widgets.segments("lab_scale", "Scale of the loss")
    live(_losses)
    kept(_loss_words, lambda place, words: place.caption(words))
    worded(_table)
    run = run_of(settings.exercise)
    if run_charts.has_gates(run):
        heading("Gates over time")
        live(_gates)
        several = settings.exercise.n_samples > 1
        st.caption(
            "The greener, the more of the samples the gate is open on. Grey and faint: on none."
            if several
            else "Green and strong: the gate is open. Grey and faint: it is shut."
        )
    else:
        st.caption("No unit of this exercise has a kink: there are no gates to follow.")
    heading("Every parameter over time")
    pick("lab_array", "Parameters of", parameter_choices(run))
    live(_parameters)


def _loss_words(settings: Settings) -> str:
    found = _histories()
    log = st.session_state["lab_scale"] == "log"
    roof = run_charts.cut(found)
    lowest = min(float(run.losses.min()) for run in found.values())
    words = []
    if roof is not None and not log:
        all_of_it = "; the log scale shows all of it" if lowest > 0 else ""
        words.append(f"Cut off at a loss of {short(roof)}{all_of_it}.")
    if log and (left_out := not_on_a_log_scale(lowest)):
        words.append(left_out)
    return " ".join(words)


def _table(settings: Settings) -> str:
    verdicts = {name: findings_of(exercise)[0].kind for name, exercise in kept_runs.shown().items()}
    return table(_histories(), verdicts)


def _histories() -> dict[str, History]:
    return {name: run_of(exercise) for name, exercise in kept_runs.shown().items()}


def _losses(settings: Settings) -> None:
    found, log = _histories(), st.session_state["lab_scale"] == "log"
    chart(run_charts.loss_chart(found, log=log), run_charts.describe_loss(found), "lab_losses")


def _gates(settings: Settings) -> None:
    found = _histories()
    chart(run_charts.gate_chart(found), run_charts.describe_gates(found), "lab_gates")


def _parameters(settings: Settings) -> None:
    found, names = _histories(), _shown_parameters(settings)
    chart(
        run_charts.parameter_chart(found, names),
        run_charts.describe_parameters(found, names),
        "lab_parameters",
    )


def _shown_parameters(settings: Settings) -> tuple[str, ...]:
    """Return the parameters of the array that is chosen, or all where there is no choice."""
    names = settings.exercise.parameter_names()
    chosen = picked("lab_array", parameter_choices(run_of(settings.exercise)))
    of_it = tuple(name for name in names if array_of(name) == chosen)
    return of_it or names
