"""Questions about a neuron: its sum, the prediction, its gate, and blame on its way through."""

from __future__ import annotations

from types import MappingProxyType

import numpy as np

from blame.activations import LEAK
from blame.backward import BackwardPass
from blame.exercise.exercise import Exercise
from blame.practise.question import Question, any_near_kink, numeric, row, summed
from blame.practise.question import written_number as n
from blame.practise.questions.asked import MOST_TERMS, Asked


def z1(passes: BackwardPass, exercise: Exercise) -> Question | None:
    """Ask for a pre-activation."""
    asked, W = Asked(passes, exercise), exercise.network.layers[0].weights
    if W.shape[0] > MOST_TERMS:
        return None
    near = asked.near(1)
    # Column and row differ for the second; off the kink the sum comes out as on paper.
    order = [j for j in (1, 0, *range(2, W.shape[1])) if j < W.shape[1]]
    j = next((j for j in order if not near[j]), 0)
    x, bias, z = asked.inputs(1), asked.bias(1, j), float(passes.forward_pass.z[0][0, j])
    name, a = asked.z_name(1, j), float(passes.forward_pass.a[0][0, j])
    curved = exercise.activations[0] != "identity"
    slips = [(z - (bias or 0.0), "That is without the bias.")] if bias is not None else []
    if curved:
        slips.append((a, f"That is {asked.a_name(1, j)}, after the {asked.unit(1)}."))
    if W.shape[0] == W.shape[1] > 1:
        slips.append(
            (
                float(x @ W[j]) + (bias or 0.0),
                f"That takes row {j} of W1; a neuron's weights stand in its column.",
            )
        )
    terms = [(float(value), float(w)) for value, w in zip(x, W[:, j], strict=True)]
    return numeric(
        "z1",
        f"What is {name}{f', before the {asked.unit(1)}' if curved else ''}? "
        f"{asked.inputs_name(1)} = {row(x)}, column {j} of W1 is {row(W[:, j])}"
        f"{'' if bias is None else f', b1[{j}] = {n(bias)}'}.",
        z,
        f"{name} = {summed(terms)}{'' if bias is None else f' + {n(bias)}'} = {n(z)}.",
        slips,
        of=name,
    )


def y_pred(passes: BackwardPass, exercise: Exercise) -> Question | None:
    """Ask for the prediction, or for the sum before the last activation."""
    asked = Asked(passes, exercise)
    k = asked.depth
    W, unit = asked.weights(k), exercise.activations[k - 2]
    if k == 1 or any_near_kink(passes) or W.shape[0] > MOST_TERMS:
        return None
    a, z, w = asked.inputs(k), passes.forward_pass.z[k - 2][0], W[:, 0]
    b, y = asked.bias(k, 0), float(passes.forward_pass.z[k - 1][0, 0])
    name, alone = asked.z_name(k, 0), W.shape[1] == 1
    made = {"relu": "max(0, z)", "leaky_relu": f"max({LEAK:g} z, z)"}.get(unit)
    given, before = (z, f"z{k - 1}") if made else (a, f"a{k - 1}")
    column = f"W{k}" if alone else f"column 0 of W{k}"
    bias = f"b{k}" if alone else f"b{k}[0]"
    terms = [(float(value), float(v)) for value, v in zip(a, w, strict=True)]
    whole = f"{name} = {summed(terms)}{'' if b is None else f' + {n(b)}'} = {n(y)}."
    if made:
        known = made.replace("z", asked.of_sample(before))
        whole = f"{asked.of_sample(f'a{k - 1}')} = {known} = {row(a)}, so {whole}"
    slips = []
    if made:
        forgot = "a shut neuron gives 0" if unit == "relu" else "below 0 little is left"
        slips.append(
            (float(z @ w) + (b or 0.0), f"That forgets the {asked.unit(k - 1)}: {forgot}.")
        )
    if b is not None:
        slips.append((y - b, f"That is without {bias}."))
    curved = "" if asked.trace.plain_output else f", before the {asked.unit(k)}"
    return numeric(
        "y_pred",
        f"What is {name}{curved}? {asked.of_sample(before)} = {row(given)}, "
        f"{column} {'=' if alone else 'is'} {row(w)}{'' if b is None else f', {bias} = {n(b)}'}.",
        y,
        whole,
        slips,
        of=name,
    )


