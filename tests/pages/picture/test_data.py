"""What the picture shows and says, against the pass by hand: colours, widths, words."""

import re

import pytest
from hypothesis import given

from blame.exercise.presets import NOTEBOOK
from blame.probe.trace import Trace
from pages.shared.picture.data import NARROWEST, WIDEST, describe_picture, picture_data, tone_of
from tests.exercises import notebook_with, number_of
from tests.pages.picture.worked_out import TRACES, traced
from tests.pages.words.reading import ALL, EXERCISES, FEW, SHORT, as_number, by_hand, near, read

VIEWS = ("forward", "blame", "both")


def drawn(exercise, view="both", numbers=SHORT, **choice):
    return picture_data(Trace(exercise.backward()), view, numbers, **choice)


def nodes_of(data):
    return {name: node for column in data["columns"] for node in column for name in node["ids"]}


def items_of(data):
    for column in data["columns"]:
        for node in column:
            yield from (*node["lines"], *node["below"])
    for edge in data["edges"]:
        yield from edge["items"]


@FEW
@given(EXERCISES)
def test_the_words_of_the_picture_are_those_of_the_pass(exercise):
    hand = by_hand(exercise)
    if any(abs(hand[f"z1[{j}]"]) < 1e-9 for j in (0, 1)):
        return
    trace = Trace(exercise.backward())
    for view in VIEWS:
        first, *neurons, loss = re.split(
            r"(?<=\.) (?=Layer|Loss)", describe_picture(trace, view, ALL)
        )
        assert first.startswith("Network of widths 2, 2, 1. Input ")
        inputs = first.removesuffix(".").partition("Input ")[2].split(", ")
        assert list(map(as_number, inputs)) == [
            number_of(exercise, "x_0"),
            number_of(exercise, "x_1"),
        ]
        assert as_number(loss.removeprefix("Loss ").removesuffix(".")) == pytest.approx(
            hand["loss"]
        )
        ends = [(1, 0, "z1[0]", "a1[0]", "d_z1[0]"), (1, 1, "z1[1]", "a1[1]", "d_z1[1]")]
        ends += [(2, 0, "y_pred", "y_pred", "d_loss_y")]
        for text, (layer, neuron, z, a, delta) in zip(neurons, ends, strict=True):
            shown = read(f"Layer {layer} neuron {neuron}: z #, a #", text)
            assert shown == pytest.approx([hand[z], hand[a]])
            assert ("blame" in text) == (view != "forward")
            if view != "forward":
                assert read("blame #", text) == pytest.approx([hand[delta]])
            assert ("gate shut" in text) == (layer == 1 and hand[z] < 0)


def test_a_smooth_neuron_has_no_shut_gate():
    for which in ("tanh", "half_sse"):
        assert "shut" not in describe_picture(TRACES[which], "both", SHORT)
        data = picture_data(TRACES[which], "both", SHORT)
        assert not any(node["shut"] for node in nodes_of(data).values())


def test_tones_are_those_of_the_sign():
    assert [tone_of(value) for value in (1e-9, -1e-9, 0.0)] == ["raises", "lowers", "shut"]


@FEW
@given(EXERCISES)
def test_edges_are_as_wide_as_their_blame_and_coloured_by_its_sign(exercise):
    hand = by_hand(exercise)
    if any(abs(hand[f"z1[{j}]"]) < 1e-9 for j in (0, 1)) or abs(hand["d_loss_y"]) < 1e-9:
        return
    gradients = {name: hand[f"d{name}"] for name in hand if name[:2] in ("W1", "W2")}
    gradients["d_loss_y"] = hand["d_loss_y"]
    largest = max(map(abs, gradients.values()))
    for view in ("blame", "both"):
        edges = {edge["id"]: edge for edge in drawn(exercise, view)["edges"]}
        assert set(edges) == set(gradients)
        for name, edge in edges.items():
            share = abs(gradients[name]) / largest
            assert edge["width"] == pytest.approx(max(NARROWEST, WIDEST * share), abs=0.006)
            assert edge["dashed"] == (share < 1e-3)
            sign = (gradients[name] > 0) - (gradients[name] < 0)
            assert edge["tone"] == {1: "raises", -1: "lowers", 0: "shut"}[sign]
    weights = {name: hand[name] for name in hand if name[:2] in ("W1", "W2")}
    largest = max(map(abs, weights.values())) or 1.0
    for edge in drawn(exercise, "forward")["edges"]:
        share = abs(weights.get(edge["id"], 0.0)) / largest
        assert edge["width"] == pytest.approx(max(NARROWEST, WIDEST * share), abs=0.006)
        assert edge["tone"] == "muted"
        assert edge["dashed"] == (edge["id"] in weights and share < 1e-3)


@pytest.mark.parametrize(("weight", "dashed"), [(1.5e-3, False), (0.9e-3, True), (-0.9e-3, True)])
def test_under_a_thousandth_of_the_widest_an_edge_is_dashed(weight, dashed):
    exercise = notebook_with(W1_0_0=weight, W1_0_1=1.0, W2_0_0=1.0, W2_1_0=1.0)
    edges = {edge["id"]: edge for edge in drawn(exercise, "forward")["edges"]}
    assert edges["W1[0, 0]"]["dashed"] == dashed
    assert edges["W1[0, 0]"]["width"] == NARROWEST


def test_a_right_guess_hands_no_blame_over_and_its_edge_is_dashed():
    right = notebook_with(b1_1=-0.2, y_true=2.25)
    edge = drawn(right, "blame")["edges"][-1]
    assert (edge["id"], edge["dashed"], edge["tone"]) == ("d_loss_y", True, "shut")
    assert not drawn(NOTEBOOK, "blame")["edges"][-1]["dashed"]
    assert not drawn(right, "forward")["edges"][-1]["dashed"]


