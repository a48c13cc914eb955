"""What is said and shown of passes forward and the pass back, turned round with the expression."""

import pytest
from hypothesis import given, settings

from blame import LIBRARY, read_expression
from blame.expression.unfold import unfolded_text
from pages.shared.words.expression.forward_mode import MOST_PASSES, MOST_ROWS, why_backwards
from pages.shared.words.numbers import Numbers
from tests.blame.expression.random_expressions import expressions


def shown(text):
    """Return what is said, and the table's cells by row and column."""
    said, how, table = why_backwards(read_expression(text), Numbers()).split("\n\n")
    head, _, *rows = [[cell.strip() for cell in row.split("|")[1:-1]] for row in table.split("\n")]
    cells = {
        name.strip("*").replace("\u00a0", " "): dict(zip(head[1:], row, strict=True))
        for name, *row in rows
    }
    return f"{said} {how}", cells


def test_both_ways_counted():
    many, _ = shown("f = (x + y) * z; x = 1; y = 2; z = 3")
    assert "the blame of all 3 numbers" in many
    assert "back takes 4, forward takes 5" in many
    one, _ = shown("f = sin(tanh(x)); x = 1")
    assert "the blame of the one number" in one
    assert "back takes 2, forward takes as many" in one


def test_each_pass_of_a_circuit_by_hand():
    _, cells = shown("q = x + y; f = q * z; x = -2; y = 5; z = -4")
    back = {name: row["one pass back"] for name, row in cells.items()}
    assert back == {
        "x": "**\u22124**", "y": "**\u22124**", "z": "**+3**", "q = x + y": "\u22124",
        "f = q \u00d7 z": "1", "products": "4",
    }  # fmt: skip
    from_x = {name: row["forward from x"] for name, row in cells.items()}
    assert from_x == {
        "x": "1", "y": "", "z": "", "q = x + y": "1",
        "f = q \u00d7 z": "**\u22124**", "products": "2",
    }  # fmt: skip
    assert cells["f = q \u00d7 z"]["forward from z"] == "**3**"
    assert cells["products"]["forward from z"] == "1"


def test_a_pass_is_one_entry_of_a_vector():
    _, cells = shown("L = sum(v * x); v = [2, 3]; x = 5")
    assert cells["v"]["forward from v[1]"] == "(0, 1)"
    assert cells["L = sum(t1)"]["forward from v[1]"] == "**5**"
    assert cells["t1 = v \u00d7 x"]["forward from x"] == "(2, 3)"
    assert cells["v"]["one pass back"] == "**(+5, +5)**"


def test_what_does_not_lead_to_the_result_is_not_shown():
    _, cells = shown("x = 2; y = x**2; f = x * 3; f")
    assert list(cells) == ["x", "f = x \u00d7 3", "products"]


def test_many_passes_and_rows_are_counted():
    text = unfolded_text(LIBRARY["mazur"].exercise)
    said, cells = shown(text)
    passes = len(read_expression(text).numbers())
    assert f"{passes - MOST_PASSES} more are like them" in said
    assert len(cells["products"]) == MOST_PASSES + 1
    assert len(cells) == MOST_ROWS + 1
    more = next(int(name.split()[2]) for name in cells if name.startswith("..."))
    # The numbers of the passes shown, every operation, and of those all but the last are cut.
    assert MOST_ROWS - 1 + more == MOST_PASSES + read_expression(text).graph.operations


@given(expressions())
@settings(max_examples=25, deadline=None)
def test_what_arrives_at_the_result_is_what_came_back_to_the_number(text):
    expression = read_expression(text)
    _, cells = shown(text)
    result = next(row for name, row in cells.items() if name.startswith("L = "))
    for name, slope in list(expression.gradient().items())[:MOST_PASSES]:
        cell = result[f"forward from {name}"].strip("*").replace("\u2212", "-")
        cell = cell.replace("e\u2011", "e-").replace("\u22480", "0")
        assert float(cell) == pytest.approx(float(slope), rel=1e-3, abs=1e-9)
