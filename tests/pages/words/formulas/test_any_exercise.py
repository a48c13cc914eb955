"""Formulas of exercises of any shape, read back: every side is what loops in plain Python give."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from blame import Layer, Network
from blame.exercise.exercise import Exercise
from blame.exercise.numpy_lines import update_of
from pages.shared.words import formulas
from pages.shared.words.numbers import Numbers
from tests.any_shape import FEW, exercises, named, nearest_kink, run_of, worked_out
from tests.pages.words.reading_latex import equations, holds, value

ALL = Numbers(all_digits=True)
PICKED = st.integers(0, 7)


def lookup(exercise):
    """Return every number, and every array and row of one, as formulas name them."""
    hand = worked_out(exercise)
    found = {}
    for name, values in hand.items():
        found[name] = np.atleast_2d(np.array(values, float))
        if exercise.n_samples > 1 and name[0] not in "Wb" and name[:2] not in ("dW", "db"):
            found |= {
                f"{name}[{s}]": np.array([row]) for s, row in enumerate(np.atleast_2d(values))
            }
    p, last = found["y_pred"], len(exercise.activations)
    if exercise.activations[-1] == "softmax":
        found["J of"] = [np.diag(row) - np.outer(row, row) for row in p]
    found["depth"] = last
    return found | named(exercise, hand)


def check(latex, exercise, sample=0):
    """Check that all sides of each equation are equal, and return what stands on their left."""
    values = lookup(exercise)
    if "J of" in values:
        values["J"] = values["J of"][sample]
    lefts = []
    for left, sides in equations(latex):
        lefts.append(left)
        if left.startswith("J_"):
            continue
        wanted = np.atleast_2d(value(left, values))
        assert len(sides) >= 1
        for side in sides:
            if r"\sum_{" in side:
                continue
            if side.endswith((" > 0", r" \le 0")):
                got, true = holds(side)
                assert true, side
            else:
                got = value(side, values)
            got = np.atleast_2d(np.asarray(got, float))
            assert got.size == wanted.size, (left, side)
            np.testing.assert_allclose(
                got.ravel(), wanted.ravel(), rtol=1e-7, atol=1e-9, err_msg=f"{left}: {side}"
            )
    return lefts


def names(*symbols):
    return [formulas.symbol(name) for name in symbols]


def row(name, exercise, sample):
    return name if exercise.n_samples == 1 else f"{name}[{sample}]"


def entry(name, j, exercise, sample):
    """Return the name of a neuron's or an output's number."""
    ends = name in ("y_pred", "d_loss_y") and exercise.sizes[-1] == 1
    index = [*([sample] if exercise.n_samples > 1 else []), *([] if ends else [j])]
    return f"{name}[{', '.join(map(str, index))}]" if index else name


def skip(exercise):
    return nearest_kink(exercise) < 1e-9


@FEW
@given(exercises(), PICKED)
def test_the_way_forward(exercise, picked):
    if skip(exercise):
        return
    passes, sample = exercise.backward(), picked % exercise.n_samples
    depth = len(exercise.activations)
    plain, joint = (exercise.activations[-1] == unit for unit in ("identity", "softmax"))
    for k in range(1, depth + (not joint)):
        lefts = check(formulas.neurons(passes, k, ALL, sample), exercise, sample)
        wanted = []
        for j in range(exercise.sizes[k]):
            if k < depth:
                wanted += [entry(f"z{k}", j, exercise, sample), entry(f"a{k}", j, exercise, sample)]
            else:
                wanted += [] if plain else [entry(f"z{k}", j, exercise, sample)]
                wanted.append(entry("y_pred", j, exercise, sample))
        assert lefts == names(*wanted)
    lefts = check(formulas.output(passes, ALL, sample), exercise, sample)
    assert lefts[-1] == formulas.symbol("loss")
    if joint:
        z = formulas.symbol(row(f"z{depth}", exercise, sample))
        assert lefts[-4:-1] == [
            f"e^{{{z}}}",
            rf"\textstyle\sum_j e^{{{z}}}",
            formulas.symbol(row("y_pred", exercise, sample)),
        ]
    else:
        assert entry("y_pred", 0, exercise, sample) in "".join(lefts).replace("\\_", "_")


@FEW
@given(exercises(), PICKED)
def test_the_way_back(exercise, picked):
    if skip(exercise):
        return
    passes, sample = exercise.backward(), picked % exercise.n_samples
    depth, many = len(exercise.activations), exercise.n_samples > 1
    lefts = check(formulas.output_blame(passes, ALL, sample), exercise, sample)
    assert lefts == names(*(entry("d_loss_y", j, exercise, sample)
                            for j in range(exercise.sizes[-1])))  # fmt: skip
    for k in range(1, depth + 1):
        text = formulas.weight_blame(passes, k, ALL)
        lefts = check(text, exercise)
        has_bias = exercise.network.layers[k - 1].bias is not None
        assert lefts == names(f"dW{k}", *([f"db{k}"] if has_bias else []))
        # Of several samples the bias's blame is their sum.
        assert (r"\sum_s" in text) == (many and has_bias)
        if k < depth:
            text = formulas.hidden_blame(passes, k, ALL, sample)
            assert check(text, exercise) == names(row(f"d_a{k}", exercise, sample))
        if k < depth or exercise.activations[-1] != "identity":
            text = formulas.gate_blame(passes, k, ALL, sample)
            *_, last = check(text, exercise, sample)
            assert last == formulas.symbol(row(f"d_z{k}", exercise, sample))
            fused = {"bce": "sigmoid", "cross_entropy": "softmax"}.get(
                exercise.loss.removesuffix("_sum")
            )
            fused = k == depth and exercise.activations[-1] == fused
            assert (r"\texttt{y\_true" in text) == fused
            mixed = exercise.activations[k - 1] == "softmax" and not fused
            assert ("J &=" in text) == mixed
            lefts = check(formulas.gates(passes, k, ALL, sample), exercise, sample)
            assert formulas.symbol(entry(f"d_z{k}", 0, exercise, sample)) in lefts


@FEW
@given(exercises(samples=(1, 1, 2, 3)))
def test_the_update(exercise):
    if skip(exercise):
        return
    after = run_of(exercise, 1)[1]
    arrays = {name: np.array(after[name]) for name in exercise.network.parameters()}
    text = formulas.update(
        exercise.backward(), arrays, exercise.learning_rate, ALL, update_of(exercise)
    )
    before = lookup(exercise)
    for left, sides in equations(text.replace(r"&\text{ is held}", r"&= \text{ is held}")):
        name = left.removeprefix(r"\texttt{").removesuffix("}").replace(r"\_", "_")
        held = sides == [r"\text{ is held}"]
        assert held == (name in exercise.held)
        if held:
            continue
        for side in sides:
            if "where it is trained" in side:
                assert any(kept.startswith(f"{name}[") for kept in exercise.held)
                continue
            got = np.asarray(value(side, before), float)
            if r"\sum_j" in side:
                assert name in exercise.tied
            np.testing.assert_allclose(
                np.ravel(got), np.ravel(arrays[name]), rtol=1e-7, atol=1e-9, err_msg=side
            )
        symbolic = bool(
            exercise.weight_decay or name in exercise.tied or f"{name}[" in "".join(exercise.held)
        )
        assert (len(sides) == 3) == symbolic


def large(samples=1, unit="tanh", last="identity", loss="mse"):
    """Return an exercise too wide for matrices: 6-7-5."""
    rng = np.random.default_rng(3)
    draw = lambda *shape: np.round(rng.uniform(-1, 1, shape), 2)  # noqa: E731
    layers = (Layer(draw(6, 7), draw(7), unit), Layer(draw(7, 5), draw(5), last))
    return Exercise(Network(layers), draw(samples, 6), draw(samples, 5), loss)


@pytest.mark.parametrize("samples", [1, 3, 8])
@pytest.mark.parametrize("last", ["identity", "softmax"])
def test_of_a_large_exercise_the_row_of_one_number_is_shown(samples, last):
    exercise = large(samples, last=last)
    passes, hand, s = exercise.backward(), named(exercise), samples - 1
    own = lambda array: {n: v for n, v in hand.items() if n.split("[")[0] == array}  # noqa: E731
    of_sample = lambda array: {  # noqa: E731
        n: v for n, v in own(array).items() if samples == 1 or f"[{s}, " in n
    }
    largest = lambda numbers: max(numbers, key=lambda n: abs(numbers[n]))  # noqa: E731

    dw, db = check(formulas.weight_blame(passes, 1, ALL), exercise)
    top = largest(own("dW1"))
    assert [dw, db] == names(top, f"db1[{top.split(', ')[1]}")
    opened = formulas.weight_blame(passes, 1, ALL, opened="dW1[2, 3]")
    assert check(opened, exercise) == names("dW1[2, 3]", "db1[3]")
    assert check(formulas.weight_blame(passes, 1, ALL, opened="dW2[2, 3]"), exercise)[0] == dw

    lefts = check(formulas.hidden_blame(passes, 1, ALL, s), exercise)
    assert lefts == names(largest(of_sample("d_a1")))
    lefts = check(formulas.gate_blame(passes, 1, ALL, s), exercise)
    assert lefts[-1] == names(largest(of_sample("d_z1")))[0]
    lefts = check(formulas.neurons(passes, 1, ALL, s), exercise)
    assert lefts[0] == names(largest(of_sample("z1")))[0]
    lefts = check(formulas.output_blame(passes, ALL, s), exercise)
    assert lefts == names(largest(of_sample("d_loss_y")))
    text = formulas.output(passes, ALL, s)
    assert check(text, exercise)[-1] == formulas.symbol("loss")
    # The loss: every number it is the sum of, or every sample's share.
    terms = text.rpartition(r"\bigl(")[2].count(" + ") + 1
    assert terms == (samples if samples * 5 > 10 else 5)
    # No matrix is larger than 4 x 4.
    shown = [text, opened, formulas.hidden_blame(passes, 1, ALL, s)]
    assert not any("bmatrix" in each for each in shown)


def test_the_update_of_a_large_array_shows_the_number_that_moves_furthest():
    exercise = replace(large(), learning_rate=0.5)
    hand, after = run_of(exercise, 1)
    arrays = {name: np.array(after[name]) for name in exercise.network.parameters()}
    text = formulas.update(exercise.backward(), arrays, 0.5, ALL)
    for left, sides in equations(text):
        array, _, place = left.removeprefix(r"\texttt{").removesuffix("]}").partition("[")
        index = tuple(map(int, place.split(", ")))
        moved = np.abs(hand[f"d{array}"])
        assert moved[index] == moved.max()
        for side in sides:
            assert value(side, {}) == pytest.approx(arrays[array][index], rel=1e-9)


def test_a_loss_without_a_target_has_slope_one():
    layer = Layer([[0.5, -1.0]], None, "identity")
    exercise = Exercise(Network((layer,)), [[2.0], [3.0]], None, "output")
    passes = exercise.backward()
    assert equations(formulas.output_blame(passes, ALL, 1)) == [
        (r"\texttt{d\_loss\_y[1, 0]}", ["1"]),
        (r"\texttt{d\_loss\_y[1, 1]}", ["1"]),
    ]
    text = formulas.output(passes, ALL)
    assert "y\\_true" not in text
    check(text, exercise)


def test_extreme_exponentials_are_left_to_the_symbols():
    layer = Layer([[900.0, 1.0]], [0.0, 0.0], "softmax")
    exercise = Exercise(Network((layer,)), [1.0], [1.0, 0.0], "mse")
    text = formulas.output(exercise.backward(), ALL)
    assert "inf" not in text
    assert "nan" not in text