FORWARD = {"z1[0]", "a1[0]"}
BLAME = {"d_z1[0]", "d_a1[0]", "db1[0]", "dW1[0, 0]", "d_loss_y"}


@pytest.mark.parametrize(
    ("view", "there", "absent"),
    [("forward", FORWARD, BLAME), ("blame", BLAME, FORWARD), ("both", FORWARD | BLAME, set())],
)
def test_each_view_shows_its_own_numbers(view, there, absent):
    shown = {item["id"] for item in items_of(drawn(NOTEBOOK, view))}
    assert there <= shown
    assert not absent & shown
    assert {"x[0]", "x[1]", "y_pred", "y_true", "loss", "b1[0]", "W2[1, 0]"} <= shown


@FEW
@given(EXERCISES)
def test_every_number_drawn_is_that_of_the_pass_with_its_sign(exercise):
    hand = by_hand(exercise)
    if any(abs(hand[f"z1[{j}]"]) < 1e-9 for j in (0, 1)):
        return
    data = drawn(exercise, "both", ALL)
    for item in items_of(data):
        prefix, _, number = item["text"].rpartition(" ")
        assert prefix == item["prefix"]
        value, name = hand[item["id"]], item["id"]
        if abs(value) > 1e-9:
            assert near(as_number(number), value)
            assert number.startswith("+") == (name.startswith("d") and value > 0)
        assert item["say"].partition(" = ")[0] == name
        assert as_number(item["say"].partition(" = ")[2]) == pytest.approx(value, abs=1e-9)
        if name.startswith("d") and abs(value) > 1e-9:
            assert item["tone"] == ("raises" if value > 0 else "lowers")
    nodes = nodes_of(data)
    for j in (0, 1):
        shut = hand[f"z1[{j}]"] < 0
        assert nodes[f"z1[{j}]"]["shut"] == shut
        assert nodes[f"z1[{j}]"]["name"] == f"neuron {j}" + (", shut" if shut else "")
    assert not nodes["y_pred"]["shut"]


def test_prefixes_name_the_quantity_and_its_layer():
    prefixes = {item["id"]: item["prefix"] for item in items_of(drawn(NOTEBOOK, "both"))}
    assert {name: prefixes[name] for name in ("z1[1]", "a1[1]", "d_a1[1]", "d_z1[1]")} == {
        "z1[1]": "z", "a1[1]": "a", "d_a1[1]": "d_a1", "d_z1[1]": "d_z1",
    }  # fmt: skip
    assert (prefixes["b1[0]"], prefixes["db1[0]"], prefixes["b2[0]"]) == ("b1", "db1", "b2")


def test_only_numbers_of_the_exercise_can_be_moved_and_within_their_bounds():
    for item in items_of(drawn(NOTEBOOK, "both")):
        if "set" in item:
            assert item["value"] == NOTEBOOK.numbers()[item["set"]]
            assert (item["low"], item["high"]) == (-1e6, 1e6)
    assert not any("set" in item for item in items_of(drawn(NOTEBOOK, editable=False)))


def test_the_titles_of_edges_give_weight_and_blame_in_full():
    titles = {edge["id"]: edge["title"] for edge in drawn(notebook_with(b1_1=-0.2))["edges"]}
    assert titles["W1[1, 0]"] == "W1[1, 0] = 0.8, dW1[1, 0] = 5"
    assert titles["d_loss_y"] == "d_loss_y = 2.5"
    long = notebook_with(b1_1=-0.2, x_1=1 / 3, W1_1_0=2 / 3)
    title = next(edge["title"] for edge in drawn(long)["edges"] if edge["id"] == "W1[1, 0]")
    weight, blame = read("W1[1, 0] = #, dW1[1, 0] = #", title)
    assert weight == 2 / 3
    assert blame == pytest.approx(by_hand(long)["dW1[1, 0]"], rel=1e-14)


@pytest.mark.parametrize(
    ("sizes", "dense"),
    [((2, 4, 1), False), ((2, 5, 1), True), ((5, 1), True), ((3, 4, 1), False), ((4, 4, 1), True)],
)
def test_a_wide_network_has_one_number_a_node(sizes, dense):
    trace = traced(sizes)
    for view, kind in (("forward", "a1[0]"), ("both", "a1[0]"), ("blame", "d_z1[0]")):
        data = picture_data(trace, view, SHORT)
        assert data["dense"] == dense
        assert [len(column) for column in data["columns"]] == [*sizes, 1]
        if dense:
            assert all(len(n["lines"]) == 1 and not n["below"] for c in data["columns"] for n in c)
            assert not any(edge["items"] for edge in data["edges"])
            if len(sizes) > 2:
                assert data["columns"][1][0]["lines"][0]["id"] == kind
            digits = [
                len(re.sub(r"\D", "", i["text"].rpartition(" ")[2]).lstrip("0"))
                for i in items_of(data)
            ]
            assert max(digits) <= 3


def test_edges_run_from_layer_to_layer_and_end_in_the_loss():
    data = picture_data(traced((2, 3, 2), target=(1.0, 0.0)), "both", SHORT)
    ends = {edge["id"]: (edge["from"], edge["to"]) for edge in data["edges"]}
    assert ends["W1[1, 2]"] == ([0, 1], [1, 2])
    assert ends["W2[2, 1]"] == ([1, 2], [2, 1])
    assert ends["d_loss_y[1]"] == ([2, 1], [3, 0])
    assert len(ends) == 6 + 6 + 2