def d_a1(passes: BackwardPass, exercise: Exercise) -> Question | None:
    """Ask for the blame that arrives at a neuron."""
    asked = Asked(passes, exercise)
    k = asked.depth
    W = asked.weights(k)
    if k == 1 or W.shape[1] > MOST_TERMS:
        return None
    deltas, w, name = asked.deltas(k), W[0], asked.trace.entry(f"d_a{k - 1}", 0)
    a, blame = float(asked.inputs(k)[0]), float(passes.activation_gradients[k - 2][0, 0])
    seed, behind = float(deltas[0]), asked.trace.delta(k, 0).name
    slips = [(blame / 2, f"That leaves out the 2: it starts from the error, not from {behind}.")]
    slips = slips if asked.has_two else []
    if W.shape[1] == 1:
        known = f"{behind} = {n(seed)}, W{k}[0, 0] = {n(float(w[0]))}"
        if asked.n_samples == 1:
            what = f"That is dW{k}[0, 0]: the activation belongs to the weight's own blame."
            slips.append((seed * a, what))
    else:
        known = f"{asked.deltas_name(k)} = {row(deltas)}, row 0 of W{k} is {row(w)}"
        slips.append((seed * float(w[0]), "That is one path alone: those of all outputs add up."))
    slips.append((-blame, "That has the sign turned."))
    if exercise.activations[k - 2] == "relu":
        slips.append((0.0, f"The gate comes later: d_a{k - 1} is what arrives at it."))
    if W.shape[1] == 1:
        slips.append((seed, f"That is {behind} itself, not yet multiplied by the weight."))
    terms = [(float(d), float(v)) for d, v in zip(deltas, w, strict=True)]
    return numeric(
        "d_a1",
        f"What is {name}, the blame that arrives at neuron 0? {known}, "
        f"{asked.a_name(k - 1, 0)} = {n(a)}.",
        blame,
        f"Blame goes back through the weight it came by: {summed(terms)} = {n(blame)}."
        if W.shape[1] == 1
        else f"Blame goes back through the weights it came by, and adds up: {summed(terms)} = "
        f"{n(blame)}.",
        slips,
        of=name,
    )


def gate(passes: BackwardPass, exercise: Exercise) -> Question | None:
    """Ask whether a gate lets blame through."""
    asked = Asked(passes, exercise)
    k = _hidden(asked, ("relu",))
    if k is None:
        return None
    near = asked.near(k)
    order = [j for j in (1, 0, *range(2, len(near))) if j < len(near) and not near[j]]
    if not order:
        return None
    j = order[0]
    z, arriving = (
        float(passes.forward_pass.z[k - 1][0, j]),
        passes.activation_gradients[k - 1][0, j],
    )
    name, is_open = asked.z_name(k, j), z > 0
    said = "above 0, so it is open and passes all" if is_open else "not above 0, so it is shut"
    of = f" of layer {k}" if asked.depth > 2 else ""
    return Question(
        "gate",
        f"{name} = {n(z)}, and blame of {n(arriving)} arrives. Does the gate of neuron {j}{of} "
        "let it through?",
        "Yes" if is_open else "No",
        f"{name} = {n(z)} is {said}.",
        MappingProxyType(
            {
                "No": "Only z decides; the sign of the blame does not matter.",
            }
            if is_open
            else {"Yes": "That forgets the gate."}
        ),
        ("Yes", "No"),
    )


