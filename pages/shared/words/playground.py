"""Where a run of the playground stands, and how its samples pull, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from blame.playground.datasets import DATASETS
from blame.playground.growing_run import GrowingRun
from blame.playground.recipe import Recipe
from blame.playground.run.optimisers import OPTIMISERS
from blame.playground.sample_blame import SampleBlame
from pages.shared.words.exercise import activation_title, loss_name
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


class Standing(NamedTuple):
    """Where a run stands beside others: its recipe, the run, and the step it is looked at."""

    recipe: Recipe
    run: GrowingRun
    step: int


_FIELDS: dict[str, tuple[str, Callable[[Any], str]]] = {
    "data": ("", lambda name: DATASETS[name].title if name in DATASETS else "your own samples"),
    "n_samples": ("samples", str),
    "noise": ("noise", short),
    "data_seed": ("data seed", str),
    "test_share": ("test set", lambda share: f"{share} %"),
    "hidden": ("hidden", lambda widths: "-".join(map(str, widths)) or "none"),
    "activation": ("", activation_title),
    "weights_seed": ("weights seed", str),
    "loss": ("loss", loss_name),
    "learning_rate": ("rate", short),
    "rates": ("rates before", lambda text: text.replace(";", ", ") or "none"),
    "optimiser": ("", lambda name: OPTIMISERS[name].title),
    "momentum": ("momentum", short),
    "l2": ("L2", short),
    "batch_size": ("batch", lambda size: str(size or "all")),
    "batch_seed": ("order seed", str),
}
"""Of each part of a recipe its name, where what it is does not say it, and how it is written."""


def kept_table(standings: Mapping[str, Standing]) -> str:
    """Return runs side by side as a table: what differs among them, and where each stands."""
    recipes = [one.recipe for one in standings.values()]
    differing = [name for name in _FIELDS if len({getattr(recipe, name) for recipe in recipes}) > 1]
    tested = any(one.run.test_losses is not None for one in standings.values())
    heads = ["run", "what differs", "step", "loss", "accuracy", *(["test loss"] if tested else [])]
    rows = [_row(heads), _row(["---", "---", *["--:"] * (len(heads) - 2)])]
    for name, (recipe, run, step) in standings.items():
        parts = [
            f"{title} {write(getattr(recipe, field))}".strip()
            for field, (title, write) in _FIELDS.items()
            if field in differing
        ]
        share = "" if run.accuracies is None else percent(float(run.accuracies[step]))
        cells = [name, ", ".join(parts) or "nothing", str(step), short(run.losses[step]), share]
        if tested:
            cells.append("" if run.test_losses is None else short(run.test_losses[step]))
        rows.append(_row(cells))
    return "\n".join(rows)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
