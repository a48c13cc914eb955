"""The dialog that brings an exercise: from the library, built, or pasted; and what follows."""

import pytest
from streamlit.testing.v1 import AppTest

from blame.exercise.library.library import LIBRARY
from tests.pages.app import file_of, open_page

LISTING = """
import numpy as np
x = np.array([0.6, -0.2])
y = np.array([0.3])
W1 = np.array([[0.4, -0.7, 0.1], [0.9, 0.3, -0.5]])
b1 = np.array([0.05, 0.0, -0.1])
W2 = np.array([[0.8], [-0.6], [0.2]])
b2 = np.array([0.15])
lr = 0.2
h = np.tanh(x @ W1 + b1)
y_pred = h @ W2 + b2
loss = np.mean((y_pred - y) ** 2)
"""


DIALOG = """
import blame
from blame.exercise.presets import NOTEBOOK
from pages.shared.shell import {module}
from pages.shared.state.exercise import begin, has_begun

if not has_begun():
    begin(NOTEBOOK)
{module}.show()
"""


def opened(way):
    """Return the inside of the dialog: AppTest runs all at each step, which closes a dialog."""
    module = {"Library": "library", "Build": "build_exercise", "Paste": "paste"}[way]
    app = AppTest.from_string(DIALOG.format(module=module), default_timeout=30).run()
    assert not app.exception
    return app


def words(app):
    return [element.value for element in (*app.markdown, *app.caption, *app.text)]


@pytest.mark.parametrize("page", ["home", "backward_pass", "expression"])
@pytest.mark.parametrize(
    ("way", "key"), [("Library", "library_mazur"), ("Build", "build_use"), ("Paste", "paste_read")]
)
def test_the_dialog_opens_from_every_page(page, way, key):
    app = open_page(page)
    app.session_state["exercise_way"] = way
    app.button(key="your_exercise").click().run()
    assert not app.exception
    assert (key in {button.key for button in app.button}) == (way == "Library")


def test_the_library_puts_its_exercise_in_front_of_the_reader():
    app = opened("Library")
    app.button(key="library_mazur").click().run()
    assert app.session_state["exercise"] == LIBRARY["mazur"].exercise


def test_an_exercise_of_the_library_opens_by_a_link_and_the_page_says_which_it_is():
    app = at("backward_pass", "mazur")
    assert app.session_state["exercise"] == LIBRARY["mazur"].exercise
    assert app.query_params["exercise"] == "mazur"
    assert app.selectbox(key="start").value == "mazur"
    assert LIBRARY["mazur"].special in words(app)


@pytest.mark.parametrize(
    ("key", "value", "some", "none"),
    [
        ("library_text", "softmax", "cs763-softmax", "mazur"),
        ("library_shape", "3-3-3-3", "jay-3-3-3-3", "mazur"),
        ("library_unit", "softplus", "statquest-softplus", "mazur"),
        ("library_loss", "bce", "sreekanth-1-1-1", "mazur"),
    ],
)
def test_the_library_is_narrowed_down_by_each_condition(key, value, some, none):
    app = opened("Library")
    shown = {button.key for button in app.button}
    assert {f"library_{some}", f"library_{none}"} <= shown
    field = app.text_input if key == "library_text" else app.selectbox
    field(key=key).set_value(value).run()
    shown = {button.key for button in app.button}
    assert f"library_{some}" in shown
    assert f"library_{none}" not in shown


def test_an_empty_library_says_what_to_do():
    app = opened("Library")
    app.text_input(key="library_text").set_value("no such exercise").run()
    assert "0 of 30 public exercises" in words(app)
    assert any(said.startswith("None fits all of that.") for said in words(app))


def test_an_exercise_is_built_unit_by_unit():
    app = opened("Build")
    app.number_input(key="build_layers").set_value(3).run()
    app.number_input(key="build_inputs").set_value(4).run()
    app.number_input(key="build_samples").set_value(3).run()
    for layer, (width, unit) in enumerate([(5, "tanh"), (2, "sigmoid"), (3, "softmax")], start=1):
        app.number_input(key=f"build_width_{layer}").set_value(width).run()
        app.selectbox(key=f"build_unit_{layer}").set_value(unit).run()
    app.checkbox(key="build_bias_1").uncheck().run()
    app.selectbox(key="build_loss").set_value("cross_entropy").run()
    assert not app.exception
    app.button(key="build_use").click().run()
    built = app.session_state["exercise"]
    assert (built.sizes, built.n_samples, built.loss) == ((4, 5, 2, 3), 3, "cross_entropy")
    assert built.activations == ("tanh", "sigmoid", "softmax")
    assert [layer.bias is None for layer in built.network.layers] == [True, False, False]
    assert built.target.sum(-1).tolist() == [1, 1, 1]


