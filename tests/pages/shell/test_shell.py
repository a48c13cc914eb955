"""The shell: links, presets, reset and random numbers."""

import re

import pytest

from blame import PRESETS
from blame.exercise.links import read_link
from blame.exercise.presets import NOTEBOOK, drawn
from pages.shared.state.choices import CHOICES
from pages.shared.state.links import read_otherwise, wrong_choices
from tests.exercises import NAMES, by_link_name, notebook_with
from tests.pages.app import exercise_of, file_of, open_page, set_number, sheet_of, words


def test_link_restores_every_number():
    numbers = {name: 0.25 + k for k, name in enumerate(NAMES)} | {"learning_rate": 0.3, "steps": 7}
    app = open_page("backward_pass", **numbers)
    assert by_link_name(exercise_of(app)) == numbers


def test_wrong_value_is_named_and_the_others_are_kept():
    app = open_page("home", W1_0_0="abc", x_1="1e400", b2_0="nan", b1_1=-0.2)
    assert exercise_of(app) == notebook_with(b1_1=-0.2)
    text = words(app)
    for name in ("W1[0, 0]", "x[1]", "b2[0]"):
        assert f"{name} must be a number" in text
    app.button(key="close_problems").click().run()
    assert "must be a number" not in words(app)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({"steps": ["2.5"]}, "steps must be a whole number"),
        ({"steps": ["501"]}, "from 1 to 500"),
        ({"learning_rate": ["-1"]}, "learning_rate must be"),
        ({"x_0": ["1", "2"]}, "given once"),
        ({"x_0": [""]}, "x[0] must be"),
        ({"W1_0_2": ["1"]}, "W1_0_2 is not a number of this network"),
        ({"x_0": ["<b>" * 100]}, "..."),
    ],
)
def test_read_link_names_what_is_wrong(query, told):
    read = read_link(query)
    assert read.exercise == NOTEBOOK
    (problem,) = read.problems
    assert told in problem
    assert len(problem) < 200


@pytest.mark.parametrize(
    ("text", "value", "said"),
    [
        ("0,5", 0.5, ["b1[1]: 0,5 is read as 0.5."]),
        ("\u22120.3", -0.3, []),
        ("1/4", 0.25, []),
        ("1,234", 1.234, ["b1[1]: 1,234 is read as 1.234, not as 1234."]),
    ],
)
def test_a_link_is_read_as_a_hand_types_it(text, value, said):
    read = read_link({"b1_1": [text]})
    assert (read.exercise, read.problems) == (notebook_with(b1_1=value), ())
    assert read_otherwise({"b1_1": [text]}, read.exercise) == ({}, said)
    app = open_page("home", b1_1=text)
    assert exercise_of(app) == notebook_with(b1_1=value)
    assert app.query_params["b1_1"] == repr(value)
    assert all(sentence in words(app) for sentence in said)
    assert ("is read as follows" in words(app)) == bool(said)
    assert "could not be used" not in words(app)
    if said:
        app.button(key="close_problems").click().run()
        assert "is read as" not in words(app)


def test_a_choice_in_a_link_is_read_as_a_hand_types_it():
    query = {"nudge": ["\u22120,25"], "layers": ["6,0"], "steps": ["6/2"], "width": ["2,5"]}
    exercise = read_link(query).exercise
    assert exercise == notebook_with(steps=3)
    plain, said = read_otherwise(query, exercise)
    assert plain == {"nudge": "-0.25", "layers": "6"}
    (wrong,) = wrong_choices(query)
    assert wrong == "width must be a whole number from 1 to 8, got '2,5'. The default 8 is used."
    assert said == ["nudge: \u22120,25 is read as -0.25.", "layers: 6,0 is read as 6."]
    assert CHOICES["nudge"].read("\u22120,25") == -0.25
    assert repr(CHOICES["layers"].read("6,0")) == "6"
    assert CHOICES["layers"].trouble("6,5") == "must be a whole number from 1 to 30"
    app = open_page("what_if", nudge="\u22120,25")
    assert app.session_state["nudge"] == -0.25
    assert "nudge: \u22120,25 is read as -0.25." in words(app)


def test_a_link_with_two_numbers_for_one_says_what_is_wrong():
    read = read_link({"x_0": ["0.5 0.3"], "x_1": ["1,234.5"], "b2_0": ["1/0"]})
    assert read.exercise == NOTEBOOK
    assert (
        "got '0.5 0.3', which is two numbers where one fits. The default 1 is used."
        in read.problems[0]
    )
    assert (
        "got '1,234.5', which has both a comma and a point. The default 2 is used."
        in read.problems[1]
    )
    assert "got '1/0', which divides by 0. The default 0.05 is used." in read.problems[2]


def test_read_link_leaves_other_parameters_alone():
    query = {"embed": ["true"], "utm_source": ["x"], "b1_1": ["-0.2"]}
    read = read_link(query)
    assert (read.exercise, read.problems) == (notebook_with(b1_1=-0.2), ())
    assert wrong_choices(query) == []


def test_preset_is_recognised_from_a_link():
    assert open_page("home", b1_1=-0.2).session_state["start"] == "gate_shut"


