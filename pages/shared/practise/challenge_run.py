"""The run that decides a challenge: played along its steps, in curve and picture."""

from __future__ import annotations

from functools import partial

from blame.practise.challenges import CHALLENGES
from pages.shared.charts.handles.handle import with_handles
from pages.shared.charts.handles.step import step_handles
from pages.shared.charts.lessons.training import describe_loss_curve, loss_curve
from pages.shared.live.chart import chart
from pages.shared.live.player import player
from pages.shared.live.sentence import sentence
from pages.shared.picture.component import network_picture
from pages.shared.state import steps
from pages.shared.state.computed import pass_of_step, passes_of, run_of
from pages.shared.state.settings import Settings, current_settings, live, told

STEP = "run_step"


def show(key: str) -> None:
    """Show the run of a challenge, in its card."""
    steps.begin(STEP, run_of(current_settings().exercise).steps)
    live(partial(_player, key), partial(_curve, key))
    told(lambda now: steps.keep_in_link(STEP, run_of(now.exercise).steps))


def picture(key: str, settings: Settings) -> None:
    """Draw the network at the step of the run; as it is where no run decides."""
    exercise = settings.exercise
    step = _step(settings) if _decides(key, settings) else 0
    passes = pass_of_step(exercise, step) if step else passes_of(exercise)
    network_picture(passes, "both", settings.numbers, "challenge_picture", editable=step == 0)


def _decides(key: str, settings: Settings) -> bool:
    return CHALLENGES[key].run and CHALLENGES[key].fits(settings.exercise)


def _step(settings: Settings) -> int:
    return steps.step_of(STEP, run_of(settings.exercise).steps)


def _player(key: str, settings: Settings) -> None:
    if not _decides(key, settings):
        return
    history, step = run_of(settings.exercise), _step(settings)
    loss = settings.numbers.text(float(history.losses[step]))
    player(STEP, history.steps, f"loss {loss}")
    sentence(f"**After {step} of {history.steps} steps: loss {loss}**", STEP)


def _curve(key: str, settings: Settings) -> None:
    if _decides(key, settings):
        history, step = run_of(settings.exercise), _step(settings)
        handles = step_handles(STEP, history, step, settings.numbers, log=True)
        drawn = with_handles(loss_curve(history, step, log=True), handles)
        chart(drawn, describe_loss_curve(history, step), "challenge_loss")
