"""What the source calls a number stands in the cell of the sheet, beside our name."""

from blame.exercise.library.library import LIBRARY
from pages.shared.live.sheet_data import lesson_parts
from tests.pages.app import open_page, tell_sheet


def cells(parts):
    return {cell["name"]: cell for part in parts for row in part["rows"] for cell in row}


def own(parts):
    return {name: cell["own"] for name, cell in cells(parts).items() if "own" in cell}


def test_mazurs_weights_go_by_his_names_one_neuron_after_the_other():
    exercise = LIBRARY["mazur"].exercise
    named = {"W1[1, 0]": "w2", "W1[0, 1]": "w3"}
    parts = lesson_parts(exercise, named)
    assert own(parts) == named
    assert cells(parts)["W1[1, 0]"]["label"].endswith(", in the source w2")
    assert own(lesson_parts(exercise)) == {}


def test_the_names_come_with_the_exercise_and_go_with_it():
    app = open_page("home", exercise="mazur")
    names = app.session_state["exercise_at_rest"].names
    assert names["w2"] == "W1[1, 0]"
    assert exercise_names(app)["W1[1, 0]"] == "w2"
    app.selectbox(key="start").select("notebook").run()
    assert exercise_names(app) == {}
    tell_sheet(app, back="undo")
    assert exercise_names(app)["W2[0, 1]"] == "w7"
    assert app.query_params["exercise"] == "mazur"


def exercise_names(app):
    kept = app.session_state["exercise_at_rest"]
    return {ours: theirs for theirs, ours in kept.names.items()}
