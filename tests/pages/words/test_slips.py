"""What is said of somebody's own numbers turns round with them."""

from dataclasses import replace

from blame import find_slips
from blame.practise.slips.explanation import Sorted
from blame.practise.slips.pasted.arrays import compare_arrays
from blame.practise.slips.search import sort_numbers
from blame.practise.slips.written.shown import show_slips
from pages.shared.words import slips
from pages.shared.words.numbers import Numbers
from tests.blame.practise.slips.shapes import SHAPES

SHUT = SHAPES["shut"]


def test_how_many_are_right():
    assert slips.summary(Sorted(("loss",), (), ())) == "It is right."
    assert slips.summary(Sorted((), (), ("loss",))) == "It is not right."
    assert slips.summary(Sorted(("loss", "y_pred"), (), ())) == "All 2 are right."
    assert slips.summary(Sorted(("loss",), (), ("y_pred",))) == "1 of 2 is right, 1 is not."
    assert slips.summary(Sorted((), ("loss",), ("y_pred", "z1[0]"))) == (
        "0 of 3 are right, 1 is right given your earlier numbers, 2 are not."
    )


def test_silence_asks_for_what_would_narrow_it_down():
    found = Sorted((), (), ("loss",))
    assert "More digits of loss would" in slips.silence(found, {"loss": "0.7"})
    longer = slips.silence(found, {"loss": "0.7319"})
    assert "More digits" not in longer
    assert "that come before would narrow it down" in longer


def test_an_explanation_says_what_it_leaves_and_what_speaks_against_it():
    (best, *_) = find_slips(SHUT, {"z1[0]": 2.1})
    assert slips.explained(best) == (
        "z1[0] is what you get if the bias is left out of the sums: each neuron adds its bias to "
        "its inputs times its weights."
    )
    against = replace(best, leaves=("loss",), breaks=("y_pred",))
    said = slips.explained(against)
    assert "It does not make loss." in said
    assert said.endswith("But then y_pred would not be right, and here it is.")
    several = slips.explained(replace(best, breaks=("y_pred", "loss")))
    assert several.endswith("But then y_pred and loss would not be right, and here they are.")


def test_the_table_marks_each_number():
    given = {"z1[0]": "2.1", "z1[1]": "-0.1", "a1[0]": "2.1", "loss": "7.77"}
    found = sort_numbers(SHUT, given)
    (best, *_) = find_slips(SHUT, {"z1[0]": 2.1})
    rows = slips.numbers_table(SHUT, given, found, best, Numbers()).splitlines()[2:]
    marks = [row.split("|")[4].strip() for row in rows]
    assert marks == [
        ":material/lightbulb: by that slip",
        ":material/check_circle: right",
        ":material/subdirectory_arrow_right: right, given your earlier numbers",
        ":material/cancel: not yet",
    ]
    assert [row.split("|")[3].strip() for row in rows] == [
        "2.2", "\N{MINUS SIGN}0.1", "2.2", "1.5625"
    ]  # fmt: skip


def test_signs_on_screen_are_those_of_print():
    assert slips.on_screen("d_z = y - t, f'(z)") == (
        "d_z = y \N{MINUS SIGN} t, f\N{PRIME}(z)"
    )  # fmt: skip


def test_what_opens_is_a_number_of_the_picture():
    (best, *_) = find_slips(SHUT, {"z1[0]": 2.1})
    assert slips.opens(best.explains[0]) == "z1[0]"
    for name, opened in (("new W1[0, 0]", "dW1[0, 0]"), ("new b2[0]", "db2[0]"),
                         ("new loss", "loss"), ("new y_pred", "y_pred")):  # fmt: skip
        assert slips.opens(name) == opened


def test_arrays_are_told_where_that_says_something():
    right = SHUT.values()
    four = {f"dW1[{i}, {j}]": str(4 * right[f"dW1[{i}, {j}]"]) for i in (0, 1) for j in (0, 1)}
    same = {name: str(right[name]) for name in ("a1[0]", "a1[1]")}
    assert slips.arrays(compare_arrays(SHUT, four | same)) == (
        "- a1 is equal to the true one.\n- dW1 is 4 times the true one."
    )
    assert slips.arrays(compare_arrays(SHUT, same)) == ""
    assert slips.arrays(compare_arrays(SHUT, {"z1[0]": "7.1", "z1[1]": "3.3"})) == ""


def test_a_slip_is_told_in_formulas_with_both_numbers():
    (shown,) = show_slips(SHUT, {"z1[0]": 2.1}, ("no_bias",), ("z1[0]",), Numbers().text)
    rows = [[cell.strip() for cell in row.split("|")[1:-1]]
            for row in slips.formulas(shown, Numbers()).splitlines()]  # fmt: skip
    assert rows[0][2] == "here, for z1[0]"
    assert rows[2][1:] == ["z[j] = Σ a[i] × W[i, j]", "1 × 0.5 + 2 × 0.8 = 2.1"]
    assert rows[3][1:] == ["z[j] = Σ a[i] × W[i, j] + b[j]", "1 × 0.5 + 2 × 0.8 + 0.1 = 2.2"]


def test_what_follows_from_a_slip_falls_into_place():
    given = {"z1[0]": "2.1", "a1[0]": "2.1"}
    found = sort_numbers(SHUT, given)
    (best, *_) = find_slips(SHUT, given)
    assert slips.following(best, found) == (
        "Mend that, and the rest falls into place: a1[0] follows from it."
    )
    assert slips.following(best, replace(found, carried=())) == ""
    assert slips.following(replace(best, leaves=("loss",)), found) == ""


def test_each_array_of_code_has_a_row():
    four = {f"dW1[{i}, {j}]": str(SHUT.values()[f"dW1[{i}, {j}]"]) for i in (0, 1) for j in (0, 1)}
    table = slips.verdict_table(compare_arrays(SHUT, four))
    assert "| **dW1** | :material/check_circle: dW1 is equal to the true one. |" in table