def _hidden(asked: Asked, units: tuple[str, ...]) -> int | None:
    """Return the first hidden layer, from 1, whose activation is one of these."""
    hidden = asked.exercise.activations[:-1]
    return next((k for k, unit in enumerate(hidden, start=1) if unit in units), None)


def d_z1(passes: BackwardPass, exercise: Exercise) -> Question | None:
    """Ask what an activation lets through."""
    asked = Asked(passes, exercise)
    k = _hidden(asked, ("relu", "sigmoid", "tanh"))
    if k is None and exercise.activations[-1] in ("sigmoid", "tanh") and not asked.trace.fused:
        k = asked.depth
    if k is None:
        return None
    if exercise.activations[k - 1] != "relu":
        return _through_curve(asked, k)
    near = asked.near(k)
    z, arriving = passes.forward_pass.z[k - 1][0], passes.activation_gradients[k - 1][0]
    # A shut gate teaches most.
    order = sorted((j for j in range(len(near)) if not near[j]), key=lambda j: z[j] > 0)
    if not order:
        return None
    j = order[0]
    blame, zj = float(arriving[j]), float(z[j])
    answer = blame if zj > 0 else 0.0
    way = "passes as it is" if zj > 0 else "stops at the shut gate"
    name, before = asked.trace.entry(f"d_z{k}", j), asked.trace.entry(f"d_a{k}", j)
    at = asked.z_name(k, j)
    return numeric(
        "d_z1",
        f"What is {name}? {at} = {n(zj)}, {before} = {n(blame)}.",
        answer,
        f"{at} = {n(zj)}, so the blame {way}: {name} = {n(answer)}.",
        [
            (blame, "That forgets the gate: z is below 0."),
            (0.0, "The gate is open: z is above 0."),
            (blame * zj, "The gate does not multiply by z; it passes all or nothing."),
            (-blame, "The gate does not turn the sign."),
        ],
        of=name,
    )


def _through_curve(asked: Asked, k: int) -> Question | None:
    """Ask for blame behind a sigmoid or a tanh, whose slope is said by its value."""
    sigmoid = asked.exercise.activations[k - 1] == "sigmoid"
    a = float(asked.passes.forward_pass.a[k - 1][0, 0])
    blame = float(asked.passes.activation_gradients[k - 1][0, 0])
    answer = float(asked.deltas(k)[0])
    # Where the value has lost its digits, its slope cannot be had from it.
    if not np.isclose(answer, blame * (a * (1 - a) if sigmoid else 1 - a * a), rtol=1e-6, atol=0):
        return None
    last = k == asked.depth
    before = asked.trace.output("d_loss_y", 0) if last else asked.trace.entry(f"d_a{k}", 0)
    name, value = asked.trace.entry(f"d_z{k}", 0), asked.a_name(k, 0)
    slope = (
        f"{n(a)} × (1 - {n(a)})" if sigmoid else f"(1 - {n(a)}²)" if a >= 0 else f"(1 - ({n(a)})²)"
    )
    slips = [
        (blame, f"That leaves out the slope of the {asked.unit(k)}."),
        (blame * a, "That multiplies by the value, not by the slope."),
        (blame * (1 - a * a), "That is the slope of a tanh.")
        if sigmoid
        else (blame * a * (1 - a), "That is the slope of a sigmoid."),
        (-answer, "That has the sign turned."),
    ]
    if sigmoid:
        slips.append((blame * (1 - a), "That leaves out a: the slope is a × (1 - a)."))
    said = "a × (1 - a)" if sigmoid else "1 - a²"
    return numeric(
        "d_z1",
        f"What is {name}, behind the {asked.unit(k)}? {value} = {n(a)}, {before} = {n(blame)}.",
        answer,
        f"The slope of a {asked.unit(k)} is {said} of its value: {n(blame)} × {slope} = "
        f"{n(answer)}.",
        slips,
        of=name,
    )
