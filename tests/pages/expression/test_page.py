"""The page of any expression: its text, its picture, its library, its ways out."""

import json

import pytest

from blame import LIBRARY
from blame.expression import read_expression
from blame.expression.library.library import EXPRESSIONS
from blame.expression.operations import OPERATIONS
from blame.expression.operations.operation import Operation
from blame.expression.unfold import unfolded_text
from pages.shared.words.numbers import printed
from tests.pages.app import charts, figures, file_of, open_page, tell, words


def graph_of(app):
    """Return what the picture was given."""
    (element,) = (
        one for one in app.get("bidi_component") if one.proto.component_name == "blame_graph"
    )
    return json.loads(element.proto.json)[0]["told"]


def items(app):
    return {
        item["id"]: item
        for column in graph_of(app)["columns"]
        for node in column
        for item in node["lines"]
    }


def type_text(app, text):
    app.text_area(key="text").set_value(text).run()
    assert not app.exception
    return app


def unfold_program(app):
    app.session_state["program"] = True
    return app.run()


@pytest.mark.parametrize("key", EXPRESSIONS)
def test_every_entry_of_the_library_is_shown_with_its_blame(key):
    entry = EXPRESSIONS[key]
    app = open_page("expression", text=entry.text)
    assert app.selectbox(key="expression_entry").value == key
    found, expression = items(app), entry.expression
    for name, value in expression.numbers().items():
        assert found[name]["value"] == value
    assert found[f"d_{expression.result}"]["text"] == "d +1"
    text = words(app)
    assert printed(entry.special) in text
    for row in entry.compared():
        assert f"**{row.name}**".replace(", ", ",\u00a0") in text
    if any(row.why for row in entry.compared()):
        assert "not at its output" in text


def test_choosing_from_the_library_puts_its_text():
    app = open_page("expression")
    app.selectbox(key="expression_entry").select("two-ways").run()
    assert not app.exception
    assert app.text_area(key="text").value == EXPRESSIONS["two-ways"].text
    assert items(app)["d_b"]["text"] == "d +5"


def test_a_wrong_text_keeps_the_expression_of_before_and_says_where():
    app = type_text(open_page("expression"), "f = x * x; x = 3")
    assert items(app)["d_x"]["text"] == "d +6"
    type_text(app, "f = x * x\ng = f + lgo(x); x = 3")
    assert items(app)["d_x"]["text"] == "d +6"
    said = words(app)
    assert "Line 2, column 9: 'lgo' is no function" in said
    assert "did you mean log?" in said
    assert "g = f + lgo(x); x = 3\n        ^^^" in said
    # A moved number would be written over what the reader is mending.
    assert "set" not in items(app)["x"]
    type_text(app, "f = x * x; x = 4")
    assert items(app)["d_x"]["text"] == "d +8"
    assert "Not read" not in words(app)
    assert items(app)["x"]["set"] == "x"


def test_a_change_of_the_text_is_undone_and_made_again():
    app = open_page("expression", text="f = x * y; x = 3; y = 7")
    assert app.button(key="expression_undo").disabled
    tell(app, "blame_graph", "moved", {"name": "x", "value": 5, "rest": True, "number": 1})
    type_text(app, "f = x * x; x = 2").run()
    assert items(app)["f"]["text"] == "4"
    tell(app, "blame_graph", "back", "undo")
    assert app.text_area(key="text").value == "f = x * y; x = 5; y = 7"
    app.button(key="expression_undo").click().run().run()
    assert items(app)["f"]["text"] == "21"
    assert app.button(key="expression_undo").disabled
    app.button(key="expression_redo").click().run().run()
    assert items(app)["f"]["text"] == "35"
    tell(app, "blame_graph", "moved", {"name": "y", "value": 1, "rest": True, "number": 2})
    assert app.button(key="expression_redo").disabled
    tell(app, "blame_graph", "back", "nowhere")
    assert items(app)["f"]["text"] == "5"


