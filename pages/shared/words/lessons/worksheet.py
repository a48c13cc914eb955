"""The worksheet's groups: what is worked out together, and what is done there in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from blame.activations import LEAK
from blame.exercise.exercise import Exercise
from blame.practise.items import LOSS_AFTER, NEW, Item, Values
from blame.practise.question import written_number
from blame.practise.worksheet import solve
from pages.shared.words.lessons.rises import TOO_LARGE, why_it_rose
from pages.shared.words.numbers import NOTHING, Numbers
from pages.shared.words.slips import on_screen
from pages.shared.words.tables import table

_LINE = "\u00a0" * 24
FEW = 12
"""So many new numbers stand in one group; more of them have one a layer."""
NAMES = {"relu": "ReLU", "leaky_relu": "leaky ReLU"}
"""What activations are called in a title, where that is not their key."""
VALUES = {
    "relu": "It keeps what is positive.",
    "leaky_relu": f"It keeps what is positive, and {LEAK:g} of the rest.",
    "identity": "It passes z on as it is.",
    "sigmoid": "It brings z between 0 and 1.",
    "tanh": "It brings z between \u22121 and 1.",
    "softplus": "A ReLU without its corner: ln(1 + e^z), never 0.",
    "softmax": "Each exponential as a share of their sum.",
}
SLOPES = {
    "relu": "Open, the gate passes all of it; shut, nothing.",
    "leaky_relu": f"Above 0 all of it passes; elsewhere {LEAK:g} of it.",
    "identity": "The slope is 1: all of it passes.",
    "sigmoid": "The blame times the slope, which is a (1 \u2212 a).",
    "tanh": "The blame times the slope, which is 1 \u2212 a\u00b2.",
    "softplus": "The blame times the slope, which is the sigmoid of z.",
    "softmax": "Each z moves every share, so the blame of all of them comes through.",
}


@dataclass(frozen=True)
class Group:
    """Quantities that are worked out together."""

    key: str
    title: str
    what: str
    items: tuple[Item, ...]


def groups_of(exercise: Exercise, items: Sequence[Item], sample: int = 0) -> list[Group]:
    """Return the groups of a sheet in the order of work, with what belongs to one sample.

    Parameters
    ----------
    items : of the whole sheet; those of other samples are left out.
    """
    by_stage: dict[str, list[Item]] = {}
    for item in items:
        if item.sample in (None, sample):
            by_stage.setdefault(item.stage, []).append(item)
    found: dict[str, list[Item]] = {}
    few = sum(item.stage.startswith(NEW) for item in items) <= FEW
    for stage, held in by_stage.items():
        found.setdefault(_key(stage, few), []).extend(held)
    return [Group(key, *_told(exercise, key, sample), tuple(held)) for key, held in found.items()]


def sheet_number(value: float, numbers: Numbers) -> str:
    """Return a number as it stands in a sheet; what rounding made is a 0 with its mark."""
    return NOTHING if numbers.is_nothing(value) else written_number(value)


def printed_group(group: Group, values: Values | None, numbers: Numbers) -> str:
    """Return a group as it is printed: a line to write on for each number, or what it comes to.

    Parameters
    ----------
    numbers : of the exercise, for what rounding made in it.
    """
    rows = []
    for item in group.items:
        if values is None:
            rows.append([item.name, item.formula.partition(" = ")[2], _LINE])
        else:
            made = item.with_numbers(values, lambda value: sheet_number(value, numbers))
            worked = made.partition(" = ")[2]
            value = values[item.name]
            value = NOTHING if numbers.is_nothing(value) else f"{value:.5g}"
            rows.append([item.name, worked, value])
    rows = [[name, on_screen(made.replace("*", "\\*")), on_screen(end)] for name, made, end in rows]
    return f"**{group.title}** {group.what}\n\n{table(['', 'made of', 'comes to'], rows)}"


def at_kinks(exercise: Exercise, gates: Sequence[str]) -> list[str]:
    """Return what is said beside a sheet of each gate that rounding alone opens."""
    found = solve(exercise)
    return [
        on_screen(
            f"{z} comes out as exactly 0 on paper. In the computer's floats one rounding bit lifts "
            f"it above 0 and opens its gate, so here as on every page d_{z} is "
            f"{written_number(found[f'd_{z}'])}. With the gate shut, as a 0 has it, your numbers "
            "count as right too."
        )
        for z in gates
    ]


def all_right(exercise: Exercise, values: Values) -> str:
    """Return what is said of a sheet with every number right.

    Parameters
    ----------
    values : the right numbers, of the floats or on paper, whichever the sheet goes by.
    """
    said = ":material/verified: **All right, from the first sum to the last.** "
    if LOSS_AFTER not in values:
        return f"{said}You have done by hand what a training step does."
    before, after = values["loss"], values[LOSS_AFTER]
    # On paper the shut gates change what a smaller step would do.
    why = why_it_rose(exercise) if after == solve(exercise)[LOSS_AFTER] else TOO_LARGE
    why = f" {why}" if after > before else ""
    moved = "falls" if after < before else "rises" if after > before else "stays"
    return on_screen(
        f"{said}You have done by hand what a training step does: by your own update the loss "
        f"{moved} from {before:.4g} to {after:.4g}.{why}"
    )


def _key(stage: str, few: bool) -> str:
    """Return the group of a stage: that of its weights for a bias, of the guess for the loss."""
    if stage.startswith(NEW):
        return "new" if few else f"new W{stage[len(NEW) + 1 :]}"
    if stage == "loss":
        return "y_pred"
    return stage.replace("db", "dW") if stage.startswith("db") else stage


def _told(exercise: Exercise, key: str, sample: int) -> tuple[str, str]:
    """Return a group's title, and what is done there."""
    if key == "y_pred":
        return "Guess and loss", _guess(exercise)
    if key == "d_loss_y":
        each = "the guess" if exercise.sizes[-1] == 1 else "each output"
        return "Blame at the output", f"How fast the loss grows with {each}."
    if key == LOSS_AFTER:
        return "The loss after", "What the update has done, by the forward pass once more."
    if key.startswith("new"):
        of = f" of layer {key[-1]}" if key[-1].isdigit() else ""
        return f"The update{of}", _update(exercise)
    k, depth = int(key[-1]), len(exercise.network.layers)
    unit = exercise.activations[k - 1]
    kind = key[:-1]
    of = "" if depth <= 2 and k == 1 else f" of layer {k}"
    if kind == "z":
        bias = exercise.network.layers[k - 1].bias is not None
        end = ", and its bias" if bias else ""
        return f"The sums{of}", f"Each neuron adds up its inputs times its weights{end}."
    if kind == "a":
        known = VALUES.get(unit, "What each neuron makes of its z.")
        return f"The {NAMES.get(unit, unit)}{of}", known
    if kind == "d_a":
        return f"Back through W{k + 1}", "Blame goes back through the weight it came by."
    if kind == "d_z":
        return _through(exercise, k, unit, of)
    return _weights(exercise, k)


