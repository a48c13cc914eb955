"""The notebook in four arithmetics: published numbers, and agreement where no kink is near."""

import math
import time
from dataclasses import replace

import numpy as np
import pytest

from blame import Layer, Network
from blame.exercise.exercise import Exercise
from blame.exercise.presets import NOTEBOOK
from blame.probe.knife_edge import ARITHMETICS, as_float, outcomes, partial_sums, why_not
from blame.refusals import RefusedError
from tests.exercises import notebook_with

SPIKE = [1.5625, 18.1476, 7.7931, 0.8214]
SMOOTH = [1.5625, 0.7832, 0.1204, 0.0006]


def by_key(exercise, steps=3):
    return {outcome.key: outcome for outcome in outcomes(exercise, steps)}


def test_one_rounding_bit_decides_the_notebooks_run():
    found = by_key(NOTEBOOK)
    assert list(found) == list(ARITHMETICS)
    assert found["float64"].z[1] == 2.0**-55
    assert found["float32"].z[1] == pytest.approx(-7.45e-9, rel=1e-3)
    assert found["exact"].z[1] == 0
    assert [found[key].gates[1] for key in ARITHMETICS] == [True, False, False, False]
    assert [found[key].blame[1] for key in ARITHMETICS] == [-3.75, 0, 0, 0]
    assert found["float64"].losses == pytest.approx(SPIKE, abs=5e-5)
    assert found["float64"].open_at_end == (False, False)
    for key in ("float32", "bias_first", "exact"):
        assert found[key].losses == pytest.approx(SMOOTH, abs=5e-5)
        assert found[key].open_at_end == (True, False)


def test_away_from_the_kink_all_agree():
    found = by_key(notebook_with(b1_1=-0.2), 5)
    # In units of the loss: the later losses are smaller than float32's rounding of the first.
    for key, close in (("float32", 1e-6), ("bias_first", 1e-14), ("exact", 1e-14)):
        assert found[key].losses == pytest.approx(found["float64"].losses, abs=close)
        assert found[key].gates == found["float64"].gates


def test_the_last_partial_sum_is_z():
    for exercise in (NOTEBOOK, notebook_with(b1_1=0.37, x_1=-1.3)):
        for outcome in outcomes(exercise, 1):
            for neuron in (0, 1):
                sums = partial_sums(exercise, neuron, outcome.key)
                assert sums[-1][1] == outcome.z[neuron]
    assert partial_sums(NOTEBOOK, 1, "bias_first")[0][0] == "b1[1]"
    with pytest.raises(ValueError, match="choose from float64"):
        partial_sums(NOTEBOOK, 0, "float16")


def test_a_run_that_leaves_the_floats_ends_early():
    wild = notebook_with(
        x_0=1e6, W1_0_0=1e3, W1_0_1=1e3, W2_0_0=1e3, W2_1_0=1e3, y_true=1e6, learning_rate=100
    )
    found = {outcome.key: outcome.losses for outcome in outcomes(wild, 6)}
    # float32 holds numbers up to 3e38 only; for the others six updates are not enough.
    assert {key: len(losses) for key, losses in found.items()} == {
        "float64": 7, "float32": 2, "bias_first": 7, "exact": 7,
    }  # fmt: skip
    assert all(math.isfinite(loss) for losses in found.values() for loss in losses)
    assert as_float(10**400) == math.inf


def test_the_sums_of_each_arithmetic_by_hand():
    # z1[1] of the notebook: 1 (-0.3), then 2 (0.2), then -0.1.
    for key in ("float64", "float32", "exact"):
        sums = partial_sums(NOTEBOOK, 1, key)
        assert [name for name, _ in sums] == ["x[0] W1[0, 1]", "x[1] W1[1, 1]", "b1[1]"]
        assert [value for _, value in sums] == pytest.approx([-0.3, 0.1, 0], abs=1e-7)
    first = partial_sums(NOTEBOOK, 1, "bias_first")
    assert [name for name, _ in first] == ["b1[1]", "x[0] W1[0, 1]", "x[1] W1[1, 1]"]
    assert [value for _, value in first] == pytest.approx([-0.1, -0.4, 0], abs=1e-15)
    # Neuron 0 has numbers of its own: 0.5, 1.6, 0.1.
    assert [v for _, v in partial_sums(NOTEBOOK, 0, "exact")] == [0.5, 2.1, 2.2]
    assert partial_sums(NOTEBOOK, 1, "exact")[-1][1] == 0
    assert partial_sums(NOTEBOOK, 1, "float32")[0][1] == float(np.float32(-0.3))


def test_each_outcome_has_its_title_and_its_gates():
    exercise = notebook_with(b1_1=0.3, learning_rate=0.01)
    for outcome in outcomes(exercise, 2):
        assert outcome.title == ARITHMETICS[outcome.key]
        assert outcome.z == pytest.approx((2.2, 0.4), rel=1e-6)
        # d_loss_y is 1.3, and W2 = [1, -1.5].
        assert outcome.blame == pytest.approx((1.3, -1.95), rel=1e-6)
        assert outcome.gates == (True, True)
        assert len(outcome.losses) == 3
    alone = exercise.train()
    assert outcomes(exercise, 2)[0].losses == tuple(alone.losses[:3])
    shut = by_key(notebook_with(b1_0=-9.0), 1)
    assert {outcome.gates for outcome in shut.values()} <= {(False, True), (False, False)}


