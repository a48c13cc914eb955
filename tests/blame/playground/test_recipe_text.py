"""A recipe as a text and back, and what a hostile text is not allowed."""

from dataclasses import fields, replace

import pytest

from blame.playground.recipe import OWN, Recipe
from blame.playground.recipe_text import read_kept, read_recipe, write_kept, write_recipe

OTHER = Recipe(
    data="moons",
    n_samples=40,
    noise=0.25,
    data_seed=3,
    hidden=(2, 8),
    activation="tanh",
    loss="mse",
    learning_rate=0.05,
    batch_size=9,
    weights_seed=4,
    batch_seed=2,
    rates="0.3@20;0.1@30",
    optimiser="momentum",
    momentum=0.5,
    l2=0.001,
    test_share=25,
)


def test_every_part_of_a_recipe_survives_its_text():
    for field in fields(Recipe):
        assert field.name == "csv" or getattr(OTHER, field.name) != getattr(Recipe(), field.name)
    for recipe in (Recipe(), OTHER, replace(OTHER, hidden=())):
        assert read_recipe(write_recipe(recipe, 70)) == (recipe, 70)
    assert write_recipe(Recipe(), 5) == "step=5"
    kept = ((OTHER, 30), (Recipe(), 0))
    assert read_kept(write_kept(kept)) == kept
    assert read_kept("") == ()
    own = (Recipe(data=OWN, csv="1,0\n2,1"), 9)
    assert read_kept(write_kept((own,)), "1,0\n2,1") == (own,)


@pytest.mark.parametrize(
    "text",
    [
        "data=xor", "step=2001", "step=-1", "data=spirals,step=1", "hidden=9,step=1",
        "hidden=4+4+4+4,step=1", "hidden=0,step=1", "loss=nonsense,step=1", "l2=nan,step=1",
        "learning_rate=1e9,step=1", "learning_rate=inf,step=1", "noise=7,step=1", "csv=1,step=1",
        "n_samples=100000,step=1", "test_share=90,step=1", "weights_seed=-1,step=1",
        "activation=nonsense,step=1", "rates=x,step=1", "momentum=1,step=1", "momentum=nan,step=1",
        "batch_size=201,step=1", "optimiser=sgd,step=1", "__class__=1,step=1", "step=1e3",
        "step=1~step=1~step=1~step=1",
    ],
)  # fmt: skip
def test_what_no_input_would_allow_is_refused(text):
    with pytest.raises(ValueError, match=r"."):
        read_kept(text)
