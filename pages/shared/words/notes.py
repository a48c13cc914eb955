"""What to notice: sentences computed from the current numbers, true of them and of no others."""

from __future__ import annotations

import numpy as np

from blame import BackwardPass
from blame.exercise.bounds import LARGEST
from blame.exercise.exercise import Exercise
from blame.kinks import on_the_kink
from blame.refusals import refuse_unless
from pages.shared.words.agreeing import about, adds_up, agreeing, multiplied
from pages.shared.words.numbers import NOTHING_SAID, Numbers, full, short

LESSON = {
    "layers": 2,
    "outputs": 1,
    "hidden": ("relu",),
    "last": ("identity",),
    "instead": "open its numbers one by one with a Trace",
}
"""What the sentences speak of: each of them is true of such networks only."""


def _names(passes: BackwardPass) -> dict[str, float]:
    """Return every weight's gradient by its name on screen."""
    return {
        f"{name}[{', '.join(map(str, index))}]": float(value)
        for name, gradient in passes.parameter_gradients().items()
        if name.startswith("W")
        for index, value in np.ndenumerate(gradient)
    }


def _as_kept(value: float, numbers: Numbers) -> str:
    """Return what float64 has for a value that is shown as 0 elsewhere."""
    return full(value) if numbers.all_digits else short(value)


def kink_notes(passes: BackwardPass, numbers: Numbers) -> list[str]:
    """Say which hidden neurons stand on the kink, where one rounding bit decides the gate."""
    refuse_unless("what is said of kinks", passes, **LESSON)
    found = []
    near = on_the_kink(passes.forward_pass)[0][0]
    for j in np.flatnonzero(near):
        z = float(passes.forward_pass.z[0][0, j])
        gate = "open" if passes.local_gradients[0][0, j] else "shut"
        if z == 0:
            found.append(
                f"z1[{j}] is exactly 0, where the ReLU has no slope. The convention takes 0, as "
                "PyTorch and TensorFlow do: the gate is shut."
            )
        else:
            found.append(
                f"z1[{j}] cannot be told from 0: the {_as_kept(z, numbers)} that float64 has "
                "is within the rounding error of its own sum. Its sign is rounding noise, and the "
                f"gate is {gate} because of it."
            )
    return found


def forward_notes(passes: BackwardPass, numbers: Numbers) -> list[str]:
    """Say what is true of this forward pass."""
    refuse_unless("what is said of a forward pass", passes, losses=("mse",), **LESSON)
    forward, n = passes.forward_pass, numbers.of(passes)
    layer = forward.network.layers[0]
    found = []
    for j in range(layer.n_out):
        terms = [*(forward.x[0] * layer.weights[:, j]), layer.bias[j]]
        names = [*(f"x[{i}] W1[{i}, {j}]" for i in range(layer.n_in)), f"b1[{j}]"]
        largest = int(np.argmax(np.abs(terms)))
        z = float(forward.z[0][0, j])
        end = f"its ReLU passes {n.text(z)} on" if z > 0 else "its ReLU gives 0"
        part = n.equals(float(terms[largest]))
        found.append(f"The largest part of z1[{j}] is {names[largest]} {part}; {end}.")
    error = float((forward.prediction - passes.target)[0, 0])
    seed = float(passes.activation_gradients[-1][0, 0])
    if n.is_nothing(seed):
        found.append(
            "The prediction equals the target but for rounding: on paper the loss and its slope "
            "can both be 0."
        )
    elif error == 0:
        found.append("The prediction equals the target: the loss and its slope are both 0.")
    else:
        side = "above" if error > 0 else "below"
        apart = agreeing(float(passes.target[0, 0]), float(forward.prediction[0, 0]), n)
        square = about(adds_up([[apart.size, apart.size]], n.text(float(passes.loss))))
        twice = about(adds_up([["2", apart.by]], n.signed(seed)))
        found.append(
            f"y_pred = {apart.after} lies {apart.size} {side} y_true = {apart.before}, so the loss "
            f"is its square, {square}{n.text(float(passes.loss))}, and the slope is twice it, "
            f"{twice}{n.signed(seed)}."
        )
    return found + kink_notes(passes, n)


