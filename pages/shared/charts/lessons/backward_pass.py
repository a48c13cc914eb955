"""Figures of the backward pass: every gradient as a bar, and what the update does."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from blame import BackwardPass, Network
from blame.exercise.names import entry_names
from pages.shared.charts.bars import Bars, all_shortened, bars_figure
from pages.shared.charts.figure import PlainFigure
from pages.shared.charts.named import Sample
from pages.shared.charts.palette import ACTIVATION, LINE, signed
from pages.shared.words.agreeing import agreeing
from pages.shared.words.numbers import Numbers, short

THROUGH = {"relu": "gate", "leaky_relu": "gate", "softmax": "softmax"}
"""What stands between the blame of an activation and that of its z; of others, the slope."""


# The chart and the words for it ask for them, each more than once; nobody changes them.
@lru_cache(maxsize=16)
def gradient_groups(passes: BackwardPass, sample: int = 0) -> dict[str, Bars]:
    """Return every gradient in the order in which it is found, by the first array of its group.

    Those of outputs and neurons are the sample's, those of parameters all samples' together.
    """
    one, numbers = Sample(passes, sample), Numbers().of(passes)
    groups: dict[str, Bars] = {}
    for k in range(one.depth, 0, -1):
        layer = one.layers[k - 1]
        through = THROUGH.get(layer.activation.name, "slope")
        if k == one.depth:
            groups["d_loss_y"] = Bars("d_loss_y", *one.upstream(k))
        else:
            groups[f"d_a{k}"] = Bars(f"d_a{k}, before the {through}", *one.upstream(k))
        if k < one.depth or not one.plain:
            stops = through != "softmax"
            notes = ["shut" if stops and not slope else "" for slope in one.slopes(k)]
            title = f"d_z{k}, after the {through}"
            groups[f"d_z{k}"] = Bars(title, *one.delta(k), notes=notes)
        title = f"dW{k}" if layer.bias is None else f"dW{k} and db{k}"
        groups[f"dW{k}"] = Bars(title, *one.parameters(k))
    return {key: replace(group, numbers=numbers) for key, group in groups.items()}


def shown_groups(
    passes: BackwardPass, stage: str, sample: int = 0, group: str | None = None
) -> list[Bars]:
    """Return the groups found up to `stage`; any other stage shows them all.

    Of a large network each has its largest bars only, unless one `group` is asked for.
    """
    groups = gradient_groups(passes, sample)
    if group is not None:
        return [groups[group]]
    last = list(groups).index(_key(stage)) if _key(stage) in groups else len(groups) - 1
    # As few of each as it takes for all stages, so that none changes as the next is revealed.
    return all_shortened(list(groups.values()))[: last + 1]


def is_shortened(passes: BackwardPass) -> bool:
    """Whether some bars are left out until their group is asked for."""
    return any(group.left_out for group in shown_groups(passes, "all"))


def _key(stage: str) -> str:
    """Return the key of a stage's group: "loss" for d_loss_y, "W2" for dW2, "a1" for d_a1."""
    if stage == "loss":
        return "d_loss_y"
    return f"d{stage}" if stage.startswith("W") else f"d_{stage}"


def gradient_chart(
    passes: BackwardPass,
    stage: str,
    *,
    common_scale: bool,
    sample: int = 0,
    group: str | None = None,
) -> PlainFigure:
    """Return the bars of every gradient found up to `stage`, or of one group.

    Parameters
    ----------
    stage : "loss", "W2", "a1", "z1", ..., or any other text for all.
    sample : whose neurons and outputs are shown.
    group : a key of `gradient_groups`, shown whole.
    """
    shown = shown_groups(passes, stage, sample, group)
    return bars_figure(shown, common_scale=common_scale, compact=True)


def describe_gradients(
    passes: BackwardPass, stage: str, *, sample: int = 0, group: str | None = None
) -> str:
    """Say in words what `gradient_chart` shows."""
    listed = []
    for bars in shown_groups(passes, stage, sample, group):
        pairs = zip(bars.names, bars.values, strict=True)
        listed += [f"{name} {bars.numbers.text(value)}" for name, value in pairs]
        if bars.left_out:
            listed.append(f"{bars.left_out} of {bars.title.partition(',')[0]}")
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


def new_parameters_chart(before: Network, after: Network) -> PlainFigure:
    """Return how far an update moves each parameter as a bar, and its new value beside it.

    Of a large network each layer shows those that move furthest.
    """
    return bars_figure(_moves(before, after), compact=True)


def describe_new_parameters(before: Network, after: Network) -> str:
    """Say in words what `new_parameters_chart` shows."""
    old, new = _by_name(before), _by_name(after)
    said = []
    for group in _moves(before, after):
        said += [f"{name} from {short(old[name])} to {short(new[name])}" for name in group.names]
        if group.left_out:
            said.append(f"{group.left_out} of {group.title}")
    return "Parameters before and after the update: " + ", ".join(said)


def _by_name(network: Network) -> dict[str, float]:
    return {
        name: value
        for array, values in network.parameters().items()
        for name, value in zip(
            entry_names(array, values.shape), values.ravel().tolist(), strict=True
        )
    }


def _moves(before: Network, after: Network) -> list[Bars]:
    old, new = _by_name(before), _by_name(after)
    groups = []
    for array in before.parameters():
        names = [name for name in old if name.partition("[")[0] == array]
        moves = [new[name] - old[name] for name in names]
        notes = [f"to {short(new[name])}" for name in names]
        groups.append(Bars(array, names, moves, colours=[LINE] * len(names), notes=notes))
    return all_shortened(groups)
