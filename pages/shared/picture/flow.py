"""Watch it flow: the stages of one forward pass, its blame and its update, each in one sentence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from blame import BackwardPass
from blame.exercise.exercise import Exercise
from blame.exercise.numpy_lines import steps
from blame.probe.trace import Trace
from blame.refusals import refuse_unless
from blame.training import pass_at
from pages.shared.state.computed import run_of
from pages.shared.words import numpy_program
from pages.shared.words.agreeing import agreeing
from pages.shared.words.numbers import Numbers, rounded_values, short

FORWARD = ("z1", "a1", "y_pred", "loss")


def flow_data(
    exercise: Exercise, trace: Trace, numbers: Numbers, *, forward_only: bool = False
) -> list[dict[str, Any]]:
    """Return the stages in order, each with what it computes, lights up and moves.

    Each holds: `title` and `said`; `code`, its NumPy lines with what they give; `shows`, the
    numbers it finds; `lit`, what it is about; `moves`, the edges along which something travels,
    and `back`, whether towards the input; `texts`, numbers that it changes in the picture.
    """
    refuse_unless(
        "watch it flow",
        trace.passes,
        sizes=(2, 2, 1),
        hidden=("relu",),
        last=("identity",),
        instead="show the picture without it",
    )
    after = _after(exercise)
    sentences = _sentences(exercise, trace, numbers, after)
    stages = []
    for step in steps(trace):
        if forward_only and step.back:
            break
        title, said = next(sentences)
        shows = [name for name in trace.names() if name.split("[")[0] in step.names]
        stages.append(
            {
                "title": title,
                "said": said,
                "code": stage_code(exercise, trace, step.stage),
                "shows": [] if step.stage == "update" else shows,
                "texts": _texts(after) if step.stage == "update" else {},
                **_movement(step.stage, trace),
            }
        )
    return stages


def stage_code(exercise: Exercise, trace: Trace, stage: str) -> str:
    """Return the NumPy lines of a stage, each with what it gives behind it."""
    values = {name: trace.array(name) for step in steps(trace)[:-1] for name in step.names}
    return numpy_program.commented(trace, stage, values | _after(exercise))


def stage_lit(trace: Trace, stage: str) -> list[str]:
    """Return the numbers a stage is about."""
    return list(_movement(stage, trace)["lit"])


def _movement(stage: str, trace: Trace) -> dict[str, Any]:
    names = trace.names()
    first = [name for name in names if name.startswith("W1[")]
    second = [name for name in names if name.startswith("W2[")]
    hidden = ["z1[0]", "z1[1]"]
    inputs = ["x[0]", "x[1]"]
    guess = ["y_pred", "loss", "d_loss_y"]
    lit, moves = {
        "z1": ([*inputs, *first, *hidden], first),
        "a1": (hidden, []),
        "y_pred": ([*hidden, *second, "y_pred"], second),
        "loss": (guess, ["d_loss_y"]),
        "d_loss_y": (guess, ["d_loss_y"]),
        "dW2": ([*hidden, *second, "y_pred"], []),
        "d_a1": ([*hidden, *second, "y_pred"], second),
        "d_z1": (hidden, []),
        "dW1": ([*inputs, *first, *hidden], first),
        "update": ([*first, *second, *hidden, "y_pred"], []),
    }[stage]
    # A shut gate hands nothing on: along its edges nothing travels back.
    if stage == "dW1":
        made = rounded_values(trace.passes)
        moves = [name for name in first if trace.value(f"d{name}") not in {0.0, *made}]
    return {"lit": lit, "moves": moves, "back": stage not in FORWARD}


def _after(exercise: Exercise) -> dict[str, Any]:
    """Return the parameters after one update, or nothing if it leaves the floats."""
    run = run_of(exercise.with_numbers({"steps": 1}))
    return dict(run.at(1).parameters()) if run.steps == 1 else {}


def _texts(after: dict[str, Any]) -> dict[str, str]:
    texts = {}
    for name, values in after.items():
        entries = [((i,), v) for i, v in enumerate(values)] if values.ndim == 1 else [
            ((i, j), v) for i, row in enumerate(values) for j, v in enumerate(row)
        ]  # fmt: skip
        for index, value in entries:
            text = short(float(value))
            symbol = f"{name}[{', '.join(map(str, index))}]"
            texts[symbol] = f"{name} {text}" if name.startswith("b") else text
    return texts


def _sentences(
    exercise: Exercise, trace: Trace, numbers: Numbers, after: dict[str, Any]
) -> Iterator[tuple[str, str]]:
    n, value = numbers.of(trace.passes), trace.value
    pair = lambda name: f"{n.text(value(f'{name}[0]'))} and {n.text(value(f'{name}[1]'))}"  # noqa: E731
    blame = lambda name: (  # noqa: E731
        f"{n.signed(value(f'{name}[0]'))} and {n.signed(value(f'{name}[1]'))}"
    )
    yield "Weighted sums", f"The inputs meet the weights and biases: z1 is {pair('z1')}."
    shut = [j for j in (0, 1) if trace.slope(1, j).value == 0]
    gates = {
        0: "both gates are open, and the ReLU passes both on",
        1: f"the gate of neuron {shut[0] if shut else 0} is shut, and it gives 0",
        2: "both gates are shut, and nothing gets through",
    }[len(shut)]
    yield "ReLU", f"a1 is {pair('a1')}: {gates}."
    guess = n.text(value("y_pred"))
    yield "The guess", f"The second layer adds up what came through: y_pred is {guess}."
    target, loss = n.text(value("y_true")), n.text(value("loss"))
    yield "The loss", f"The guess {guess} should have been {target}: the loss is {loss}."
    seed = value("d_loss_y")
    sign = 0 if n.is_nothing(seed) else (seed > 0) - (seed < 0)
    way = {1: "a larger guess raises it", -1: "a larger guess lowers it", 0: "nothing to blame"}
    yield (
        "Blame begins",
        f"How fast does the loss change with the guess? d_loss_y is {n.signed(seed)}: {way[sign]}.",
    )
    yield (
        "Blame of W2",
        f"Each weight is blamed by what came through it: dW2 is "
        f"{n.signed(value('dW2[0, 0]'))} and {n.signed(value('dW2[1, 0]'))}.",
    )
    yield "Back through W2", f"The blame goes back through the weights: d_a1 is {blame('d_a1')}."
    through = {
        0: "both gates let it pass as it is",
        1: f"the shut gate of neuron {shut[0] if shut else 0} stops it",
        2: "both shut gates stop it",
    }[len(shut)]
    yield "Back through the gates", f"d_z1 is {blame('d_z1')}: {through}."
    weights = [name for name in trace.names() if name.startswith("dW1")]
    largest = max(weights, key=lambda name: abs(value(name)))
    most = value(largest)
    told = (
        f"the most blamed is {largest[1:]}, with {n.signed(most)}"
        if most and not n.is_nothing(most)
        else "no weight of it is blamed"
    )
    yield "Blame of W1", f"What is left meets the input: {told}."
    if after:
        then = _pass_after(exercise)
        both = numbers.of(trace.passes, then)
        change = agreeing(value("loss"), float(then.loss), both)
        yield (
            "The update",
            f"Another step, not backpropagation: every parameter moves against its blame. The loss "
            f"goes from {change.before} to {change.after}, a change of {change.by}.",
        )
    else:
        yield "The update", "The update leaves the floats: the learning rate is far too large."


def _pass_after(exercise: Exercise) -> BackwardPass:
    return pass_at(run_of(exercise.with_numbers({"steps": 1})), 1)
