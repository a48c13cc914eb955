"""Receipts and flow of an expression, beside sums worked out by hand."""

from math import prod

import numpy as np
import pytest
from hypothesis import assume, given, settings

from blame import read_expression
from blame.expression.library.library import EXPRESSIONS
from pages.shared.expression.flow import flow_data
from pages.shared.expression.names import find, numbers_of, openable
from pages.shared.expression.receipt import lit_by, receipt_data
from pages.shared.expression.ways import MOST_WAYS, ways_of
from pages.shared.words.numbers import Numbers
from tests.blame.expression.random_expressions import expressions

TWO_WAYS = EXPRESSIONS["two-ways"].expression


def test_the_blame_of_a_value_used_twice_by_hand():
    # e = (a + b)(b + 1) with a = 2, b = 1: c = 3, d = 2; de/db = d + c = 5.
    receipt = receipt_data(TWO_WAYS, "d_b", Numbers())
    assert receipt["value"] == "+5"
    assert receipt["formula"] == [
        "d_b = d_d \u00d7 1 + d_c \u00d7 1",
        "= 3 \u00d7 1 + 2 \u00d7 1",
        "= +3 +2",
        "= +5",
    ]
    assert receipt["steps"] == ["d = b + 1 hands back +3", "c = a + b hands back +2"]
    assert [row["symbols"] for row in receipt["paths"]["rows"]] == [
        "b \u2192 d \u2192 e",
        "b \u2192 c \u2192 e",
    ]
    assert [row["numbers"] for row in receipt["paths"]["rows"]] == [
        "1 \u00d7 3 = +3",
        "1 \u00d7 2 = +2",
    ]
    assert receipt["paths"]["sum"] == "sum +5"
    assert receipt["related"] == {"name": "b", "text": "belongs to: b = 1"}
    assert set(lit_by(TWO_WAYS, "d_b")) == {"b", "c", "d", "e", "b>c", "b>d", "c>e", "d>e"}


def test_a_value_says_what_it_is_made_of():
    receipt = receipt_data(TWO_WAYS, "e", Numbers())
    assert receipt["formula"] == ["e = c \u00d7 d", "= 3 \u00d7 2", "= 6"]
    assert [factor["opens"] for factor in receipt["factors"]] == ["c", "d"]
    assert receipt["related"]["text"] == "its blame: d_e = +1"
    given_number = receipt_data(TWO_WAYS, "a", Numbers())
    assert given_number["movable"]
    assert given_number["said"] == "A number that you can change."


def test_negative_numbers_stand_in_brackets():
    expression = EXPRESSIONS["circuit"].expression
    assert receipt_data(expression, "f", Numbers())["formula"][1] == "= 3 \u00d7 (\u22124)"
    formula = receipt_data(expression, "d_q", Numbers())["formula"]
    assert formula == ["d_q = d_f \u00d7 z", "= 1 \u00d7 (\u22124)", "= \u22124"]


def test_names_that_would_meet_are_told_apart():
    expression = read_expression("f = x * d_x; x = 2; d_x = 3")
    assert {"x", "d_x", "d(x)", "d_d_x"} <= set(openable(expression))
    assert receipt_data(expression, "d_x", Numbers())["value"] == "3"
    assert receipt_data(expression, "d(x)", Numbers())["value"] == "+3"


@pytest.mark.parametrize("name", ["", "nothing", "d_nothing", "d_7", "a>b>c", "<b>", "e["])
def test_a_name_that_is_none_opens_nothing_or_what_it_stands_in(name):
    receipt = receipt_data(TWO_WAYS, name, Numbers())
    assert receipt is None or find(TWO_WAYS, name) is not None
    lit_by(TWO_WAYS, name)


@given(expressions())
@settings(max_examples=40, deadline=None)
def test_all_that_can_be_opened_opens_and_flows(text):
    expression = read_expression(text)
    numbers = numbers_of(expression, False)
    for name in openable(expression):
        receipt = receipt_data(expression, name, numbers)
        assert receipt["name"] == name
        assert receipt["formula"] or receipt["movable"]
    stages = flow_data(expression, numbers)
    assert len(stages) == sum(map(bool, (n.inputs for n in expression.graph.nodes))) + len(
        [name for name in openable(expression) if name.startswith("d_")]
    )
    turns = [stage["back"] for stage in stages]
    assert turns == sorted(turns)


