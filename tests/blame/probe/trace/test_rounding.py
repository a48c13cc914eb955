"""What rounding may have done to each quantity, beside decimals of 300 digits."""

import itertools
from decimal import Decimal, localcontext

import numpy as np
import pytest

from blame.backward import backward
from blame.exercise.presets import NOTEBOOK
from blame.forward import forward
from blame.kinks import on_the_kink
from blame.network import Layer, Network
from blame.probe.exact import exact_train
from blame.probe.trace import Trace
from blame.probe.trace.rounding import made_by_rounding, rounding_bounds
from tests.exercises import NAMES, notebook_with

hypothesis = pytest.importorskip("hypothesis")
st = hypothesis.strategies

SOLVED = notebook_with(b2_0=-1.2)
"""The first challenge solved: on paper the loss and all blame are 0."""


def _decimal(values):
    """Return an array's numbers as the decimals that were typed, nested lists."""
    return [_decimal(v) for v in values] if np.ndim(values) else Decimal(repr(float(values)))


def _value(name, z, slope):
    if name in ("relu", "leaky_relu"):
        return z * slope
    if name == "sigmoid":
        return 1 / (1 + (-z).exp())
    if name == "tanh":
        return 1 - 2 / (1 + (2 * z).exp())
    return z


def _slope(name, z, a, of_floats):
    """Return f'(z); at a gate the side on which the floats have z."""
    if name == "leaky_relu":
        return Decimal(1) if of_floats == 1 else Decimal("0.01")
    if name in ("relu", "identity"):
        return Decimal(float(of_floats))
    return a * (1 - a) if name == "sigmoid" else 1 - a * a


def on_paper(passes):
    """Return every quantity by its name, worked out in 300 digits from what was typed."""
    net, depth = passes.forward_pass.network, len(passes.forward_pass.network.layers)
    one = net.sizes[-1] == 1
    found = {}
    inputs = _decimal(passes.forward_pass.x[0])
    ins, slopes = [], []
    for k, layer in enumerate(net.layers, start=1):
        weights, bias, name = _decimal(layer.weights), _decimal(layer.bias), layer.activation.name
        ins.append(inputs)
        z = [sum(x * row[j] for x, row in zip(inputs, weights, strict=True)) + bias[j]
             for j in range(layer.n_out)]  # fmt: skip
        of_floats = passes.local_gradients[k - 1][0]
        early = [_slope(name, v, Decimal(0), g) for v, g in zip(z, of_floats, strict=True)]
        inputs = [_value(name, v, s) for v, s in zip(z, early, strict=True)]
        slopes.append([_slope(name, v, a, g)
                       for v, a, g in zip(z, inputs, of_floats, strict=True)])  # fmt: skip
        for j, (v, a) in enumerate(zip(z, inputs, strict=True)):
            found[f"z{k}[{j}]"], found[f"a{k}[{j}]"] = v, a
    targets = _decimal(passes.target[0])
    loss = passes.loss_function.name
    n = len(targets)
    upstream, losses = [], []
    for j, (p, t) in enumerate(zip(inputs, targets, strict=True)):
        if loss == "bce":
            losses.append(-(t * p.ln() + (1 - t) * (1 - p).ln()) / n)
            upstream.append(((1 - t) / (1 - p) - t / p) / n)
        else:
            share = {"mse": Decimal(1) / n, "half_sse": Decimal("0.5")}[loss]
            losses.append(share * (p - t) ** 2)
            upstream.append(2 * share * (p - t))
        index = "" if one else f"[{j}]"
        found[f"y_pred{index}"], found[f"d_loss_y{index}"] = p, upstream[j]
    found["loss"] = sum(losses)
    for k in range(depth, 0, -1):
        delta = [u * s for u, s in zip(upstream, slopes[k - 1], strict=True)]
        weights = _decimal(net.layers[k - 1].weights)
        for j, d in enumerate(delta):
            if k < depth:
                found[f"d_a{k}[{j}]"] = upstream[j]
            found[f"d_z{k}[{j}]"] = found[f"db{k}[{j}]"] = d
            for i, x in enumerate(ins[k - 1]):
                found[f"dW{k}[{i}, {j}]"] = x * d
        upstream = [sum(d * w for d, w in zip(delta, row, strict=True)) for row in weights]
    for i, u in enumerate(upstream):
        found[f"d_x[{i}]"] = u
    return found


def errors(passes):
    """Return, for each quantity, its true rounding error, its bound and its value."""
    trace, bounds = Trace(passes), Trace(rounding_bounds(passes))
    with localcontext() as context:
        context.prec = 300
        paper = on_paper(passes)
        worked_out = [name for name in trace.names() if name in paper]
        assert {name.split("[")[0].rstrip("0123456789") for name in worked_out} >= {
            "z", "a", "y_pred", "loss", "d_loss_y", "d_a", "d_z", "dW", "db", "d_x"
        }  # fmt: skip
        return {
            name: (
                abs(Decimal(trace.value(name)) - paper[name]),
                Decimal(bounds.value(name)),
                trace.value(name),
            )
            for name in worked_out
        }


NUMBER = st.one_of(
    st.integers(-30, 30).map(lambda n: n / 10),
    st.floats(-4, 4, allow_nan=False).map(lambda v: v if abs(v) > 1e-30 else 0.0),
)


