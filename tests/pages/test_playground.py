"""The playground: every dataset and view, its charts against blame, its own data, its link."""

import itertools
import json

import numpy as np
import pytest

from blame import ACTIVATIONS
from blame.playground.datasets import DATASETS
from blame.playground.growing_run import advance
from blame.playground.recipe import Recipe, plane, prepare
from blame.playground.sample_blame import sample_blame
from pages.shared.playground import runs
from pages.shared.playground.recipe_choices import choices_of, recipe_of
from pages.shared.state.choices import CHOICES, PLAY_VIEWS
from pages.shared.state.settings import MISSING
from tests.blame.playground.test_recipe_text import OTHER
from tests.pages.app import figures, go_to_step, open_page, player_of, tell, words


def open_playground(**link):
    return open_page("playground", **link)


def click_map(app, x, y):
    """Let the map say where it was clicked, as its script does in a browser."""
    (identity,) = (
        element.proto.id
        for element in app.get("bidi_component")
        if element.proto.component_name == "blame_wire"
    )
    states = app._tree.get_widget_states()
    said = {"event": "chart_playground_map__point", "value": {"x": x, "y": y}}
    states.widgets.add(
        id=f"$$STREAMLIT_INTERNAL_KEY_{identity}__events", json_trigger_value=json.dumps([said])
    )
    app._run(states)
    assert not app.exception, app.exception
    # AppTest shows what the last run sent, and that was a part of the page.
    app.run()
    assert not app.exception, app.exception


def run_of(**changes):
    steps = changes.pop("steps")
    found = prepare(Recipe(**changes))
    return found, advance(found.start, steps)


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


def test_mini_batches_count_epochs():
    app = open_playground(data="moons", samples=40, batch=10, play_step=6)
    assert "epoch 1.50" in words(app)
    app = open_playground(data="xor", batch=10)
    assert "There are only 4 samples" in words(app)


def test_own_data_is_read_and_bad_lines_are_named_as_text():
    app = open_playground(data="my own", csv="a,b,y\n1,2,0\n2,1,1\n<b>,1,1\n3,3,1")
    text = words(app)
    assert "Left out:" in text
    assert "line 4: '<b>' is not a number" in [element.value for element in app.get("text")]
    assert "accuracy" in text
    app.text_area(key="csv").set_value("nonsense").run()
    assert not app.exception
    assert "no good line in the text yet" in words(app)
    app.text_area(key="csv").set_value("1,5\n2,7\n3,-2").run()
    assert "mse is used instead" in words(app)
    assert figures(app)[0]["layout"]["xaxis"]["title"]["text"] == "x[0]"


def test_a_hand_goes_to_any_step_and_back():
    app = open_playground(play_step=20)
    for step, said in ((21, "21 steps"), (19, "19 steps"), (0, "0 steps"), (1, "1 step:")):
        go_to_step(app, step)
        assert f"**After {said}" in words(app)
        assert player_of(app)["value"] == step
    # What comes after the step was seen: it stays on the curves.
    assert len(figures(app)[1]["data"][0]["x"]) == 22


def test_a_far_step_is_trained_piece_by_piece_and_can_be_stopped(monkeypatch):
    # One piece each time, whatever the machine.
    clock = itertools.count(step=0.6 * runs.PATIENCE)
    monkeypatch.setattr(runs, "monotonic", lambda: next(clock))
    app = open_playground(data="xor", play_step=400)
    told = player_of(app)
    assert told["grows"]["wanted"] == 400
    reached = told["value"]
    assert 0 < reached < 400
    assert f"**After {reached} steps" in words(app)
    go_to_step(app, 400)
    further = player_of(app)["value"]
    assert reached < further < 400
    go_to_step(app, further)
    assert player_of(app)["grows"]["wanted"] is None
    assert player_of(app)["value"] == further
    assert len(figures(app)[1]["data"][0]["x"]) == further + 1


def test_new_data_and_every_choice_but_the_rate_begin_at_step_0():
    for change in (
        lambda app: app.selectbox(key="data").set_value("moons"),
        lambda app: app.selectbox(key="play_optimiser").set_value("adam"),
        lambda app: app.number_input(key="width_1").set_value(3),
        lambda app: app.number_input(key="test_share").set_value(20),
        lambda app: app.number_input(key="play_l2").set_value(0.01),
    ):
        app = open_playground(play_step=20)
        assert "**After 20 steps" in words(app)
        change(app).run()
        assert "**After 0 steps" in words(app)
        assert player_of(app)["value"] == 0
    # A link says which step it means.
    assert "**After 20 steps" in words(open_playground(data="moons", play_step=20))


