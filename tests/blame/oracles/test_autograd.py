"""Gradients, training and curvature against an automatic differentiation that knows no `blame`."""

from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip(
    "hypothesis", reason="random networks need hypothesis: pip install -r requirements-dev.txt"
)

from hypothesis import Phase, assume, given, seed, settings
from hypothesis import strategies as st

from blame import ACTIVATIONS, LOSSES, backward, forward, train
from blame.batches import draw_batches
from blame.runs.curvature import hessian
from tests.blame.oracles import independent
from tests.blame.oracles.random_cases import PAIRS, bounded, cases


def over_random_cases(compare, pair, exercises):
    """Run a Hypothesis test with draws of its own: without a seed every pair gets the same ones.

    A failing case is shown as drawn: its numbers come from a seed, and shrinking takes minutes.
    """
    once = settings(
        max_examples=exercises,
        deadline=None,
        database=None,
        phases=(Phase.explicit, Phase.generate),
    )
    seed(PAIRS.index(pair))(once(compare))()


def alive(blame):
    """Return whether some blame reaches every weight matrix: a dead network proves nothing."""
    return all(np.any(each != 0) for each in blame["weights"])


def check(back, case, blame):
    """Compare a backward pass of one network with autograd's derivatives."""
    z, a = independent.layer_by_layer(case.weights, case.biases, case.names, case.x)
    largest = max(abs(each).max() for each in (*blame["weights"], *blame["z"], *blame["a"]))

    def same(what, ours, theirs, size):
        np.testing.assert_equal(np.shape(ours), np.shape(theirs), err_msg=what)
        # The second part only forgives what rounding leaves where a sum cancels.
        np.testing.assert_allclose(ours, theirs, rtol=1e-9, atol=1e-12 * size, err_msg=what)

    same("loss", back.loss, independent.loss_of(*case.own), 1)
    same("dL/dx", back.input_gradient, blame["x"], largest)
    slopes = independent.slopes_of(case.names, z)
    for k in range(len(case.names)):
        same(f"z{k + 1}", back.forward_pass.z[k], z[k], 1)
        same(f"a{k + 1}", back.forward_pass.a[k], a[k], 1)
        same(f"slope {k + 1}", back.local_gradients[k], slopes[k], 1)
        same(f"dL/da{k + 1}", back.activation_gradients[k], blame["a"][k], largest)
        same(f"dL/dz{k + 1}", back.deltas[k], blame["z"][k], largest)
        same(f"dW{k + 1}", back.weight_gradients[k], blame["weights"][k], largest)
        if case.biases[k] is None:
            assert back.bias_gradients[k] is None
        else:
            same(f"db{k + 1}", back.bias_gradients[k], blame["biases"][k], largest)


def backward_of(case):
    return backward(forward(case.network, case.x), case.target, case.loss)


def backward_of_stack(members):
    """Return the backward pass of all cases at once, each with its own network and batch."""
    named = [case.network.parameters() for case in members]
    together = members[0].network.with_parameters(
        **{name: np.stack([each[name] for each in named]) for name in named[0]}
    )
    x, target = (np.stack([getattr(case, what) for case in members]) for what in ("x", "target"))
    return backward(forward(together, x), target, members[0].loss)


@pytest.mark.parametrize(
    ("kind", "registry", "versions"),
    [
        ("activation", ACTIVATIONS, independent.ACTIVATIONS),
        ("loss", LOSSES, independent.LOSSES),
    ],
)
def test_every_entry_of_a_registry_has_an_independent_version(kind, registry, versions):
    assert not independent.missing(registry, versions, kind)
    (said,) = independent.missing([*registry, "a_new_one"], versions, kind)
    assert said.startswith(f"a_new_one is a new {kind}")


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_kinks_are_where_the_independent_slope_jumps(name):
    # The cases below keep clear of the kinks that the registry lists: of these, and no others.
    if name in independent.WHOLE:
        assert not ACTIVATIONS[name].kinks
        return
    z = np.arange(-6, 6, 1e-3) + 5e-4
    (slope,) = independent.slopes_of([name], [z])
    jumps = np.flatnonzero(abs(np.diff(slope)) > 0.01)
    np.testing.assert_allclose((z[jumps] + z[jumps + 1]) / 2, ACTIVATIONS[name].kinks, atol=1e-9)


