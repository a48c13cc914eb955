"""Every side of every formula, read back from its LaTeX, is what it is said to be.

The numbers come from passes that are worked out without the chain rule and without `blame`.
"""

import numpy as np
import pytest

from blame import ACTIVATIONS
from blame.exercise.presets import NOTEBOOK, PRESETS
from pages.shared.words import formulas
from pages.shared.words.numbers import Numbers
from tests.blame.oracles.complex_step import CASES, Case
from tests.exercises import notebook_with
from tests.pages.words.reading_latex import equations, holds, value

ALL = Numbers(all_digits=True)


def lookup(case):
    """Return every number and every array as a formula names them: arrays are rows."""
    found = {}
    for name, values in case.arrays().items():
        single = name in ("y_pred", "y_true", "d_loss_y") and case.sizes[-1] == 1
        found[name] = float(values.reshape(())) if single or not values.ndim else values
        if np.ndim(found[name]) == 1:
            found[name] = values[None, :]
    return found | case.numbers()


def check(latex, case, names):
    """Check that a formula has one equation for each name, and that all of its sides hold."""
    values = lookup(case)
    found = equations(latex)
    assert [name for name, _ in found] == [formulas.symbol(name) for name in names]
    for (_, sides), name in zip(found, names, strict=True):
        assert len(sides) >= 2, name
        for side in sides:
            got = np.asarray(value(side, values))
            wanted = np.asarray(values[name])
            assert got.size == wanted.size, (name, side)
            np.testing.assert_allclose(
                got.reshape(wanted.shape), wanted, rtol=1e-11, atol=1e-14, err_msg=f"{name}: {side}"
            )
        # The last side is the plain result, and before it stands something of what makes it.
        assert value(sides[-1], {}) is not None
        assert len(set(sides)) >= 2, name


def outputs(case, name):
    return [name] if case.sizes[-1] == 1 else [f"{name}[{j}]" for j in range(case.sizes[-1])]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_forward_formulas_hold(case):
    passes, depth = case.backward(), len(case.activations)
    for k in range(1, depth):
        for j in range(case.sizes[k]):
            check(formulas.neuron(passes, k, j, ALL), case, [f"z{k}[{j}]", f"a{k}[{j}]"])
    names = []
    for j, name in enumerate(outputs(case, "y_pred")):
        names += [name] if case.activations[-1] == "identity" else [f"z{depth}[{j}]", name]
    check(formulas.output(passes, ALL), case, [*names, "loss"])


@pytest.mark.parametrize("case", CASES, ids=str)
def test_backward_formulas_hold(case):
    passes, depth = case.backward(), len(case.activations)
    check(formulas.output_blame(passes, ALL), case, outputs(case, "d_loss_y"))
    for k in range(1, depth + 1):
        if max(case.sizes[k - 1 : k + 1]) <= 4:
            # A larger matrix is shown by the row of one number: test_any_exercise beside it
            check(formulas.weight_blame(passes, k, ALL), case, [f"dW{k}", f"db{k}"])
        if k < depth:
            check(formulas.hidden_blame(passes, k, ALL), case, [f"d_a{k}"])
        if k < depth or case.activations[-1] != "identity":
            check(formulas.gate_blame(passes, k, ALL), case, [f"d_z{k}"])


