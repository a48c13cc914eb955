"""What rounding alone made is shown as 0 with a mark, drawn as nothing, and opens to the truth."""

import pytest

from blame.exercise.presets import NOTEBOOK
from blame.probe.trace import Trace
from pages.shared.charts.bars import each_bar, span
from pages.shared.charts.lessons import backward_pass, forward_pass, loss, relu_gate
from pages.shared.picture.data import NARROWEST, describe_picture, picture_data
from pages.shared.picture.flow import flow_data
from pages.shared.picture.receipt import receipt_data
from pages.shared.words import formulas
from pages.shared.words.numbers import Numbers
from tests.exercises import notebook_with

SOLVED = notebook_with(b2_0=-1.2)
"""The first challenge solved: on paper the loss and all blame are 0."""
SHUT = notebook_with(b1_1=-0.2)
N = Numbers()


def picture(exercise, view="both", numbers=N):
    return picture_data(Trace(exercise.backward()), view, numbers)


def items(data):
    columns = (node for column in data["columns"] for node in column)
    every = [item for node in columns for item in [*node["lines"], *node["below"]]]
    every += [item for edge in data["edges"] for item in edge["items"]]
    return {item["id"]: item for item in every}


def test_a_solved_challenge_draws_no_blame():
    data = picture(SOLVED)
    for edge in data["edges"]:
        assert (edge["tone"], edge["dashed"], edge["width"]) == ("shut", True, NARROWEST), edge
    blame = [item for name, item in items(data).items() if name.startswith("d")]
    assert len(blame) > 10
    assert {item["text"].split()[-1] for item in blame} == {"≈0"}
    assert {item["tone"] for item in blame} == {"shut"}
    assert all(item["say"] == f"{item['id']} = 0 but for rounding" for item in blame)
    # Where there is blame it is drawn.
    assert {edge["tone"] for edge in picture(SHUT)["edges"]} == {"raises", "shut"}


def test_only_what_rounding_made_is_nothing_in_the_notebook():
    shown = items(picture(NOTEBOOK))
    assert {name for name, item in shown.items() if "≈0" in item["text"]} == {
        "z1[1]", "a1[1]", "dW2[1, 0]"
    }  # fmt: skip
    assert shown["d_z1[1]"]["text"] == "d_z1 -3.75"
    edges = {edge["id"]: edge for edge in picture(NOTEBOOK)["edges"]}
    assert (edges["W2[1, 0]"]["tone"], edges["W2[1, 0]"]["dashed"]) == ("shut", True)
    assert edges["W1[1, 1]"]["tone"] == "lowers"
    assert not edges["W1[1, 1]"]["dashed"]
    assert "dW2[1, 0] = 0 but for rounding" in edges["W2[1, 0]"]["title"]
    assert "rounding" not in edges["W1[1, 1]"]["title"]
    # The gate is as float64 has it.
    assert not any(node["shut"] for column in picture(NOTEBOOK)["columns"] for node in column)


def test_the_widest_edge_is_the_widest_of_what_is_there():
    """What rounding made does not set the scale: of W1's blame nothing is left but that."""
    widths = {edge["id"]: edge["width"] for edge in picture(NOTEBOOK)["edges"]}
    assert max(widths.values()) == widths["W1[1, 1]"] == 11.0


def test_all_digits_show_all_digits():
    data = picture(NOTEBOOK, numbers=Numbers(all_digits=True))
    assert items(data)["z1[1]"]["text"] == "z ≈0", "the picture is at rest"
    made = ", dW2[1, 0] = 6.938893903907228e-17, 0 but for rounding"
    assert next(e for e in data["edges"] if e["id"] == "W2[1, 0]")["title"].endswith(made)
    opened = receipt_data(Trace(NOTEBOOK.backward()), "z1[1]", Numbers(all_digits=True))
    assert opened["value"] == "2.7755575615628914e-17"


@pytest.mark.parametrize("name", ["z1[1]", "a1[1]", "dW2[1, 0]"])
def test_a_receipt_opens_to_the_truth(name):
    trace = Trace(NOTEBOOK.backward())
    opened = receipt_data(trace, name, N)
    assert opened["value"] == "≈0"
    assert f"float64 has {trace.value(name)!r}." in opened["made"]
    assert "on paper it can be 0" in opened["made"]
    assert opened["formula"][-1] == "≈0"
    for line in opened["formula"]:
        assert "= ≈0" not in line.replace("= ≈0 ×", "")
    if name.startswith("d"):
        assert opened["tone"] == "shut"
        assert "to first order, the loss stays as it is" in opened["nudge"]
        assert opened["paths"]["rows"][0]["tone"] == "shut"


def test_a_mark_is_sign_enough():
    passes = NOTEBOOK.backward()
    opened = receipt_data(Trace(passes), "W2[1, 0]", N)
    assert opened["related"]["text"] == "its blame: dW2[1, 0] ≈0"
    opened = receipt_data(Trace(passes), "W1[1, 1]", N)
    assert opened["related"]["text"] == "its blame: dW1[1, 1] = -7.5"
    lines = formulas.neuron(passes, 1, 1, N.of(passes))
    assert r"&\approx 0" in lines
    assert r"= {\approx}0" not in lines
    assert "approx" not in formulas.neuron(passes, 1, 0, N.of(passes))


