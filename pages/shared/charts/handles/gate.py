"""Handles of the gate: each neuron's bias moves its point along the curve of the activation."""

from __future__ import annotations

from blame import BackwardPass
from blame.exercise.exercise import Exercise
from pages.shared.charts.handles.handle import Handle
from pages.shared.charts.named import Sample
from pages.shared.words.numbers import Numbers


def bias_name(exercise: Exercise, layer: int, neuron: int) -> str:
    """Return the name that the bias of a neuron goes by: one that is tied by its first."""
    return f"b{layer}[{0 if f'b{layer}' in exercise.tied else neuron}]"


def said_of_bias(exercise: Exercise, layer: int, neuron: int) -> str:
    """Return what the bias of a neuron is, in words."""
    name = bias_name(exercise, layer, neuron)
    if f"b{layer}" in exercise.tied:
        return f"{name}, the bias of all neurons of layer {layer}"
    return f"{name}, the bias of neuron {neuron}"


def activation_handles(exercise: Exercise, sample: int = 0, layer: int = 1) -> list[Handle]:
    """Return a handle on each neuron's point: z moves as its bias does; none without a bias."""
    if exercise.network.layers[layer - 1].bias is None:
        return []
    passes = exercise.backward()
    one, n = Sample(passes, sample), Numbers().of(passes)
    biases = exercise.numbers()
    z, a = one.z(layer), one.a(layer)
    found = []
    for j, (where, height) in enumerate(zip(z.values, a.values, strict=True)):
        bias = bias_name(exercise, layer, j)
        low, high = exercise.bounds_of(bias)
        found.append(
            Handle(
                f"neuron {j}",
                bias,
                said_of_bias(exercise, layer, j),
                f"{bias} = {n.text(biases[bias])}, {z.names[j]} {n.equals(where)}",
                biases[bias],
                low,
                high,
                where,
                height,
            )
        )
    return found


def sweep_handle(exercise: Exercise, passes: BackwardPass, layer: int, neuron: int) -> list[Handle]:
    """Return the handle on today's line in the sweep of a bias."""
    bias = bias_name(exercise, layer, neuron)
    low, high = exercise.bounds_of(bias)
    today = exercise.numbers()[bias]
    text = f"{bias} = {Numbers().of(passes).text(today)}"
    said = said_of_bias(exercise, layer, neuron)
    return [Handle("today", bias, said, text, today, low, high, today, None, knob=True)]
