"""One entry in a registry is enough: one of each is entered, and every page is walked with it."""

import math
import shutil
from dataclasses import replace

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from blame import ACTIVATIONS, LOSSES, PRESETS, Layer, Network
from blame.__main__ import main
from blame.exercise.links import write_link
from blame.playground.datasets import DATASETS
from blame.practise.glossary import GLOSSARY
from blame.practise.quiz import MAKERS
from blame.probe.trace import Trace
from blame.runs.curvature import hessian
from blame.runs.verdicts import VERDICTS
from pages.shared.picture.receipt import receipt_data
from pages.shared.server.around import SCRIPT
from pages.shared.state import computed, navigation
from pages.shared.state.choices import CHOICES
from pages.shared.state.menu import SECTIONS, page_of
from pages.shared.words.numbers import Numbers
from tests.blame.oracles.elu import ALPHA
from tests.new_entries import (
    COUNT,
    CREPT,
    ECHO,
    ECHO_FILE,
    EPOCH,
    LINKED,
    LOG_COSH,
    NUMBERS,
    ODD,
    STAIRS,
    UNIT,
)
from tests.pages.app import PAGES, ROOT, exercise_of, figures, words

REFUSING = {"home", "forward_pass", "backward_pass", "relu_gate", "training", "what_if"}
"""Pages with a part that holds for ReLUs and mse alone, and refuses others by name. The lesson's
own network has no others yet; what it shows of them comes with exercises of any kind."""


@pytest.fixture
def entered(monkeypatch, tmp_path):
    """Enter one of each; take all out again, with what has been computed meanwhile."""
    for registry, key, entry in (
        (LOSSES, "log_cosh", LOG_COSH),
        (ACTIVATIONS, "elu", UNIT),
        (PRESETS, "odd", ODD),
        (DATASETS, "stairs", STAIRS),
        (MAKERS, "inputs", COUNT),
        (GLOSSARY, "round", EPOCH),
        (SECTIONS, "Explore", [*SECTIONS["Explore"], ECHO]),
    ):
        monkeypatch.setitem(registry, key, entry)
    monkeypatch.setattr(navigation, "PAGES", tmp_path)
    others = dict(VERDICTS)
    # The last of the verdicts holds always: a new one stands before it.
    VERDICTS.clear()
    VERDICTS.update({"crept": CREPT, **others})
    _forget()
    yield
    VERDICTS.clear()
    VERDICTS.update(others)
    _forget()


@pytest.fixture
def in_the_lesson(entered):
    """Return the lesson's own network with the new loss and activation."""
    hidden, last = NUMBERS.network.layers
    bent = Network((Layer(hidden.weights, hidden.bias, "elu"), last))
    return replace(NUMBERS, network=bent, loss="log_cosh")


def test_every_choice_offers_the_new_entry_beside_the_old(entered):
    # The choices have stood since before the entries were made.
    for name, entry in (
        ("data", "stairs"),
        ("unit", "elu"),
        ("activation", "elu"),
        ("task_loss", "log_cosh"),
        ("word", "round"),
        ("to_page", "echo"),
    ):
        choice = CHOICES[name]
        assert {entry, choice.default} < set(choice.values)
        assert choice.trouble(entry) == ""


def _forget():
    for value in vars(computed).values():
        if hasattr(value, "cache_clear"):
            value.cache_clear()


def walk_to(folder, page, exercise=NUMBERS):
    """Open one page of the app at an exercise, with the new page's file beside the others."""
    for file in (ROOT / "pages").glob("*.py"):
        shutil.copy(file, folder)
    (folder / "echo.py").write_text(ECHO_FILE, encoding="utf-8")
    app = AppTest.from_file(str(SCRIPT), default_timeout=60)
    for name, value in {**write_link(exercise), **LINKED.get(page, {})}.items():
        app.query_params[name] = value
    app.run()
    if page != "home":
        app.switch_page(str(folder / f"{page}.py")).run()
    assert not app.exception, app.exception
    assert app.session_state["exercise"] == exercise
    return app


def loss_by_hand(vector):
    """Return the loss of the lesson's network with the new unit and loss, in plain numbers."""
    w00, w01, w10, w11, b0, b1, v0, v1, c = vector
    (x0, x1), (t,) = NUMBERS.x, NUMBERS.target
    z = (x0 * w00 + x1 * w10 + b0, x0 * w01 + x1 * w11 + b1)
    a = [value if value > 0 else ALPHA * (math.exp(value) - 1) for value in z]
    return math.log(math.cosh(a[0] * v0 + a[1] * v1 + c - t))


def vector_of(named):
    return np.concatenate([np.ravel(array) for array in named.values()])


