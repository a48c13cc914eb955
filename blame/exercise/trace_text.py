"""An exercise's trace as text: every number of the forward pass, the blame, and the update."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from blame.arrays import Array
from blame.exercise.exercise import Exercise
from blame.kinks import on_the_kink, piece_of
from blame.probe.trace import Trace
from blame.probe.trace.node import Stage
from blame.runs.deaths import deaths, growing_from
from blame.training import History

MOST_MARKS = 200
SHOWN_STEPS = 10
"""So many steps are printed at either end of a long run."""


def trace_text(exercise: Exercise, steps: int | None = None) -> str:
    """Return the whole trace of one exercise, as `python -m blame` prints it.

    Parameters
    ----------
    exercise : any.
    steps : train on for so many steps and print each; None prints the one update only.
    """
    trace = exercise.trace()
    run = replace(exercise, steps=steps or 1).train()
    lines = [
        *_passes(trace),
        *_update(exercise, run),
        *_bars(trace),
        *(_steps(trace, run, steps) if steps is not None else ()),
        *_notes(trace),
    ]
    return "\n".join(lines)


def text_bar(value: float, most: int = MOST_MARKS) -> str:
    """Return one mark for each tenth of |value|, rounded down, as the notebook draws its blame.

    Past `most` marks the bar is cut and says how many there would be.
    """
    marks = int(abs(value) * 10)
    return "|" * marks if marks <= most else "|" * most + f"... ({marks} marks)"


def _passes(trace: Trace) -> Iterator[str]:
    yield "Forward"
    for stage, arrays in trace.stages():
        if stage == "d_loss_y":
            yield ""
            yield "Backward (blame)"
        for name in arrays:
            yield _named(name, trace.array(name))


def _update(exercise: Exercise, run: History) -> Iterator[str]:
    yield ""
    more = [f"{name.replace('_', ' ')} {value:g}" for name in ("momentum", "weight_decay")
            if (value := getattr(exercise, name))]  # fmt: skip
    more += [f"{name} held" for name in exercise.held]
    more += [f"{name} one number" for name in exercise.tied]
    yield f"Update ({', '.join([f'learning rate {float(run.learning_rate):g}', *more])})"
    if run.steps == 0:
        yield "  leaves the floats: the learning rate is too large"
        return
    for name, value in run.at(1).parameters().items():
        yield _named(name, value)


def _bars(trace: Trace) -> Iterator[str]:
    yield ""
    yield "Blame as bars (one mark for each tenth)"
    blame = [name for _, arrays in _back(trace) for name in arrays]
    for array in blame:
        names = trace.entries(array)
        if names == [array]:
            # As the notebook prints it: an array of one.
            names = [f"{array}[0]"]
        for label, value in zip(names, trace.array(array).ravel(), strict=True):
            number = float(value) + 0.0
            yield f"  {label:<12} {number!r} {text_bar(number)}".rstrip()


def _back(trace: Trace) -> list[Stage]:
    stages = list(trace.stages())
    return stages[[stage.name for stage in stages].index("d_loss_y") :]


def _steps(trace: Trace, run: History, asked: int) -> Iterator[str]:
    yield ""
    yield f"Training, {run.steps} of {asked} steps"
    gated = [k for k, unit in enumerate(trace.activations, 1) if unit.kinks]
    for step in range(run.steps + 1):
        if SHOWN_STEPS < step <= run.steps - SHOWN_STEPS:
            if step == SHOWN_STEPS + 1:
                yield f"  ... {run.steps - 2 * SHOWN_STEPS} steps not shown ..."
            continue
        said = [f"  step {step:<4} loss {float(run.losses[step])!r}"]
        if gated and trace.n_samples == 1:
            said += [_gates(trace, run, step, k) for k in gated]
        else:
            guess = run.forward.prediction[step]
            said.append(f"y_pred {_digits(guess[0] if len(guess) == 1 else guess.ravel())}")
        yield "  ".join(said)
    yield from _deaths(trace, run, gated)
    if run.overflow_step is not None:
        yield f"  at step {run.overflow_step} a number left the floats; the run stops there"
    elif (grew := growing_from(run)) is not None:
        yield f"  from step {grew} on the loss only grows"


def _gates(trace: Trace, run: History, step: int, k: int) -> str:
    """Return the sums of a layer of one sample at one step, and on which side of its kink each is.

    Of a leaky ReLU no gate is shut: below its kink a part still passes.
    """
    z = run.forward.z[k - 1][step, 0]
    local = run.backward.local_gradients[k - 1][step, 0]
    below = "shut" if not local[z <= 0].any() else "leaks"
    gates = " ".join("open" if above else below for above in piece_of(trace.activations[k - 1], z))
    return f"z{k} {_digits(z)}  gates {gates}"


def _deaths(trace: Trace, run: History, gated: list[int]) -> Iterator[str]:
    found = sorted(
        (died, k, neuron)
        for k in gated
        for neuron, died in enumerate(deaths(run, k - 1))
        if died is not None
    )
    for died, k, neuron in found:
        where = "" if gated == [1] else f" of layer {k}"
        yield f"  neuron {neuron}{where} is dead from step {died} on"


def _notes(trace: Trace) -> Iterator[str]:
    for k, near in enumerate(on_the_kink(trace.passes.forward_pass), 1):
        for s, j in np.argwhere(near).tolist():
            yield ""
            yield (
                f"Note: {trace.entry(f'z{k}', j, s)} cannot be told from 0; its sign, and so its "
                "gate, is rounding noise."
            )


def _named(name: str, value: Array) -> str:
    text = _digits(value)
    if "\n" in text:
        return f"  {name}\n" + "\n".join(f"    {row}" for row in text.splitlines())
    return f"  {name:<9}{text}"


def _digits(value: Array) -> str:
    # Adding 0.0 turns a minus zero into a plain one.
    return str(np.asarray(value) + 0.0)