def all_ways(expression, k, entry=0):
    """Return the slopes along every way from one entry to the result, found by following users."""
    graph = expression.graph
    if k == graph.result:
        return [[]]
    found = []
    for part in expression.backward().parts[k]:
        wide, user = graph.widths[part.user], graph.nodes[part.user]
        if user.operation.startswith("entry"):
            goes_to = [0] if user.operation == f"entry {entry}" else []
        elif wide == 1 or graph.widths[k] == 1:
            goes_to = range(wide)
        else:
            goes_to = [entry]
        for to in goes_to:
            whole = np.broadcast_to(part.slope, (max(wide, graph.widths[k]),))
            slope = float(whole[entry if wide == 1 else to])
            found += [[slope, *rest] for rest in all_ways(expression, part.user, to)]
    return found


@given(expressions())
@settings(max_examples=60, deadline=None)
def test_all_ways_together_are_the_blame(text):
    expression = read_expression(text)
    assume(sum(ways_of(expression, k).count for k in expression.graph.given) < 3000)
    gradient = expression.gradient()
    for name, (k, entry) in expression.number_places.items():
        found, every = ways_of(expression, k), all_ways(expression, k, entry)
        listed = [way for way in found.ways if way.stops[0] == (k, entry)]
        assert found.counts[entry] == len(every)
        assert len(listed) == min(len(every), -(-MOST_WAYS // expression.graph.widths[k]))
        total = sum(map(prod, every))
        assert found.totals[entry] == pytest.approx(total, rel=1e-9, abs=1e-12)
        assert found.totals[entry] == float(gradient[name])
        rest = total - sum(way.product for way in listed)
        assert found.rest[entry] == pytest.approx(rest, rel=1e-9, abs=1e-9)
        products = sorted(map(prod, every))
        for way in listed:
            assert any(way.product == pytest.approx(one, rel=1e-12) for one in products)


def test_ways_beyond_those_listed_are_summed():
    expression = read_expression("a = x + x; b = a + a; c = b + b; f = c + c; x = 3")
    paths = receipt_data(expression, "d_x", Numbers())["paths"]
    assert paths["title"] == "16 ways to f"
    assert len(paths["rows"]) == 8
    assert paths["rest"] == "8 more ways: together +8"
    assert paths["sum"] == "sum +16"


def test_ways_through_vectors_go_entry_by_entry():
    expression = read_expression("f = sum(v * x); v = [1, 2]; x = 3")
    paths = receipt_data(expression, "d_x", Numbers())["paths"]
    assert paths["title"] == "2 ways to f"
    assert [row["symbols"] for row in paths["rows"]] == [
        "x \u2192 t1[0] \u2192 f",
        "x \u2192 t1[1] \u2192 f",
    ]
    assert [row["numbers"] for row in paths["rows"]] == ["1 \u00d7 1 = +1", "2 \u00d7 1 = +2"]
    assert paths["rows"][1]["through"] == ["x", "t1", "f", "x>t1", "t1>f"]
    assert paths["sum"] == "sum +3"
    formula = receipt_data(expression, "d_x", Numbers())["formula"]
    assert formula == ["d_x = sum(d_t1 \u00d7 v)", "= sum((1, 1) \u00d7 (1, 2))", "= +3"]
    of_vector = receipt_data(expression, "d_v", Numbers())["paths"]
    assert of_vector["title"] == "One way to f from each entry"
    assert [row["symbols"][:4] for row in of_vector["rows"]] == ["v[0]", "v[1]"]
    assert of_vector["sum"] == ""
    taken = read_expression("f = v[1] * v[1] + v[0]; v = [3, 4, 5]")
    paths = receipt_data(taken, "d_v", Numbers())["paths"]
    assert paths["title"] == "3 ways to f, from all entries"
    assert paths["sum"] == "sum (+1, +8, 0)"


def test_ways_that_lead_nowhere_are_passed_over_in_time():
    lines = "; ".join(f"v{i + 1} = v{i} + v{i}" for i in range(60))
    expression = read_expression(f"v0 = [1, 2, 3]; {lines}; f = v60[1]")
    found = ways_of(expression, expression.place_of("v0"))
    assert found.counts == (0, 2**60, 0)
    assert found.totals == (0.0, 2.0**60, 0.0)


def test_the_flow_by_hand():
    stages = flow_data(EXPRESSIONS["circuit"].expression, Numbers())
    assert [stage["title"] for stage in stages] == [
        "Forward, q",
        "Forward, f",
        "Back, d_f",
        "Back, d_z",
        "Back, d_q",
        "Back, d_y",
        "Back, d_x",
    ]
    assert stages[1]["said"] == "f = q \u00d7 z = 3 \u00d7 (\u22124) = \u221212."
    assert stages[4]["code"] == "d_q = d_f * z"
    assert stages[4]["moves"] == ["q>f"]
