"""What a recipe makes of what is asked, what it says about it, and the plane it is drawn on."""

from dataclasses import replace

import numpy as np
import pytest

from blame import initialise
from blame.playground.datasets import make_dataset
from blame.playground.growing_run import begin
from blame.playground.recipe import OWN, Recipe, network_of, plane, prepare, span

OWN_ROWS = "1,2,0\n2,2,1\n0,1,0.5"


@pytest.mark.parametrize(
    ("activation", "loss", "scale", "output"),
    [
        ("relu", "bce", "he", "sigmoid"),
        ("leaky_relu", "mse", "he", "identity"),
        ("tanh", "bce", "xavier", "sigmoid"),
        ("sigmoid", "half_sse", "xavier", "identity"),
    ],
)
def test_the_network_suits_its_activation_and_its_loss(activation, loss, scale, output):
    recipe = Recipe(hidden=(3, 5), activation=activation, weights_seed=9)
    found = network_of(recipe, 2, loss)
    assert found.sizes == (2, 3, 5, 1)
    assert [layer.activation.name for layer in found.layers] == [activation, activation, output]
    same = initialise((2, 3, 5, 1), 9, scale=scale)
    for mine, other in zip(found.layers, same.layers, strict=True):
        assert np.array_equal(mine.weights, other.weights)


def test_every_part_of_a_recipe_reaches_the_run():
    recipe = Recipe("moons", 40, 0.3, 5, learning_rate=0.07, batch_size=9, batch_seed=4)
    found = prepare(recipe)
    data = make_dataset("moons", 40, 0.3, 5)
    assert np.array_equal(found.data.x, data.x)
    assert np.array_equal(found.data.target, data.target)
    same = begin(network_of(recipe, 2, "bce"), data.x, data.target, 0.07, "bce", 9, 4)
    assert np.array_equal(found.start.parameters, same.parameters)
    for name in ("learning_rate", "batch_size", "seed", "loss_function"):
        assert getattr(found.start, name) == getattr(same, name)
    assert (found.lines, found.notes) == ((), ())


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (OWN_ROWS, None),
        ("1,2,0\n2,2,1.5", "these go from 0 to 1.5"),
        ("1,2,-0.25\n2,2,1", "these go from -0.25 to 1"),
        ("1,2,3\n2,2,12345.678", "these go from 3 to 1.235e+04"),
    ],
)
def test_bce_gives_way_only_to_targets_outside_of_zero_to_one(rows, said):
    recipe = Recipe(data=OWN, csv=rows)
    found = prepare(recipe)
    assert found.start.loss_function.name == ("mse" if said else "bce")
    assert found.start.start.layers[-1].activation.name == ("identity" if said else "sigmoid")
    if said:
        assert found.notes == (f"bce needs targets from 0 to 1, and {said}: mse is used instead.",)
    else:
        assert found.notes == ()
    assert prepare(replace(recipe, loss="half_sse")).notes == ()


@pytest.mark.parametrize(
    ("asked", "used", "noted"), [(0, None, 0), (1, 1, 0), (2, 2, 0), (3, None, 0), (4, None, 1)]
)
def test_a_batch_of_all_samples_is_none_and_one_of_more_is_told(asked, used, noted):
    found = prepare(Recipe(data=OWN, csv=OWN_ROWS, batch_size=asked))
    assert found.start.batch_size == used
    assert found.notes == ("There are only 3 samples, so each step uses all of them.",) * noted


def test_a_text_without_a_good_line_gives_way_to_the_four_points():
    found = prepare(Recipe(data=OWN, csv="1,x,2\n3"))
    assert np.array_equal(found.data.x, make_dataset("four points").x)
    assert found.notes == ("There is no good line in the text yet, so the four points are shown.",)
    assert found.lines == (
        "line 1: 'x' is not a number",
        "line 2: needs 1 to 8 inputs and a target, got 1 numbers",
    )
    # Another's text is left alone where a dataset is chosen.
    assert prepare(Recipe(data="xor", csv="1,x")).lines == ()


def test_a_span_reaches_a_fifth_of_its_width_beyond_each_end():
    assert span(np.array([1.0, 3.0, 11.0]), 3) == pytest.approx([-1, 6, 13])
    assert span(np.array([4.0, 6.0]), 5) == pytest.approx([3.6, 4.3, 5, 5.7, 6.4])
    # At least the extent asked for is spanned, and a single value has room on both sides.
    assert span(np.array([4.0, 6.0]), 3, 10) == pytest.approx([-2, 5, 12])
    assert span(np.array([4.0, 6.0]), 3, 1) == pytest.approx([3.6, 5, 6.4])
    assert span(np.array([2.0, 2.0]), 3).tolist() == [1, 2, 3]


def test_the_plane_is_square_unless_one_input_spreads_five_times_as_far():
    def extents(wide, high):
        across, up = plane(np.array([[0.0, 0.0], [wide, high]]), 7)
        assert (len(across), len(up)) == (7, 7)
        assert (across[3], up[3]) == pytest.approx((wide / 2, high / 2))
        return np.ptp(across), np.ptp(up)

    assert extents(10, 2) == pytest.approx((14, 14))
    assert extents(2, 10) == pytest.approx((14, 14))
    assert extents(10, 1.9) == pytest.approx((14, 2.66))
    assert extents(1.9, 10) == pytest.approx((2.66, 14))
