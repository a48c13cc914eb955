"""Questions about single numbers of the forward and the backward pass."""

from __future__ import annotations

from types import MappingProxyType

from blame.backward import BackwardPass
from blame.exercise.exercise import Exercise
from blame.practise.question import Question, guess_target_blame, near_kink, numeric
from blame.practise.question import written_number as n


def z1(passes: BackwardPass, exercise: Exercise) -> Question:
    """Ask for a pre-activation."""
    parameters = passes.forward_pass.network.parameters()
    # Column and row differ for either neuron; off the kink the sum comes out as on paper.
    j = 0 if near_kink(passes)[1] else 1
    x, W, bias = exercise.x, parameters["W1"], float(parameters["b1"][j])
    z = float(passes.forward_pass.z[0][0, j])
    return numeric(
        "z1",
        f"What is z1[{j}], before the ReLU? x = [{n(x[0])}, {n(x[1])}], column {j} of W1 is "
        f"[{n(W[0, j])}, {n(W[1, j])}], b1[{j}] = {n(bias)}.",
        z,
        f"z1[{j}] = {n(x[0])} · {n(W[0, j])} + {n(x[1])} · {n(W[1, j])} + {n(bias)} = {n(z)}.",
        [
            (z - bias, "That is without the bias."),
            (max(z, 0.0), f"That is a1[{j}], after the ReLU."),
            (
                float(x @ W[j]) + bias,
                f"That takes row {j} of W1; a neuron's weights stand in its column.",
            ),
        ],
    )


def y_pred(passes: BackwardPass, exercise: Exercise) -> Question | None:
    """Ask for the prediction."""
    if any(near_kink(passes)):
        return None
    last = passes.forward_pass.network.parameters()
    a, z, w = passes.forward_pass.a[0][0], passes.forward_pass.z[0][0], last["W2"][:, 0]
    b, y = float(last["b2"][0]), float(passes.forward_pass.prediction[0, 0])
    return numeric(
        "y_pred",
        f"What is y_pred? z1 = [{n(z[0])}, {n(z[1])}], W2 = [{n(w[0])}, {n(w[1])}], b2 = {n(b)}.",
        y,
        f"a1 = max(0, z1) = [{n(a[0])}, {n(a[1])}], so y_pred = {n(a[0])} · {n(w[0])} + "
        f"{n(a[1])} · {n(w[1])} + {n(b)} = {n(y)}.",
        [
            (float(z @ w) + b, "That forgets the ReLU: a shut neuron gives 0."),
            (y - b, "That is without b2."),
        ],
    )


def loss(passes: BackwardPass, exercise: Exercise) -> Question:
    """Ask for the loss."""
    guess, target, _ = guess_target_blame(passes)
    error, loss = guess - target, float(passes.loss)
    return numeric(
        "loss",
        f"What is the loss? y_pred = {n(guess)}, y_true = {n(target)}.",
        loss,
        f"The error is {n(error)}, and the loss is its square, {n(loss)}.",
        [
            (error, "That is the error, not its square."),
            (-error, "That is the error, not its square."),
            (loss / 2, "That has a one half; this loss has none."),
            (2 * error, "That is the loss's slope, the blame at the output."),
        ],
    )


def d_loss_y(passes: BackwardPass, exercise: Exercise) -> Question:
    """Ask for the blame at the output."""
    guess, target, seed = guess_target_blame(passes)
    return numeric(
        "d_loss_y",
        f"How fast does the loss change if y_pred grows? y_pred = {n(guess)}, "
        f"y_true = {n(target)}.",
        seed,
        f"The slope of the square is twice the error: 2 · ({n(guess)} - {n(target)}) = {n(seed)}.",
        [
            (seed / 2, "That takes the error for the gradient: the 2 is left out."),
            (-seed, "That has the sign turned: it is y_pred - y_true."),
            (float(passes.loss), "That is the loss itself, not its slope."),
        ],
    )


def d_a1(passes: BackwardPass, exercise: Exercise) -> Question:
    """Ask for the blame that arrives at a neuron."""
    _, _, seed = guess_target_blame(passes)
    w = float(passes.forward_pass.network.layers[1].weights[0, 0])
    a, blame = float(passes.forward_pass.a[0][0, 0]), float(passes.activation_gradients[0][0, 0])
    return numeric(
        "d_a1",
        f"What is d_a1[0], the blame that arrives at neuron 0? d_loss_y = {n(seed)}, "
        f"W2[0, 0] = {n(w)}, a1[0] = {n(a)}.",
        blame,
        f"Blame goes back through the weight it came by: {n(seed)} · {n(w)} = {n(blame)}.",
        [
            (blame / 2, "That leaves out the 2: it starts from the error, not from d_loss_y."),
            (seed * a, "That is dW2[0, 0]: the activation belongs to the weight's own blame."),
            (-blame, "That has the sign turned."),
            (0.0, "The gate comes later: d_a1 is what arrives at it."),
            (seed, "That is d_loss_y itself, not yet multiplied by the weight."),
        ],
    )


def gate(passes: BackwardPass, exercise: Exercise) -> Question | None:
    """Ask whether a gate lets blame through."""
    near = near_kink(passes)
    asked = [j for j in (1, 0) if not near[j]]
    if not asked:
        return None
    j = asked[0]
    z, arriving = float(passes.forward_pass.z[0][0, j]), passes.activation_gradients[0][0, j]
    is_open = z > 0
    said = "above 0, so it is open and passes all" if is_open else "not above 0, so it is shut"
    return Question(
        "gate",
        f"z1[{j}] = {n(z)}, and blame of {n(arriving)} arrives. Does the gate of neuron {j} "
        "let it through?",
        "Yes" if is_open else "No",
        f"z1[{j}] = {n(z)} is {said}.",
        MappingProxyType(
            {
                "No": "Only z decides; the sign of the blame does not matter.",
            }
            if is_open
            else {"Yes": "That forgets the gate."}
        ),
        ("Yes", "No"),
    )


def d_z1(passes: BackwardPass, exercise: Exercise) -> Question | None:
    """Ask what a gate lets through."""
    near = near_kink(passes)
    z, arriving = passes.forward_pass.z[0][0], passes.activation_gradients[0][0]
    # A shut gate teaches most.
    asked = sorted((j for j in range(2) if not near[j]), key=lambda j: z[j] > 0)
    if not asked:
        return None
    j = asked[0]
    blame, zj = float(arriving[j]), float(z[j])
    answer = blame if zj > 0 else 0.0
    way = "passes as it is" if zj > 0 else "stops at the shut gate"
    return numeric(
        "d_z1",
        f"What is d_z1[{j}]? z1[{j}] = {n(zj)}, d_a1[{j}] = {n(blame)}.",
        answer,
        f"z1[{j}] = {n(zj)}, so the blame {way}: d_z1[{j}] = {n(answer)}.",
        [
            (blame, "That forgets the gate: z is below 0."),
            (0.0, "The gate is open: z is above 0."),
            (blame * zj, "The gate does not multiply by z; it passes all or nothing."),
            (-blame, "The gate does not turn the sign."),
        ],
    )
