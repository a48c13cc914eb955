"""Questions about blame on its way, and about what is done with it."""

from __future__ import annotations

from types import MappingProxyType

import numpy as np

from blame.backward import BackwardPass
from blame.exercise.bounds import LARGEST
from blame.exercise.exercise import Exercise
from blame.practise.question import Question, guess_target_blame, is_close, near_kink, numeric
from blame.practise.question import written_number as n
from blame.training import train

NUDGE = 0.01
"""How far a number is moved when the question is what its blame promises."""


def paths(passes: BackwardPass, exercise: Exercise) -> Question | None:
    """Ask for a sum over two paths."""
    if any(near_kink(passes)):
        return None
    W = passes.forward_pass.network.layers[0].weights
    through, arriving = passes.deltas[0][0], passes.activation_gradients[0][0]
    parts = through * W[0]
    whole = float(passes.input_gradient[0, 0])
    return numeric(
        "paths",
        f"What is the blame of x[0]? d_z1 = [{n(through[0])}, {n(through[1])}], row 0 of W1 is "
        f"[{n(W[0, 0])}, {n(W[0, 1])}].",
        whole,
        f"Two paths lead from x[0] to the loss, and their blame adds up: "
        f"{n(through[0])} · {n(W[0, 0])} + {n(through[1])} · {n(W[0, 1])} = {n(whole)}.",
        [
            (float(parts[0]), "That is the path through neuron 0 alone: the paths add up."),
            (float(parts[1]), "That is the path through neuron 1 alone: the paths add up."),
            (float(arriving @ W[0]), "That forgets the gates."),
            (float(parts[0] - parts[1]), "The paths add up; that subtracts one."),
        ],
    )


def dW2(passes: BackwardPass, exercise: Exercise) -> Question | None:
    """Ask for the blame of a weight of the last layer."""
    near, a = near_kink(passes), passes.forward_pass.a[0][0]
    asked = [j for j in range(2) if not near[j] and a[j] > 0]
    if not asked:
        return None
    j = asked[0]
    _, _, seed = guess_target_blame(passes)
    w, blame = passes.forward_pass.network.layers[1].weights[j, 0], a[j] * seed
    return numeric(
        "dW2",
        f"What is dW2[{j}, 0]? a1[{j}] = {n(a[j])}, W2[{j}, 0] = {n(w)}, d_loss_y = {n(seed)}.",
        float(blame),
        f"A weight is blamed by what came through it: a1[{j}] · d_loss_y = {n(a[j])} · {n(seed)} = "
        f"{n(blame)}.",
        [
            (float(w * seed), f"That is d_a1[{j}]: blame goes back through the weight itself."),
            (float(blame) / 2, "That takes the error for the gradient: the 2 is left out."),
            (-float(blame), "That has the sign turned."),
            (float(a[j] * w), "That is what the weight adds to the guess, not its blame."),
        ],
    )


def dW1(passes: BackwardPass, exercise: Exercise) -> Question | None:
    """Ask for a weight's blame."""
    near = near_kink(passes)
    z = passes.forward_pass.z[0][0]
    asked = sorted((j for j in range(2) if not near[j]), key=lambda j: z[j] <= 0)
    if not asked:
        return None
    j = asked[0]
    x, through = exercise.x, float(passes.deltas[0][0, j])
    blame = float(passes.weight_gradients[0][1, j])
    return numeric(
        "dW1",
        f"What is dW1[1, {j}]? x = [{n(x[0])}, {n(x[1])}], d_z1[{j}] = {n(through)}.",
        blame,
        f"A weight is blamed by what came through it: x[1] · d_z1[{j}] = {n(x[1])} · "
        f"{n(through)} = {n(blame)}.",
        [
            (through, "That is the neuron's own blame, not yet multiplied by x[1]."),
            (float(x[0]) * through, "That takes x[0]; row 1 of W1 carries x[1]."),
            (blame / 2, "That leaves out the 2."),
            (-blame, "That has the sign turned."),
        ],
    )


