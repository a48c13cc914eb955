"""The playground's run: any step of it, another rate, and what ends it."""

import itertools

from pages.shared.playground import runs
from pages.shared.state.settings import MISSING
from tests.pages.app import figures, go_to_step, player_of, tell, words
from tests.pages.playground.opened import open_playground, run_of


def test_mini_batches_count_epochs():
    app = open_playground(data="moons", samples=40, batch=10, play_step=6)
    assert "epoch 1.50" in words(app)
    app = open_playground(data="xor", batch=10)
    assert "There are only 4 samples" in words(app)


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


def test_a_run_that_ran_away_begins_anew_with_another_rate_and_says_so():
    app = open_playground(data="my own", csv="1000,-1000,3\n-900,500,7", play_step=100, play_rate=9)
    app.number_input(key="play_rate").set_value(0.1).run()
    assert "The run before ran away, so this one begins anew at step 0." in words(app)
    assert "**After 0 steps" in words(app)


def test_running_away_is_said_before_the_floats_end():
    app = open_playground(data="xor", hidden_layers=0, task_loss="mse", play_rate=1, play_step=100)
    _, run = run_of(data="xor", hidden=(), loss="mse", learning_rate=1.0, steps=100)
    assert run.runs_away_at(100)
    assert not run.runs_away_at(2)
    assert "It is running away: the loss is" in words(app)
    assert "dead neurons" not in {trace["name"] for trace in figures(app)[1]["data"]}
    assert figures(app)[0]["data"][0]["colorbar"]["ticktext"][-1].startswith("≥")


def test_a_run_that_runs_away_ends_and_says_so():
    app = open_playground(data="my own", csv="1000,-1000,3\n-900,500,7", play_step=100, play_rate=9)
    assert "the run ran away and ends here" in words(app)


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
