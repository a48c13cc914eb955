"""The factors and the paths of a receipt: whence each comes, and that the products add up."""

import re

import numpy as np
import pytest
from hypothesis import given

from blame import Layer, Network, backward, forward
from blame.probe.trace import Trace
from pages.shared.picture.receipt import lit_by, receipt_data
from tests.exercises import SYMBOLS, notebook_with
from tests.pages.picture.worked_out import TRACES, check_equals, worked_out
from tests.pages.words.reading import ALL, EXERCISES, FEW, SHORT, as_number, near, read

SHUT = Trace(notebook_with(b1_1=-0.2).backward())
ORIGINS = {
    "z1[1]": {"x[0]": "input", "W1[0, 1]": "weight", "b1[1]": "bias"},
    "a1[0]": {"z1[0]": "sum"},
    "y_pred": {"a1[1]": "from neuron 1", "W2[0, 0]": "weight", "b2[0]": "bias"},
    "loss": {"y_pred": "the guess", "y_true": "the target"},
    "d_loss_y": {"y_pred": "the guess", "y_true": "the target"},
    "dW2[1, 0]": {"a1[1]": "from neuron 1", "d_loss_y": "blame at the guess"},
    "d_z1[0]": {"d_a1[0]": "blame at neuron 0", "relu'(z1[0])": "gate open"},
    "d_z1[1]": {"d_a1[1]": "blame at neuron 1", "relu'(z1[1])": "gate shut"},
    "dW1[0, 1]": {"x[0]": "input", "d_z1[1]": "blame at neuron 1"},
}


@pytest.mark.parametrize("name", ORIGINS)
def test_each_factor_says_whence_it_comes(name):
    found = {
        factor["name"]: factor["origin"] for factor in receipt_data(SHUT, name, SHORT)["factors"]
    }
    assert ORIGINS[name].items() <= found.items()


def test_deep_and_smooth_factors_say_layer_and_slope():
    deep = {
        f["name"]: f["origin"] for f in receipt_data(TRACES["tanh"], "d_z1[1]", SHORT)["factors"]
    }
    assert deep == {"d_a1[1]": "blame from layer 1", "tanh'(z1[1])": "slope there"}
    next_one = receipt_data(TRACES["tanh"], "d_a1[0]", SHORT)["factors"]
    assert {"blame from layer 2", "weight"} == {factor["origin"] for factor in next_one}


@FEW
@given(EXERCISES)
def test_each_factor_has_its_share_of_the_largest_and_its_sign(exercise):
    trace = Trace(exercise.backward())
    for name in trace.names():
        factors = receipt_data(trace, name, ALL)["factors"]
        values = [as_number(factor["text"]) for factor in factors]
        largest = max(map(abs, values), default=0)
        for factor, value in zip(factors, values, strict=True):
            assert factor["negative"] == (value < 0)
            assert factor["share"] == pytest.approx(abs(value) / largest if largest else 0)
            if factor["name"].startswith("d"):
                tone = "raises" if value > 0 else "lowers" if value < 0 else "shut"
                assert factor["text"].startswith("+") == (value > 0)
            else:
                tone = "value" if value else "shut"
            assert factor["tone"] == tone


def test_numbers_of_the_exercise_can_be_moved_and_others_not():
    movable = {name for name in SHUT.names() if receipt_data(SHUT, name, SHORT)["movable"]}
    assert movable == set(SYMBOLS.values()) - {"learning rate", "steps"}


RELATED = {
    "W1[1, 0]": ("dW1[1, 0]", "its blame: dW1[1, 0] = +5"),
    "y_pred": ("d_loss_y", "its blame: d_loss_y = +2.5"),
    "a1[1]": ("d_a1[1]", "its blame: d_a1[1] = -3.75"),
    "dW1[1, 0]": ("W1[1, 0]", "belongs to: W1[1, 0] = 0.8"),
    "d_loss_y": ("y_pred", "belongs to: y_pred = 2.25"),
    "d_z1[0]": ("z1[0]", "belongs to: z1[0] = 2.2"),
}


@pytest.mark.parametrize("name", RELATED)
def test_a_number_leads_to_its_blame_and_back(name):
    found = receipt_data(SHUT, name, SHORT)["related"]
    assert (found["name"], found["text"]) == RELATED[name]


def test_the_target_and_the_loss_have_no_blame():
    assert receipt_data(SHUT, "loss", SHORT)["related"] is None
    assert receipt_data(SHUT, "y_true", SHORT)["related"] is None


