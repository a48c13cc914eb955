"""Every note of the way back, of any exercise, is a claim that holds by plain loops."""

import re

import pytest
from hypothesis import given

from pages.shared.words.lessons.notes import backward_notes
from tests.any_shape import FEW, exercises, nearest_kink
from tests.pages.words.lessons.notes.claims import ALL, NAME, NUM, PICKED, Facts, check


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


@FEW
@given(exercises(most=6, layers=4), PICKED)
def test_what_is_said_of_the_way_back_holds(exercise, picked):
    if nearest_kink(exercise) < 1e-9:
        return
    f = Facts(exercise, picked % exercise.n_samples)
    said = check(backward_notes(exercise.backward(), ALL, f.s), BACK, f)
    assert {"most_blamed", "none_blamed", "nothing_to_blame"} & set(said)
