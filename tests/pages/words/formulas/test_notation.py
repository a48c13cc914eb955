"""Formulas in the course's notation, read back: every side is what loops give, W x laid out."""

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from blame import Layer, Network
from blame.exercise.exercise import Exercise
from blame.exercise.numpy_lines import update_of
from blame.exercise.presets import NOTEBOOK
from pages.shared.words import formulas
from pages.shared.words.notation import COURSE
from pages.shared.words.numbers import Numbers
from tests.any_shape import FEW, exercises, nearest_kink, run_of
from tests.pages.words.formulas.test_any_exercise import PICKED, large
from tests.pages.words.reading_course import as_read, course, readable, spelled
from tests.pages.words.reading_latex import equations, holds, value

OURS = Numbers(all_digits=True)
ALL = replace(OURS, notation=COURSE)


def read(side, values):
    """Return what a side comes to as a matrix; a relation must hold."""
    if side.endswith((" > 0", r" \le 0")):
        got, true = holds(side)
        assert true, side
    else:
        got = value(side, values)
    return np.atleast_2d(np.asarray(got, float))


def check(latex, exercise, sample=0):
    """Check that each side is, laid out as the left is, what loops give; return the lefts."""
    found = course(exercise)
    values = as_read(found)
    if exercise.activations[-1] == "softmax":
        p = np.ravel([row[sample] for row in found[spelled("y_pred")]])
        values["J"] = np.diag(p) - np.outer(p, p)
    for left, sides in equations(readable(latex, found)):
        if left.startswith("J_"):
            continue
        wanted = read(left, values)
        for side in sides:
            if r"\sum_{" in side:
                continue
            got = read(side, values)
            assert got.shape == wanted.shape, side
            np.testing.assert_allclose(got, wanted, rtol=1e-7, atol=1e-9, err_msg=side)
    return [left for left, _ in equations(latex)]


def agree(latex, ours):
    """Check that both notations say the same, entry by entry: each last side is the other turned.

    With as many equations, as many sides, and as many numbers in each.
    """
    both = list(zip(equations(latex), equations(ours), strict=True))
    for (_, here), (left, there) in both:
        assert len(here) == len(there)
        if left.startswith("J_"):
            continue
        mine, other = read(here[-1], {}), read(there[-1], {})
        np.testing.assert_array_equal(mine, other if left == "J" else other.T)


def shown(passes, n, sample):
    """Return each formula of both passes."""
    layers = passes.forward_pass.network.layers
    depth, plain = len(layers), layers[-1].activation.name == "identity"
    found = [formulas.output(passes, n, sample), formulas.output_blame(passes, n, sample)]
    for k in range(1, depth + 1):
        found.append(formulas.weight_blame(passes, k, n))
        if k < depth:
            found.append(formulas.neurons(passes, k, n, sample))
            found.append(formulas.hidden_blame(passes, k, n, sample))
        if k < depth or not plain:
            found.append(formulas.gate_blame(passes, k, n, sample))
        found.append(formulas.gates(passes, k, n, sample))
    return found


@FEW
@given(exercises(), PICKED)
def test_every_formula_holds_and_agrees_with_ours(exercise, picked):
    if nearest_kink(exercise) < 1e-9:
        return
    passes, sample = exercise.backward(), picked % exercise.n_samples
    for latex, ours in zip(shown(passes, ALL, sample), shown(passes, OURS, sample), strict=True):
        assert r"\texttt" not in latex
        check(latex, exercise, sample)
        agree(latex, ours)
    for k in range(1, len(exercise.activations) + 1):
        first = check(formulas.weight_blame(passes, k, ALL), exercise)[0]
        assert first == spelled(f"dW{k}")


@FEW
@given(exercises(samples=(1, 1, 2)))
def test_the_update_holds(exercise):
    if nearest_kink(exercise) < 1e-9:
        return
    after = run_of(exercise, 1)[1]
    arrays = {name: np.array(after[name]) for name in exercise.network.parameters()}
    of = exercise.backward(), arrays, exercise.learning_rate
    text = formulas.update(*of, ALL, update_of(exercise))
    found = course(exercise)
    values = as_read(found)
    text = text.replace(r"&\text{ is held}", r"&= \text{ is held}")
    assert [left for left, _ in equations(text)] == [spelled(name) for name in arrays]
    told = equations(readable(text, found))
    for (_, sides), wanted in zip(told, arrays.values(), strict=True):
        for side in sides:
            if "text{" in side.replace("texttt{", ""):
                continue
            got = read(side, values)
            laid = [[v] for v in wanted] if wanted.ndim == 1 else wanted.T
            # What a tied bias moves by is one number, which goes for all of its places.
            np.testing.assert_allclose(
                np.broadcast_to(got, np.shape(laid)), laid, rtol=1e-7, atol=1e-9, err_msg=side
            )