def check_paths(trace, name, count):
    data = receipt_data(trace, name, ALL)["paths"]
    rows = data["rows"]
    if count == 1:
        assert data["title"] == "One path to the loss"
        assert data["sum"] == ""
    else:
        assert read("# paths to the loss", data["title"]) == [count]
        assert read("sum #", data["sum"])[0] == pytest.approx(trace.value(name), abs=1e-12)
    products = []
    for row in rows:
        written, equals, product = re.fullmatch(r"(?:(.*) ([=≈]) )?(\S+)", row["numbers"]).groups(
            ""
        )
        assert bool(equals) == ("×" in row["symbols"])
        value = as_number(product)
        products.append(value)
        assert worked_out(row["symbols"], trace.value) == pytest.approx(value, abs=1e-12)
        if equals:
            assert worked_out(written, trace.value) == pytest.approx(value, abs=1e-12)
            check_equals(written, equals, product)
        tone = "raises" if value > 0 else "lowers" if value < 0 else "shut"
        assert row["tone"] == tone
        assert set(row["through"]) <= set(trace.names())
        assert row["through"][-1] == "d_loss_y" or "loss" in row["through"]
    left = count - len(rows)
    rest = 0.0
    if left:
        more, rest = read("# weaker paths: together #", data["rest"])
        assert more == left
    else:
        assert data["rest"] == ""
    assert sum(products) + rest == pytest.approx(trace.value(name), abs=1e-12)


@FEW
@given(EXERCISES)
def test_the_paths_of_the_lesson_add_up_to_the_blame(exercise):
    trace = Trace(exercise.backward())
    for name in (name for name in trace.names() if name.startswith("d")):
        check_paths(trace, name, 2 if name.startswith("d_x") else 1)


@pytest.mark.parametrize(
    ("which", "name", "count"),
    [
        ("deep relu", "d_x[0]", 6),
        ("deep relu", "d_a1[1]", 3),
        ("tanh", "dW1[0, 2]", 2),
        ("tanh", "d_x[1]", 6),
        ("bce", "d_z2[0]", 1),
        ("bce", "d_x[0]", 2),
        ("bent end", "dW2[0, 0]", 1),
        ("bent end", "d_x[1]", 2),
    ],
)
def test_the_paths_of_other_networks_add_up_too(which, name, count):
    check_paths(TRACES[which], name, count)


def wide(width):
    """Return a network of that many hidden neurons: term k of the guess is k + 1, signs in turn."""
    sizes = np.arange(1.0, width + 1) * (-1) ** np.arange(width)
    layers = (
        Layer(np.ones((1, width)), np.zeros(width), "relu"),
        Layer(sizes[:, None], [0.5], "identity"),
    )
    return Trace(backward(forward(Network(layers), [1.0]), [0.0], "mse")), sizes


def test_of_many_paths_the_weaker_are_counted_and_summed():
    trace, sizes = wide(11)
    check_paths(trace, "d_x[0]", 11)
    rows = receipt_data(trace, "d_x[0]", ALL)["paths"]["rows"]
    seed = trace.value("d_loss_y")
    assert [as_number(row["numbers"].rpartition(" = ")[2]) for row in rows] == pytest.approx(
        sorted(sizes * seed, key=abs, reverse=True)[:8]
    )
    eight = receipt_data(wide(8)[0], "d_x[0]", ALL)["paths"]
    assert (len(eight["rows"]), eight["rest"]) == (8, "")


def test_of_a_long_sum_the_largest_terms_are_written_and_the_rest_counted():
    trace, _ = wide(10)
    symbols, numbers, value = receipt_data(trace, "y_pred", ALL)["formula"]
    # Ten products and the bias of 0.5: the eight largest stay, in their order.
    kept = [f"a1[{j}] × W2[{j}, 0]" for j in range(2, 10)]
    assert symbols == f"y_pred = {' + '.join(kept)} + 3 more"
    assert numbers.startswith("= 1 × 3 + 1 × (-4) + ")
    assert numbers.endswith(" + 3 more")
    assert as_number(value.removeprefix("= ")) == trace.value("y_pred")
    factors = [factor["name"] for factor in receipt_data(trace, "y_pred", ALL)["factors"]]
    assert factors == [name for term in kept for name in term.split(" × ")]
    seven, _ = wide(7)
    assert "more" not in receipt_data(seven, "y_pred", ALL)["formula"][0]


def test_a_number_lights_what_it_is_made_of_and_blame_its_paths():
    assert set(lit_by(SHUT, "y_pred")) == {
        "y_pred", "a1[0]", "a1[1]", "W2[0, 0]", "W2[1, 0]", "b2[0]",
    }  # fmt: skip
    assert set(lit_by(SHUT, "dW2[0, 0]")) == {"a1[0]", "W2[0, 0]", "y_pred", "d_loss_y", "loss"}
    assert {"W1[0, 0]", "z1[0]", "a1[0]", "W2[0, 0]", "loss"} <= set(lit_by(SHUT, "dW1[0, 0]"))
    assert "z1[1]" not in lit_by(SHUT, "dW1[0, 0]")


def test_shares_are_near_what_the_eye_sees():
    factors = {f["name"]: f for f in receipt_data(SHUT, "dW1[1, 0]", SHORT)["factors"]}
    assert near(factors["x[1]"]["share"], 0.8)
    assert factors["d_z1[0]"]["share"] == 1
