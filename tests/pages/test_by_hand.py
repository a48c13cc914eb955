"""The worksheet's page: entries are marked as they are typed, hints come in two steps."""

import re

import pytest

from blame.exercise.presets import NOTEBOOK, PRESETS, drawn
from blame.practise.worksheet import ITEMS, solve
from pages.shared.lessons.worksheet import GROUPS, items_in
from tests.pages.app import exercise_of, open_page, set_number, words
from tests.pages.words.reading import by_hand

SHUT = PRESETS["gate_shut"].exercise


def fill(app, name, text):
    app.text_input(key=f"hand_{name}").set_value(text).run()
    assert not app.exception, app.exception


def test_every_quantity_has_its_field_once():
    shown = [item.name for _, arrays in GROUPS.values() for item in items_in(arrays)]
    assert sorted(shown) == sorted(item.name for item in ITEMS)
    app = open_page("by_hand")
    keys = [field.key for field in app.text_input]
    assert [f"hand_{name}" for name in shown] == keys


def test_a_whole_sheet_is_filled_in():
    app = open_page("by_hand", b1_1=-0.2)
    solved = solve(SHUT)
    for item in ITEMS:
        assert "20 of 20 right" not in app.get("progress")[0].proto.text
        fill(app, item.name, f"{solved[item.name]:.5g}")
    assert "20 of 20 right" in app.get("progress")[0].proto.text
    app.button(key="hand_clear").click().run()
    assert "0 of 20 right" in app.get("progress")[0].proto.text


def test_marks_tell_right_carried_wrong_and_unreadable_apart():
    app = open_page("by_hand", b1_1=-0.2)
    fill(app, "z1[0]", "2.1")
    fill(app, "a1[0]", "2.1")
    fill(app, "d_loss_y", "5/2")
    fill(app, "loss", "x")
    text = words(app)
    assert text.count("not yet") == 1
    assert "right, given your z1[0]" in text
    assert text.count(":material/check_circle: right") == 1
    assert text.count("not a number") == 1


def test_marks_say_how_an_entry_is_read_and_why_another_is_not():
    app = open_page("by_hand", b1_1=-0.2)
    fill(app, "d_loss_y", "2,5")
    fill(app, "loss", "1,234")
    fill(app, "z1[0]", "2.2 0.1")
    text = words(app)
    assert ":material/check_circle: right, read as 2.5" in text
    assert ":material/cancel: not yet, read as 1.234" in text
    assert ":material/error: is two numbers where one fits" in text


def test_hints_come_in_two_steps():
    app = open_page("by_hand", b1_1=-0.2)
    text = words(app)
    assert "d_a1[1] = d_loss_y · W2[1, 0]" in text
    assert "d_a1[1] = 2.5 · (-1.5)" not in text
    app.toggle(key="hand_numbers_d_a1").set_value(True).run()
    assert "d_a1[1] = 2.5 · (-1.5)" in words(app)


def test_new_numbers_begin_a_new_sheet():
    app = open_page("by_hand")
    fill(app, "loss", "1.5625")
    app.button(key="hand_new").click().run()
    assert exercise_of(app) == drawn(NOTEBOOK, 1)
    assert app.text_input(key="hand_loss").value == ""


@pytest.mark.parametrize("preset", ["notebook", "diverges"])
def test_changed_numbers_mark_the_same_entries_anew(preset):
    app = open_page("by_hand")
    fill(app, "loss", "1.5625")
    assert "1 of 20 right" in app.get("progress")[0].proto.text
    set_number(app, "y_true", 2.0)
    assert "0 of 20 right" in app.get("progress")[0].proto.text


def test_what_counts_as_right_and_what_is_read_is_as_it_says():
    app = open_page("by_hand", b1_1=-0.2)
    caption = next(str(c.value) for c in app.get("caption") if "counts as right" in str(c.value))
    within = float(re.search(r"within (\d+)% counts as right", caption)[1]) / 100
    assert "Decimals with a point or a comma, 1e-3 and fractions such as -3/4 are read" in caption
    right = by_hand(SHUT)
    for name, text, marked in (
        ("loss", f"{right['loss'] * (1 + 0.9 * within):.12g}", "right"),
        ("y_pred", f"{right['y_pred'] * (1 - 0.9 * within):.12g}", "right"),
        ("z1[0]", f"{right['z1[0]'] * (1 + 1.2 * within):.12g}", "not yet"),
        ("d_a1[1]", "-15/4", "right"),
        ("d_loss_y", "25e-1", "right"),
    ):
        before = words(app).count(f" {marked}]")
        fill(app, name, text)
        assert words(app).count(f" {marked}]") == before + 1, name


def test_a_gate_that_rounding_opens_is_told_and_no_other():
    told = "On paper z1[1] is exactly 0, and a gate at 0 is shut"
    assert told in words(open_page("by_hand"))
    assert "On paper" not in words(open_page("by_hand", b1_1=-0.2))
    app = open_page("by_hand")
    # The sheet goes by paper, where the neuron gives nothing and no blame passes.
    fill(app, "d_z1[1]", "0")
    assert "1 of 20 right" in app.get("progress")[0].proto.text
    assert by_hand(NOTEBOOK)["d_z1[1]"] == -3.75


def test_a_carried_mark_names_every_slip_it_was_given():
    app = open_page("by_hand", b1_1=-0.2)
    fill(app, "a1[0]", "3")
    fill(app, "d_loss_y", "2")
    fill(app, "dW2[0, 0]", "6")
    assert "right, given your a1[0] and your d_loss_y" in words(app)


def test_what_each_group_says_is_what_is_done_there():
    said = {arrays[0]: what for what, arrays in GROUPS.values()}
    assert said["z1"] == "Each neuron adds up its inputs times its weights, and its bias."
    assert said["a1"] == "It keeps what is positive."
    assert said["d_loss_y"] == "How fast the loss grows with the guess."
    assert said["d_z1"] == "Open, the gate passes all of it; shut, nothing."
    titles = {arrays[0]: title for title, (_, arrays) in GROUPS.items()}
    assert (titles["dW2"], titles["dW1"]) == (
        "Blame of the last layer",
        "Blame of the first layer",
    )
    hand = by_hand(SHUT)
    assert hand["a1[0]"] == hand["z1[0]"] > 0 == hand["a1[1]"] > hand["z1[1]"]
    assert hand["d_z1[0]"] == hand["d_a1[0]"] != 0 == hand["d_z1[1]"] != hand["d_a1[1]"]
