"""Every note of the way forward, of any exercise, is a claim that holds by plain loops."""

import math
import re

import pytest
from hypothesis import given

from pages.shared.words.lessons.notes import forward_notes
from tests.any_shape import FEW, exercises, nearest_kink
from tests.pages.words.lessons.notes.claims import ALL, NAME, NUM, PICKED, Facts, check


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


@FEW
@given(exercises(most=6, layers=3), PICKED)
def test_what_is_said_of_the_way_forward_holds(exercise, picked):
    if nearest_kink(exercise) < 1e-9:
        return
    f = Facts(exercise, picked % exercise.n_samples)
    said = check(forward_notes(exercise.backward(), ALL, f.s), FORWARD, f)
    assert len(said) >= 2
    assert {"distance", "right_class", "no_target", "all_right"} & set(said)
