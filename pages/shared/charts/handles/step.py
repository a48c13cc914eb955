"""The handle of a run: the step that is looked at goes along the curve of the loss."""

from __future__ import annotations

from blame import History
from pages.shared.charts.handles.handle import Handle
from pages.shared.words.numbers import Numbers


def step_handles(
    run: str, history: History, step: int, numbers: Numbers, *, log: bool
) -> list[Handle]:
    """Return the handle on the marker of a step; none where the run has no other.

    Parameters
    ----------
    run : the name of its step, as its player has it.
    log : whether the loss stands on a log axis, which has no place for a loss of 0.
    """
    if history.steps == 0:
        return []
    loss = float(history.losses[step])
    marked = loss > 0 or not log
    return [
        Handle(
            "step",
            run,
            "The step of the run, on its loss curve",
            f"step {step} of {history.steps}, loss {numbers.text(loss)}",
            step,
            0,
            history.steps,
            step,
            loss if marked else None,
            step=1,
            follows=False,
            knob=not marked,
            run=True,
        )
    ]
