"""Every note of gates and kinks, of any exercise, is a claim that holds by plain loops."""

import re

import numpy as np
import pytest
from hypothesis import given

from blame import Layer, Network
from blame.exercise.exercise import Exercise
from blame.exercise.numpy_lines import update_of
from pages.shared.words.lessons.notes import backward_notes, gate_notes, kink_notes
from tests.any_shape import FEW, exercises, nearest_kink, run_of
from tests.pages.words.lessons.notes.claims import ALL, NAME, NUM, PICKED, Facts, check


def opens(f, j, here, name, z, blame):
    open_(f, j, here, name, z, blame)
    assert f.slope(f.k, int(j)) == 1


def open_(f, j, here, name, z, blame):
    assert bool(here) == f.many
    f.near(z, f.numbers[name])
    assert f.numbers[name] == pytest.approx(f.row(f"z{f.k}")[int(j)])
    f.near(blame, f.row(f"d_a{f.k}")[int(j)])


def identity(f, j, name, z, blame):
    open_(f, j, f.many, name, z, blame)
    assert f.unit(f.k) == "identity"


def closes(f, j, here, name, z, blame, costs, again):
    open_(f, j, here, name, z, blame)
    j = int(j)
    assert f.row(f"z{f.k}")[j] <= 0
    assert f.row(f"d_z{f.k}")[j] == 0
    if not f.many:
        assert all(row[j] == 0 for row in f.arrays[f"dW{f.k}"])
        assert (f"db{f.k}[{j}]" in costs) == (f.exercise.network.layers[f.k - 1].bias is not None)
        if f"dW{f.k + 1}" in costs:
            assert set(f.arrays[f"dW{f.k + 1}"][j]) == {0}
        assert (f"dW{f.k + 1}" in costs) == (f.k < f.depth)
    if again:
        # Trained on, it is as shut as before.
        assert all(step[f"z{f.k}"][0][j] <= 0 for step in run_of(f.exercise, 4))


def leaks(f, j, here, name, z, share, blame, factor, product):
    open_(f, j, here, name, z, blame)
    f.near(share, f.slope(f.k, int(j)))
    f.near(factor, f.slope(f.k, int(j)))
    f.near(product, f.row(f"d_z{f.k}")[int(j)])


def passes_share(f, j, share, here, unit, name, z, blame, factor, product):
    assert unit == f.unit(f.k)
    leaks(f, j, here, name, z, share, blame, factor, product)


def counted(f, *groups):
    assert f.exercise.sizes[f.k] > 4


def counted_open(f, width, layer, here):
    assert (int(width), int(layer)) == (f.exercise.sizes[f.k], f.k)
    assert all(z > 0 for z in f.row(f"z{f.k}"))


def counted_shut(f, layer, count, here, neurons, share):
    closed = [str(j) for j, z in enumerate(f.row(f"z{f.k}")) if z <= 0]
    assert re.findall(r"\d+", neurons) == closed
    assert int(count) == len(closed)
    assert f.slope(f.k, int(closed[0])) == (float(share) if share else 0)


def counted_all_shut(f, width, layer, here, share):
    assert all(z <= 0 for z in f.row(f"z{f.k}"))


def counted_smooth(f, width, layer, least, here, low, most, high):
    slopes = [f.slope(f.k, j) for j in range(f.exercise.sizes[f.k])]
    f.near(low, min(slopes))
    f.near(high, max(slopes))
    f.near(low, slopes[int(least)])
    f.near(high, slopes[int(most)])


def fused(f, unit, k):
    assert f.k == f.depth == int(k)
    assert (f.unit(f.k), f.exercise.loss.removesuffix("_sum")) == ("sigmoid", "bce")


def no_gate(f):
    assert (f.k, f.unit(f.k)) == (f.depth, "identity")


HERE = r"( on this sample)?"
AT = rf"\({NAME} [=≈] {NUM}\)"
PRODUCT = rf"{NUM} × {NUM} [=≈] {NUM}"
THERE = rf"(?:no blame|only {NUM} of the blame) passes there\."
GATES = {
    rf"Neuron (\d+) is open{HERE} {AT}: all of its {NUM} of blame passes\.": opens,
    rf"Neuron (\d+) {AT}: the identity passes all of its {NUM} of blame\.": identity,
    rf"Neuron (\d+) is shut{HERE} {AT}: its {NUM} of blame stops, so (.*?)\."
    rf"( With this one sample no update can open it again\.)?": closes,
    rf"Neuron (\d+) leaks{HERE} {AT}: {NUM} of its blame passes, {PRODUCT}\.": leaks,
    rf"Neuron (\d+) passes the share {NUM} of its blame{HERE}, the slope of the (\w+) {AT}: "
    rf"{PRODUCT}\.": passes_share,
    r"The identity passes all blame of the (\d+) neurons of layer (\d+)\.": counted,
    rf"All (\d+) gates of layer (\d+) are open{HERE}: all blame passes\.": counted_open,
    rf"All (\d+) gates of layer (\d+) are shut{HERE}: {THERE}": counted_all_shut,
    rf"Of the \d+ gates of layer (\d+), (\d+) (?:is|are) shut{HERE}, of neurons? (.*): {THERE}":
        counted_shut,
    rf"Of the (\d+) neurons of layer (\d+), neuron (\d+) passes the smallest share of its blame"
    rf"{HERE}, {NUM}, and neuron (\d+) the largest, {NUM}\.": counted_smooth,
    r"At the output the (\w+) and the loss are one: .* the difference of y_pred and y_true, "
    r"whatever the slope at z(\d)\.": fused,
    r"The output has no gate: all of its blame passes\.": no_gate,
}  # fmt: skip