def test_gradients_and_curvature_of_the_new_entries_are_differences(in_the_lesson):
    exercise = in_the_lesson
    back = exercise.backward()
    assert back.forward_pass.z[0][0].tolist() == pytest.approx([1.05, -0.7])
    start = vector_of(exercise.network.parameters())
    assert float(back.loss) == pytest.approx(loss_by_hand(start))
    moves = 1e-4 * np.eye(9)
    slopes = [(loss_by_hand(start + m) - loss_by_hand(start - m)) / 2e-4 for m in moves]
    np.testing.assert_allclose(vector_of(back.parameter_gradients()), slopes, atol=1e-7)
    assert min(abs(slope) for slope in slopes) > 0.01
    bends = [
        [
            (
                loss_by_hand(start + p + q)
                - loss_by_hand(start + p - q)
                - loss_by_hand(start - p + q)
                + loss_by_hand(start - p - q)
            )
            / 4e-8
            for q in moves
        ]
        for p in moves
    ]
    found = hessian(exercise.network, exercise.x, exercise.target, exercise.loss)
    np.testing.assert_allclose(found, bends, atol=1e-6)
    assert computed.limit_of(exercise) == pytest.approx(2 / np.linalg.eigvalsh(bends)[-1], rel=1e-5)


def test_receipts_show_the_formulas_of_the_new_entries(in_the_lesson):
    trace = Trace(in_the_lesson.backward())

    def first(name):
        return receipt_data(trace, name, Numbers())["formula"][0]

    assert first("a1[1]") == f"a1[1] = z1[1] if z1[1] > 0, else {ALPHA} \u00d7 (exp(z1[1]) - 1)"
    assert first("loss").startswith("loss = ln(exp(y_pred - y_true) / 2 + ")
    assert first("d_loss_y") == "d_loss_y = tanh(y_pred - y_true)"


@pytest.mark.parametrize("page", [*PAGES, "echo"])
def test_every_page_takes_the_new_entries(entered, tmp_path, page):
    app = walk_to(tmp_path, page)
    said = words(app)
    links = [link.proto.label for link in app.get("page_link")]
    if page_of(page).alone:
        # It has numbers of its own, and the reader's beside it nowhere.
        assert exercise_of(app) == NUMBERS
        return
    if not page_of(page).own_inputs:
        assert app.session_state["start"] == "odd"
        assert ODD.story in said
    if page == "home":
        assert ECHO.title in links
        assert ECHO.invitation in said
    if page == "echo":
        assert f"Echo of {float(NUMBERS.backward().loss)!r}" in said
        assert "round" in links
    if page == "glossary":
        assert "**round**: One pass over all samples." in said
        assert "See it: Echo" in links
    if page == "teachers":
        assert any("/echo?" in code.value for code in app.code)
    if page == "what_if":
        assert "How many inputs are there?" in asked_on(app)
    if page == "playground":
        chosen = {key: app.selectbox(key=key).value for key in ("data", "unit", "task_loss")}
        assert chosen == {"data": "stairs", "unit": "elu", "task_loss": "log_cosh"}
        assert STAIRS.story in said
        assert "After 20 steps: loss" in said
    if page == "training_lab":
        left = Numbers().text(float(NUMBERS.train().losses[-1]))
        assert f"**It crept.** At step 50 the loss is still {left}." in said
        (sweep,) = (f for f in figures(app) if "creeping" in [t.get("name") for t in f["data"]])
        (drawn,) = (trace for trace in sweep["data"] if trace["name"] == "creeping")
        assert drawn["marker"]["symbol"] == "cross"
        assert any("Try learning rate" in button.label for button in app.button)
        app.segmented_control(key="lab_view").set_value("Runs").run()
        assert "| creeping |" in words(app)


def asked_on(app):
    """Answer every question of the page, and return their words."""
    said = words(app)
    while fields := [field for field in app.text_input if field.key.startswith("quiz_")]:
        fields[0].set_value("1")
        app.button(key=f"FormSubmitter:form_{fields[0].key}-Commit").click().run()
        assert not app.exception
        said += words(app)
    return said


@pytest.mark.parametrize("page", sorted({*PAGES, "echo"} - REFUSING))
def test_pages_of_any_network_take_the_new_loss_and_activation(in_the_lesson, tmp_path, page):
    app = walk_to(tmp_path, page, in_the_lesson)
    if page == "echo":
        assert f"Echo of {float(in_the_lesson.backward().loss)!r}" in words(app)
    if page == "knife_edge":
        assert "the loss must be a squared error, got log_cosh" in app.info[0].value


def test_the_command_line_takes_the_new_preset(entered, capsys):
    main(["--preset", "odd"])
    assert repr(float(NUMBERS.backward().loss))[:6] in capsys.readouterr().out
