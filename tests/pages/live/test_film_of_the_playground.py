"""The playground's film: each step is what its address shows, trained as far as it needs."""

from __future__ import annotations

import random

import pytest

from pages.shared.live import film
from pages.shared.live.film import BYTES
from pages.shared.playground import runs
from pages.shared.state.choices import PLAY_VIEWS
from tests.pages.app import figures, go_to_step, open_page, player_of
from tests.pages.live.test_film import mounted, played, shoot

DATA = {
    "circles": {},
    "one input": {"data": "two lines"},
    "classes": {"data": "three arms", "hidden_layers": 2, "play_layer": 2, "test_share": 20},
    "a changed rate": {"data": "xor", "rates": "1@5", "play_optimiser": "adam"},
    "beside another": {"data": "moons", "kept_play": "data=xor,step=12", "batch": 10},
}
LARGE = {"data": "moons", "samples": 200, "hidden_layers": 3, "play_view": "Neurons"} | {
    f"width_{k}": 8 for k in (1, 2, 3)
}


@pytest.fixture(autouse=True)
def no_hurry(monkeypatch):
    """Leave the time that a film may take to the tests that are about it."""
    monkeypatch.setattr(film, "SECONDS_OF_RUN", 60.0)
    monkeypatch.setattr(film, "BYTES", 500_000)
    monkeypatch.setattr(runs, "PATIENCE", 60.0)


CASES = [("circles", view) for view in PLAY_VIEWS[:3]]
CASES += [(data, PLAY_VIEWS[k % 3]) for k, data in enumerate(DATA) if data != "circles"]


@pytest.mark.parametrize(("data", "view"), CASES)
def test_a_frame_is_what_the_address_with_that_step_shows(data, view):
    link = DATA[data] | {"play_view": view, "play_until": "learnt"}
    chance = random.Random(f"{data} {view}")
    places = sorted(chance.sample(range(1, 400), 2))
    app = open_page("playground", **link)
    head, body = shoot(app, "play_step", places)
    found = played(body)
    assert (head["name"], sorted(found), head["still"]) == ("play_step", places, False)
    for step in places:
        there = mounted(open_page("playground", **link, play_step=step))
        assert found[step].keys() == there.keys()
        for key, told in there.items():
            assert found[step][key] == told, (key, step)


def test_what_the_reader_has_seen_stays_on_the_curves_and_no_more():
    app = open_page("playground", data="xor", play_step=30)
    shoot(app, "play_step", [90])
    app.run()
    assert figures(app)[1]["data"][0]["x"][-1] == 30
    go_to_step(app, 10)
    first, body = shoot(app, "play_step", [5, 40], 2)
    lengths = [
        len(told["chart_playground_curves"]["figure"]["data"][0]["x"])
        for told in played(body).values()
    ]
    assert lengths == [31, 41]
    # As soon as the reader has been farther, the frames of before are of less than is seen.
    go_to_step(app, 50)
    second, _ = shoot(app, "play_step", [5], 3)
    go_to_step(app, 20)
    third, _ = shoot(app, "play_step", [5], 4)
    stamps = [head["stamp"].split(".")[2] for head in (first, second, third)]
    assert stamps[0] != stamps[1] == stamps[2]


def test_a_step_that_is_still_to_be_trained_is_no_frame_yet(monkeypatch):
    app = open_page("playground", **LARGE)
    monkeypatch.setattr(runs, "PATIENCE", 0.02)
    head, body = shoot(app, "play_step", [2000])
    assert head["still"]
    assert played(body) == {}
    for number in range(2, 400):
        head, body = shoot(app, "play_step", [2000], number)
        if not head["still"]:
            break
    assert list(played(body)) == [2000]


def test_a_run_that_runs_away_has_no_frames_beyond_its_end():
    app = open_page("playground", data="my own", csv="1000,-1000,3\n-900,500,7", play_rate=9)
    head, body = shoot(app, "play_step", [1, 500, 1000])
    assert (list(played(body)), head["still"]) == ([1], False)
    last = player_of(app)["last"]
    go_to_step(app, 500)
    assert player_of(app)["last"] < last
    assert player_of(app)["value"] == player_of(app)["last"]


@pytest.mark.parametrize("values", [[-1], [2001], [1.5], [float("nan")]])
def test_there_is_no_step_beyond_the_last_or_between_two(values):
    _, body = shoot(open_page("playground"), "play_step", values)
    assert not body or played(body) == {}


@pytest.mark.parametrize("name", ["step", "W1[0, 0]", "play_rate"])
def test_there_are_films_of_its_steps_only(name):
    head, body = shoot(open_page("playground"), name, [1])
    assert (body, "stamp" in head) == (b"", False)


@pytest.mark.parametrize("view", PLAY_VIEWS)
def test_the_largest_network_keeps_within_the_bounds_of_a_piece(view, monkeypatch):
    monkeypatch.setattr(film, "SECONDS_OF_RUN", 0.13)
    monkeypatch.setattr(film, "BYTES", BYTES)
    app = open_page("playground", **LARGE | {"play_view": view, "play_step": 300})
    _, body = shoot(app, "play_step", list(range(320, 1500, 20)))
    assert 0 < len(body) <= BYTES
    assert len(played(body)) >= 1
