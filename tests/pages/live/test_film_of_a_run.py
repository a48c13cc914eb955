"""The film of a run: each step is what the page itself shows there, and no other part is drawn."""

from __future__ import annotations

import random
from contextlib import suppress

import pytest

from blame.practise.challenges import CHALLENGES
from pages.shared.live import film
from pages.shared.live.film import BYTES, MOST_FRAMES
from pages.shared.state import steps
from tests.pages.app import go_to_step, open_page, player_of, tell_sheet
from tests.pages.live.test_film import EXERCISES, _CutShort, link_to, mounted, played, shoot

RUN = next(key for key, challenge in CHALLENGES.items() if challenge.run)
PAGES = {
    "training": ("step", {}),
    "training_lab": ("lab_step", {"lab_view": "One step"}),
    "challenges": ("run_step", {"challenge": RUN}),
}
WIDE = {"sizes": "10-10-10-10-10", "units": "tanh-tanh-tanh-softmax", "loss": "cross_entropy"}


@pytest.fixture(autouse=True)
def no_hurry(monkeypatch):
    """Leave the time that a film may take to the tests that are about it."""
    monkeypatch.setattr(film, "SECONDS_OF_RUN", 60.0)


CASES = [(page, kind) for page in PAGES for kind in EXERCISES if page != "challenges"]
# Their exercises are all of one kind.
CASES.append(("challenges", "notebook"))


@pytest.mark.parametrize(("page", "kind"), CASES)
def test_a_frame_is_what_the_address_with_that_step_shows(page, kind):
    name, choices = PAGES[page]
    link = link_to(EXERCISES[kind], steps=20) | choices
    chance = random.Random(f"{page} {kind}")
    app = open_page(page, **link)
    head, body = shoot(app, name, list(range(21)))
    found = played(body)
    assert (head["name"], sorted(found)) == (name, list(range(21)))
    follows = found[0].keys()
    assert f"player_{name}" in follows
    for step in chance.sample(range(1, 21), 3):
        there = mounted(open_page(page, **link, **{name: step}))
        assert found[step] == {key: there[key] for key in follows}
    rest = mounted(open_page(page, **link))
    # What shows no step is left out, and shows none.
    assert {key: rest[key] for key in rest.keys() - follows} == {
        key: there[key] for key in rest.keys() - follows
    }
    assert (page != "training") == ("chart_parameters" not in rest.keys() - follows)


@pytest.mark.parametrize("values", [[-1], [21], [1.5], [1e9], [float("nan")], [float("inf")]])
def test_there_is_no_step_beyond_the_run_or_between_two(values):
    _, body = shoot(open_page("training", steps=20), "step", values)
    assert not body or played(body) == {}


def test_a_film_stays_true_while_its_own_step_changes_and_no_longer():
    app = open_page("training")
    shoot(app, "W1[0, 0]", [0.6])
    app.run()
    one, _ = shoot(app, "step", [1], 2)
    go_to_step(app, 3)
    assert player_of(app)["value"] == 3
    two, body = shoot(app, "step", [1], 3)
    assert one["stamp"].split(".")[1:] == two["stamp"].split(".")[1:]
    first = played(body)[1]
    tell_sheet(app, name="learning_rate", text="0.05")
    three, body = shoot(app, "step", [1], 4)
    assert three["stamp"].split(".")[2] != two["stamp"].split(".")[2]
    assert played(body)[1]["training_picture"] != first["training_picture"]


def test_a_film_of_a_number_is_of_the_step_that_is_shown():
    app = open_page("training")
    before, _ = shoot(app, "W1[0, 0]", [0.6])
    go_to_step(app, 3)
    after, body = shoot(app, "W1[0, 0]", [0.6], 2)
    assert before["stamp"].split(".")[2] != after["stamp"].split(".")[2]
    there = mounted(open_page("training", W1_0_0=0.6, step=3))
    assert played(body)[0.6] == there


def test_a_film_that_is_cut_short_leaves_the_step_as_it_is(monkeypatch):
    state = _CutShort(step=4)
    monkeypatch.setattr(steps.st, "session_state", state)
    with suppress(RuntimeError), steps.imagined_step("step", 7):
        assert (steps.step_of("step", 50), steps.step_of("step", 5)) == (7, 5)
        assert steps.step_of("lab_step", 50) == 0
        state["anything"] = 1
    assert steps.step_of("step", 50) == state["step"] == 4


def test_the_widest_run_keeps_within_the_bounds_of_a_piece(monkeypatch):
    monkeypatch.setattr(film, "SECONDS_OF_RUN", 0.13)
    app = open_page("training", **link_to(WIDE, steps=500))
    _, body = shoot(app, "step", list(range(500)))
    assert len(body) <= BYTES
    assert 1 <= len(played(body)) <= MOST_FRAMES
