"""Every note of any exercise is one of the claims below, and each claim holds by plain loops.

A sentence that no claim knows fails, so nothing is said that is not read back.
"""

import math
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from blame import Layer, Network
from blame.exercise.exercise import Exercise
from blame.exercise.numpy_lines import update_of
from pages.shared.words.lessons.notes import backward_notes, forward_notes, gate_notes, kink_notes
from pages.shared.words.numbers import Numbers
from tests.any_shape import FEW, exercises, named, nearest_kink, run_of, slope_of, worked_out

ALL = Numbers(all_digits=True)
PICKED = st.integers(0, 7)
NUM = r"([-+]?(?:\d[\d.]*(?:e[-+]?\d+)?|inf))"
NAME = r"([a-zA-Z_]+\d*(?:\[[\d, ]+\])?)"


class Facts:
    """What the loops know of one exercise, at one sample."""

    def __init__(self, exercise, sample):
        self.exercise, self.s = exercise, sample
        self.arrays = worked_out(exercise)
        self.numbers = named(exercise, self.arrays)
        self.depth, self.many = len(exercise.activations), exercise.n_samples > 1
        self.width = exercise.sizes[-1]

    def row(self, array):
        return self.arrays[array][self.s]

    def unit(self, k):
        return self.exercise.activations[k - 1]

    def slope(self, k, j, s=None):
        s = self.s if s is None else s
        z, a = self.arrays[f"z{k}"][s][j], self.arrays[f"a{k}"][s][j]
        return a * (1 - a) if self.unit(k) == "softmax" else slope_of(self.unit(k), z, a)

    def near(self, text, wanted):
        assert float(text) == pytest.approx(wanted, rel=1e-6, abs=1e-9), (text, wanted)

    def layer_of(self, text):
        return int(text) if text else 1

    def cost(self, s, j):
        """Return what one output of one sample adds to the loss, before any mean."""
        y, loss = self.arrays["y_pred"][s][j], self.exercise.loss.removesuffix("_sum")
        t = self.arrays["y_true"][s][j]
        if loss in ("mse", "sse", "half_sse"):
            return (y - t) ** 2 * (0.5 if loss == "half_sse" else 1)
        if loss == "bce":
            return -(t * math.log(y) + (1 - t) * math.log(1 - y))
        return -t * math.log(y)

    @property
    def shares(self):
        n = self.exercise.n_samples
        return {"mse": n * self.width, "bce": n * self.width, "cross_entropy": n}.get(
            self.exercise.loss, 1
        )


def largest_z(f, count, name):
    assert int(count) == len(f.row("z1")) > 4
    assert abs(f.numbers[name]) == pytest.approx(max(map(abs, f.row("z1"))))


def part(f, which, name, called, value, end):
    j = int(re.findall(r"\d+", name.partition("[")[2])[-1]) if name[0] == "z" else None
    if j is None:
        indices = re.findall(r"\d+", name.partition("[")[2])
        j = int(indices[-1]) if f.width > 1 else 0
    W, b = f.arrays["W1"], f.arrays.get("b1")
    parts = [x * W[i][j] for i, x in enumerate(f.row("x"))] + ([b[j]] if b else [])
    factors = [f.numbers[factor] for factor in re.findall(NAME, called)]
    f.near(value, math.prod(factors))
    assert abs(float(value)) >= max(map(abs, parts)) - 1e-9
    assert (which == "only") == (len(parts) == 1)
    becomes(f, j, end)


def becomes(f, j, end):
    z, a, unit = f.row("z1")[j], f.row("a1")[j], f.unit(1)
    if not end:
        assert (f.depth, unit) == (1, "identity")
        return
    told = re.fullmatch(
        rf"; its (?:(?P<unit>.*) (?:(?P<on>passes) {NUM} on|(?P<gives>gives|makes) {NUM}.*)"
        rf"|share of the softmax is {NUM})",
        end,
    )
    assert told, end
    number = next(text for text in told.groups()[2:] if text and re.fullmatch(NUM, text))
    if told["on"]:
        assert (unit in ("relu", "leaky_relu") and z > 0) or unit == "identity"
        f.near(number, z)
    else:
        assert unit == "softmax" if "softmax" in end else unit != "identity"
        assert unit not in ("relu", "leaky_relu") or z <= 0
        assert ("of the sum" in end) == (unit in ("sigmoid", "tanh", "softplus"))
        f.near(number, a)


