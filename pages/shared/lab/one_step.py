"""The training lab's picture of the network at one step of the run, which plays."""

from __future__ import annotations

from pages.shared.charts.handles.handle import with_handles
from pages.shared.charts.handles.step import step_handles
from pages.shared.charts.lessons.training import describe_loss_curve, loss_curve
from pages.shared.lab import verdict
from pages.shared.lessons import sample
from pages.shared.live.chart import chart
from pages.shared.live.sentence import sentence
from pages.shared.picture.component import network_picture
from pages.shared.state.computed import pass_of_step, run_of
from pages.shared.state.settings import Settings, live


def show_one_step(settings: Settings) -> None:
    """Show the network at one step of the run, and its loss there."""
    verdict.choose_step(plays=True)
    live(_said)
    sample.choose(settings)
    live(_picture, _loss)


def _said(settings: Settings) -> None:
    history, step = run_of(settings.exercise), verdict.step_of(settings)
    loss = settings.numbers.text(float(history.losses[step]))
    sentence(f"**After {step} of {history.steps} steps: loss {loss}**", verdict.STEP)


def _picture(settings: Settings) -> None:
    step = verdict.step_of(settings)
    network_picture(
        pass_of_step(settings.exercise, step),
        "both",
        settings.numbers,
        "lab_picture",
        editable=step == 0,
        sample=settings.sample,
    )


def _loss(settings: Settings) -> None:
    history, step = run_of(settings.exercise), verdict.step_of(settings)
    # Where it learns the last steps are far below the first.
    log = bool(history.losses.min() > 0)
    handles = step_handles(verdict.STEP, history, step, settings.numbers, log=log)
    drawn = with_handles(loss_curve(history, step, log=log), handles)
    chart(drawn, describe_loss_curve(history, step), "lab_loss")
