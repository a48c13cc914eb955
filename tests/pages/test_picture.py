"""What is given to the picture: its numbers, receipts, stages and code, without a browser."""

import json

import numpy as np
import pytest

from blame import backward, forward, initialise
from blame.exercise.presets import NOTEBOOK
from blame.probe.trace import Trace
from pages.shared.picture.component import read_typed
from pages.shared.picture.data import picture_data
from pages.shared.picture.flow import flow_data
from pages.shared.picture.receipt import lit_by, receipt_data
from pages.shared.words import numpy_program
from pages.shared.words.numbers import Numbers
from tests.exercises import SYMBOLS, notebook_with
from tests.pages.app import BESIDE, open_page, pictures, set_number

NUMBERS = Numbers()
EXERCISES = {
    "notebook": NOTEBOOK,
    "shut": notebook_with(b1_1=-0.2),
    "long": notebook_with(x_0=1e6, W1_0_0=-123456.789, b2_0=1e-9),
    "perfect": notebook_with(y_true=2.25),
}


def trace_of(exercise):
    return Trace(exercise.backward())


def items(data):
    nodes = [node for column in data["columns"] for node in column]
    for node in nodes:
        yield from (*node["lines"], *node["below"])
    for edge in data["edges"]:
        yield from edge["items"]


def picture_on(app):
    """Return what the picture of a page was given."""
    (picture,) = pictures(app)
    return picture


@pytest.mark.parametrize(
    "page",
    sorted(set(BESIDE) - {"expression", "playground", "by_hand", "glossary", "teachers"}),
)
def test_every_page_gives_the_picture_the_readers_numbers(page):
    view = {"lab_view": "One step"} if page == "training_lab" else {}
    app = open_page(page, b1_1=-0.2, **view)
    data = picture_on(app)
    movable = {item["set"]: item["value"] for item in items(data) if "set" in item}
    assert set(movable) == set(SYMBOLS.values()) - {"learning rate", "steps"}
    assert movable["b1[1]"] == -0.2
    set_number(app, "W2_0_0", 0.75)
    movable = {item["set"]: item["value"] for item in items(picture_on(app)) if "set" in item}
    assert movable["W2[0, 0]"] == 0.75


@pytest.mark.parametrize("view", ["forward", "blame", "both"])
@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)
def test_every_number_in_the_picture_can_be_opened(exercise, view):
    trace = trace_of(exercise)
    data = picture_data(trace, view, NUMBERS)
    names = [item["id"] for item in items(data)]
    assert len(names) == len(set(names))
    for item in items(data):
        assert item["id"] in trace.names()
        assert item["say"].startswith(item["id"])
    json.dumps(data, allow_nan=False)


def test_a_shut_gate_looks_shut_and_hands_nothing_back():
    data = picture_data(trace_of(EXERCISES["shut"]), "blame", NUMBERS)
    first, second = data["columns"][1]
    assert (first["shut"], second["shut"]) == (False, True)
    tones = {edge["id"]: (edge["tone"], edge["dashed"]) for edge in data["edges"]}
    assert tones["W1[0, 1]"] == ("shut", True)
    assert tones["W1[0, 0]"] == ("raises", False)


def test_the_widest_edge_has_the_largest_gradient():
    data = picture_data(trace_of(NOTEBOOK), "blame", NUMBERS)
    assert max(data["edges"], key=lambda edge: edge["width"])["id"] == "W1[1, 1]"
    forwards = picture_data(trace_of(NOTEBOOK), "forward", NUMBERS)
    assert max(forwards["edges"], key=lambda edge: edge["width"])["id"] == "W2[1, 0]"


