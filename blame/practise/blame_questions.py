"""Questions about blame on its way, and about what is done with it."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import numpy as np

from blame.backward import BackwardPass
from blame.exercise.bounds import LARGEST
from blame.exercise.exercise import Exercise
from blame.practise.asked import MOST_TERMS, Asked
from blame.practise.question import Question, any_near_kink, is_close, numeric, row, summed
from blame.practise.question import written_number as n

NUDGE = 0.01
"""How far a number is moved when the question is what its blame promises."""
MOST_WEIGHTS = 9
"""So many weights can be looked over for the one that is blamed most."""
_NUMBERS = {2: "Two", 3: "Three", 4: "Four"}


def paths(passes: BackwardPass, exercise: Exercise) -> Question | None:
    """Ask for a sum over paths."""
    asked, W = Asked(passes, exercise), exercise.network.layers[0].weights
    if any_near_kink(passes) or not 2 <= W.shape[1] <= MOST_TERMS:
        return None
    through, arriving = asked.deltas(1), passes.activation_gradients[0][0]
    parts = through * W[0]
    whole, name = float(passes.input_gradient[0, 0]), asked.trace.entry("x", 0)
    terms = [(float(d), float(w)) for d, w in zip(through, W[0], strict=True)]
    slips = [
        (float(parts[0]), "That is the path through neuron 0 alone: the paths add up."),
        (float(parts[1]), "That is the path through neuron 1 alone: the paths add up."),
    ]
    unit = exercise.network.layers[0].activation
    if unit.joint is None and unit.name != "identity":
        forgot = "gates" if unit.name == "relu" else "slopes"
        slips.append((float(arriving @ W[0]), f"That forgets the {forgot}."))
    if len(parts) == 2:
        slips.append((float(parts[0] - parts[1]), "The paths add up; that subtracts one."))
    return numeric(
        "paths",
        f"What is the blame of {name}? {asked.deltas_name(1)} = {row(through)}, row 0 of W1 is "
        f"{row(W[0])}.",
        whole,
        f"{_NUMBERS[len(parts)]} paths lead from {name} to the loss, and their blame adds up: "
        f"{summed(terms)} = {n(whole)}.",
        slips,
    )


def dW2(passes: BackwardPass, exercise: Exercise) -> Question | None:
    """Ask for the blame of a weight of the last layer."""
    asked = Asked(passes, exercise)
    k = asked.depth
    if k == 1:
        return None
    if asked.n_samples > 1:
        return _over_samples("dW2", asked, k, 0, 0)
    near, a = asked.near(k - 1), asked.inputs(k)
    order = [j for j in range(len(a)) if not near[j] and a[j] != 0]
    if not order:
        return None
    j, behind = order[0], asked.trace.delta(k, 0)
    seed, w = behind.value, asked.weights(k)[j, 0]
    blame = a[j] * seed
    name, through = f"dW{k}[{j}, 0]", asked.a_name(k - 1, j)
    alone = exercise.sizes[-1] == 1
    slips = []
    if alone:
        back = asked.trace.entry(f"d_a{k - 1}", j)
        slips.append(
            (float(w * seed), f"That is {back}: blame goes back through the weight itself.")
        )
    if asked.has_two:
        what = "That takes the error for the gradient: the 2 is left out."
        slips.append((float(blame) / 2, what))
    slips.append((-float(blame), "That has the sign turned."))
    to = "the guess" if asked.trace.plain_output else "its sum"
    slips.append((float(a[j] * w), f"That is what the weight adds to {to}, not its blame."))
    return numeric(
        "dW2",
        f"What is {name}? {through} = {n(a[j])}, W{k}[{j}, 0] = {n(w)}, {behind.name} = {n(seed)}.",
        float(blame),
        f"A weight is blamed by what came through it: {through} · {behind.name} = {n(a[j])} · "
        f"{n(seed)} = {n(blame)}.",
        slips,
    )


def dW1(passes: BackwardPass, exercise: Exercise) -> Question | None:
    """Ask for a weight's blame."""
    asked = Asked(passes, exercise)
    i = min(1, exercise.sizes[0] - 1)
    near, z = asked.near(1), passes.forward_pass.z[0][0]
    gated = exercise.activations[0] == "relu"
    order = sorted((j for j in range(len(z)) if not near[j]), key=lambda j: gated and z[j] <= 0)
    if not order:
        return None
    j = order[0]
    if asked.n_samples > 1:
        return _over_samples("dW1", asked, 1, i, j)
    x, behind = asked.inputs(1), asked.trace.delta(1, j)
    blame, name = float(passes.weight_gradients[0][i, j]), f"dW1[{i}, {j}]"
    through, delta = asked.trace.entry("x", i), behind.value
    slips = [(delta, f"That is the neuron's own blame, not yet multiplied by {through}.")]
    if i == 1:
        slips.append((float(x[0]) * delta, f"That takes x[0]; row 1 of W1 carries {through}."))
    if asked.has_two:
        slips.append((blame / 2, "That leaves out the 2."))
    slips.append((-blame, "That has the sign turned."))
    return numeric(
        "dW1",
        f"What is {name}? x = {row(x)}, {behind.name} = {n(delta)}.",
        blame,
        f"A weight is blamed by what came through it: {through} · {behind.name} = {n(x[i])} · "
        f"{n(delta)} = {n(blame)}.",
        slips,
    )