@pytest.mark.parametrize(("loss", "output"), PAIRS)
def test_every_gradient_is_autograds(loss, output):
    @given(cases(loss, output))
    def compare(drawn):
        (case,) = drawn
        blame = independent.blame_of(*case.own)
        assume(alive(blame))
        check(backward_of(case), case, blame)

    over_random_cases(compare, (loss, output), exercises=25)


@pytest.mark.parametrize(("loss", "output"), PAIRS)
def test_a_member_of_a_stack_is_itself_and_autograds(loss, output):
    kinds = ("activation_gradients", "local_gradients", "deltas", "weight_gradients")

    @given(cases(loss, output, members=3))
    def compare(members):
        blames = [independent.blame_of(*case.own) for case in members]
        assume(any(alive(blame) for blame in blames))
        stacked = backward_of_stack(members)
        for i, (case, blame) in enumerate(zip(members, blames, strict=True)):
            single = backward_of(case)
            assert np.array_equal(stacked.loss[i], single.loss)
            assert np.array_equal(stacked.input_gradient[i], single.input_gradient)
            for kind in (*kinds, "bias_gradients"):
                for many, few in zip(getattr(stacked, kind), getattr(single, kind), strict=True):
                    assert few is many if few is None else np.array_equal(many[i], few), kind
            check(single, case, blame)

    over_random_cases(compare, (loss, output), exercises=4)


@pytest.mark.parametrize(("loss", "output"), [pair for pair in PAIRS if bounded(*pair)])
@pytest.mark.parametrize("whole", [True, False], ids=["whole batch", "mini-batches"])
def test_training_is_descent_along_autograds_gradients(loss, output, whole):
    @given(cases(loss, output), st.floats(0.01, 0.1), st.integers(1, 4), st.integers(1, 4))
    def compare(drawn, rate, steps, size):
        (case,) = drawn
        n_samples = len(case.x)
        batches = None if whole else draw_batches(n_samples, min(size, n_samples), steps, seed=3)
        rows = np.tile(np.arange(n_samples), (steps, 1)) if whole else batches
        run = independent.descend(*case.own, rate, rows)
        passed = [replace(case, weights=w, biases=b) for w, b in run]
        for step in passed:
            step.clear()
        assume(np.any(passed[0].weights[0] != passed[-1].weights[0]))
        history = train(case.network, case.x, case.target, rate, steps, loss, batches)
        assert history.steps == steps
        losses = [independent.loss_of(*step.own) for step in passed]
        np.testing.assert_allclose(history.losses, losses, rtol=1e-9, atol=1e-12)
        for k, step in enumerate(passed):
            for name, theirs in step.network.parameters().items():
                ours = history.at(k).parameters()[name]
                np.testing.assert_allclose(ours, theirs, rtol=1e-9, atol=1e-12, err_msg=name)

    over_random_cases(compare, (loss, output), exercises=5)


@pytest.mark.parametrize(("loss", "output"), PAIRS)
def test_the_curvature_is_autograds(loss, output):
    @given(cases(loss, output, layers=3, width=3))
    def compare(drawn):
        (case,) = drawn
        theirs = independent.curvature_of(*case.own)
        # A softmax of one output is 1 whatever z is: what is left of it is rounding.
        assume(abs(theirs).max() > 1e-9)
        ours = hessian(case.network, case.x, case.target, loss)
        # Straight pieces and a squared loss leave no truncation error, all else the step squared.
        straight = loss in ("mse", "half_sse", "sse") and not any(
            map(independent.bends, case.names)
        )
        size = abs(theirs).max() * (1e-12 if straight else 1e-7)
        np.testing.assert_allclose(ours, theirs, rtol=0, atol=size)

    over_random_cases(compare, (loss, output), exercises=6)