def test_four_layers_of_eight_are_drawn_with_one_number_a_node():
    network = initialise([8, 8, 8, 8, 8], 0)
    trace = Trace(backward(forward(network, np.ones(8)), np.zeros(8)))
    data = picture_data(trace, "blame", NUMBERS)
    assert [len(column) for column in data["columns"]] == [8, 8, 8, 8, 8, 1]
    assert len(data["edges"]) == 4 * 64 + 8
    assert all(len(node["lines"]) == 1 for column in data["columns"] for node in column)
    receipt = receipt_data(trace, "d_x[0]", NUMBERS)
    assert receipt["paths"]["title"] == "4,096 paths to the loss"
    assert "4,088 weaker paths" in receipt["paths"]["rest"]


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)
def test_every_receipt_is_complete(exercise):
    trace = trace_of(exercise)
    for name in trace.names():
        receipt = receipt_data(trace, name, NUMBERS)
        assert receipt["said"].endswith(".")
        assert receipt["formula"][0].startswith(f"{name} = ")
        assert all(0 <= factor["share"] <= 1 for factor in receipt["factors"])
        assert all(factor["opens"] in trace.names() for factor in receipt["factors"])
        assert bool(receipt["paths"]) == name.startswith("d")
        assert all(lit in trace.names() for lit in lit_by(trace, name))
        assert "-0 " not in json.dumps(receipt)


def test_the_receipt_of_the_sketch():
    receipt = receipt_data(trace_of(NOTEBOOK), "dW1[1, 0]", NUMBERS)
    assert receipt["value"] == "+5"
    assert receipt["formula"] == ["dW1[1, 0] = x[1] × d_z1[0]", "= 2 × 2.5", "= +5"]
    assert [factor["name"] for factor in receipt["factors"]] == ["x[1]", "d_z1[0]"]
    (path,) = receipt["paths"]["rows"]
    assert path["numbers"] == "2 × 1 × 1 × 2.5 = +5"
    assert receipt["nudge"] == "Raise W1[1, 0] by 0.01 and the loss rises by about 0.05."


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)
def test_the_code_computes_what_blame_does(exercise, capsys):
    names = {}
    exec(numpy_program.program(exercise), {}, names)
    passes = exercise.backward()
    after = exercise.train().at(1).parameters()
    expected = {
        "z1": passes.forward_pass.z[0][0],
        "a1": passes.forward_pass.a[0][0],
        "y_pred": passes.forward_pass.prediction[0],
        "loss": passes.loss,
        "d_loss_y": passes.activation_gradients[1][0],
        "d_a1": passes.activation_gradients[0][0],
        "d_z1": passes.deltas[0][0],
        **{f"d{name}": gradient for name, gradient in passes.parameter_gradients().items()},
        **after,
    }
    for name, value in expected.items():
        assert np.allclose(names[name], value, rtol=1e-12, atol=0), name
    printed = capsys.readouterr().out
    assert all(f"{name} " in printed for name in expected)


def test_the_flow_finds_every_number_once_and_ends_with_the_update():
    exercise = notebook_with(b1_1=-0.2)
    trace = trace_of(exercise)
    stages = flow_data(exercise, trace, NUMBERS)
    found = [name for stage in stages for name in stage["shows"]]
    given = [name for name in trace.names() if name[0] in "xWb" or name in ("y_true",)]
    assert sorted(found) == sorted(set(trace.names()) - set(given) - {"d_x[0]", "d_x[1]"})
    assert len(found) == len(set(found))
    assert [stage["back"] for stage in stages] == [False] * 4 + [True] * 6
    assert "W1[0, 1]" not in stages[8]["moves"], "blame travels through a shut gate"
    assert stages[-1]["texts"]["b2[0]"].startswith("b2 ")
    assert "gate of neuron 1 is shut" in stages[1]["said"]
    assert len(flow_data(exercise, trace, NUMBERS, forward_only=True)) == 4


@pytest.mark.parametrize(
    ("name", "text", "value", "said"),
    [
        ("b1[1]", "\u22120.3", -0.3, ""),
        ("b1[1]", "-1/2", -0.5, ""),
        ("b1[1]", "-0", 0.0, ""),
        ("W1[0, 1]", "0,5", 0.5, "0,5 is read as 0.5."),
        ("x[0]", "1000000", 1e6, ""),
        ("x[0]", "1000001", None, "x[0] goes from -1,000,000 to 1,000,000."),
        ("x[0]", "9" * 10**5, None, "is longer than 60 characters"),
        ("x[0]", "abc", None, "'abc' is not a number; write one such as 0.5, 1/2 or 1e-3."),
    ],
)
def test_what_is_typed_into_the_picture_is_read_or_refused_with_words(name, text, value, said):
    found = read_typed(NOTEBOOK, name, text)
    assert found["value"] == value
    assert "-0.0" not in repr(found)
    assert found["said"] == said or (said and said in found["said"] and len(found["said"]) < 120)
