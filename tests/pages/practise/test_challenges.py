"""The page of challenges: recognised live, kept, and taken up from a code."""

import pytest

from blame.exercise.names import link_name
from blame.practise.challenges import CHALLENGES
from tests.blame.practise.test_challenges import ON_NUMBERS, SOLUTIONS
from tests.exercises import SYMBOLS, by_link_name
from tests.pages.app import (
    charts,
    exercise_of,
    file_of,
    go_to_step,
    open_page,
    player_of,
    set_number,
    words,
)


@pytest.mark.parametrize("key", ON_NUMBERS)
def test_a_challenge_is_recognised_when_its_numbers_stand(key):
    challenge = CHALLENGES[key]
    solved = by_link_name(challenge.start) | SOLUTIONS[key]
    app = open_page("challenges", challenge=key, begun=key, **solved)
    assert challenge.goal in words(app)
    assert f"**Met.** {challenge.learned}" in words(app)
    assert f"1 of {len(CHALLENGES)} met" in app.get("progress")[0].proto.text


def test_a_whole_challenge_is_played():
    app = open_page("challenges", b2_0=4.0)
    assert "Not met" in words(app)
    app.button(key="challenge_start").click().run()
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
    assert "hit(b2_0=-1.2)" in [element.value for element in app.get("code")]
    app.button(key="challenge_on").click().run()
    assert app.session_state["challenge"] == "kill"
    assert exercise_of(app) == CHALLENGES["kill"].start


@pytest.mark.parametrize("key", ON_NUMBERS)
def test_numbers_that_were_not_reached_from_the_start_do_not_count(key):
    start = by_link_name(CHALLENGES[key].start)
    app = open_page("challenges", challenge=key, **(start | SOLUTIONS[key]))
    assert "nobody has got here yet" in words(app)
    assert f"0 of {len(CHALLENGES)} met" in app.get("progress")[0].proto.text
    app.button(key="challenge_start").click().run()
    assert CHALLENGES[key].gauge(CHALLENGES[key].start).replace("-", "\u2212") in words(app)
    assert "challenge_on" not in [button.key for button in app.button]
    for name, value in SOLUTIONS[key].items():
        set_number(app, name, value)
    assert "**Met.**" in words(app)


def test_each_challenge_sets_its_own_start_and_shows_its_run():
    app = open_page("challenges")
    for key, challenge in list(CHALLENGES.items())[1:]:
        app.button(key="challenge_next").click().run()
        assert not app.exception
        assert app.session_state["challenge"] == key
        if challenge.solved is None:
            assert exercise_of(app) == challenge.start
        shown = charts(app)
        assert bool(shown) == challenge.run


def test_progress_survives_a_reload():
    app = open_page("challenges")
    set_number(app, "b2_0", -1.2)
    app.run()
    link = {name: app.query_params[name] for name in app.query_params}
    assert link["met"] in ("hit(b2_0=-1.2)", ["hit(b2_0=-1.2)"])
    again = open_page("challenges", met="hit(b2_0=-1.2)-kill(b1_1=0.3)-grow")
    assert f"2 of {len(CHALLENGES)} met" in again.get("progress")[0].proto.text
    # What a link tells and is not so is not taken.
    assert "hit(b2_0=-1.2)-grow" in [element.value for element in again.get("code")]


def test_a_code_whose_numbers_do_not_meet_the_goal_is_refused_by_name():
    app = open_page("challenges")
    app.text_input(key="challenge_code").set_value("hit(b2_0=3)-kill(b1_1=-0.5)")
    next(b for b in app.button if b.form_id == "progress_form").click().run()
    told = [element.value for element in app.get("text")]
    assert "Hit the target: the numbers in the code do not meet it" in told
    assert "kill(b1_1=-0.5)" in [element.value for element in app.get("code")]


def test_a_challenge_sets_the_numbers_it_starts_from():
    app = open_page("challenges", challenge="revive", b2_0=4.0)
    app.button(key="challenge_start").click().run()
    assert not app.exception
    assert exercise_of(app) == CHALLENGES["revive"].start


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
    # A step this far is trained piece by piece, as its player asks for the next.
    for _ in range(40):
        if player_of(app)["grows"]["wanted"]:
            go_to_step(app, 1000)
    assert "**Met.**" in words(app)
    app.switch_page(file_of("challenges")).run()
    assert not app.exception
    assert "**Met.**" in words(app)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"y_true": 5.0}, "Not this way: y_true must stay as the challenge sets it."),
        (
            {"y_true": 5.0, "x_0": 3.0},
            "Not this way: x[0], y_true must stay as the challenge sets them.",
        ),
    ],
)
def test_what_must_stay_is_named(changed, told):
    text = words(open_page("challenges", **changed))
    assert told in text
    assert "Not met" not in text


def test_of_many_that_must_stay_four_are_named_and_the_rest_counted():
    key, challenge = max(CHALLENGES.items(), key=lambda entry: len(entry[1].untouched))
    start = by_link_name(challenge.start)
    names = [link_name(name) for name in challenge.untouched]
    assert len(names) >= 6
    for count, rest in ((4, ""), (5, " and 1 more"), (6, " and 2 more")):
        changed = {name: start[name] - 1 for name in names[:count]}
        app = open_page("challenges", challenge=key, **{**start, **changed})
        listed = ", ".join(SYMBOLS[name] for name in names[:4])
        assert f"Not this way: {listed}{rest} must stay as the challenge sets them." in words(app)


def test_progress_is_counted_and_kept_as_a_code():
    app = open_page("challenges")
    keys = list(CHALLENGES)
    assert f"0 of {len(keys)} met" in app.get("progress")[0].proto.text
    assert "a teacher can check it" not in words(app)
    app.text_input(key="challenge_code").set_value(f"{keys[2]}-{keys[0]}")
    next(b for b in app.button if b.form_id == "progress_form").click().run()
    bar = app.get("progress")[0].proto
    assert bar.text == f"2 of {len(keys)} met"
    assert bar.value == int(100 * 2 / len(keys))
    assert "a teacher can check it" in words(app)
    assert f"{keys[0]}-{keys[2]}" in [element.value for element in app.get("code")]
    assert "Met before." in words(app)
    app.button(key="challenge_back").click().run()
    number = len(keys)
    assert f"**{number}. {CHALLENGES[keys[-1]].title}**" in words(app)
    assert "Met before." not in words(app)


@pytest.mark.parametrize(
    ("link", "kind"),
    [
        ({"exercise": "mazur"}, "2-2-2, sigmoid"),
        ({"exercise": "jay-3-3-3-3"}, "3-3-3-3"),
        ({"sizes": "1-1"}, "1-1, identity"),
        ({"sizes": "2-2-1", "n_samples": 4}, "4 samples"),
    ],
)
def test_a_challenge_of_another_exercise_says_so_and_sets_its_own(link, kind):
    for key in ("hit", "away"):
        app = open_page("challenges", challenge=key, **link)
        said = words(app)
        assert "of another kind than yours" in said
        assert kind in said
        assert "Met" not in said.replace("0 of", "")
    app.button(key="challenge_start").click().run()
    assert not app.exception
    assert app.session_state["exercise"] == CHALLENGES[key].start
    assert "of another kind" not in words(app)


def test_what_is_momentum_is_taken_back_by_the_numbers_it_starts_from():
    app = open_page("challenges", challenge="away", momentum=0.5, held="b2")
    assert "of another kind" in words(app)
    app.button(key="challenge_start").click().run()
    assert exercise_of(app) == CHALLENGES["away"].start
