"""What the training lab shows besides the verdict: runs, learning rates, one step."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

import streamlit as st

from blame import History
from blame.exercise.example import LARGEST_RATE, Example
from blame.runs.curvature import hessian, stable_rate
from blame.runs.rate_sweep import RateSweep, sweep_rates
from blame.training import pass_at
from pages.shared.charts.lab import rate_sweep as rate_charts
from pages.shared.charts.lab import runs as run_charts
from pages.shared.lab import kept_runs, verdict
from pages.shared.picture.component import network_picture
from pages.shared.shell.page_frame import heading, show
from pages.shared.state import choice_widgets
from pages.shared.state.choices import PARAMETERS
from pages.shared.state.computed import run_of
from pages.shared.state.settings import Settings, live, write_numbers
from pages.shared.words.numbers import short


def runs(settings: Settings) -> None:
    """Compare this run with the kept ones."""
    kept_runs.controls()
    choice_widgets.segments("lab_scale", "Scale of the loss")
    live(_losses, "lab_losses")
    _loss_words()
    verdicts = {
        name: verdict.findings(example)[0].kind for name, example in kept_runs.shown().items()
    }
    st.markdown(kept_runs.table(verdicts, settings.numbers))
    heading("Gates over time")
    live(_gates, "lab_gates")
    st.caption("Green and strong: the gate is open. Grey and faint: it is shut.")
    heading("Every parameter over time")
    live(_parameters, "lab_parameters")


def _loss_words() -> None:
    found = _histories()
    log = st.session_state["lab_scale"] == "log"
    roof = run_charts.cut(found)
    if roof is not None and not log:
        st.caption(f"Cut off at a loss of {short(roof)}; the log scale shows all of it.")
    if log and any(float(run.losses.min()) == 0 for run in found.values()):
        st.caption("A log scale has no zero: steps whose loss is exactly 0 are not drawn.")


def _histories() -> dict[str, History]:
    return {name: run_of(example) for name, example in kept_runs.shown().items()}


def _losses(settings: Settings) -> None:
    found, log = _histories(), st.session_state["lab_scale"] == "log"
    show(run_charts.loss_chart(found, log=log), run_charts.describe_loss(found), "lab_losses")


def _gates(settings: Settings) -> None:
    found = _histories()
    show(run_charts.gate_chart(found), run_charts.describe_gates(found), "lab_gates")


def _parameters(settings: Settings) -> None:
    found = _histories()
    show(
        run_charts.parameter_chart(found, PARAMETERS),
        run_charts.describe_parameters(found, PARAMETERS),
        "lab_parameters",
    )


def rates(settings: Settings) -> None:
    """Show what 400 learning rates lead to, and the stable limit along the run."""
    example = settings.example
    swept = sweep(example)
    live(_sweep, "lab_sweep")
    if edges := _edges(example, swept):
        st.caption(edges)
    best = swept.best()
    found = float(f"{swept.rates[best]:.3g}")
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.caption(
            "Click a mark to train with its rate, or type one in the sidebar.", width="content"
        )
        st.button(
            f"Load the lowest, {short(found)}",
            key="best_rate",
            on_click=write_numbers,
            args=({"learning_rate": found},),
        )
        limit = verdict.limit(example)
        if 0 < limit <= LARGEST_RATE:
            edge = float(f"{limit:.3g}")
            st.button(
                f"Load the limit, {short(edge)}",
                key="limit_rate",
                on_click=write_numbers,
                args=({"learning_rate": edge},),
            )
    st.markdown(_limit_words(example, swept))
    heading("The limit along the run")
    live(_limits, "lab_limits")
    st.caption(
        "λ is the largest eigenvalue of the Hessian, all gates held as they are. On a parabola of "
        "that curvature every rate above 2/λ overshoots by more at each step."
    )


def _sweep(settings: Settings) -> None:
    example = settings.example
    told = sweep(example), example.learning_rate, verdict.limit(example)
    show(
        rate_charts.sweep_chart(*told),
        rate_charts.describe_sweep(*told),
        "lab_sweep",
        on_point=_load_rate,
    )


def _edges(example: Example, swept: RateSweep) -> str:
    """Say what the chart cannot show in its place."""
    said = []
    if rate_charts.is_cut(swept):
        low, high = short(rate_charts.FLOOR), short(rate_charts.ROOF)
        said.append(f"Losses below {low} and above {high} are drawn at the edge.")
    if not float(swept.rates[0]) <= example.learning_rate <= float(swept.rates[-1]):
        said.append(f"This run's own rate, {short(example.learning_rate)}, lies beyond the chart.")
    return " ".join(said)


def _load_rate(point: dict[str, Any]) -> None:
    write_numbers({"learning_rate": float(f"{float(point['x']):.3g}")})


def _limit_words(example: Example, swept: RateSweep) -> str:
    """Say where theory puts the edge, where it is, and what happened to the first run beyond it."""
    limit = verdict.limit(example)
    said = f"Theory puts the edge at 2/λ = **{short(limit)}**, from the curvature at the start. "
    count = swept.descends_up_to()
    rates = [float(rate) for rate in swept.rates]
    if count == len(rates):
        return f"{said}Here the loss rises at no step, whatever the rate up to {short(rates[-1])}."
    if count == 0:
        return f"{said}The smallest rate tried, {short(rates[0])}, already raises the loss."
    said += f"The loss rises at no step up to a rate of **{short(rates[count - 1])}**"
    if rates[count - 1] / 1.1 <= limit <= rates[count] * 1.1:
        return f"{said}: theory holds."
    return f"{said}. {_beyond(replace(example, learning_rate=rates[count]))}"


def _beyond(example: Example) -> str:
    """Say what the first rate beyond the edge met before the loss rose."""
    history = run_of(example)
    losses = [float(loss) for loss in history.losses]
    rise = next((k for k in range(1, len(losses)) if losses[k] > losses[k - 1]), history.steps)
    said = f"At the next rate, {short(example.learning_rate)}, the step to {rise} raises it. "
    gates = history.backward.local_gradients[0][: rise + 1, 0] != 0
    flipped = [j for j in range(gates.shape[1]) if gates[:, j].any() != gates[:, j].all()]
    if flipped:
        names = " and ".join(f"neuron {j}" for j in flipped)
        return (
            f"{said}By then the gate of {names} has flipped: the curvature of the start knows "
            "nothing of what lies beyond a kink."
        )
    before, now = (float(limits(example)[k]) for k in (0, rise - 1))
    return (
        f"{said}No gate has flipped until then, but the limit has moved with the weights, from "
        f"{short(before)} to {short(now)}."
        if rise > 1
        else f"{said}One step is no parabola: the loss is of the fourth degree in the weights."
    )


def _limits(settings: Settings) -> None:
    found = limits(settings.example)
    rate = settings.example.learning_rate
    show(
        rate_charts.limit_chart(found, rate), rate_charts.describe_limits(found, rate), "lab_limits"
    )


def one_step(settings: Settings) -> None:
    """Show the network at one step of the run."""
    history = run_of(settings.example)
    step = verdict.choose_step(history.steps)
    loss = settings.numbers.text(float(history.losses[step]))
    st.markdown(f"**After {step} of {history.steps} steps: loss {loss}**")
    live(_step, "lab_picture")


def _step(settings: Settings) -> None:
    history = run_of(settings.example)
    step = min(int(st.session_state[verdict.STEP]), history.steps)
    passes = pass_at(history, step)
    network_picture(passes, "both", settings.numbers, "lab_picture", editable=step == 0)


@lru_cache(maxsize=32)
def sweep(example: Example) -> RateSweep:
    """Return the sweep of the example's learning rate."""
    return sweep_rates(example.network, example.x, example.target, steps=example.steps)


@lru_cache(maxsize=32)
def limits(example: Example) -> Any:
    """Return the stable learning rate at every step of the example's run."""
    run = run_of(example)
    return stable_rate(hessian(run.networks, example.x, example.target))