def most(passes: BackwardPass, exercise: Exercise) -> Question | None:
    """Ask which weight gets the most blame."""
    if any(near_kink(passes)):
        return None
    gradients = passes.parameter_gradients()
    weights = passes.forward_pass.network.parameters()
    ungated = {
        "W1": np.outer(exercise.x, passes.activation_gradients[0][0]),
        "W2": gradients["W2"],
    }
    names = [(p, index) for p in ("W1", "W2") for index in np.ndindex(weights[p].shape)]
    sizes = [abs(float(gradients[p][index])) for p, index in names]
    first, second = sorted(sizes, reverse=True)[:2]
    if first <= 1.05 * second:
        return None
    label = [f"{p}[{', '.join(map(str, index))}]" for p, index in names]
    answer = label[int(np.argmax(sizes))]
    largest = label[int(np.argmax([abs(float(weights[p][index])) for p, index in names]))]
    forgot = label[int(np.argmax([abs(float(ungated[p][index])) for p, index in names]))]
    slips: dict[float | str, str] = {}
    if forgot != answer:
        slips[forgot] = "That forgets the gate: no blame reaches the weights of a shut neuron."
    if largest not in (answer, forgot):
        slips[largest] = "That is the largest weight; blame does not follow a weight's own size."
    value = float(gradients[names[label.index(answer)][0]][names[label.index(answer)][1]])
    return Question(
        "most_blamed",
        f"Which weight gets the most blame, whatever its sign? x = [{n(exercise.x[0])}, "
        f"{n(exercise.x[1])}], d_z1 = [{n(passes.deltas[0][0, 0])}, {n(passes.deltas[0][0, 1])}]; "
        f"a1 = [{n(passes.forward_pass.a[0][0, 0])}, {n(passes.forward_pass.a[0][0, 1])}], "
        f"d_loss_y = {n(float(passes.activation_gradients[-1][0, 0]))}.",
        answer,
        f"{answer} has a blame of {n(value)}, the largest in size: what came through it times the "
        "blame behind it.",
        MappingProxyType(slips),
        tuple(label),
    )


def update(passes: BackwardPass, exercise: Exercise) -> Question | None:
    """Ask for a parameter after an update."""
    rate = exercise.learning_rate
    blame = float(passes.parameter_gradients()["b2"][0])
    if rate == 0 or not blame:
        return None
    w = float(passes.forward_pass.network.parameters()["b2"][0])
    new = w - rate * blame
    return numeric(
        "update",
        f"What is b2 after one update? b2 = {n(w)}, db2 = {n(blame)}, the learning rate is "
        f"{n(rate)}.",
        new,
        f"The update goes against the blame: {n(w)} - {n(rate)} · {n(blame)} = {n(new)}.",
        [
            (w + rate * blame, "That goes with the blame, and so raises the loss."),
            (w - blame, "That leaves out the learning rate."),
            (-rate * blame, "That is the change alone, not the new b2."),
            (w, "That is the old b2: the update moves it."),
        ],
        # The change is what is asked for, and it may be small beside b2.
        scale=rate * blame,
    )


def moves(passes: BackwardPass, exercise: Exercise) -> Question | None:
    """Ask whether an update lowers the loss."""
    if any(near_kink(passes)):
        return None
    run = train(
        exercise.network, exercise.x, exercise.target, exercise.learning_rate, 1, exercise.loss
    )
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
    slope = float(passes.weight_gradients[1][0, 0])
    w = exercise.numbers()["W2[0, 0]"]
    if w + NUDGE > LARGEST:
        return None
    after = exercise.with_numbers({"W2[0, 0]": w + NUDGE})
    change = float(after.backward().loss) - float(passes.loss)
    promise = slope * NUDGE
    # Only where blame keeps its word to within the tolerance is "about" a fair question.
    if not is_close(change, promise):
        return None
    return numeric(
        "nudge",
        f"W2[0, 0] grows by {NUDGE:g}. By about how much does the loss change? Its "
        f"blame is {n(slope)}.",
        promise,
        f"Blame times nudge: {n(slope)} · {NUDGE:g} = {n(promise)}. The loss really changes by "
        f"{n(change)}.",
        [
            (-promise, "That mixes up raising and lowering."),
            (slope, "That is the blame itself: it counts for a nudge of 1."),
            (promise / 2, "That leaves out the 2."),
        ],
    )
