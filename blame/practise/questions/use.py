"""Questions about what is done with blame: an update, and what a nudge does."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from blame.backward import BackwardPass
from blame.exercise.exercise import Exercise
from blame.exercise.typed.bounds import LARGEST
from blame.practise.question import Question, any_near_kink, is_close, numeric
from blame.practise.question import written_number as n
from blame.practise.questions.asked import Asked

NUDGE = 0.01
"""How far a number is moved when the question is what its blame promises."""


def update(passes: BackwardPass, exercise: Exercise) -> Question | None:
    """Ask for a parameter after an update."""
    rate, decay, k = exercise.learning_rate, exercise.weight_decay, len(exercise.network.layers)
    array, name = f"b{k}", f"b{k}[0]"
    if exercise.network.layers[-1].bias is None:
        array, name = f"W{k}", f"W{k}[0, 0]"
    if {array, name} & {*exercise.held, *exercise.tied}:
        return None
    gradients, values = passes.parameter_gradients()[array], exercise.network.parameters()[array]
    blame, w = float(gradients.flat[0]), float(values.flat[0])
    title = array if array.startswith("b") and values.size == 1 else name
    pull = blame + decay * w
    if rate == 0 or not pull:
        return None
    new = w - rate * pull
    slips = [
        (w + rate * pull, "That goes with the blame, and so raises the loss."),
        (w - pull, "That leaves out the learning rate."),
        (-rate * pull, f"That is the change alone, not the new {title}."),
        (w, f"That is the old {title}: the update moves it."),
    ]
    if decay:
        slips.append((w - rate * blame, "That leaves out the weight decay."))
        slips[0] = (w + rate * pull, "That goes the other way: the update subtracts.")
    pulled = f"({n(blame)} + {n(decay)} × {n(w)})" if decay else n(blame)
    return numeric(
        "update",
        f"What is {title} after one update? {title} = {n(w)}, d{title} = {n(blame)}, the learning "
        f"rate is {n(rate)}{f', the weight decay {n(decay)}' if decay else ''}.",
        new,
        f"The update goes against the blame: {n(w)} - {n(rate)} × {pulled} = {n(new)}."
        if not decay
        else "Weight decay adds to the blame, and the update goes against both: "
        f"{n(w)} - {n(rate)} × {pulled} = {n(new)}.",
        slips,
        # The change is what is asked for, and it may be small beside the number.
        scale=rate * pull,
        of=f"new {name}",
    )


def moves(passes: BackwardPass, exercise: Exercise) -> Question | None:
    """Ask whether an update lowers the loss."""
    # With weight decay a step need not go against the blame; an output alone is no loss.
    if any_near_kink(passes) or exercise.weight_decay or not exercise.loss_function.asks_target:
        return None
    run = replace(exercise, steps=1).train()
    if run.steps < 1:
        return None
    before, after = (float(loss) for loss in run.losses)
    if abs(after - before) <= 0.01 * before:
        return None
    falls = after < before
    return Question(
        "moves",
        f"The loss is {n(before)}. One update with the learning rate {n(exercise.learning_rate)}: "
        "does the loss fall or rise?",
        "It falls" if falls else "It rises",
        f"It goes from {n(before)} to {n(after)}."
        + ("" if falls else " The way is right, but the step is so long that it overshoots."),
        MappingProxyType(
            {"It rises": "The update goes against the blame, and this step is short enough."}
            if falls
            else {"It falls": "For a small step it would."}
        ),
        ("It falls", "It rises"),
    )


def nudge(passes: BackwardPass, exercise: Exercise) -> Question | None:
    """Ask what a nudge does to the loss."""
    asked = Asked(passes, exercise)
    name = f"W{asked.depth}[0, 0]"
    slope, w = float(passes.weight_gradients[-1][0, 0]), exercise.numbers()[name]
    if w + NUDGE > LARGEST:
        return None
    after = exercise.with_numbers({name: w + NUDGE})
    change = float(after.backward().loss) - float(passes.loss)
    promise = slope * NUDGE
    # Only where blame keeps its word to within the tolerance is "about" a fair question.
    if not is_close(change, promise):
        return None
    slips = [
        (-promise, "That mixes up raising and lowering."),
        (slope, "That is the blame itself: it counts for a nudge of 1."),
    ]
    if asked.has_two:
        slips.append((promise / 2, "That leaves out the 2."))
    return numeric(
        "nudge",
        f"{name} grows by {NUDGE:g}. By about how much does the loss change? Its "
        f"blame is {n(slope)}.",
        promise,
        f"Blame times nudge: {n(slope)} × {NUDGE:g} = {n(promise)}. The loss really changes by "
        f"{n(change)}.",
        slips,
    )