def test_a_receipt_of_what_is_there_says_nothing_of_rounding():
    opened = receipt_data(Trace(NOTEBOOK.backward()), "dW1[1, 1]", N)
    assert (opened["value"], opened["made"], opened["tone"]) == ("-7.5", "", "lowers")
    assert opened["nudge"] == "Raise W1[1, 1] by 0.01 and the loss falls by about 0.075."
    # A factor that rounding made has no length; its neighbours have theirs.
    made_of = receipt_data(Trace(NOTEBOOK.backward()), "y_pred", N)["factors"]
    lengths = {factor["name"]: factor["share"] for factor in made_of}
    assert lengths["a1[1]"] == 0
    assert lengths["a1[0]"] == 1


def test_an_equation_says_about_where_its_numbers_do_not_agree():
    exact = receipt_data(Trace(SHUT.backward()), "z1[0]", N)["formula"]
    assert exact[1:] == ["= 1 × 0.5 + 2 × 0.8 + 0.1", "= 2.2"]
    trace = Trace(notebook_with(b1_1=-0.2, W1_0_0=0.123456, x_0=1.23456).backward())
    about = receipt_data(trace, "z1[0]", N)["formula"]
    assert about[1:] == ["= 1.235 × 0.1235 + 2 × 0.8 + 0.1", "≈ 1.852"]
    assert receipt_data(trace, "loss", N)["formula"][-1].startswith("≈ ")
    assert receipt_data(Trace(SHUT.backward()), "loss", N)["formula"][1:] == [
        "= (2.25 - 1)²", "= 1.5625"
    ]  # fmt: skip
    path = receipt_data(trace, "dW1[0, 0]", N)["paths"]["rows"][0]["numbers"]
    assert " ≈ " in path
    path = receipt_data(Trace(SHUT.backward()), "dW1[1, 0]", N)["paths"]["rows"][0]["numbers"]
    assert path == "2 × 1 × 1 × 2.5 = +5"


def test_bars_of_what_rounding_made_have_no_length():
    groups = backward_pass.gradient_groups(SOLVED.backward()).values()
    drawn = [bar for group in groups for bar in each_bar(group)]
    assert {bar.value for bar in drawn} == {0.0}
    assert {bar.number for bar in drawn} == {"≈0"}
    assert all(bar.said == f"{bar.name} = 0 but for rounding" for bar in drawn)
    assert {span(group) for group in groups} == {(0.0, 0.0)}
    there = [bar for group in backward_pass.gradient_groups(SHUT.backward()).values()
             for bar in each_bar(group)]  # fmt: skip
    assert not any("≈" in bar.number or "rounding" in bar.said for bar in there)
    assert {bar.name for bar in there if bar.value == 0} == {
        "dW2[1, 0]", "d_z1[1]", "dW1[0, 1]", "dW1[1, 1]", "db1[1]"
    }  # fmt: skip


def test_charts_in_words_have_the_same_zero():
    passes = SOLVED.backward()
    assert "d_loss_y ≈0" in backward_pass.describe_gradients(passes, "all")
    assert "slope ≈0" in loss.describe_loss(passes)
    assert "z1[1] ≈0, a1[1] ≈0" in forward_pass.describe_activations(passes)
    assert "= z1[1] ≈0" in forward_pass.describe_waterfall(passes)
    # What goes in as nothing adds nothing.
    assert "a1[1] W2[1, 0] ≈0" in forward_pass.describe_waterfall(passes)
    assert "neuron 1 at z ≈0, gate open" in relu_gate.describe_activation(passes)
    assert "neuron 1: blame ≈0 before the gate, ≈0 after it" in relu_gate.describe_before_after(
        passes
    )
    assert "d_a1[0] ≈0" not in backward_pass.describe_gradients(SHUT.backward(), "all")


def test_the_flow_has_the_same_zero():
    passes = SOLVED.backward()
    stages = {s["title"]: s for s in flow_data(SOLVED, Trace(passes), N)}
    assert "d_loss_y is ≈0: nothing to blame" in stages["Blame begins"]["said"]
    assert "no weight of it is blamed" in stages["Blame of W1"]["said"]
    assert stages["Blame of W1"]["moves"] == []
    assert "from ≈0 to ≈0, a change of 0." in stages["The update"]["said"]
    stages = {s["title"]: s for s in flow_data(SHUT, Trace(SHUT.backward()), N)}
    assert "+2.5: a larger guess raises it" in stages["Blame begins"]["said"]
    assert "the most blamed is W1[1, 0], with +5" in stages["Blame of W1"]["said"]
    assert stages["Blame of W1"]["moves"] == ["W1[0, 0]", "W1[1, 0]"]
    assert "from 1.5625 to 0.7832, a change of -0.7793." in stages["The update"]["said"]


def test_the_picture_is_told_with_the_same_zero():
    said = describe_picture(Trace(SOLVED.backward()), "both", N)
    assert "Layer 1 neuron 1: z ≈0, a ≈0, blame ≈0." in said
    assert said.endswith("Loss ≈0.")