@pytest.mark.parametrize("samples", [1, 3])
@pytest.mark.parametrize("last", ["identity", "softmax"])
def test_of_a_large_exercise_the_row_of_one_number_holds(samples, last):
    exercise = large(samples, last=last)
    passes, s = exercise.backward(), samples - 1
    for latex, ours in zip(shown(passes, ALL, s), shown(passes, OURS, s), strict=True):
        check(latex, exercise, s)
        agree(latex, ours)
    opened = formulas.weight_blame(passes, 1, ALL, opened="dW1[2, 3]")
    assert check(opened, exercise)[0] == spelled("dW1", "3, 2")
    arrays = {name: np.array(v) for name, v in run_of(exercise, 1)[1].items()}
    moved = {name: arrays[name] for name in exercise.network.parameters()}
    updates = [formulas.update(passes, moved, 0.1, n) for n in (ALL, OURS)]
    assert r"{W^{(1)}_{" in updates[0]
    agree(*updates)


def test_the_notebooks_formulas_are_a_courses():
    passes = NOTEBOOK.backward()
    sides = dict(
        equations(
            formulas.joined(
                [
                    formulas.neuron(passes, 1, 1, ALL),
                    formulas.weight_blame(passes, 1, ALL),
                    formulas.hidden_blame(passes, 1, ALL),
                    formulas.gate_blame(passes, 1, ALL),
                ]
            )
        )
    )
    assert sides[r"{z^{(1)}_{1}}"][0] == (
        r"{W^{(1)}_{1, 0}}\,{x_{0}} + {W^{(1)}_{1, 1}}\,{x_{1}} + {b^{(1)}_{1}}"
    )
    assert sides[r"{z^{(1)}_{1}}"][1] == r"(-0.3) \times 1 + 0.2 \times 2 + (-0.1)"
    by_weights = sides[r"{\frac{\partial L}{\partial W^{(1)}}}"]
    assert by_weights[0] == r"{\delta^{(1)}}\,{x}^\top"
    # One row a neuron: what comes from each input beside one another.
    assert value(by_weights[-1], {}).tolist() == [[2.5, 5.0], [-3.75, -7.5]]
    assert sides[r"{\frac{\partial L}{\partial a^{(1)}}}"][0] == (
        r"{W^{(2)}}^\top\,{\frac{\partial L}{\partial \hat y}}"
    )
    assert sides[r"{\delta^{(1)}}"][0] == (
        r"{\frac{\partial L}{\partial a^{(1)}}} \odot [\,{z^{(1)}} > 0\,]"
    )


def test_a_product_with_a_jacobian_turns_it():
    layer = Layer([[0.5, -1.0, 0.2], [0.1, 0.3, -0.7]], None, "softmax")
    exercise = Exercise(Network((layer,)), [[2.0, 1.0], [0.5, -1.0]], [[1.0, 0, 0], [0, 1.0, 0]])
    latex = formulas.gate_blame(exercise.backward(), 1, ALL, 1)
    assert r"J^\top\,{\frac{\partial L}{\partial \hat y_{:, 1}}}" in latex
    assert check(latex, exercise, 1)[-1] == spelled("d_z1", ":, 1")


def test_no_second_power_stands_on_a_letter():
    # A layer's number stands where powers do, so a brace must part the two.
    unit = Layer([[0.5], [0.3]], [0.1], "tanh")
    exercise = Exercise(Network((unit, Layer([[0.7]], None, "tanh"))), [1.0, 2.0], [0.5])
    latex = "".join(shown(exercise.backward(), ALL, 0))
    assert "}^2" in latex
    assert "}^\\top" in latex
    assert not re.search(r"\^\{[^{}]*\}(_\{[^{}]*\})?\^", latex)
