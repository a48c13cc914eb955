"""Properties over random networks, batches and stacks."""

import numpy as np
import pytest

hypothesis = pytest.importorskip(
    "hypothesis", reason="properties need hypothesis: pip install -r requirements-dev.txt"
)

from hypothesis import given, settings  # noqa: E402
from hypothesis import strategies as st  # noqa: E402

from blame import (  # noqa: E402
    ACTIVATIONS,
    LOSSES,
    Layer,
    Network,
    backward,
    forward,
    initialise,
    train,
)
from blame import numerical_gradient as numerical  # noqa: E402
from blame.activations import units  # noqa: E402
from blame.exercise.links import STRUCTURE, is_ours, read_link  # noqa: E402
from blame.exercise.names import name_in_link  # noqa: E402
from blame.exercise.presets import NOTEBOOK  # noqa: E402
from blame.probe.trace import Trace  # noqa: E402
from pages.shared.state.choices import CHOICES  # noqa: E402
from pages.shared.state.links import wrong_choices  # noqa: E402
from pages.shared.words.numbers import full, short  # noqa: E402
from tests.blame.probe.trace.test_trace import check_everything  # noqa: E402
from tests.exercises import NAMES, by_link_name  # noqa: E402

SETTINGS = settings(max_examples=60, deadline=None, derandomize=True)


def outputs_for(loss):
    """Return the activations whose values lie where the loss is finite."""
    low, high = LOSSES[loss].domain
    ranges = {name: activation.output_range for name, activation in ACTIVATIONS.items()}
    inside = [name for name, (least, most) in ranges.items() if low <= least and most <= high]
    if LOSSES[loss].fused:
        # A share can round to 0 or 1, where a loss that is not fused to it has no end.
        inside = [name for name in inside if name in ("sigmoid", LOSSES[loss].fused.activation)]
    return inside


@st.composite
def cases(draw, stack=True):
    sizes = draw(st.lists(st.integers(1, 9), min_size=2, max_size=5))
    loss = draw(st.sampled_from(list(LOSSES)))
    shape = tuple(draw(st.lists(st.integers(1, 4), min_size=1, max_size=2))) if stack else ()
    seed = draw(st.integers(0, 2**32 - 1))
    network = initialise(
        sizes,
        seed,
        activation=draw(st.sampled_from(units())),
        output_activation=draw(st.sampled_from(outputs_for(loss))),
        stack_shape=shape,
    )
    generator = np.random.default_rng(seed + 1)
    network = network.with_parameters(
        **{
            name: generator.normal(0, 0.5, value.shape)
            for name, value in network.parameters().items()
            if name.startswith("b")
        }
    )
    if draw(st.booleans()):
        bare = Layer(network.layers[0].weights, None, network.layers[0].activation)
        network = Network((bare, *network.layers[1:]))
    samples = draw(st.integers(1, 9))
    x = generator.normal(size=(samples, sizes[0]))
    target = generator.uniform(0, 1, (samples, sizes[-1]))
    return network, x, target, loss, shape


def one(network, index):
    return network.with_parameters(
        **{
            name: np.broadcast_to(value, value.shape)[index]
            for name, value in network.parameters().items()
        }
    )


@SETTINGS
@given(cases())
def test_a_stack_gives_bit_for_bit_what_single_passes_give(case):
    network, x, target, loss, shape = case
    stacked = backward(forward(network, x), target, loss)
    checked = numerical(network, x, target, loss)
    for index in np.ndindex(shape):
        single = backward(forward(one(network, index), x), target, loss)
        alone = numerical(one(network, index), x, target, loss)
        assert np.array_equal(stacked.loss[index], single.loss)
        assert np.array_equal(stacked.input_gradient[index], single.input_gradient)
        for k in range(len(network.layers)):
            pairs = [
                (stacked.forward_pass.z[k], single.forward_pass.z[k]),
                (stacked.forward_pass.a[k], single.forward_pass.a[k]),
                (stacked.deltas[k], single.deltas[k]),
                (stacked.weight_gradients[k], single.weight_gradients[k]),
                (stacked.bias_gradients[k], single.bias_gradients[k]),
                (checked.weight_gradients[k], alone.weight_gradients[k]),
                (checked.bias_gradients[k], alone.bias_gradients[k]),
            ]
            for many, few in pairs:
                assert few is many if few is None else np.array_equal(many[index], few)