def test_a_run_ends_with_the_last_loss_that_is_a_float():
    # With b1 = -9 only b2 is left: each step multiplies its error by 1 - 2 rate = -199, in floats
    # and fractions alike; from an error near 1e6 that stays among the floats for six steps.
    wild = notebook_with(b1_0=-9.0, b1_1=-9.0, b2_0=1e6, learning_rate=100)
    for outcome in outcomes(wild, 6):
        if outcome.key != "float32":
            assert outcome.losses == pytest.approx(
                [(1e6 - 1) ** 2 * 199.0 ** (2 * k) for k in range(7)], rel=1e-12
            )
    # Float32 ends near 3e38; the seventh loss is 4e39.
    kept = {outcome.key: len(outcome.losses) for outcome in outcomes(wild, 6)}
    assert kept == {"float64": 7, "bias_first": 7, "exact": 7, "float32": 6}


# z1 = [0.3 - 0.3, 0.1] by x = [1, 3]: 0.3 - 3 (0.1) is 0 on paper; z2 stands on that and a bias.
DEEP = Exercise(
    Network(
        (
            Layer([[0.3, 0.1], [-0.1, 0.0]], None, "relu"),
            Layer([[1.0, 0.5], [3.0, -1.0]], [-0.3, 0.2], "relu"),
            Layer([[1.0], [-2.0]], [0.1], "identity"),
        )
    ),
    [1, 3],
    [1],
    "half_sse",
)


def test_a_deeper_layer_has_its_own_gates_sums_and_blame():
    # a1 = [0, 0.1], so z2 = [0.3 - 0.3, 0.1 (-1) + 0.2] = [0, 0.1] and y_pred = 0.1 - 0.2.
    found = {outcome.key: outcome for outcome in outcomes(DEEP, 2, 2)}
    assert found["exact"].z == (0, 0.1)
    assert found["exact"].gates == (False, True)
    # d_loss_y = -0.1 - 1, and W3 hands back 1 and -2 times that.
    assert found["exact"].blame == pytest.approx((0, 2.2))
    assert found["exact"].others == (False, True)
    assert found["exact"].every_gate == (False, True, False, True)
    for key in ARITHMETICS:
        z = found[key].z[0]
        assert z == pytest.approx(0, abs=1e-6)
        assert found[key].gates[0] == (z > 0)
        sums = partial_sums(DEEP, 0, key, 2)
        assert sums[-1][1] == z
        assert sorted(name for name, _ in sums) == ["a1[0] W2[0, 0]", "a1[1] W2[1, 0]", "b2[0]"]
    assert [v for _, v in partial_sums(DEEP, 1, "exact", 2)] == pytest.approx([0, -0.1, 0.1])
    first = {outcome.key: outcome for outcome in outcomes(DEEP, 2)}
    assert first["exact"].others == found["exact"].gates
    assert [name for name, _ in partial_sums(DEEP, 0, "bias_first")] == [
        "x[0] W1[0, 0]", "x[1] W1[1, 0]",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"held": ("b2",)}, "plain steps, without what is held"),
        ({"momentum": 0.9, "weight_decay": 0.1}, "without momentum and weight decay"),
        ({"x": [[1, 2], [3, 4]], "target": [[1], [2]]}, "take one sample, got 2"),
        ({"loss": "output", "target": None}, "the loss must be a squared error, got no loss"),
    ],
)
def test_what_it_does_not_hold_for_is_refused_with_its_reason(change, why):
    other = replace(NOTEBOOK, **change)
    assert why in why_not(other)
    with pytest.raises(RefusedError, match=why):
        outcomes(other, 2)
    assert why_not(NOTEBOOK) == why_not(DEEP) == ""


def test_without_a_hidden_layer_there_is_no_gate():
    flat = Exercise(Network((Layer([[1.0]], [0.0], "identity"),)), [1], [0])
    assert "no hidden layer" in why_not(flat)


def test_fractions_are_followed_only_as_far_as_they_are_quick():
    rng = np.random.default_rng(3)
    shapes = [(10, 10), (10, 10), (10, 10), (10, 10)]
    layers = [
        Layer(
            rng.standard_normal(s) / 2, rng.standard_normal(s[1]), "relu" if k < 3 else "identity"
        )
        for k, s in enumerate(shapes)
    ]
    large = Exercise(Network(tuple(layers)), rng.standard_normal(10), rng.standard_normal(10))
    begun = time.perf_counter()
    found = outcomes(large, 5)
    assert time.perf_counter() - begun < 2
    lengths = {len(outcome.losses) for outcome in found}
    assert len(lengths) == 1
    assert 1 <= lengths.pop() < 6
    assert len(outcomes(NOTEBOOK, 5)[0].losses) == 6