@st.composite
def passes_of_any_kind(draw):
    sizes = draw(st.lists(st.integers(1, 4), min_size=3, max_size=4))
    rows = lambda *shape: np.array(  # noqa: E731
        draw(st.lists(NUMBER, min_size=int(np.prod(shape)), max_size=int(np.prod(shape))))
    ).reshape(shape)
    loss = draw(st.sampled_from(["mse", "half_sse", "bce"]))
    hidden = st.sampled_from(["relu", "leaky_relu", "identity", "sigmoid", "tanh"])
    layers = []
    for k, (a, b) in enumerate(itertools.pairwise(sizes)):
        last = k == len(sizes) - 2
        name = "sigmoid" if last and loss == "bce" else draw(hidden)
        layers.append(Layer(rows(a, b), rows(b), name))
    target = rows(sizes[-1])
    if loss == "bce":
        target = np.clip(abs(target) / 4, 0, 1)
    return backward(forward(Network(tuple(layers)), rows(sizes[0])), target, loss)


@hypothesis.settings(max_examples=200, deadline=None, derandomize=True)
@hypothesis.given(passes_of_any_kind())
def test_the_bound_is_never_smaller_than_the_true_error(passes):
    for name, (error, bound, value) in errors(passes).items():
        assert error <= bound, (name, value, error, bound)


def test_the_bound_is_not_wide():
    """Over many networks some quantity of every kind comes within a factor of 8 of its bound."""
    closest = {}
    rng = np.random.default_rng(5)
    for _ in range(300):
        layers = (
            Layer(rng.uniform(-2, 2, (2, 2)).round(1), rng.uniform(-2, 2, 2).round(1), "relu"),
            Layer(rng.uniform(-2, 2, (2, 1)).round(1), rng.uniform(-2, 2, 1).round(1)),
        )
        passes = backward(forward(Network(layers), rng.uniform(-2, 2, 2).round(1)), [0.7], "mse")
        for name, (error, bound, _) in errors(passes).items():
            kind = name.split("[")[0]
            closest[kind] = max(closest.get(kind, 0), float(error / bound) if bound else 0)
    assert all(0.125 < share <= 1 for share in closest.values()), closest


@hypothesis.settings(max_examples=60, deadline=None, derandomize=True)
@hypothesis.given(st.tuples(*[st.integers(-20, 20)] * 12))
def test_exact_fractions_agree(tenths):
    exercise = notebook_with(**dict(zip(NAMES[:12], (n / 10 for n in tenths), strict=True)))
    passes = exercise.backward()
    (exact,) = exact_train(exercise.network, exercise.x, exercise.target, 0.1, 0)
    bounds = rounding_bounds(passes)
    if [float(g) for g in exact.gate[0]] != passes.local_gradients[0][0].tolist():
        assert on_the_kink(passes.forward_pass)[0].any()
        return
    for k in (0, 1):
        for j, wanted in enumerate(exact.delta[k]):
            off = abs(Decimal(float(passes.deltas[k][0, j])) - _exactly(wanted))
            assert off <= Decimal(float(bounds.deltas[k][0, j]))
    assert abs(Decimal(float(passes.loss)) - _exactly(exact.loss)) <= Decimal(float(bounds.loss))


def _exactly(fraction):
    with localcontext() as context:
        context.prec = 300
        return Decimal(fraction.numerator) / Decimal(fraction.denominator)


def test_the_notebook_owes_three_values_to_rounding():
    assert made_by_rounding(NOTEBOOK.backward()) == {"z1[1]", "a1[1]", "dW2[1, 0]"}


def test_a_solved_challenge_owes_all_of_its_blame_to_rounding():
    passes = SOLVED.backward()
    trace = Trace(passes)
    made = made_by_rounding(passes)
    blame = {name for name in trace.names() if name.startswith("d") and trace.value(name)}
    assert "d_loss_y" in blame
    assert len(blame) > 10
    assert blame | {"loss", "z1[1]", "a1[1]"} == made


def test_what_is_plainly_there_is_no_rounding():
    assert made_by_rounding(notebook_with(b1_1=-0.2).backward()) == set()
    # Small, and typed so.
    assert made_by_rounding(notebook_with(b2_0=1e-12, W1_0_1=3e-15, b1_1=-0.4).backward()) == set()


def test_an_exact_zero_was_made_by_no_rounding():
    passes = notebook_with(x_0=0, x_1=0, b1_0=0, b1_1=0, y_true=0.05).backward()
    assert Trace(passes).value("z1[0]") == 0
    assert Trace(passes).value("loss") == 0
    assert made_by_rounding(passes) == set()


@pytest.mark.parametrize("bias", [-0.1, -0.1 + 3e-16, -0.1 + 5e-16, -0.1 - 5e-16, -0.2])
def test_the_kink_and_the_trace_give_one_answer(bias):
    passes = notebook_with(b1_1=bias).backward()
    near = bool(on_the_kink(passes.forward_pass)[0][0, 1])
    z = float(passes.forward_pass.z[0][0, 1])
    assert ("z1[1]" in made_by_rounding(passes)) == (near and z != 0)


def test_numbers_that_leave_the_floats_are_no_rounding():
    layers = (Layer([[1e200]], [0.0], "identity"), Layer([[1e200]], [0.0]))
    passes = backward(forward(Network(layers), [1.0]), [0.0], "mse")
    assert not np.isfinite(Trace(passes).value("y_pred"))
    assert made_by_rounding(passes) == set()
