"""The page of challenges: recognised live, kept, and taken up from a code."""

import pytest

from blame.practise.challenges import CHALLENGES
from tests.blame.practise.test_challenges import ON_NUMBERS, SOLUTIONS
from tests.pages.app import example_of, file_of, open_page, set_number, words


@pytest.mark.parametrize("key", ON_NUMBERS)
def test_a_challenge_is_recognised_when_its_numbers_stand(key):
    challenge = CHALLENGES[key]
    solved = {**challenge.start.numbers(), **SOLUTIONS[key]}
    app = open_page("challenges", challenge=key, **solved)
    assert challenge.goal in words(app)
    assert f"**Met.** {challenge.learned}" in words(app)
    assert f"1 of {len(CHALLENGES)} met" in app.get("progress")[0].proto.text


def test_a_whole_challenge_is_played():
    app = open_page("challenges", b2_0=4.0)
    assert "Not met" in words(app)
    for name, value, told in (
        ("y_true", 5.0, "y_true must stay as the challenge sets it"),
        ("y_true", 1.0, "Not met with these numbers"),
        ("b2_0", -1.2, "**Met.**"),
        ("b2_0", 1.0, "Met before. Not met with these numbers"),
    ):
        set_number(app, name, value)
        assert told in words(app)
        # A changed number runs the lesson alone; only a whole run shows the sidebar again here.
        app.run()
    assert "hit" in [element.value for element in app.get("code")]
    app.button(key="challenge_next").click().run()
    assert app.session_state["challenge"] == "kill"


def test_a_challenge_sets_the_numbers_it_starts_from():
    app = open_page("challenges", challenge="revive", b2_0=4.0)
    app.button(key="challenge_start").click().run()
    assert not app.exception
    assert example_of(app) == CHALLENGES["revive"].start


def test_a_code_is_taken_up_and_what_it_does_not_know_is_named():
    app = open_page("challenges")
    app.text_input(key="challenge_code").set_value("kill-grow-![x](y)")
    next(b for b in app.button if b.form_id == "progress_form").click().run()
    assert not app.exception
    assert "kill-grow" in [element.value for element in app.get("code")]
    assert "'![x](y)' is no challenge" in [element.value for element in app.get("text")]


def test_the_playground_solves_xor():
    link = {"data": "xor", "width_1": 2, "unit": "tanh", "weights_seed": 4, "play_step": 1000}
    app = open_page("challenges", challenge="xor", **link)
    assert "To the playground" in [link.proto.label for link in app.get("page_link")]
    app.switch_page(file_of("playground")).run()
    app.switch_page(file_of("challenges")).run()
    assert not app.exception
    assert "**Met.**" in words(app)