def _guess(exercise: Exercise) -> str:
    loss, unit = exercise.loss_function, exercise.activations[-1]
    made = "The last layer makes the guess"
    if unit != "identity":
        made = f"The {NAMES.get(unit, unit)} makes the guess of z"
    if not loss.asks_target:
        return f"{made}; there is no loss here, the output stands for it."
    alone = exercise.n_samples == exercise.sizes[-1] == 1
    if loss.name in ("mse", "sse") and alone:
        return f"{made}; the loss is its error squared."
    of = "" if exercise.n_samples == 1 else ", over all samples"
    title = loss.title or loss.name
    title = title if title.startswith("one half") else f"the {title}"
    return f"{made}; the loss is {title}{of}."


def _through(exercise: Exercise, k: int, unit: str, of: str) -> tuple[str, str]:
    loss, last = exercise.loss_function, k == len(exercise.activations)
    title = f"Through the gate{of}" if unit == "relu" else f"Through the {NAMES.get(unit, unit)}"
    if unit != "relu":
        title += of
    if last and loss.fused is not None and loss.fused.activation == unit:
        shared = loss.shares(exercise.n_samples, exercise.sizes[-1])
        share = f", divided by {shared}" if shared > 1 else ""
        return title, (
            f"With this loss most of it cancels: what is left is the guess less the target{share}."
            if loss.fused.slope_of_any == "" or _whole(exercise)
            else "With this loss most of it cancels: what is left is the guess, times the sum of "
            f"the targets, less the target{share}."
        )
    return title, SLOPES.get(unit, "The blame times the slope of the unit at z.")


def _whole(exercise: Exercise) -> bool:
    """Return whether each sample's targets sum to 1."""
    passes = exercise.backward()
    return bool((abs(passes.target.sum(-1) - 1) < 1e-9).all())


def _weights(exercise: Exercise, k: int) -> tuple[str, str]:
    depth = len(exercise.network.layers)
    total = "" if exercise.n_samples == 1 else ", added up over the samples"
    if k == depth:
        title = "Blame of the last layer" if depth > 1 else "Blame of the weights"
        return title, f"A weight is blamed by what came through it{total}."
    title = "Blame of the first layer" if k == 1 else f"Blame of layer {k}"
    return title, f"And again: what came through, times the blame behind it{total}."


def _update(exercise: Exercise) -> str:
    said = ["Each number moves against its blame, by the learning rate times it."]
    if exercise.weight_decay:
        said.append("Weight decay adds a share of the number itself to its blame.")
    if exercise.tied:
        named = " and ".join(exercise.tied)
        said.append(f"{named} is one number for its layer: it moves by the sum of its blame."
                    if len(exercise.tied) == 1
                    else f"{named} are one number each for their layer, moved by the sum of its "
                    "blame.")  # fmt: skip
    if exercise.held:
        stay = "stays as it is" if len(exercise.held) == 1 else "stay as they are"
        said.append(f"{', '.join(exercise.held)} {stay}.")
    if exercise.momentum:
        said.append("In the first step no momentum has gathered, so it adds nothing.")
    return " ".join(said)
