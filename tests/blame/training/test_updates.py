"""Held, tied, momentum and weight decay against loops written by hand and against autograd."""

import numpy as np
import pytest

pytest.importorskip(
    "hypothesis", reason="random updates need hypothesis: pip install -r requirements-dev.txt"
)

from hypothesis import given, settings
from hypothesis import strategies as st

from blame import Layer, Network, backward, forward, train
from blame.batches import draw_batches
from blame.training.updates import Update, one_update
from tests.blame.oracles import independent

SETTINGS = settings(max_examples=25, deadline=None, derandomize=True)
X = np.array([[1.0, 2.0], [-0.5, 0.75], [0.25, -1.0]])
TARGET = np.array([[1.0], [0.0], [0.5]])


def start(tied=True):
    generator = np.random.default_rng(4)
    bias = np.full(3, 0.35) if tied else np.array([0.35, -0.2, 0.1])
    return Network(
        (
            Layer(generator.normal(size=(2, 3)), bias, "tanh"),
            Layer(generator.normal(size=(3, 1)), [0.6], "sigmoid"),
        )
    )


def by_hand(network, steps, rate, held, tied, momentum, decay, rows=None):
    """Return the parameters after each step: autograd's gradients, one number at a time."""
    now = {name: np.array(value) for name, value in network.parameters().items()}
    velocity = {name: np.zeros_like(value) for name, value in now.items()}
    run = [{name: value.copy() for name, value in now.items()}]
    for step in range(steps):
        chosen = np.arange(len(X)) if rows is None else rows[step]
        blame = independent.blame_of(
            [now["W1"], now["W2"]],
            [now["b1"], now["b2"]],
            ["tanh", "sigmoid"],
            X[chosen],
            TARGET[chosen],
            "half_sse",
        )
        slopes = dict(
            zip(("W1", "W2", "b1", "b2"), blame["weights"] + blame["biases"], strict=True)
        )
        for name, value in now.items():
            for index in np.ndindex(value.shape):
                slope = sum(slopes[name]) if name in tied else slopes[name][index]
                slope += decay * value[index]
                velocity[name][index] = momentum * velocity[name][index] + slope
            for index in np.ndindex(value.shape):
                own = f"{name}[{', '.join(map(str, index))}]"
                if name not in held and own not in held:
                    value[index] -= rate * velocity[name][index]
        run.append({name: value.copy() for name, value in now.items()})
    return run


@SETTINGS
@given(
    st.sets(st.sampled_from(["W1", "W1[0, 1]", "W2[2, 0]", "b2", "b2[0]"])),
    st.sampled_from([(), ("b1",), ("b1", "b2")]),
    st.sampled_from([0.0, 0.5, 0.9]),
    st.sampled_from([0.0, 0.1]),
    st.booleans(),
)
def test_every_way_to_move_is_the_loop_by_hand(held, tied, momentum, decay, whole):
    rows = None if whole else draw_batches(3, 2, 4, seed=1)
    network = start()
    run = train(
        network, X, TARGET, 0.3, 4, "half_sse", rows,
        held=held, tied=tied, momentum=momentum, weight_decay=decay,
    )  # fmt: skip
    wanted = by_hand(network, 4, 0.3, held, tied, momentum, decay, rows)
    for k, parameters in enumerate(wanted):
        for name, value in parameters.items():
            ours = run.at(k).parameters()[name]
            np.testing.assert_allclose(ours, value, rtol=1e-12, atol=1e-14, err_msg=name)
            if k < 4:
                # The history says what made each step.
                step = run.at(k + 1).parameters()[name] - ours
                np.testing.assert_allclose(step, -0.3 * run.velocity(name)[k], atol=1e-15)
    for name in tied:
        assert np.ptp(run.at(4).parameters()[name]) == 0
    for k in range(5):
        assert float(run.losses[k]) == float(
            backward(forward(run.at(k), X), TARGET, "half_sse").loss
        )


@SETTINGS
@given(
    st.sets(st.sampled_from(["W1[0, 1]", "b2", "W2[2, 0]"])),
    st.booleans(),
    st.sampled_from([0.0, 0.9]),
    st.sampled_from([0.0, 0.1]),
)
def test_a_stack_of_runs_and_single_steps_are_the_run_bit_for_bit(held, tied, momentum, decay):
    how = Update(tuple(held), ("b1",) if tied else (), momentum, decay)
    options = {"held": how.held, "tied": how.tied, "momentum": momentum, "weight_decay": decay}
    rates = np.array([0.1, 0.3])
    stack = train(start(), X, TARGET, rates, 5, "half_sse", **options)
    for m, rate in enumerate(rates):
        single = train(start(), X, TARGET, rate, 5, "half_sse", **options)
        network, velocities = start(), None
        for k in range(6):
            for name, value in network.parameters().items():
                assert np.array_equal(single.at(k).parameters()[name], value)
                assert np.array_equal(stack.networks.parameters()[name][k, m], value)
            if k < 5:
                gradients = backward(forward(network, X), TARGET, "half_sse").parameter_gradients()
                network, velocities = one_update(network, gradients, rate, how, velocities)
                for name, value in velocities.items():
                    assert np.array_equal(single.velocity(name)[k], value)
                    assert np.array_equal(stack.velocity(name)[k, m], value)