def test_reset_brings_the_preset_back_and_names_what_changed():
    app = open_page("home")
    assert app.button(key="reset").disabled
    set_number(app, "W2_1_0", 2.0)
    assert "Changed: W2[1, 0]" in words(app)
    app.button(key="reset").click().run()
    assert exercise_of(app) == PRESETS["notebook"].exercise


def test_the_seed_before_is_an_echo_until_the_browser_has_heard():
    app = open_page("home")
    for _ in range(2):
        app.button(key="randomise").click().run()
    app.number_input(key="seed").set_value(1).run()
    assert app.session_state["seed"] == 2
    assert exercise_of(app) == drawn(NOTEBOOK, 2)


def test_steps_stay_when_a_preset_is_loaded():
    app = open_page("training", steps=12)
    app.selectbox(key="start").select("crawls").run()
    assert exercise_of(app).steps == 12
    assert exercise_of(app).learning_rate == 0.0001


def test_seed_draws_and_randomise_goes_on():
    app = open_page("home")
    app.button(key="randomise").click().run()
    assert app.session_state["seed"] == 1
    assert exercise_of(app) == drawn(NOTEBOOK, 1)
    app.button(key="randomise").click().run()
    assert app.session_state["seed"] == 2
    app.number_input(key="seed").set_value(7).run()
    assert exercise_of(app) == drawn(NOTEBOOK, 7)


def test_all_digits_on_demand():
    app = open_page("forward_pass")
    assert "2.7755575615628914" not in words(app)
    app.toggle(key="all_digits").set_value(True).run()
    assert "2.7755575615628914" in words(app)


def formulas_of(app):
    """Return every formula of a page, and what stands around those within words."""
    shown = "\n".join(str(element.value) for element in [*app.get("latex"), *app.main.markdown])
    # Without what tells which quantity each number is.
    return re.sub(
        r"\{(?:\\kern-?[\d.]+em){4} ((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}", r"\1", shown
    )


@pytest.mark.parametrize("page", ["forward_pass", "backward_pass", "relu_gate"])
def test_the_notation_of_formulas_is_chosen(page):
    app = open_page(page)
    choice = app.sidebar.segmented_control(key="notation")
    assert choice.value == "ours"
    assert r"\texttt{z1" in formulas_of(app)
    assert r"z^{(1)}" not in formulas_of(app)
    shown = sheet_of(app) | {"visit": 0}
    choice.set_value("course").run()
    assert not app.exception
    assert r"z^{(1)}" in formulas_of(app)
    assert r"\texttt" not in formulas_of(app)
    # What it means stands where it is chosen, and the sheet keeps our names.
    assert any("one row a neuron" in str(caption.value) for caption in app.sidebar.caption)
    assert sheet_of(app) | {"visit": 0} == shown
    # It holds on the next page too, and the way back is the same switch.
    app.switch_page(file_of("forward_pass")).run()
    assert r"{W^{(1)}_{0, 1}}\,{x_{1}}" in formulas_of(app)
    app.sidebar.segmented_control(key="notation").set_value("ours").run()
    assert r"\texttt{x[1]}\,\texttt{W1[1, 0]}" in formulas_of(app)


def test_a_link_keeps_the_notation_from_the_first_look_on():
    app = open_page("forward_pass", notation="course")
    assert app.sidebar.segmented_control(key="notation").value == "course"
    assert r"{W^{(1)}_{0, 1}}\,{x_{1}}" in formulas_of(app)
    app = open_page("forward_pass", notation="theirs")
    assert app.sidebar.segmented_control(key="notation").value == "ours"
    assert any("notation must be one of ours, course" in str(t.value) for t in app.get("text"))


def test_defaults_are_the_notebooks():
    assert exercise_of(open_page("home")) == NOTEBOOK


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"b1_0": 0.7}, "Changed: b1[0]"),
        ({"b1_0": 0.7, "x_1": 3, "W2_0_0": 2}, "Changed: x[1], b1[0], W2[0, 0]"),
        (
            {"b1_0": 0.7, "x_1": 3, "W2_0_0": 2, "b2_0": 9},
            "Changed: x[1], b1[0], W2[0, 0] and 1 more",
        ),
        (
            {"b1_0": 0.7, "x_1": 3, "W2_0_0": 2, "b2_0": 9, "W1_0_1": 1},
            "Changed: x[1], W1[0, 1], b1[0] and 2 more",
        ),
        ({"learning_rate": 0.2, "steps": 9}, "Changed: learning rate"),
    ],
)
def test_what_differs_from_the_preset_is_named_and_the_rest_counted(changed, told):
    app = open_page("home", **changed)
    captions = [str(element.value) for element in app.sidebar.caption]
    assert told in captions
    assert not app.button(key="reset").disabled


def test_unchanged_numbers_tell_the_presets_story_whatever_the_steps():
    app = open_page("home", steps=9)
    captions = [str(element.value) for element in app.sidebar.caption]
    assert PRESETS["notebook"].story in captions
    assert not any("Changed" in caption for caption in captions)
    assert app.button(key="reset").disabled
