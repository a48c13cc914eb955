"""Figures of the backward pass: every gradient as a bar, and what the update does."""

from __future__ import annotations

from dataclasses import replace

from blame import BackwardPass
from blame.refusals import refuse_unless
from pages.shared.charts.bars import Bars, bars_figure
from pages.shared.charts.figure import PlainFigure
from pages.shared.charts.palette import ACTIVATION, signed
from pages.shared.words.agreeing import agreeing
from pages.shared.words.numbers import Numbers

STAGES = {"loss": 1, "W2": 2, "a1": 3, "z1": 4, "W1": 5}
"""Stage -> how many groups of bars are revealed once it is reached."""


def gradient_groups(passes: BackwardPass) -> list[Bars]:
    """Return every gradient of one sample in the notebook's order, one group a stage."""
    refuse_unless(
        "the chart of every gradient",
        passes,
        layers=2,
        outputs=1,
        hidden=("relu",),
        last=("identity",),
        instead="draw bars of `parameter_gradients`",
    )
    first, second = passes.weight_gradients
    d_a1 = passes.activation_gradients[0][0]
    d_z1 = passes.deltas[0][0]
    gates = passes.local_gradients[0][0]
    groups = [
        Bars("d_loss_y", ["d_loss_y"], [passes.activation_gradients[-1][0, 0]]),
        Bars(
            "dW2 and db2",
            [*(f"dW2[{i}, 0]" for i in range(len(second))), "db2[0]"],
            [*second[:, 0], passes.bias_gradients[1][0]],
        ),
        Bars("d_a1, before the gate", [f"d_a1[{i}]" for i in range(len(d_a1))], list(d_a1)),
        Bars(
            "d_z1, after the gate",
            [f"d_z1[{i}]" for i in range(len(d_z1))],
            list(d_z1),
            notes=["" if gate else "shut" for gate in gates],
        ),
        Bars(
            "dW1 and db1",
            [
                *(f"dW1[{i}, {j}]" for i in range(first.shape[0]) for j in range(first.shape[1])),
                *(f"db1[{j}]" for j in range(first.shape[1])),
            ],
            [*first.ravel(), *passes.bias_gradients[0]],
        ),
    ]
    numbers = Numbers().of(passes)
    return [replace(group, numbers=numbers) for group in groups]


def shown_groups(passes: BackwardPass, stage: str) -> list[Bars]:
    """Return the groups found up to `stage`; any other stage shows them all."""
    groups = gradient_groups(passes)
    return groups[: STAGES.get(stage, len(groups))]


def gradient_chart(passes: BackwardPass, stage: str, *, common_scale: bool) -> PlainFigure:
    """Return the bars of every gradient found up to `stage`."""
    return bars_figure(shown_groups(passes, stage), common_scale=common_scale, compact=True)


def describe_gradients(passes: BackwardPass, stage: str) -> str:
    """Say in words what `gradient_chart` shows."""
    listed = (
        f"{name} {group.numbers.text(value)}"
        for group in shown_groups(passes, stage)
        for name, value in zip(group.names, group.values, strict=True)
    )
    return "Bars of the gradients: " + ", ".join(listed)


def update_chart(before: float, after: float, numbers: Numbers) -> PlainFigure:
    """Return the loss before and after one update as two bars.

    `numbers` knows which of the two rounding alone made.
    """
    was, now = (0.0 if numbers.is_nothing(loss) else loss for loss in (before, after))
    colours = [ACTIVATION, signed(now - was)]
    return bars_figure(
        [Bars("loss", ["before", "after"], [before, after], colours=colours, numbers=numbers)]
    )


def describe_update(before: float, after: float, numbers: Numbers) -> str:
    """Say in words what `update_chart` shows."""
    change = agreeing(before, after, numbers)
    return f"Loss before the update {change.before}, after it {change.after}: {change.by}"
