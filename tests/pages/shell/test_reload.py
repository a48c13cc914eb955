"""What a page shows stands in its address, so that a reload or a link brings it back."""

import pytest

from tests.pages.app import go_to_step, open_page, player_of, set_number


def linked(app, name):
    value = app.query_params.get(name)
    return value[0] if isinstance(value, list) else value


def test_the_stage_of_the_backward_pass_is_kept():
    app = open_page("backward_pass")
    assert "stage" not in app.query_params
    app.button(key="stage_next").click().run()
    stage = app.session_state["stage"]
    assert stage != "all"
    assert linked(app, "stage") == stage
    again = open_page("backward_pass", stage=stage)
    assert again.session_state["stage"] == stage
    assert linked(again, "stage") == stage


def test_the_step_of_a_run_is_kept():
    app = open_page("training")
    assert "step" not in app.query_params
    go_to_step(app, 7)
    assert linked(app, "step") == "7"
    again = open_page("training", step=7)
    assert again.session_state["step"] == 7
    assert player_of(again)["value"] == 7
    # A run of fewer steps has another last one.
    set_number(again, "steps", 5)
    assert player_of(again)["value"] == 5
    assert linked(again, "step") == "5"


@pytest.mark.parametrize("said", [True, "3", None, 2.5, [1]])
def test_what_a_player_cannot_say_moves_nothing(said):
    app = go_to_step(open_page("training", step=7), said)
    assert player_of(app)["value"] == 7


@pytest.mark.parametrize("text", ["51", "-1", "x", "", "9" * 50, "\u0667", "1.5"])
def test_what_is_no_step_is_left_out(text):
    app = open_page("training", step=text)
    assert app.session_state["step"] == 0
    assert "step" not in app.query_params
    app = open_page("backward_pass", stage=text)
    assert app.session_state["stage"] == "all"
    assert "stage" not in app.query_params
