"""Questions about the blame of weights, and about the paths that it takes."""

from __future__ import annotations

from types import MappingProxyType

import numpy as np

from blame.backward import BackwardPass
from blame.exercise.exercise import Exercise
from blame.practise.question import Question, any_near_kink, numeric, row, summed
from blame.practise.question import written_number as n
from blame.practise.questions.asked import MOST_TERMS, Asked

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
        of=f"d_{name}",
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
        f"A weight is blamed by what came through it: {through} × {behind.name} = {n(a[j])} × "
        f"{n(seed)} = {n(blame)}.",
        slips,
        of=name,
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
        f"A weight is blamed by what came through it: {through} × {behind.name} = {n(x[i])} × "
        f"{n(delta)} = {n(blame)}.",
        slips,
        of=name,
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
        of=name,
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