def no_parts(f, name, end):
    assert f.numbers.get(name, f.numbers["x[0]"] if name not in f.numbers else 0) is not None
    assert all(f.numbers[factor] == 0 for factor in [name]) or name not in f.numbers


def no_target(f, what, each):
    assert f.exercise.target is None
    assert (what == "the output itself") == (f.width == 1 and not f.many) == (not each)


def all_right(f, *_):
    assert f.row("y_pred") == pytest.approx(f.row("y_true"))


def distance(f, lead, guess, after, apart, right, before, tail):
    assert f.row("y_pred") is not None
    y, t = f.numbers[guess], f.numbers[right]
    f.near(after, y)
    errors = [abs(p - q) for p, q in zip(f.row("y_pred"), f.row("y_true"), strict=True)]
    assert bool(lead) == (f.width > 1)
    assert abs(y - t) >= max(errors) - 1e-9
    if apart.startswith("equals"):
        assert y == pytest.approx(t, abs=1e-12)
    else:
        size, side = re.fullmatch(rf"lies (?:about )?{NUM} (above|below)", apart).groups()
        f.near(size, abs(y - t))
        assert (side == "above") == (y > t)
        f.near(before, t)
    if not tail:
        return
    j = int(re.findall(r"\d+", guess.partition("[")[2])[-1]) if f.width > 1 else 0
    slope = f.arrays["d_loss_y"][f.s][j]
    numbers = re.findall(rf"(?<![\w.]){NUM}(?![\w\[])", re.sub(r"divided by \d+", "", tail))
    cost = f.cost(f.s, j)
    f.near(numbers[0], cost / f.shares)
    f.near(numbers[-1], slope)
    squares = f.exercise.loss in ("mse", "sse", "half_sse")
    assert ("its square" in tail) == squares
    assert ("half its square" in tail) == (f.exercise.loss == "half_sse")
    if squares:
        divided = re.findall(r"divided by (\d+)", tail)
        assert [int(text) for text in divided] == ([f.shares] * 2 if f.shares > 1 else [])
    assert ("so the loss is" in tail) == (f.width == 1 and not f.many)


def right_class(f, j, guess, value, cost, share, end, other, larger):
    targets, outputs = f.row("y_true"), f.row("y_pred")
    assert targets[int(j)] == 1
    assert sum(targets) == 1
    f.near(value, f.numbers[guess])
    assert f.numbers[guess] == pytest.approx(outputs[int(j)])
    if cost:
        f.near(cost, -math.log(outputs[int(j)]))
    assert (int(share) if share else 1) == f.shares
    rest = [v for i, v in enumerate(outputs) if i != int(j)]
    if end.startswith("It is"):
        assert outputs[int(j)] > max(rest, default=-1)
    elif other:
        assert outputs[int(other)] == max(outputs) > outputs[int(j)]
        f.near(larger, max(outputs))


def dearest_sample(f, count, sample, cost, loss):
    costs = [
        sum(f.cost(s, j) for j in range(f.width)) / f.shares for s in range(f.exercise.n_samples)
    ]
    assert int(count) == f.exercise.n_samples
    assert costs[int(sample)] == pytest.approx(max(costs))
    f.near(cost, max(costs))
    f.near(loss, f.arrays["loss"])