def test_momentum_of_a_lone_bias_in_fractions_of_two():
    # Under b squared the gradient is 2b; rate 1/4, momentum 1/2, all exact in binary.
    run = train(Network((Layer([[0.0]], [1.0]),)), [0.0], [0.0], 0.25, 3, "sse", momentum=0.5)
    assert run.networks.layers[0].bias[:, 0].tolist() == [1, 0.5, 0, -0.25]
    assert run.velocity("b1")[:, 0].tolist() == [2, 2, 1]


def test_weight_decay_alone_shrinks_what_is_trained_and_is_not_in_the_loss():
    network = Network((Layer([[2.0, 4.0]], [1.0, 1.0]),))
    run = train(network, [0.0], None, 0.5, 1, "output", held=["b1", "W1[0, 1]"], weight_decay=0.5)
    assert run.at(1).layers[0].weights.tolist() == [[1.5, 4]]
    assert run.at(1).layers[0].bias.tolist() == [1, 1]
    assert run.losses.tolist() == [2, 2]


def test_a_tied_bias_moves_by_the_sum_of_what_reaches_its_entries():
    network = Network((Layer([[1.0, 1.0, 1.0]], [1.0, 1.0, 1.0]),))
    run = train(network, [0.0], [0.0, 0.5, 1.0], 0.25, 1, "half_sse", tied=["b1"])
    assert run.backward.bias_gradients[0][0].tolist() == [1, 0.5, 0]
    assert run.at(1).layers[0].bias.tolist() == [0.625] * 3
    assert run.velocity("b1").tolist() == [[1.5] * 3]


def test_a_network_without_biases_is_trained():
    bare = Network((Layer([[0.5], [0.25]], None, "identity"),))
    run = train(bare, [1.0, 2.0], [0.0], 0.1, 1, "half_sse", momentum=0.9)
    assert run.at(1).layers[0].weights.ravel() == pytest.approx([0.4, 0.05])
    assert run.at(1).layers[0].bias is None
    assert list(run.networks.parameters()) == ["W1"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"held": ["b3"]}, "'b3' is no parameter of this network; choose an array, one of W1, b1"),
        ({"held": ["W1[2, 0]"]}, r"'W1\[2, 0\]' is no entry of W1, whose last one is W1\[1, 2\]"),
        ({"held": ["W1[1]"]}, r"'W1\[1\]' is no entry of W1"),
        ({"held": ["b1[0, 0]"]}, r"'b1\[0, 0\]' is no entry of b1, whose last one is b1\[2\]"),
        ({"held": ["z1[0]"]}, "is no parameter"),
        ({"tied": ["W1"]}, "only a whole bias can be tied, one of b1, b2, got 'W1'"),
        ({"tied": ["b1[0]"]}, "only a whole bias can be tied"),
        ({"tied": ["b1"], "held": ["b1[0]"]}, "b1 is tied, so its entries move together"),
        ({"tied": ["b1"]}, "b1 is tied, .* must start equal, got .0.35, -0.2, 0.1."),
        ({"momentum": -0.1}, "momentum must be a finite number from 0 up, got -0.1"),
        ({"weight_decay": float("nan")}, "weight_decay must be a finite number from 0 up"),
    ],
)
def test_what_does_not_fit_is_named(options, said):
    with pytest.raises(ValueError, match=said):
        train(start(tied=False), X, TARGET, 0.1, 1, "half_sse", **options)


def test_a_tied_bias_may_be_held_whole():
    run = train(start(), X, TARGET, 0.1, 2, "half_sse", tied=["b1"], held=["b1"])
    assert np.all(run.networks.layers[0].bias == 0.35)


def test_a_run_that_leaves_the_floats_keeps_as_many_velocities_as_steps():
    run = train(Network((Layer([[0.0]], [1.0]),)), [0.0], [0.0], 1e100, 9, momentum=0.5)
    assert len(run.velocity("b1")) == run.steps < 9
    assert np.isfinite(run.velocity("b1")).all()
    with pytest.raises(ValueError, match="unknown parameter 'b2'; choose from W1, b1"):
        run.velocity("b2")
