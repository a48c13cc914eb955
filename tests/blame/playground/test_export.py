"""What is taken away from the playground runs by itself and gives the numbers on screen."""

import contextlib
import csv
import io
import json
from dataclasses import replace

import numpy as np
import pytest

from blame.playground.export import network_json, numpy_program, run_table
from blame.playground.growing_run import advance
from blame.playground.recipe import OWN, Recipe, prepare, tasks
from blame.playground.run.optimisers import OPTIMISERS

BASE = Recipe(data="moons", n_samples=20, hidden=(3, 2), activation="tanh", learning_rate=0.05)
CASES = {
    **{name: replace(BASE, optimiser=name, l2=0.01) for name in OPTIMISERS},
    **{f"{name}, no L2": replace(BASE, optimiser=name, batch_size=7) for name in OPTIMISERS},
    **{loss: replace(BASE, loss=loss, data="three arms", learning_rate=0.002) for loss in tasks()},
    **{unit: replace(BASE, activation=unit) for unit in ("relu", "leaky_relu", "softplus")},
    "numbers": replace(BASE, data="two lines", loss="mse", test_share=25, hidden=()),
    "rates": replace(BASE, rates="0.2@5;0.1@9", batch_size=3, batch_seed=4),
    "words": Recipe(data=OWN, csv="1,2,3,a\n2,1,0,b\n0,0,1,c\n1,1,1,a", learning_rate=0.1),
}


@pytest.mark.parametrize("name", CASES)
def test_the_program_trains_the_same_run(name):
    run = advance(prepare(CASES[name]).start, 23)
    program = numpy_program(run, 23)
    scope = {}
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(compile(program, "program", "exec"), scope)
    assert float(scope["loss_of"](scope["p"], scope["x"], scope["y_true"])) == pytest.approx(
        run.losses[23], rel=1e-8
    )
    for key, values in run.at(23).parameters().items():
        assert scope["p"][key] == pytest.approx(values, rel=1e-6, abs=1e-9)
    assert "in the app" in said.getvalue()
    assert ("test loss" in said.getvalue()) == (CASES[name].test_share > 0)
    assert "blame." not in program
    # It begins with weights of another loss: it has trained.
    assert run.losses[0] != run.losses[23]


def test_the_network_and_the_run_are_written_with_all_their_digits():
    run = advance(prepare(replace(BASE, test_share=30, rates="0.2@5")).start, 12)
    told = json.loads(network_json(run, 10))
    for name, values in run.at(10).parameters().items():
        assert np.array_equal(told["parameters"][name], values)
    assert (told["sizes"], told["step"]) == ([2, 3, 2, 1], 10)
    assert len(told["samples"]["x"]) + len(told["test"]["x"]) == 20
    rows = list(csv.DictReader(io.StringIO(run_table(run, 10))))
    assert [float(row["loss"]) for row in rows] == run.losses[:11].tolist()
    assert [float(row["test_loss"]) for row in rows] == run.test_losses[:11].tolist()
    assert [float(row["learning_rate"]) for row in rows] == [0.2] * 5 + [0.05] * 6
