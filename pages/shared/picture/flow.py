"""Watch it flow: the stages of one forward pass, its blame and its update, each in one sentence."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any, NamedTuple

from blame import BackwardPass
from blame.exercise.exercise import Exercise
from blame.exercise.names import entry_names
from blame.exercise.numpy_lines import UPDATE, update_of
from blame.probe.trace import Trace
from blame.training import pass_at
from pages.shared.picture.flow_words import moving, said_of
from pages.shared.state.computed import run_of
from pages.shared.words import numpy_program
from pages.shared.words.agreeing import agreeing
from pages.shared.words.lessons.rises import why_it_rose
from pages.shared.words.numbers import Numbers, rounded_values, short

MOST_LISTED = 16
"""Behind a line of code stands what it gives, unless that is more numbers than this."""


def flow_data(
    exercise: Exercise,
    trace: Trace,
    numbers: Numbers,
    *,
    sample: int = 0,
    forward_only: bool = False,
) -> list[dict[str, Any]]:
    """Return the stages in order, each with what it computes, lights up and moves.

    Each holds: `title` and `said`; `code`, its NumPy lines with what they give; `shows`, the
    numbers it finds; `lit`, what it is about; `moves`, the edges along which something travels,
    and `back`, whether towards the input; `texts`, numbers that it changes in the picture, and
    `stale`, those that are no longer true beside them; `opens`, the number that is opened.
    """
    stages, back = [], False
    for name, arrays in trace.stages():
        back = back or name == "d_loss_y"
        if forward_only and back:
            return stages
        title, said = said_of(trace, numbers, sample, name)
        found = chain.from_iterable(map(trace.entries, arrays))
        stages.append(
            {
                "title": title,
                "said": said,
                "code": stage_code(exercise, trace, name),
                "shows": [each for each in found if trace.sample(each) in (None, sample)],
                "texts": {},
                "stale": [],
                "opens": _opens(trace, arrays[:1], sample),
                **_movement(name, trace, sample),
                "back": back,
            }
        )
    after = _after(exercise)
    update = {
        "title": "The update",
        "said": _update(exercise, trace, numbers, bool(after)),
        "code": stage_code(exercise, trace, UPDATE),
        "shows": [],
        "texts": _texts(after, exercise.tied),
        "stale": _stale(trace) if after else [],
        "opens": _opens(trace, _blamed(trace), sample),
        **_movement(UPDATE, trace, sample),
        "back": True,
    }
    return [*stages, update]


def stage_code(exercise: Exercise, trace: Trace, stage: str) -> str:
    """Return the NumPy lines of a stage, each with what it gives behind it where that is short."""
    arrays = chain.from_iterable(each.arrays for each in trace.stages())
    values = {name: trace.array(name) for name in arrays} | _after(exercise)
    listed = {name: value for name, value in values.items() if value.size <= MOST_LISTED}
    write = Numbers().of(trace.passes).text
    return numpy_program.commented(trace, stage, listed, update_of(exercise), write)


class AtStage(NamedTuple):
    """What a picture shows at one stage of the backward pass, until the update is made.

    `lit` is what the stage is about, `unknown` what is not found by then, `opens` the number that
    is opened with it.
    """

    stage: str
    lit: list[str]
    unknown: list[str]
    opens: str


def at_stage(trace: Trace, stage: str, sample: int = 0) -> AtStage | None:
    """Return what is shown at a stage; None where the network has no such stage."""
    every = trace.stages()
    names = [each.name for each in every]
    if stage not in (*names, UPDATE):
        return None
    lit = list(_movement(stage, trace, sample)["lit"])
    if stage == UPDATE:
        return AtStage(stage, lit, [], _opens(trace, _blamed(trace), sample))
    place = names.index(stage)
    later = [array for each in every[place + 1 :] for array in each.arrays]
    # What the input is blamed for is found after all else.
    unknown = [name for array in (*later, "d_x") for name in trace.entries(array)]
    return AtStage(stage, lit, unknown, _opens(trace, every[place].arrays[:1], sample))


def _opens(trace: Trace, arrays: Iterable[str], sample: int) -> str:
    """Return the largest number of these arrays in size, of those that all share or one sample."""
    names = chain.from_iterable(map(trace.entries, arrays))
    shown = [name for name in names if trace.sample(name) in (None, sample)]
    return max(shown, key=lambda name: abs(trace.value(name)))


def _blamed(trace: Trace) -> list[str]:
    return [f"dW{k}" for k in range(1, trace.depth + 1)]


def _stale(trace: Trace) -> list[str]:
    """Return what an update makes untrue: all that was found with the old parameters.

    All but the blame of the parameters, which is what moved them.
    """
    arrays = [array for each in trace.stages() for array in each.arrays]
    found = [array for array in (*arrays, "d_x") if array[:2] not in ("dW", "db")]
    return [name for array in found for name in trace.entries(array)]


def _movement(stage: str, trace: Trace, sample: int) -> dict[str, Any]:
    """Return what a stage lights up, and the edges along which something travels in it."""
    depth = trace.depth
    nodes = [_nodes(trace, k, sample) for k in range(depth + 1)]
    weights = [trace.entries(f"W{k}") for k in range(1, depth + 1)]
    if stage == UPDATE:
        return {"lit": list(chain(*weights, *nodes[1:])), "moves": []}
    kind, k, _, _ = trace.place(trace.entries(stage)[0])
    if kind in ("loss", "d_loss_y"):
        seeds = [trace.output("d_loss_y", j, sample) for j in trace.width(depth)]
        return {"lit": [*nodes[-1], "loss", *seeds], "moves": seeds}
    if kind in ("a", "d_z") or (kind == "y_pred" and not trace.plain_output):
        return {"lit": nodes[k], "moves": []}
    # d_a comes back from the next layer; all else is about what leads into its own.
    k += kind == "d_a"
    lit = [*nodes[k - 1], *weights[k - 1], *nodes[k]]
    if kind != "dW":
        return {"lit": lit, "moves": weights[k - 1]}
    # A shut gate hands nothing on: along its edges nothing travels back.
    made = rounded_values(trace.passes)
    blamed = [name for name in weights[0] if trace.value(f"d{name}") not in {0.0, *made}]
    return {"lit": lit, "moves": blamed if k == 1 else []}


def _nodes(trace: Trace, k: int, sample: int) -> list[str]:
    """Return a name of every node of a layer; layer 0 is the input."""
    if k == trace.depth:
        return [trace.output("y_pred", j, sample) for j in trace.width(k)]
    return [trace.entry(f"z{k}" if k else "x", j, sample) for j in trace.width(k)]


def _after(exercise: Exercise) -> dict[str, Any]:
    """Return the parameters after one update, or nothing if it leaves the floats."""
    run = run_of(exercise.with_numbers({"steps": 1}))
    return dict(run.at(1).parameters()) if run.steps == 1 else {}


def _texts(after: dict[str, Any], tied: tuple[str, ...]) -> dict[str, str]:
    texts = {}
    for name, values in after.items():
        prefix = f"{name} all " if name in tied else f"{name} " if name.startswith("b") else ""
        for symbol, value in zip(entry_names(name, values.shape), values.flat, strict=True):
            texts[symbol] = prefix + short(float(value))
    return texts


def _update(exercise: Exercise, trace: Trace, numbers: Numbers, stays: bool) -> str:
    if not stays:
        return "The update leaves the floats: the learning rate is far too large."
    then = _pass_after(exercise)
    n = numbers.of(trace.passes, then)
    change = agreeing(trace.value("loss"), float(then.loss), n)
    why = why_it_rose(exercise, n)
    return (
        f"Another step, not backpropagation: {moving(exercise)}. The loss goes from "
        f"{change.before} to {change.after}, a change of {change.by}.{' ' if why else ''}{why}"
    )


def _pass_after(exercise: Exercise) -> BackwardPass:
    return pass_at(run_of(exercise.with_numbers({"steps": 1})), 1)