FORWARD = {
    rf"Of the (\d+) sums of layer 1, {NAME} is the largest in size\.": largest_z,
    rf"The (largest|only) part of {NAME} is (.+?) [=≈] {NUM}(; .+)?\.": part,
    rf"Every part of {NAME} is 0(; .+)?\.": no_parts,
    r"There is no target: the loss is (.*), and its slope( at each)? is 1\.": no_target,
    rf"{NAME} equals {NAME}, which adds nothing to the loss\.": all_right,
    r"Every prediction equals its target here, which adds nothing to the loss\.": all_right,
    r"The prediction equals the target.*": all_right,
    rf"(Of the \d+ outputs none lies further from its target than this one: )?{NAME} = {NUM} "
    rf"(lies (?:about )?\S+ (?:above|below)|equals) {NAME}(?: = {NUM})?(, so .*)?\.": distance,
    rf"The target asks for output (\d+), which has {NAME} [=≈] {NUM}"
    rf"(?: and costs its negative logarithm, {NUM})?"
    rf"(?:, of which the mean takes a share of 1/(\d+))?\. "
    rf"(It is the largest of the outputs|No output is larger|Output (\d+) is larger, {NUM})\.":
        right_class,
    rf"Of the (\d+) samples, sample (\d+) adds the most to the loss: {NUM} of {NUM}\.":
        dearest_sample,
}  # fmt: skip


def nothing_to_blame(f, *_):
    assert all(abs(d) < 1e-9 for row in f.arrays["d_loss_y"] for d in row)


def most_blamed(f, name, way, rate):
    gradients = {n: v for n, v in f.numbers.items() if n.startswith("dW")}
    assert abs(f.numbers[f"d{name}"]) >= max(map(abs, gradients.values())) * (1 - 1e-9)
    assert (way == "raise") == (f.numbers[f"d{name}"] > 0)
    f.near(rate, abs(f.numbers[f"d{name}"]))


def none_blamed(f, why, layer, biases):
    assert all(abs(v) < 1e-12 for n, v in f.numbers.items() if n.startswith("dW"))
    if why:
        k = int(layer) if layer else 1
        assert f.unit(k) == "relu"
        assert all(z <= 0 for row in f.arrays[f"z{k}"] for z in row)
    blamed = [
        f"b{k}"
        for k, layer in enumerate(f.exercise.network.layers, 1)
        if layer.bias is not None and any(abs(v) > 1e-12 for v in f.arrays[f"db{k}"])
    ]
    assert re.findall(r"b\d", biases or "") == blamed


def grew(f, how, first, seed, where, why):
    most = lambda rows: max(abs(v) for row in rows for v in row)  # noqa: E731
    array = "d_loss_y" if where == "at the output" else where.removeprefix("in ")
    f.near(first, most(f.arrays["dW1"]))
    f.near(seed, most(f.arrays[array]))
    assert (how == "grew") == (float(first) > float(seed))
    # One product: one sample, one way from the weight to the output.
    if "a product" in why:
        assert not f.many
        assert f.depth == 1 or (f.depth == 2 and f.width == 1)


def shut(f, j, layer, blame, column, array):
    k, j = f.layer_of(layer), int(j)
    assert f.row(f"z{k}")[j] <= 0
    assert f.unit(k) == "relu"
    f.near(blame, f.row(f"d_a{k}")[j])
    assert int(column) == j
    assert array == f"dW{k}"
    assert all(row[j] == 0 for row in f.arrays[f"dW{k}"])


def shut_on_every(f, j, layer, column, array):
    k = f.layer_of(layer)
    assert f.unit(k) == "relu"
    assert all(row[int(j)] <= 0 for row in f.arrays[f"z{k}"])
    assert column == j
    assert all(row[int(j)] == 0 for row in f.arrays[array])


def several_shut(f, count, width, layer, samples, array):
    k = f.layer_of(layer)
    dead = [j for j in range(f.exercise.sizes[k])
            if all(row[j] <= 0 for row in f.arrays[f"z{k}"])]  # fmt: skip
    assert (int(count), int(width)) == (len(dead), f.exercise.sizes[k])
    assert bool(samples) == f.many
    assert all(row[j] == 0 for row in f.arrays[array] for j in dead)


def shut_on_some(f, j, layer, count, of, column, array):
    k = f.layer_of(layer)
    closed = [row[int(j)] <= 0 for row in f.arrays[f"z{k}"]]
    assert (sum(closed), len(closed)) == (int(count), int(of))
    assert (column, array) == (j, f"dW{k}")