@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_stands_before_the_numbers_names_what_is_used(case):
    # In symbols: the first side of each equation holds names, and no name stands for itself.
    passes, depth = case.backward(), len(case.activations)
    shown = [formulas.output(passes, ALL), formulas.output_blame(passes, ALL)]
    for k in range(1, depth + 1):
        shown.append(formulas.weight_blame(passes, k, ALL))
        if k < depth:
            shown += [formulas.hidden_blame(passes, k, ALL), formulas.gate_blame(passes, k, ALL)]
    for name, sides in equations(formulas.joined(shown)):
        if name.startswith((r"\texttt{y", r"\texttt{a")) and "texttt" not in sides[0]:
            continue  # An activation begins with its number: max(0, 2.2).
        assert r"\texttt" in sides[0], name
        assert name not in sides[0]
    # Joined, none is lost.
    assert len(equations(formulas.joined(shown))) == sum(len(equations(s)) for s in shown)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_gate_shows_where_z_lies_and_what_passes(case):
    numbers, passes, depth = case.numbers(), case.backward(), len(case.activations)
    seen = set()
    for k in range(1, depth + 1):
        if k == depth and (case.activations[-1] == "identity" or case.loss == "bce"):
            continue
        for j in range(case.sizes[k]):
            (z_name, z_sides), (d_name, d_sides) = equations(formulas.gate(passes, k, j, ALL))
            assert (z_name, d_name) == (
                formulas.symbol(f"z{k}[{j}]"),
                formulas.symbol(f"d_z{k}[{j}]"),
            )
            z = numbers[f"z{k}[{j}]"]
            if ACTIVATIONS[case.activations[k - 1]].kinks:
                got, true = holds(z_sides[0])
                assert true, z_sides
                assert got == pytest.approx(z, rel=1e-12)
                seen.add(z > 0)
            else:
                assert value(z_sides[0], {}) == pytest.approx(z, rel=1e-12)
                assert ">" not in z_sides[0]
            for side in d_sides:
                assert value(side, numbers) == pytest.approx(
                    numbers[f"d_z{k}[{j}]"], rel=1e-11, abs=1e-14
                )
            upstream = f"d_a{k}[{j}]" if k < depth else outputs(case, "d_loss_y")[j]
            assert formulas.symbol(upstream) in d_sides[0]
    if str(case) == "2-2-1 relu identity mse":
        assert seen == {True, False}


def test_a_gate_at_exactly_zero_is_shut():
    exercise = notebook_with(x_0=0.0, x_1=0.0, b1_0=0.0)
    (_, (z,)), (_, sides) = equations(formulas.gate(exercise.backward(), 1, 0, ALL))
    assert z == r"0 \le 0"
    assert sides[-1] == "0"
    # The notebook's rounding bit opens it.
    (_, (z,)), _ = equations(formulas.gate(NOTEBOOK.backward(), 1, 1, ALL))
    assert holds(z)[1]
    assert z.endswith("> 0")


@pytest.mark.parametrize("case", [c for c in CASES if max(c.sizes) <= 4], ids=str)
def test_the_update_goes_against_the_blame(case):
    rate = 0.25
    arrays = case.arrays()
    parameters = [name for name in arrays if name[0] in "Wb"]
    after = {name: arrays[name] - rate * arrays[f"d{name}"] for name in parameters}
    found = equations(formulas.update(case.backward(), after, rate, ALL))
    assert [name for name, _ in found] == [formulas.symbol(name) for name in parameters]
    for (_, sides), name in zip(found, parameters, strict=True):
        for side in sides:
            got = value(side, {})
            np.testing.assert_allclose(got, np.atleast_2d(after[name]), rtol=1e-11, atol=1e-14)
        assert not np.array_equal(value(sides[0].partition(" - ")[0], {}), value(sides[-1], {}))


@pytest.mark.parametrize("preset", PRESETS)
def test_four_digits_are_those_of_the_numbers(preset):
    # At rest the last side of each equation is the number itself, to four digits.
    exercise = PRESETS[preset].exercise
    case = Case((2, 2, 1), ("relu", "identity"), "mse")
    case.given = {"x": exercise.x, "y_true": exercise.target, **exercise.network.parameters()}
    values, passes, n = lookup(case), exercise.backward(), Numbers()
    shown = [formulas.neuron(passes, 1, j, n) for j in (0, 1)]
    shown += [formulas.output(passes, n), formulas.output_blame(passes, n)]
    shown += [formulas.weight_blame(passes, 2, n), formulas.hidden_blame(passes, 1, n)]
    shown += [formulas.gate_blame(passes, 1, n), formulas.weight_blame(passes, 1, n)]
    known = {formulas.symbol(name): v for name, v in values.items()}
    for name, sides in equations(formulas.joined(shown)):
        got, wanted = np.asarray(value(sides[-1], {})), np.asarray(known[name])
        # What rounding alone made differs from sum to sum.
        np.testing.assert_allclose(
            got.reshape(wanted.shape), wanted, rtol=6e-4, atol=1e-12, err_msg=name
        )
