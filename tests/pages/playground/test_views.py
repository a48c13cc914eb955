"""Every dataset and view of the playground; its charts against blame."""

import numpy as np
import pytest

from blame import ACTIVATIONS
from blame.playground.datasets import DATASETS
from blame.playground.recipe import plane
from blame.playground.sample_blame import sample_blame
from pages.shared.state.choices import PLAY_VIEWS
from tests.pages.app import figures, words
from tests.pages.playground.opened import open_playground, run_of


@pytest.mark.parametrize("view", PLAY_VIEWS)
@pytest.mark.parametrize("data", [*DATASETS, "my own"])
def test_every_dataset_in_every_view(data, view):
    app = open_playground(data=data, play_view=view, play_step=30, hidden_layers=2, play_layer=2)
    assert "**After 30 steps: loss" in words(app)
    assert "nan" not in words(app)
    assert len(figures(app)) == (2 if view == "Nothing more" else 3)


@pytest.mark.parametrize("layers", [0, 1, 2, 3])
@pytest.mark.parametrize("unit", ACTIVATIONS)
def test_every_activation_and_depth(unit, layers):
    app = open_playground(unit=unit, hidden_layers=layers, play_step=5, play_view="Neurons")
    assert "**After 5 steps" in words(app)
    assert ("no neurons to look into" in words(app)) == (layers == 0)


def test_the_map_and_the_curves_show_the_run():
    app = open_playground(data="xor", play_step=120, weights_seed=7, play_view="Neurons")
    found, run = run_of(data="xor", weights_seed=7, steps=120)
    chart, curves, neurons = figures(app)
    heat = chart["data"][0]
    across, up = plane(found.data.x, 51)
    assert heat["x"] == list(across)
    from blame import forward

    for j, i in ((0, 0), (20, 33), (50, 50)):
        y = forward(run.at(120), [across[i], up[j]]).prediction[0, 0]
        assert heat["z"][j][i] == pytest.approx(float(y), abs=5.1e-5)
    marks = {trace["name"]: trace for trace in chart["data"] if "name" in trace}
    assert list(zip(marks["target 1"]["x"], marks["target 1"]["y"], strict=True)) == [
        (0, 1),
        (1, 0),
    ]
    lines = {trace["name"]: trace["y"] for trace in curves["data"]}
    assert lines["loss"] == list(run.losses)
    assert lines["accuracy"] == list(run.accuracies)
    assert lines["dead neurons"] == list(run.dead)
    assert f"accuracy {run.accuracies[-1]:.0%}" in words(app)
    maps = [trace for trace in neurons["data"] if trace["type"] == "heatmap"]
    for k, own in enumerate(maps):
        passes = forward(run.at(120), [own["x"][20], own["y"][4]])
        assert own["z"][4][20] == pytest.approx(float(passes.a[0][0, k]), abs=5.1e-5)
    assert len(maps) == 4
    titles = [note["text"] for note in neurons["layout"]["annotations"]]
    alive = run.pass_at(120).local_gradients[0].any(axis=0)
    assert titles == [f"neuron {j}{'' if alive[j] else ', dead'}" for j in range(4)]


def test_the_samples_pull_as_their_blame_says():
    app = open_playground(data="four points", play_view="Blame by sample", play_step=3)
    _, run = run_of(data="four points", steps=3)
    blame = sample_blame(run.pass_at(3))
    bars = [y for trace in figures(app)[2]["data"] for y in trace["y"]]
    assert bars == sorted(blame.along, reverse=True)
    assert sum(bars) == pytest.approx(np.linalg.norm(blame.gradients.sum(axis=0)))
    assert f"**Agreement {100 * blame.agreement:.2g}" in words(app)


def test_a_test_set_has_its_own_marks_curve_and_words():
    app = open_playground(data="moons", test_share=25, play_step=30)
    _, run = run_of(data="moons", test_share=25, steps=30)
    drawn, curves = figures(app)[:2]
    marks = {trace["name"]: trace for trace in drawn["data"] if "name" in trace}
    both = [len(marks[f"target {k}{part}"]["x"]) for part in ("", ", test") for k in (0, 1)]
    assert sum(both[:2]) == 75
    assert sum(both[2:]) == 25
    lines = {trace["name"]: trace["y"] for trace in curves["data"]}
    assert lines["test loss"] == list(run.test_losses)
    assert f"on the test set loss {run.test_losses[30]:.4g}" in words(app)


def test_three_classes_and_four_inputs():
    app = open_playground(data="three arms", play_step=20, noise=0)
    assert "cross-entropy with softmax is used" in words(app)
    heats = [trace for trace in figures(app)[0]["data"] if trace["type"] == "heatmap"]
    assert len(heats) == 3
    filled = [[value is not None for row in heat["z"] for value in row] for heat in heats]
    assert all(sum(each) == 1 for each in zip(*filled, strict=True))
    rows = "\n".join(f"{k % 5},{k % 3},{k % 2},{k},{'abc'[k % 3]}" for k in range(12))
    for view in PLAY_VIEWS:
        app = open_playground(data="my own", csv=rows, play_step=5, play_across=3, play_view=view)
        assert "**After 5 steps" in words(app)
        layout = figures(app)[0]["layout"]
        assert [layout[axis]["title"]["text"] for axis in ("xaxis", "yaxis")] == ["x[3]", "x[1]"]
    assert [trace["name"] for trace in figures(app)[0]["data"] if "name" in trace] == list("abc")
    one = open_playground(data="my own", csv="1,a\n2,b\n3,c", play_step=5)
    assert "share of b" in [trace.get("name") for trace in figures(one)[0]["data"]]


def test_the_network_is_drawn_with_its_weights():
    app = open_playground(data="xor", hidden_layers=2, width_1=2, width_2=3, play_step=7)
    _, run = run_of(data="xor", hidden=(2, 3), steps=7)
    drawn = figures(app)[2]
    edges = drawn["layout"]["shapes"]
    weights = [w for layer in run.at(7).layers for w in layer.weights.ravel()]
    assert len(edges) == len(weights) == 4 + 6 + 3
    assert [edge["line"]["dash"] == "dash" for edge in edges] == [w < 0 for w in weights]
    thick = [edge["line"]["width"] for edge in edges]
    assert sorted(range(13), key=thick.__getitem__) == sorted(
        range(13), key=lambda k: abs(weights[k])
    )
    tags, nodes = drawn["data"]
    assert tags["customdata"][0] == f"W1[0, 0] = {float(weights[0])!r}"
    assert len(nodes["x"]) == 2 + 2 + 3 + 1
    # Each line goes from a node to a node.
    places = set(zip(nodes["x"], nodes["y"], strict=True))
    assert {(edge["x0"], edge["y0"]) for edge in edges} < places
    assert {(edge["x1"], edge["y1"]) for edge in edges} < places


def test_pulls_that_cancel_are_told():
    app = open_playground(
        data="my own", csv="1,0,1\n1,0,-1", hidden_layers=0, play_step=200, play_rate=0.1,
        play_view="Blame by sample",
    )  # fmt: skip
    assert "**The pulls cancel.**" in words(app)