@settings(SETTINGS, max_examples=25)
@given(cases(), st.integers(0, 12))
def test_training_a_stack_gives_bit_for_bit_the_single_runs(case, steps):
    network, x, target, loss, shape = case
    rates = np.linspace(0.01, 0.2, int(np.prod(shape))).reshape(shape)
    runs = train(network, x, target, rates, steps, loss)
    for index in np.ndindex(shape):
        run = train(one(network, index), x, target, rates[index], steps, loss)
        # A run that overflows is shorter alone: a stack is as long as its longest run.
        kept = run.steps + 1
        assert run.overflow_steps == runs.overflow_steps[index]
        assert np.array_equal(runs.losses[:kept, *index], run.losses)
        for name, value in run.networks.parameters().items():
            assert np.array_equal(runs.networks.parameters()[name][:kept, *index], value)
        for k in range(len(network.layers)):
            ours = runs.backward.weight_gradients[k][:kept, *index]
            assert np.array_equal(ours, run.backward.weight_gradients[k])


@settings(SETTINGS, max_examples=40)
@given(cases(stack=False))
def test_a_stack_of_inputs_is_a_stack_too(case):
    network, x, target, loss, _ = case
    moved = np.stack([x, x + 0.5])
    stacked = backward(forward(network, moved), target, loss)
    for k in range(2):
        single = backward(forward(network, moved[k]), target, loss)
        assert np.array_equal(stacked.loss[k], single.loss)
        assert np.array_equal(stacked.weight_gradients[0][k], single.weight_gradients[0])


@SETTINGS
@given(cases(stack=False))
def test_backward_equals_numerical_away_from_kinks(case):
    network, x, target, loss, _ = case
    passes = forward(network, x)
    for layer, z in zip(network.layers, passes.z, strict=True):
        if layer.activation.kinks:
            hypothesis.assume(abs(z).min() > 1e-3)
    back = backward(passes, target, loss)
    nudged = numerical(network, x, target, loss)
    for ours, theirs in zip(
        [*back.weight_gradients, *back.bias_gradients],
        [*nudged.weight_gradients, *nudged.bias_gradients],
        strict=True,
    ):
        if ours is None:
            assert theirs is None
            continue
        scale = max(1.0, float(back.loss))
        np.testing.assert_allclose(ours, theirs, rtol=1e-5, atol=1e-7 * scale)


@SETTINGS
@given(
    st.dictionaries(
        st.sampled_from([*NAMES, *STRUCTURE, *CHOICES]) | st.text(), st.lists(st.text(), max_size=3)
    )
)
@hypothesis.example({"h": []})
@hypothesis.example({"width": ["nan"], "scale": ["inf"], "layers": ["1", "2"]})
def test_any_link_is_read_without_an_exception(query):
    read = read_link(query)
    assert len(read.problems) <= sum(map(is_ours, query))
    if not set(STRUCTURE) & set(query):
        # A value that changes nothing is either the notebook's own or one that is told.
        default, found = by_link_name(NOTEBOOK), by_link_name(read.exercise)
        changed = {name for name in NAMES if found[name] != default[name]}
        assert changed <= set(query)
        for name in set(NAMES) & set(query) - changed:
            known = name_in_link(name)
            told = any(p.startswith((f"{name} must be", f"{known} must be")) for p in read.problems)
            assert told or NOTEBOOK.parse_number(known, *query[name]) == default[name]
    problems = wrong_choices(query)
    for name in ("h", "width", "scale", "layers"):
        if query.get(name) in ([], ["nan"], ["inf"], ["1", "2"]):
            assert any(problem.startswith(f"{name} must be") for problem in problems)


@SETTINGS
@given(st.floats(-1e300, 1e300))
def test_numbers_on_screen_read_back(value):
    assert float(full(value)) == value
    assert float(short(value)) == pytest.approx(value, rel=5e-4, abs=1e-320)
    assert short(value) != "-0"


@SETTINGS
@given(cases(stack=False))
def test_every_receipt_and_every_sum_over_paths_equals_backward(case):
    network, x, target, loss, _ = case
    check_everything(Trace(backward(forward(network, x[0]), target[0], loss)))


@settings(SETTINGS, max_examples=6)
@given(cases(stack=False))
def test_so_does_every_receipt_of_two_samples(case):
    network, x, target, loss, _ = case
    check_everything(Trace(backward(forward(network, x[:2]), target[:2], loss)))
