"""What the playground's link holds: its choices, its rates, the runs that are kept."""

from blame.playground.recipe import Recipe
from pages.shared.playground.recipe_choices import choices_of, recipe_of
from pages.shared.state.choices import CHOICES
from tests.blame.playground.test_recipe_text import OTHER
from tests.pages.app import figures, go_to_step, words
from tests.pages.playground.opened import open_playground, run_of


def test_a_link_restores_the_rates_and_a_wrong_one_is_named():
    app = open_playground(play_step=40, play_rate=0.05, rates="0.3@20;0.1@30")
    _, run = run_of(learning_rate=0.05, rates="0.3@20;0.1@30", steps=40)
    assert f"**After 40 steps: loss {run.losses[-1]:.4g}" in words(app)
    app = open_playground(rates="0.3@x")
    assert "rates must be rates with the step" in words(app)


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