def test_a_changed_rate_goes_on_from_where_the_run_stands():
    app = open_playground(play_step=50)
    app.number_input(key="play_rate").set_value(0.05).run()
    assert "**After 50 steps" in words(app)
    go_to_step(app, 80)
    _, run = run_of(learning_rate=0.05, rates="0.3@50", steps=80)
    _, ghost = run_of(steps=80)
    assert run.losses[80] != ghost.losses[80]
    assert f"**After 80 steps: loss {run.losses[-1]:.4g}" in words(app)
    assert "The learning rate was 0.3 up to step 50, and is 0.05 from there." in words(app)
    assert f"Rate kept at 0.3, the loss would be {ghost.losses[80]:.4g} here." in words(app)
    drawn = {trace["name"]: trace["y"] for trace in figures(app)[1]["data"]}
    assert drawn["loss"] == list(run.losses)
    assert drawn["rate kept at 0.3"] == list(ghost.losses)
    # From an earlier step: what came after it is given up.
    go_to_step(app, 30)
    app.number_input(key="play_rate").set_value(0.5).run()
    assert "was 0.3 up to step 30, and is 0.5 from there" in words(app)
    go_to_step(app, 0)
    app.number_input(key="play_rate").set_value(0.1).run()
    assert "The learning rate was" not in words(app)


def test_a_link_restores_the_rates_and_a_wrong_one_is_named():
    app = open_playground(play_step=40, play_rate=0.05, rates="0.3@20;0.1@30")
    _, run = run_of(learning_rate=0.05, rates="0.3@20;0.1@30", steps=40)
    assert f"**After 40 steps: loss {run.losses[-1]:.4g}" in words(app)
    app = open_playground(rates="0.3@x")
    assert "rates must be rates with the step" in words(app)


def test_a_run_that_ran_away_begins_anew_with_another_rate_and_says_so():
    app = open_playground(data="my own", csv="1000,-1000,3\n-900,500,7", play_step=100, play_rate=9)
    app.number_input(key="play_rate").set_value(0.1).run()
    assert "The run before ran away, so this one begins anew at step 0." in words(app)
    assert "**After 0 steps" in words(app)


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


def test_running_away_is_said_before_the_floats_end():
    app = open_playground(data="xor", hidden_layers=0, task_loss="mse", play_rate=1, play_step=100)
    _, run = run_of(data="xor", hidden=(), loss="mse", learning_rate=1.0, steps=100)
    assert run.runs_away_at(100)
    assert not run.runs_away_at(2)
    assert "It is running away: the loss is" in words(app)
    assert "dead neurons" not in {trace["name"] for trace in figures(app)[1]["data"]}
    assert figures(app)[0]["data"][0]["colorbar"]["ticktext"][-1].startswith("≥")


def test_pulls_that_cancel_are_told():
    app = open_playground(
        data="my own", csv="1,0,1\n1,0,-1", hidden_layers=0, play_step=200, play_rate=0.1,
        play_view="Blame by sample",
    )  # fmt: skip
    assert "**The pulls cancel.**" in words(app)


def test_a_run_that_runs_away_ends_and_says_so():
    app = open_playground(data="my own", csv="1000,-1000,3\n-900,500,7", play_step=100, play_rate=9)
    assert "the run ran away and ends here" in words(app)


def test_wrong_choices_in_the_link_are_named():
    app = open_playground(data="spirals", samples=7, width_1=9, play_step="x", csv="y" * 6001)
    text = words(app)
    for name in (
        "data must be one of",
        "samples must be a whole number from 8 to 200",
        "width_1 must be a whole number from 1 to 8",
        "play_step must be",
        "at most 6000",
    ):
        assert name in text
    assert app.session_state["data"] == "circles"
    app = open_playground(width_1="2.5")
    assert "width_1 must be a whole number" in words(app)
    assert app.session_state["width_1"] == 4


def test_the_recipe_of_no_choices_is_the_default():
    assert recipe_of({}) == Recipe()
    defaults = {name: choice.default for name, choice in CHOICES.items()}
    assert recipe_of(defaults) == Recipe()


def test_a_thousand_rows_can_be_pasted():
    app = open_page("playground", data="my own")
    rows = [f"{k / 7:.15f},{-k / 3:.15f},{k % 2}" for k in range(1000)]
    app.text_area(key="csv").set_value("\n".join(rows)).run()
    assert not app.exception
    kept = app.session_state["csv"].splitlines()
    assert kept == rows[: len(kept)]
    assert len(kept) > 100
    assert f"the first {len(kept)} of 1,000 lines are kept" in words(app)
    app.text_area(key="csv").set_value("1,2,0\n2,1,1").run()
    assert "lines are kept" not in words(app)


