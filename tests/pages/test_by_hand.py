"""The worksheet's page: entries are marked as they are typed, hints come in two steps."""

import pytest

from blame.exercise.presets import PRESETS, random_example
from blame.practise.worksheet import ITEMS, solve
from pages.shared.lessons.worksheet import GROUPS, items_of
from tests.pages.app import example_of, open_page, words

SHUT = PRESETS["gate_shut"].example


def fill(app, name, text):
    app.text_input(key=f"hand_{name}").set_value(text).run()
    assert not app.exception, app.exception


def test_every_quantity_has_its_field_once():
    shown = [item.name for _, arrays in GROUPS.values() for item in items_of(arrays)]
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
    assert example_of(app) == random_example(1)
    assert app.text_input(key="hand_loss").value == ""


@pytest.mark.parametrize("preset", ["notebook", "diverges"])
def test_changed_numbers_mark_the_same_entries_anew(preset):
    app = open_page("by_hand")
    fill(app, "loss", "1.5625")
    assert "1 of 20 right" in app.get("progress")[0].proto.text
    app.number_input(key="y_true").set_value(2.0).run()
    assert "0 of 20 right" in app.get("progress")[0].proto.text