def _over_samples(key: str, asked: Asked, k: int, i: int, j: int) -> Question | None:
    """Ask for a weight's blame where it is a sum over samples."""
    passes, count = asked.passes, asked.n_samples
    if count > MOST_TERMS or any_near_kink(passes):
        return None
    through = [float(asked.inputs(k, s)[i]) for s in range(count)]
    behind = [float(asked.deltas(k, s)[j]) for s in range(count)]
    parts = [a * d for a, d in zip(through, behind, strict=True)]
    blame, name = float(passes.weight_gradients[k - 1][i, j]), f"dW{k}[{i}, {j}]"
    inputs, deltas = ("x" if k == 1 else f"a{k - 1}"), asked.deltas_name(k).removesuffix("[0]")
    at = "" if deltas == "d_loss_y" and asked.exercise.sizes[-1] == 1 else f"[:, {j}]"
    slips = [
        (parts[0], "That is the first sample alone: the gradient is the sum over all."),
        (-blame, "That has the sign turned."),
        (
            sum(through) * sum(behind),
            "That multiplies two sums; each sample's product comes first.",
        ),
    ]
    if asked.exercise.loss_function.averages:
        # The loss is a mean, and its share is in each delta.
        slips.append((blame / count, "The mean of the loss is in each delta already."))
    return numeric(
        key,
        f"What is {name}? {inputs}[:, {i}] = {row(through)} and {deltas}{at} = {row(behind)}, "
        "a number for each sample.",
        blame,
        f"Each sample blames the weight by what came through it, and that adds up: "
        f"{summed(zip(through, behind, strict=True))} = {n(blame)}.",
        slips,
    )


def most(passes: BackwardPass, exercise: Exercise) -> Question | None:
    """Ask which weight gets the most blame."""
    asked = Asked(passes, exercise)
    weights = {f"W{k}": asked.weights(k) for k in range(1, asked.depth + 1)}
    count = sum(array.size for array in weights.values())
    if any_near_kink(passes) or asked.n_samples > 1 or not 2 <= count <= MOST_WEIGHTS:
        return None
    gradients = passes.parameter_gradients()
    ungated = {
        name: np.outer(asked.inputs(k), passes.activation_gradients[k - 1][0])
        if exercise.activations[k - 1] == "relu"
        else gradients[name]
        for k, name in enumerate(weights, start=1)
    }
    names = [(p, index) for p, array in weights.items() for index in np.ndindex(array.shape)]
    sizes = [abs(float(gradients[p][index])) for p, index in names]
    first, second = sorted(sizes, reverse=True)[:2]
    if first <= 1.05 * second:
        return None
    label = [f"{p}[{', '.join(map(str, index))}]" for p, index in names]
    place = int(np.argmax(sizes))
    answer = label[place]
    largest = label[int(np.argmax([abs(float(weights[p][index])) for p, index in names]))]
    forgot = label[int(np.argmax([abs(float(ungated[p][index])) for p, index in names]))]
    slips: dict[float | str, str] = {}
    if forgot != answer:
        slips[forgot] = "That forgets the gate: no blame reaches the weights of a shut neuron."
    if largest not in (answer, forgot):
        slips[largest] = "That is the largest weight; blame does not follow a weight's own size."
    p, index = names[place]
    known = "; ".join(
        f"{asked.inputs_name(k)} = {row(asked.inputs(k))}, {_deltas(asked, k)}"
        for k in range(1, asked.depth + 1)
    )
    return Question(
        "most_blamed",
        f"Which weight gets the most blame, whatever its sign? {known}.",
        answer,
        f"{answer} has a blame of {n(float(gradients[p][index]))}, the largest in size: what came "
        "through it times the blame behind it.",
        MappingProxyType(slips),
        tuple(label),
    )


def _deltas(asked: Asked, k: int) -> str:
    """Return a layer's deltas; that of a single plain output is a bare number."""
    deltas, name = asked.deltas(k), asked.deltas_name(k)
    bare = name == "d_loss_y" and len(deltas) == 1
    return f"{name} = {n(float(deltas[0])) if bare else row(deltas)}"


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
    pulled = f"({n(blame)} + {n(decay)} · {n(w)})" if decay else n(blame)
    return numeric(
        "update",
        f"What is {title} after one update? {title} = {n(w)}, d{title} = {n(blame)}, the learning "
        f"rate is {n(rate)}{f', the weight decay {n(decay)}' if decay else ''}.",
        new,
        f"The update goes against the blame: {n(w)} - {n(rate)} · {pulled} = {n(new)}."
        if not decay
        else "Weight decay adds to the blame, and the update goes against both: "
        f"{n(w)} - {n(rate)} · {pulled} = {n(new)}.",
        slips,
        # The change is what is asked for, and it may be small beside the number.
        scale=rate * pull,
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
        f"Blame times nudge: {n(slope)} · {NUDGE:g} = {n(promise)}. The loss really changes by "
        f"{n(change)}.",
        slips,
    )