def test_a_moved_number_without_a_value_stays_where_it_had_one_and_says_why():
    app = open_page("expression", text="f = log(x); x = 2")
    bad = {"name": "x", "value": -0.5, "number": 1, "before": 0.5}
    tell(app, "blame_graph", "moved", {**bad, "rest": False})
    halted = graph_of(app)["halted"]
    assert halted["number"] == 1
    assert halted["said"].startswith(
        "x stops before \u22120.5: 'log(x)' has no value here: log needs"
    )
    assert app.text_area(key="text").value == "f = log(x); x = 2"
    tell(app, "blame_graph", "moved", {**bad, "number": 2, "rest": True})
    assert app.text_area(key="text").value == "f = log(x); x = 0.5"
    assert graph_of(app)["halted"]["number"] == 2
    # What it comes from may have no value either.
    tell(app, "blame_graph", "moved", {**bad, "number": 3, "before": -9, "rest": True})
    assert items(app)["x"]["value"] == 0.5
    tell(app, "blame_graph", "moved", {"name": "x", "value": 3, "number": 4, "rest": True})
    assert graph_of(app)["halted"] is None
    assert items(app)["x"]["value"] == 3


def test_the_link_holds_the_text_and_a_hostile_one_is_named():
    app = open_page("expression", text="f = a * b; a = 3; b = 7")
    assert items(app)["f"]["text"] == "21"
    app = open_page("expression", text="f = __import__('os').system('x')")
    assert "Not read" in words(app)
    assert items(app)["f"]["text"] == "\u221212"
    app = open_page("expression", text="x" * 4001)
    assert "text must have at most 4000 characters" in words(app)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("f = v * 2; v = [1, 2]", "'v * 2' is a vector of 2, and blame is asked of one number"),
        (f"c = x{' * 1e12' * 7}; f = sin(c * c * c * c); x = 1e-9", "blame that leaves the floats"),
        ("v = [1, 2]; f = v[2]", "'v[2]' is not there; its entries are 0 to 1"),
    ],
)
def test_what_has_no_blame_is_refused_with_its_place(text, said):
    app = open_page("expression", text=text)
    assert said in words(app)
    assert items(app)["f"]["text"] == "\u221212"


def test_a_value_used_twice_shows_its_parts_on_its_edges():
    app = open_page("expression", text=EXPRESSIONS["two-ways"].text)
    shares = {
        edge["id"]: [item["text"] for item in edge["items"]]
        for edge in graph_of(app)["edges"]
        if edge["items"]
    }
    assert shares == {"b>c": ["+2"], "b>d": ["+3"]}


def test_the_exercise_in_the_sidebar_unfolds():
    app = open_page("expression", exercise="sghosh-neuron")
    app.button(key="expression_unfold").click().run()
    assert not app.exception
    text = unfolded_text(LIBRARY["sghosh-neuron"].exercise)
    assert app.text_area(key="text").value == text
    assert set(read_expression(text).numbers()) <= set(items(app))
    app = open_page("expression", exercise="cs231n-toy")
    app.button(key="expression_unfold").click().run()
    assert "up to 24 numbers, got 118" in words(app)
    assert app.text_area(key="text").value == EXPRESSIONS["circuit"].text


def test_any_page_leads_to_the_unfolded_exercise():
    app = open_page("forward_pass", W1_0_0=0.75)
    app.button(key="take_expression").click().run()
    assert not app.exception
    app.switch_page(file_of("expression")).run()
    assert "W1[0, 0] = 0.75" in app.text_area(key="text").value
    assert items(app)["W1[0, 0]"]["value"] == 0.75
    # A run of the lesson alone leaves the menus out of what is tested here.
    type_text(app, "f = x * x; x = 3").run()
    app.button(key="take_expression").click().run().run()
    assert "W1[0, 0] = 0.75" in app.text_area(key="text").value