@FEW
@given(exercises(most=6, layers=3), PICKED)
def test_what_is_said_of_gates_holds(exercise, picked):
    if nearest_kink(exercise) < 1e-9:
        return
    f, passes = Facts(exercise, picked % exercise.n_samples), exercise.backward()
    for k in range(1, f.depth + 1):
        f.k = k
        notes = gate_notes(passes, ALL, f.s, f.k, update_of(exercise))
        if f.unit(f.k) == "softmax":
            assert notes == ["The softmax has no gate for each z: all its outputs share them."]
            continue
        said = check(notes, GATES, f)
        assert len(said) == (1 if said[0] in ("fused", "no_gate") or len(f.row(f"z{f.k}")) > 4
                             else exercise.sizes[f.k])  # fmt: skip


def test_every_claim_is_reached():
    # By what the three tests above draw, or by these.
    sums = Layer(np.eye(6), np.zeros(6), "relu")
    wide = Exercise(Network((sums, Layer(np.ones((6, 1)), [0.0], "identity"))), -np.ones(6), [2.0])
    (counted_,) = gate_notes(wide.backward(), ALL)
    assert counted_ == "All 6 gates of layer 1 are shut: no blame passes there."
    assert "No weight receives blame: every gate is shut, and only b2 still gets any." in (
        backward_notes(wide.backward(), ALL)
    )
    opened = wide.with_numbers({f"x[{j}]": 1.0 for j in range(6)})
    assert gate_notes(opened.backward(), ALL) == [
        "All 6 gates of layer 1 are open: all blame passes."
    ]
    half = wide.with_numbers({"x[2]": 1.0, "x[5]": 2.0})
    assert gate_notes(half.backward(), ALL) == [
        "Of the 6 gates of layer 1, 4 are shut, of neurons 0, 1, 3 and 4: no blame passes there."
    ]


def test_a_gate_that_may_open_again_is_not_said_to_stay_shut():
    # Tied to the other neuron's bias, which is blamed, neuron 1 is lifted until it opens.
    layers = (
        Layer([[1.0, 0.2]], [-0.3, -0.3], "relu"),
        Layer([[1.0], [1.0]], [0.0], "identity"),
    )
    tied = Exercise(Network(layers), [1.0], [5.0], tied=("b1",), steps=3)
    run = run_of(tied)
    assert run[0]["z1"][0][1] < 0 < run[-1]["z1"][0][1]
    say = lambda e: " ".join(gate_notes(e.backward(), ALL, update=update_of(e)))  # noqa: E731
    assert "is shut" in say(tied)
    assert "open it again" not in say(tied)
    free = Exercise(Network(layers), [1.0], [5.0], steps=3)
    assert "no update can open it again" in say(free)
    assert all(step["z1"][0][1] < 0 for step in run_of(free))
    decays = Exercise(Network(layers), [1.0], [5.0], weight_decay=0.5)
    assert "open it again" not in say(decays)


def test_kinks_of_every_layer_and_sample_are_told_and_many_are_counted():
    layers = (Layer([[1.0]], [0.0], "identity"), Layer([[1.0]], [-1.0], "leaky_relu"))
    on = Exercise(Network(layers), [[2.0], [1.0]], [[0.0], [0.0]])
    assert kink_notes(on.backward(), ALL) == [
        "z2[1, 0] is exactly 0, where the leaky ReLU has no slope. The convention takes 0.01, as "
        "PyTorch and TensorFlow do."
    ]
    assert kink_notes(on.with_numbers({"x[1, 0]": 1.5}).backward(), ALL) == []
    six = Exercise(Network((Layer([[1.0] * 6], None, "relu"),)), [0.0], [0.0] * 6)
    *told, counted_ = kink_notes(six.backward(), ALL)
    assert len(told) == 4
    assert all("the gate is shut" in sentence for sentence in told)
    assert counted_ == "2 more stand on the kink."