def test_a_loss_goes_where_the_last_layer_no_longer_fits_it():
    app = opened("Build")
    app.selectbox(key="build_unit_2").set_value("sigmoid").run()
    app.selectbox(key="build_loss").set_value("bce").run()
    app.selectbox(key="build_unit_2").set_value("identity").run()
    assert not app.exception
    assert app.selectbox(key="build_loss").value == "mse"


def test_numbers_come_as_numpy_draws_them():
    app = opened("Build")
    app.selectbox(key="build_numbers").set_value("As np.random.seed draws them").run()
    app.number_input(key="build_numpy_seed").set_value(1).run()
    app.button(key="build_use").click().run()
    # The first numbers of np.random.seed(1); np.random.randn(2, 2), as any listing prints them.
    assert app.session_state["exercise"].network.layers[0].weights.ravel().round(4).tolist() == [
        1.6243, -0.6118, -0.5282, -1.073,
    ]  # fmt: skip


def test_a_pasted_listing_is_read_shown_and_used():
    app = opened("Paste")
    app.text_area(key="paste_text").set_value(LISTING).run()
    assert "Understood: 2-3-1, tanh, identity, mean of the squared errors" in words(app)
    app.button(key="paste_use").click().run()
    found = app.session_state["exercise"]
    assert found.sizes == (2, 3, 1)
    assert found.learning_rate == 0.2
    # Worked out from the listing by another hand.
    assert float(found.backward().loss) == pytest.approx(0.04725343966352694, rel=1e-12)


def test_what_a_paste_leaves_open_is_named_and_can_be_switched():
    app = opened("Paste")
    text = LISTING.replace("lr = 0.2\n", "").replace("np.mean((y_pred - y) ** 2)", "None")
    app.text_area(key="paste_text").set_value(text).run()
    (loss,) = (box for box in app.selectbox if box.key == "paste_loss")
    before = loss.value
    loss.set_value("half_sse" if before != "half_sse" else "mse").run()
    assert not app.exception
    app.button(key="paste_use").click().run()
    assert app.session_state["exercise"].loss == ("half_sse" if before != "half_sse" else "mse")


@pytest.mark.parametrize(
    "text", ["", "   ", "hello", "f = (x + y) * z; x = -2", "[" * 5000, "__import__('os')"]
)
def test_what_is_no_exercise_is_said_and_what_was_there_stays(text):
    app = opened("Paste")
    before = app.session_state["exercise"]
    app.text_area(key="paste_text").set_value(text).run()
    assert not app.exception
    assert app.session_state["exercise"] == before
    assert not any(button.key == "paste_use" for button in app.button)


def at(page, key):
    app = open_page("home", exercise=key)
    if page != "home":
        app.switch_page(file_of(page)).run()
    assert not app.exception
    return app


@pytest.mark.parametrize(
    ("page", "shown", "hidden"),
    [
        ("forward_pass", "0.593269992, as published.", "0.082167041"),
        ("backward_pass", "0.082167041, as published.", "0.593269992"),
        ("training", "0.35891648, as published.", "0.593269992"),
    ],
)
def test_published_numbers_stand_on_the_page_they_belong_to(page, shown, hidden):
    said = " ".join(words(at(page, "mazur")))
    assert shown in said
    assert hidden not in said


def test_a_published_number_that_is_wrong_is_said_with_its_slip():
    said = " ".join(words(at("training", "mazur")))
    assert "Published 0.291027924, worked out 0.291027774." in said
    assert "8 of 9 agree" in said


def test_the_slip_of_a_source_is_found_from_its_numbers():
    text = " ".join(words(at("backward_pass", "udacity-miniflow-134")))
    assert "Found from the numbers alone: dW1[0, 0], dW1[0, 1], dW1[1, 0] and 3 more are" in text
    assert "sum over the samples and outputs: here the loss is their mean." in text
    assert "Found from the numbers" not in " ".join(words(at("forward_pass", "mazur")))
    late = " ".join(words(at("training", "mazur")))
    assert "new loss is what you get if the layer before is blamed through weights" in late


def test_no_published_number_stands_beside_other_numbers():
    app = open_page("home", exercise="mazur", W1_0_0=0.16)
    app.switch_page(file_of("forward_pass")).run()
    assert "as published" not in " ".join(words(app))


def test_a_pasted_expression_leads_to_the_page_that_reads_it():
    app = opened("Paste")
    text = "f = (x + y) * z; x = -2; y = 5; z = -4"
    app.text_area(key="paste_text").set_value(text).run()
    assert any("the page Any expression reads it" in said for said in words(app))
    (link,) = (
        link.proto for link in app.get("page_link") if link.proto.label.startswith("Read it as")
    )
    assert link.page.endswith("expression")
    assert "f+%3D+%28x+%2B+y%29" in link.query_string
    app.text_area(key="paste_text").set_value("W1 = [[1, 2], [3]]").run()
    assert not [one for one in app.get("page_link") if one.proto.label.startswith("Read it as")]