def test_samples_are_added_moved_and_removed_by_keyboard_and_on_the_map():
    app = open_playground(data="xor", play_step=20)
    app.toggle(key="edit_on").set_value(True).run()
    app.text_input(key="edit_place").set_value("0.5, \u22121").run()
    app.selectbox(key="edit_target").set_value("1").run()
    app.button(key="edit_do").click().run()
    assert not app.exception
    assert app.session_state["csv"] == "0,0,0\n0,1,1\n1,0,1\n1,1,0\n0.5,-1,1"
    assert app.selectbox(key="data").value == "my own"
    assert app.text_area(key="csv").value == app.session_state["csv"]
    assert "**After 0 steps" in words(app)
    app.segmented_control(key="edit_way").set_value("Move").run()
    click_map(app, 0.9, 0.02)
    assert "Sample 2 is picked: click where it goes." in words(app)
    click_map(app, 2, 0.25)
    assert app.session_state["csv"].splitlines()[2] == "2,0.25,1"
    app.segmented_control(key="edit_way").set_value("Remove").run()
    app.number_input(key="edit_row").set_value(0).run()
    app.button(key="edit_do").click().run()
    assert app.session_state["csv"] == "0,1,1\n2,0.25,1\n1,1,0\n0.5,-1,1"
    app.segmented_control(key="edit_way").set_value("Add").run()
    app.text_input(key="edit_place").set_value("0.5").run()
    app.button(key="edit_do").click().run()
    assert "Its inputs are 2 numbers" in words(app)


def test_kept_runs_stand_side_by_side_and_are_loaded_again():
    app = open_playground(data="xor", play_step=60, play_optimiser="adam", play_rate=0.03)
    app.button(key="play_keep").click().run()
    _, kept = run_of(data="xor", optimiser="adam", learning_rate=0.03, steps=60)
    app.selectbox(key="play_optimiser").set_value("plain").run()
    go_to_step(app, 100)
    assert not app.exception
    _, run = run_of(data="xor", learning_rate=0.03, steps=100)
    rows = [line for line in words(app).splitlines() if line.startswith("| ")]
    assert rows[2:] == [
        f"| This run | Plain | 100 | {run.losses[100]:.4g} | {run.accuracies[100]:.0%} |",
        f"| A | Adam | 60 | {kept.losses[60]:.4g} | {kept.accuracies[60]:.0%} |",
    ]
    lines = {trace["name"]: trace["y"] for trace in figures(app)[1]["data"]}
    assert lines["A"] == list(kept.losses)
    assert len(figures(app)[3]["data"]) == 2
    app.button(key="play_load_A").click().run()
    assert not app.exception
    assert app.selectbox(key="play_optimiser").value == "adam"
    assert f"**After 60 steps: loss {kept.losses[60]:.4g}" in words(app)
    app.button(key="play_remove_A").click().run()
    assert "| A |" not in words(app)
    # From a link, with another shape and other data.
    app = open_playground(kept_play="data=moons,hidden=3+2,step=30~step=5", play_step=10)
    assert "| A | Moons, hidden 3-2 | 30 |" in words(app)
    assert "| B | Circles, hidden 4 | 5 |" in words(app)
    app = open_playground(kept_play="hidden=500,step=3")
    assert "kept_play must be at most 3 runs" in words(app)


def test_the_choices_of_a_recipe_make_it_again():
    for recipe in (Recipe(), OTHER, Recipe(data="my own", csv="1,0", test_share=20, data_seed=3)):
        made = recipe_of({**choices_of(recipe), "rates": recipe.rates})
        assert made == recipe


def test_what_is_said_of_another_run_is_not_heard():
    app = open_playground(play_step=20)
    told = player_of(app)
    said = {"number": told["seen"] + 1, "step": 300, "of": told["grows"]["of"]}
    app.number_input(key="weights_seed").set_value(5).run()
    tell(app, "blame_player", "moved", said)
    assert "**After 0 steps" in words(app)
    assert player_of(app)["seen"] == said["number"]


def test_without_our_charts_it_still_goes_from_step_to_step():
    app = open_playground(play_step=5)
    app.session_state[MISSING] = True
    app.run()
    assert not app.exception
    assert not player_of(app)["plays"]
    go_to_step(app, 7)
    assert "**After 7 steps" in words(app)
    assert len(app.get("plotly_chart")) == 3
