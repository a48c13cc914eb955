"""Maps of a network over a plane and a line, and the recipes of the playground."""

from dataclasses import replace

import numpy as np
import pytest

from blame import forward, initialise
from blame.playground.datasets import DATASETS, dataset, make_dataset
from blame.playground.growing_run import advance
from blame.playground.maps import maps, maps_around
from blame.playground.recipe import OWN, Recipe, plane, prepare, span


def test_every_point_of_a_map_is_a_forward_pass():
    network = initialise((2, 3, 2, 1), 1, activation="tanh")
    across, up = np.linspace(-1, 1, 5), np.linspace(2, 3, 4)
    found = maps(network, across, up)
    assert found.prediction.shape == (4, 5)
    assert [z.shape[-1] for z in found.z] == [3, 2, 1]
    for j, i in ((0, 0), (3, 1), (2, 4)):
        passes = forward(network, [across[i], up[j]])
        assert found.prediction[j, i] == pytest.approx(passes.prediction[0, 0], rel=1e-14)
        assert np.allclose(found.a[1][j, i], passes.a[1][0], rtol=1e-14)


def test_a_map_along_one_input():
    network = initialise((1, 3, 1), 1)
    found = maps(network, np.array([-1.0, 0.5]))
    assert found.prediction.tolist() == [
        forward(network, [[-1.0], [0.5]]).prediction[:, 0].tolist()
    ]
    assert found.up.tolist() == [0]
    assert [z.shape for z in found.z] == [a.shape for a in found.a] == [(1, 2, 3), (1, 2, 1)]
    with pytest.raises(ValueError, match="a network with 1 inputs, got 2"):
        maps(initialise((2, 3, 1), 1), np.array([0.0]))
    with pytest.raises(ValueError, match="a network with 2 inputs, got 1"):
        maps(network, np.array([0.0]), np.array([0.0]))


def test_a_map_of_many_inputs_and_outputs_holds_the_others_at_their_mean():
    network = initialise((4, 3, 3), 1, activation="tanh", output_activation="softmax")
    x = np.arange(12.0).reshape(3, 4) / 7
    found = maps_around(network, dataset(x, [0, 1, 2]), 5, (3, 1))
    assert found.outputs.shape == (5, 5, 3)
    mean = [x[:, k].mean() for k in range(4)]
    for j, i in ((0, 0), (4, 1), (2, 3)):
        passes = forward(network, [mean[0], found.up[j], mean[2], found.across[i]])
        assert found.outputs[j, i] == pytest.approx(passes.prediction[0], rel=1e-13)
        assert found.a[0][j, i] == pytest.approx(passes.a[0][0], rel=1e-13)


@pytest.mark.parametrize("kind", ["moons", "two lines"])
def test_a_map_around_the_data_has_the_datas_dimensions(kind):
    data = make_dataset(kind)
    network = initialise((data.n_in, 3, 1), 1)
    found = maps_around(network, data, 9)
    assert found.prediction.shape == ((1, 9) if data.n_in == 1 else (9, 9))
    axes = (found.across,) if data.n_in == 1 else (found.across, found.up)
    for values, along in zip(data.x.T, axes, strict=True):
        assert along[0] < values.min()
        assert values.max() < along[-1]
    corner = [found.across[-1]] if data.n_in == 1 else [found.across[-1], found.up[0]]
    wanted = forward(network, corner).prediction[0, 0]
    assert found.prediction[0, -1] == pytest.approx(wanted, rel=1e-14)


def test_the_plane_holds_every_sample_and_is_square_unless_it_would_be_a_line():
    x = make_dataset("moons").x
    across, up = plane(x, 11)
    assert across[0] < x[:, 0].min()
    assert up[-1] > x[:, 1].max()
    assert np.ptp(across) == pytest.approx(np.ptp(up))
    wide = x * [100, 1]
    assert np.ptp(plane(wide, 11)[0]) > 10 * np.ptp(plane(wide, 11)[1])
    assert np.ptp(span(np.array([2.0, 2.0]), 3)) > 0


@pytest.mark.parametrize("name", DATASETS)
@pytest.mark.parametrize("loss", ["mse", "bce"])
def test_every_dataset_can_be_trained_with_every_loss(name, loss):
    recipe = Recipe(data=name, loss=loss, hidden=(5, 3), activation="tanh", learning_rate=0.1)
    found = prepare(recipe)
    run = advance(found.start, 60)
    assert run.losses[-1] < run.losses[0]
    if (name, loss) == ("three arms", "bce"):
        assert "cross-entropy with softmax is used" in found.notes[0]
        assert run.loss_function.name == "cross_entropy"
        assert found.start.start.sizes == (2, 5, 3, 3)
    elif found.notes:
        assert (name, loss) == ("two lines", "bce")
        assert "mse is used" in found.notes[0]
        assert run.loss_function.name == "mse"
    else:
        assert run.loss_function.name == loss


def test_a_recipe_always_gives_the_same_run_and_each_seed_matters():
    recipe = Recipe(data="moons", batch_size=7, noise=0.2)
    once = advance(prepare(recipe).start, 30).parameters
    assert np.array_equal(once, advance(prepare(recipe).start, 30).parameters)
    for change in ({"data_seed": 1}, {"weights_seed": 2}, {"batch_seed": 1}):
        other = advance(prepare(replace(recipe, **change)).start, 30).parameters
        assert not np.array_equal(once, other), change


def test_what_cannot_be_as_asked_is_said():
    own = prepare(Recipe(data=OWN, csv="1,2,0\n3,x,1\n2,2,1", batch_size=50))
    assert own.lines == ("line 2: 'x' is not a number",)
    assert own.data.x.tolist() == [[1, 2], [2, 2]]
    assert own.notes == ("There are only 2 samples, so each step uses all of them.",)
    assert own.start.batch_size is None
    empty = prepare(Recipe(data=OWN, csv="hello"))
    assert "no good line" in empty.notes[0]
    assert len(empty.data.x) == 4
    assert prepare(Recipe(data=OWN, csv="1,5\n2,7")).start.start.sizes == (1, 4, 1)


def test_large_own_numbers_are_data_not_an_error():
    own = prepare(Recipe(data=OWN, csv="1e6,-1e6,1e6\n-1e6,1e6,-1e6", loss="mse", hidden=(8, 8, 8)))
    run = advance(own.start, 50)
    assert run.overflow_step is not None
    assert np.isfinite(run.parameters).all()