def test_from_a_page_an_exercise_too_large_is_refused_by_its_size():
    app = open_page("forward_pass", exercise="cs231n-toy")
    app.button(key="take_expression").click().run()
    assert not app.exception
    assert "An expression takes exercises of up to 24 numbers, got 118" in words(app)


def test_the_curve_is_over_the_chosen_number():
    app = open_page("expression", text="f = x * x + y; x = 3; y = 1")
    app.selectbox(key="along").select("y").run()
    assert not app.exception
    (chart,), (figure,) = charts(app), figures(app)
    assert chart["alt"].startswith("f over y from")
    true, promise, now = figure["data"]
    assert true["y"] == pytest.approx([9 + y for y in true["x"]])
    ends = [true["y"][0], true["y"][-1]]
    assert promise["y"] == pytest.approx(ends)
    assert (now["x"], now["y"]) == ([1], [10])
    linked = open_page("expression", text="f = x * x + v[1]; x = 3; v = [1, 2]", along="v[1]")
    assert charts(linked)[0]["alt"].startswith("f over v[1] from")
    wrong = open_page("expression", text="f = x * x; x = 3", along="nobody")
    assert charts(wrong)[0]["alt"].startswith("f over x from")


def test_programs_are_of_the_numbers_on_screen():
    app = unfold_program(open_page("expression", text="f = x * y; x = 3.5; y = 7"))
    assert "x = 3.5" in app.code[0].value
    app.segmented_control(key="expression_program").set_value("A Value class").run()
    assert "x = Value(3.5)" in app.code[0].value
    app.segmented_control(key="expression_program").set_value("PyTorch").run()
    assert "x = torch.tensor(3.5, requires_grad=True)" in app.code[0].value
    # How it is done for any of them stands in the open: the code that did it here.
    app.segmented_control(key="expression_program").set_value("How a framework does it").run()
    assert "def pull_back(" in app.code[0].value
    type_text(app, "f = sum(v); v = [1, 2]")
    app.segmented_control(key="expression_program").set_value("A Value class").run()
    assert "v = [Value(1.0), Value(2.0)]" in app.code[0].value


def test_notes_are_of_the_numbers():
    said = words(open_page("expression", text=EXPRESSIONS["on-the-kink"].text))
    assert "`a` stands on the kink of relu but for rounding" in said
    assert "In exact fractions it stands on it: there relu hands back 0" in said
    said = words(open_page("expression", text="f = max(a, b); a = 2; b = 2"))
    assert "stands exactly on the kink of max: there max hands half to each" in said
    assert "across a kink" in said
    assert "`f = max(a, b)` stands exactly on its kink" in said
    said = words(open_page("expression", text=EXPRESSIONS["circuit"].text).main)
    assert "No operation of this expression has a kink" in said
    assert "the same takes 3 passes" in said
    assert "back takes 4, forward takes 5" in said


def test_a_new_operation_is_shown_from_its_one_entry(monkeypatch):
    cube = Operation(
        "cube",
        lambda a: a**3,
        (lambda y, a: 3 * a**2,),
        "{a} ** 3",
        ("3 * {a} ** 2",),
        "A cube hands on three times the square.",
    )
    monkeypatch.setitem(OPERATIONS, "cube", cube)
    app = open_page("expression", text="f = cube(x) + 1; x = 2")
    assert items(app)["d_x"]["text"] == "d +12"
    app.session_state["expression_picture_opened"] = "d_x"
    app.run()
    receipt = graph_of(app)["receipt"]
    assert receipt["formula"][0] == "d_x = d_t1 \u00d7 (3 \u00d7 x^2)"
    assert receipt["why"] == "A cube hands on three times the square."
    unfold_program(app)
    assert "t1 = x ** 3" in app.code[0].value
    app.segmented_control(key="expression_program").set_value("A Value class").run()
    assert "def cube(a):\n    y = a.data ** 3" in app.code[0].value