def backward_notes(passes: BackwardPass, numbers: Numbers) -> list[str]:
    """Say what is true of this backward pass."""
    # "Both gates" are two.
    sizes = (passes.forward_pass.network.sizes[0], 2, 1)
    refuse_unless("what is said of a backward pass", passes, sizes=sizes, **LESSON)
    n = numbers.of(passes)
    seed = float(passes.activation_gradients[-1][0, 0])
    if seed == 0:
        return ["The prediction is right, so the blame starts at 0 and every gradient is 0."]
    if n.is_nothing(seed):
        return [
            "The prediction is right but for rounding, so the blame starts at 0 and every gradient "
            f"is 0, but for rounding: float64 has {_as_kept(seed, n)} to start from.",
            *kink_notes(passes, n),
        ]
    found = []
    named = _names(passes)
    top = max(named, key=lambda name: abs(named[name]))
    if named[top] == 0:
        found.append("No weight receives blame: both gates are shut, and only b2 can still learn.")
    else:
        way = "raise" if named[top] > 0 else "lower"
        found.append(
            f"The most blamed weight is {top}: growing it a little would {way} the loss "
            f"{n.text(abs(named[top]))} times as fast as the weight grows."
        )
    first = float(np.abs(passes.weight_gradients[0]).max())
    if first > abs(seed):
        found.append(
            f"Blame grew on its way back: up to {n.text(first)} in dW1 against "
            f"{n.text(abs(seed))} at the output. It is a product of factors, and these exceed 1."
        )
    elif first > 0:
        found.append(
            f"Blame shrank or held on its way back: at most {n.text(first)} in dW1 against "
            f"{n.text(abs(seed))} at the output. It is a product of factors."
        )
    for j, (upstream, local) in enumerate(
        zip(passes.activation_gradients[0][0], passes.local_gradients[0][0], strict=True)
    ):
        if local == 0:
            found.append(
                f"The gate of neuron {j} is shut: its {n.signed(float(upstream))} of blame stops "
                f"there, and column {j} of dW1 is 0."
            )
    activations = passes.forward_pass.a[0][0]
    if activations.max() > 0 and len(activations) > 1:
        big = int(np.argmax(activations))
        found.append(
            f"In W2, row {big} takes the most blame because a1[{big}] = "
            f"{n.text(float(activations[big]))} is the largest activation."
        )
    return found + kink_notes(passes, n)


def update_note(before: float, after: float, rate: float, numbers: Numbers) -> str:
    """Say what one update did to the loss."""
    if rate == 0:
        return "With a learning rate of 0 nothing moves."
    change = agreeing(before, after, numbers)
    if numbers.is_nothing(before) and numbers.is_nothing(after):
        # Which of the two is larger is the rounding's doing.
        return f"The update leaves the loss at {NOTHING_SAID}."
    if after < before:
        return (
            f"The update lowers the loss from {change.before} to {change.after}, by {change.size}."
        )
    if after > before:
        return (
            f"The update raises the loss from {change.before} to {change.after}, by {change.size}. "
            "Each gradient is right for a small step; this step is too large for it to hold."
        )
    return f"The update leaves the loss at {numbers.text(before)}."


def gate_notes(passes: BackwardPass, numbers: Numbers) -> list[str]:
    """Say what is true of these gates."""
    refuse_unless("what is said of gates", passes, **LESSON)
    n = numbers.of(passes)
    found = []
    for j, local in enumerate(passes.local_gradients[0][0]):
        z = float(passes.forward_pass.z[0][0, j])
        upstream = float(passes.activation_gradients[0][0, j])
        if local:
            found.append(
                f"Neuron {j} is open (z1[{j}] {n.equals(z)}): all of its "
                f"{n.signed(upstream)} of blame passes."
            )
        else:
            found.append(
                f"Neuron {j} is shut (z1[{j}] {n.equals(z)}): its {n.signed(upstream)} of blame "
                f"stops, so column {j} of dW1 and db1[{j}] are 0; a1[{j}] = 0 makes dW2[{j}, 0] 0 "
                "too. With this one sample no update can open it again."
            )
    return found + kink_notes(passes, n)


def question(exercise: Exercise, numbers: Numbers, nudge: float = 0.01) -> str:
    """Answer the notebook's question for the most blamed weight: what blame promises, what is."""
    passes = exercise.backward()
    n = numbers.of(passes)
    named = _names(passes)
    top = max(named, key=lambda name: abs(named[name]))
    before = float(passes.loss)
    value = exercise.numbers()[top]
    nudged = exercise.with_numbers({top: min(value + nudge, LARGEST)})
    after = float(nudged.backward().loss)
    blame = 0.0 if n.is_nothing(named[top]) else named[top]
    change = agreeing(before, after, n)
    promised = multiplied([blame, nudge], blame * nudge, n).product
    sign = "+" if blame > 0 else ""
    return (
        f"Take {top}, with a blame of {n.signed(named[top])}. Grow it by {nudge:g} and blame "
        f"promises {sign}{promised}; the loss really goes from {change.before} to "
        f"{change.after}, a change of {change.by}."
    )
