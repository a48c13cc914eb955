"""The notebook's trace as text: every number of the forward pass, the blame, and the update."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from blame.arrays import Array
from blame.backward import BackwardPass
from blame.exercise.exercise import Exercise
from blame.kinks import on_the_kink
from blame.runs.deaths import deaths, growing_from
from blame.training import History

MOST_MARKS = 200
SHOWN_STEPS = 10
"""So many steps are printed at either end of a long run."""


def trace_text(exercise: Exercise, steps: int | None = None) -> str:
    """Return the whole trace of one example, as `python -m blame` prints it.

    Parameters
    ----------
    example : the numbers.
    steps : train on for so many steps and print each; None prints the one update only.
    """
    passes = exercise.backward()
    run = replace(exercise, steps=steps or 1).train()
    lines = [
        *_forward(passes),
        *_backward(passes),
        *_update(run),
        *_bars(passes),
        *(_steps(run, steps) if steps is not None else ()),
        *_notes(passes),
    ]
    return "\n".join(lines)


def text_bar(value: float, most: int = MOST_MARKS) -> str:
    """Return one mark for each tenth of |value|, rounded down, as the notebook draws its blame.

    Past `most` marks the bar is cut and says how many there would be.
    """
    marks = int(abs(value) * 10)
    return "|" * marks if marks <= most else "|" * most + f"... ({marks} marks)"


def _forward(passes: BackwardPass) -> Iterator[str]:
    forward = passes.forward_pass
    yield "Forward"
    yield _named("z1", forward.z[0][0])
    yield _named("a1", forward.a[0][0])
    yield _named("y_pred", forward.prediction[0])
    yield _named("loss", passes.loss)


def _backward(passes: BackwardPass) -> Iterator[str]:
    yield ""
    yield "Backward (blame)"
    yield _named("d_loss_y", passes.activation_gradients[1][0])
    yield _named("dW2", passes.weight_gradients[1])
    yield _named("db2", passes.bias_gradients[1])
    yield _named("d_a1", passes.activation_gradients[0][0])
    yield _named("d_z1", passes.deltas[0][0])
    yield _named("dW1", passes.weight_gradients[0])
    yield _named("db1", passes.bias_gradients[0])


def _update(run: History) -> Iterator[str]:
    yield ""
    yield f"Update (learning rate {float(run.learning_rate):g})"
    if run.steps == 0:
        yield "  leaves the floats: the learning rate is too large"
        return
    for name, value in run.at(1).parameters().items():
        yield _named(name, value)


def _bars(passes: BackwardPass) -> Iterator[str]:
    yield ""
    yield "Blame as bars (one mark for each tenth)"
    groups = {
        "d_loss_y": passes.activation_gradients[1][0],
        "dW2": passes.weight_gradients[1],
        "db2": passes.bias_gradients[1],
        "d_a1": passes.activation_gradients[0][0],
        "d_z1": passes.deltas[0][0],
        "dW1": passes.weight_gradients[0],
        "db1": passes.bias_gradients[0],
    }
    for name, values in groups.items():
        for index, value in np.ndenumerate(values):
            number = float(value) + 0.0
            label = f"{name}[{', '.join(map(str, index))}]"
            yield f"  {label:<12} {number!r} {text_bar(number)}".rstrip()


def _steps(run: History, asked: int) -> Iterator[str]:
    yield ""
    yield f"Training, {run.steps} of {asked} steps"
    for step in range(run.steps + 1):
        if SHOWN_STEPS < step <= run.steps - SHOWN_STEPS:
            if step == SHOWN_STEPS + 1:
                yield f"  ... {run.steps - 2 * SHOWN_STEPS} steps not shown ..."
            continue
        gates = " ".join(
            "open" if gate else "shut" for gate in run.backward.local_gradients[0][step, 0]
        )
        z1 = _digits(run.forward.z[0][step, 0])
        yield f"  step {step:<4} loss {float(run.losses[step])!r}  z1 {z1}  gates {gates}"
    for neuron, died in enumerate(deaths(run)):
        if died is not None:
            yield f"  neuron {neuron} is dead from step {died} on"
    if run.overflow_step is not None:
        yield f"  at step {run.overflow_step} a number left the floats; the run stops there"
    elif (grew := growing_from(run)) is not None:
        yield f"  from step {grew} on the loss only grows"


def _notes(passes: BackwardPass) -> Iterator[str]:
    for j in np.flatnonzero(on_the_kink(passes.forward_pass)[0][0]):
        yield ""
        yield f"Note: z1[{j}] cannot be told from 0; its sign, and so its gate, is rounding noise."


def _named(name: str, value: Array) -> str:
    text = _digits(value)
    if "\n" in text:
        return f"  {name}\n" + "\n".join(f"    {row}" for row in text.splitlines())
    return f"  {name:<9}{text}"


def _digits(value: Array) -> str:
    # Adding 0.0 turns a minus zero into a plain one.
    return str(np.asarray(value) + 0.0)
