"""Where a run of the playground stands, and how its samples pull, in words."""

from __future__ import annotations

from collections.abc import Mapping

from blame.playground.growing_run import GrowingRun
from blame.playground.sample_blame import SampleBlame
from pages.shared.words.numbers import percent, short


def said(run: GrowingRun, step: int) -> str:
    """Return in a line where the run stands, and whether it has left the floats."""
    words = f"**After {step} {'step' if step == 1 else 'steps'}: loss {short(run.losses[step])}**"
    if run.batch_size is not None:
        words += f", epoch {step * run.batch_size / len(run.x):.2f}"
    if run.accuracies is not None:
        words += f", accuracy {percent(float(run.accuracies[step]))}"
    if run.test_losses is not None:
        words += f"; on the test set loss {short(run.test_losses[step])}"
        if run.test_accuracies is not None:
            words += f", accuracy {percent(float(run.test_accuracies[step]))}"
    if run.dead[step] > 0:
        words += f", {percent(float(run.dead[step]))} of the hidden neurons dead"
    if run.runs_away_at(step):
        times = short(float(run.losses[step]) / float(run.losses[0]), 3)
        words += f". It is running away: the loss is {times} times what it was at the start"
    if run.learnt[step]:
        words += (
            ". It has learnt: every sample trained on is right"
            if run.accuracies is not None
            else ". It has learnt: the guesses miss by a tenth of the targets' spread at most"
        )
    if run.overflow_step is not None and step >= run.steps:
        words += (
            f". At step {run.overflow_step} a number grew too large for the floats: the run ran "
            "away and ends here. A smaller learning rate is the first thing to try."
        )
    return words


def rate_words(run: GrowingRun, step: int, others: Mapping[str, GrowingRun]) -> str:
    """Say which learning rates a run has had, and what had become of it without the last change.

    Nothing where it has had one only.
    """
    if not run.rates_before:
        return ""
    parts = [f"{short(rate)} up to step {until}" for rate, until in run.rates_before]
    words = (
        f"The learning rate was {', '.join(parts)}, and is {short(run.learning_rate)} from there."
    )
    for name, other in others.items():
        if other.steps >= step:
            words += f" {name.capitalize()}, the loss would be {short(other.losses[step])} here."
        elif other.overflow_step is not None:
            words += f" {name.capitalize()}, it ran away at step {other.overflow_step}."
    return words


def pull_words(blame: SampleBlame) -> str:
    """Say whether the samples agree about where the weights should go."""
    total = float(blame.sizes.sum())
    if total == 0:
        return "No sample pulls: there is no blame at all."
    if blame.agreement < 1e-12:
        return "**The pulls cancel.** Samples pull, but nothing is left of it: the gradient is 0."
    against = int((blame.along < 0).sum())
    return (
        f"**Agreement {percent(blame.agreement)}**: so much of all the pulling is left "
        f"once the samples have cancelled each other. {against} of {len(blame.sizes)} pull against "
        "the sum."
    )