def least_share(f, layer, j, share, unit, name, z):
    k, j = int(layer), int(j)
    assert unit == f.unit(k)
    f.near(share, f.slope(k, j))
    f.near(z, f.row(f"z{k}")[j])
    assert f.numbers[name] == pytest.approx(f.row(f"z{k}")[j])
    assert f.slope(k, j) <= min(f.slope(k, i) for i in range(f.exercise.sizes[k])) + 1e-9


def only_share(f, j, layer, share, unit, name, z):
    least_share(f, f.layer_of(layer), j, share, unit, name, z)


def largest_row(f, k, row, name, value, size):
    array = f.arrays[f"dW{k}"]
    rows = [max(map(abs, r)) for r in array]
    assert int(k) == f.depth
    assert rows[int(row)] >= max(rows) - 1e-12
    f.near(value, f.numbers[name])
    if not size:
        assert f.numbers[name] == pytest.approx(max(f.row(f"a{f.depth - 1}")))


OF = r"(?: of layer (\d+))?"
SHARE = rf"the share {NUM}, the slope of the (\w+) at {NAME} [=≈] {NUM}"
BACK = {
    r"(?:The|Every) prediction is right.*": nothing_to_blame,
    r"The loss has no slope, so nothing is to blame and every gradient is 0\.": nothing_to_blame,
    rf"The most blamed weight is {NAME}: growing it a little would (raise|lower) the loss "
    rf"{NUM} times as fast as the weight grows\.": most_blamed,
    rf"No weight receives blame(: (?:the gate|both gates|every gate){OF} (?:is|are) shut"
    rf"(?: on every sample)?)?(?:, and only (.*) still gets? any)?\.": none_blamed,
    rf"Blame (grew|shrank or held) on its way back: (?:up to|at most) {NUM} in dW1 against "
    rf"(?:up to )?{NUM} (at the output|in d_z\d)\. It is (.*)\.": grew,
    rf"The gate of neuron (\d+){OF} is shut: its {NUM} of blame stops there, and column (\d+) of "
    rf"(dW\d) is 0\.": shut,
    rf"The gate of neuron (\d+){OF} is shut on every sample: column (\d+) of (dW\d) is 0\.":
        shut_on_every,
    rf"(\d+) of the (\d+) gates{OF} are shut( on every sample)?: their columns of (dW\d) are 0\.":
        several_shut,
    rf"The gate of neuron (\d+){OF} is shut on (\d+) of (\d+) samples, which gives? nothing to "
    rf"column (\d+) of (dW\d)\.": shut_on_some,
    rf"In layer (\d+) neuron (\d+) passes the least of its blame: {SHARE}\.": least_share,
    rf"Neuron (\d+){OF} passes {SHARE}\.": only_share,
    rf"In W(\d), row (\d+) takes the most blame because {NAME} = {NUM} is the largest "
    rf"activation( in size)?\.": largest_row,
}  # fmt: skip


def check(sentences, claims, f):
    said = []
    for sentence in sentences:
        matching = [(claim, found) for claim in claims if (found := re.fullmatch(claim, sentence))]
        assert len(matching) == 1, (sentence, [claim for claim, _ in matching])
        claim, found = matching[0]
        said.append(claims[claim].__name__)
        try:
            claims[claim](f, *found.groups())
        except AssertionError as wrong:
            raise AssertionError(f"{sentence}: {wrong}") from None
    return said


@FEW
@given(exercises(most=6, layers=3), PICKED)
def test_what_is_said_of_the_way_forward_holds(exercise, picked):
    if nearest_kink(exercise) < 1e-9:
        return
    f = Facts(exercise, picked % exercise.n_samples)
    said = check(forward_notes(exercise.backward(), ALL, f.s), FORWARD, f)
    assert len(said) >= 2
    assert {"distance", "right_class", "no_target", "all_right"} & set(said)


@FEW
@given(exercises(most=6, layers=4), PICKED)
def test_what_is_said_of_the_way_back_holds(exercise, picked):
    if nearest_kink(exercise) < 1e-9:
        return
    f = Facts(exercise, picked % exercise.n_samples)
    said = check(backward_notes(exercise.backward(), ALL, f.s), BACK, f)
    assert {"most_blamed", "none_blamed", "nothing_to_blame"} & set(said)


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
