"""The worksheet's page: entries are marked as they are typed, hints come in two steps."""

import re

import pytest

from blame.exercise.presets import NOTEBOOK, PRESETS, drawn
from blame.practise.worksheet import items_of, solve
from pages.shared.words.lessons.worksheet import groups_of
from tests.pages.app import exercise_of, open_page, set_number, words
from tests.pages.words.reading import by_hand

SHUT = PRESETS["gate_shut"].exercise


def fill(app, name, text):
    app.text_input(key=f"hand_{name}").set_value(text).run()
    assert not app.exception, app.exception


def test_every_quantity_has_its_field_once():
    items = items_of(NOTEBOOK)
    shown = [item.name for group in groups_of(NOTEBOOK, items) for item in group.items]
    assert sorted(shown) == sorted(item.name for item in items)
    app = open_page("by_hand")
    keys = [field.key for field in app.text_input]
    assert [f"hand_{name}" for name in shown] == keys


def test_a_whole_sheet_is_filled_in():
    app = open_page("by_hand", b1_1=-0.2)
    solved = solve(SHUT)
    for item in items_of(SHUT):
        assert "30 of 30 right" not in app.get("progress")[0].proto.text
        fill(app, item.name, f"{solved[item.name]:.5g}")
    assert "30 of 30 right" in app.get("progress")[0].proto.text
    app.button(key="hand_clear").click().run()
    assert "0 of 30 right" in app.get("progress")[0].proto.text


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
    assert "d_a1[1] = d_loss_y × W2[1, 0]" in text
    assert "d_a1[1] = 2.5 × (-1.5)" not in text
    app.toggle(key="hand_numbers_d_a1").set_value(True).run()
    assert "d_a1[1] = 2.5 × (-1.5)" in words(app)


def test_new_numbers_begin_a_new_sheet():
    app = open_page("by_hand")
    fill(app, "loss", "1.5625")
    app.button(key="hand_new").click().run()
    assert exercise_of(app) == drawn(NOTEBOOK, 1, by_hand=True)
    assert app.text_input(key="hand_loss").value == ""


@pytest.mark.parametrize("preset", ["notebook", "diverges"])
def test_changed_numbers_mark_the_same_entries_anew(preset):
    app = open_page("by_hand")
    fill(app, "loss", "1.5625")
    assert "1 of 30 right" in app.get("progress")[0].proto.text
    set_number(app, "y_true", 2.0)
    assert "0 of 30 right" in app.get("progress")[0].proto.text


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
    told = "z1[1] comes out as exactly 0 on paper."
    app = open_page("by_hand")
    assert told in words(app)
    assert "as on every page d_z1[1] is \u22123.75" in words(app)
    assert "on paper" not in words(open_page("by_hand", b1_1=-0.2))
    # One answer on all pages, and that of paper, where no blame passes, is right too.
    fill(app, "d_z1[1]", "-3.75")
    assert "1 of 30 right" in app.get("progress")[0].proto.text
    assert "with the gate shut" not in words(app).split("right too.")[1]
    fill(app, "d_z1[1]", "0")
    assert "1 of 30 right" in app.get("progress")[0].proto.text
    assert "right, with the gate shut" in words(app)


def test_a_carried_mark_names_every_slip_it_was_given():
    app = open_page("by_hand", b1_1=-0.2)
    fill(app, "a1[0]", "3")
    fill(app, "d_loss_y", "2")
    fill(app, "dW2[0, 0]", "6")
    assert "right, given your a1[0] and your d_loss_y" in words(app)


def test_what_each_group_says_is_what_is_done_there():
    groups = groups_of(SHUT, items_of(SHUT))
    said = {group.key: group.what for group in groups}
    assert said["z1"] == "Each neuron adds up its inputs times its weights, and its bias."
    assert said["a1"] == "It keeps what is positive."
    assert said["d_loss_y"] == "How fast the loss grows with the guess."
    assert said["d_z1"] == "Open, the gate passes all of it; shut, nothing."
    titles = {group.key: group.title for group in groups}
    assert [group.title for group in groups] == [
        "The sums", "The ReLU", "Guess and loss", "Blame at the output", "Blame of the last layer",
        "Back through W2", "Through the gate", "Blame of the first layer", "The update",
        "The loss after",
    ]  # fmt: skip
    assert said["y_pred"] == "The last layer makes the guess; the loss is its error squared."
    assert said["new"] == "Each number moves against its blame, by the learning rate times it."
    assert (titles["dW2"], titles["dW1"]) == (
        "Blame of the last layer",
        "Blame of the first layer",
    )
    hand = by_hand(SHUT)
    assert hand["a1[0]"] == hand["z1[0]"] > 0 == hand["a1[1]"] > hand["z1[1]"]
    assert hand["d_z1[0]"] == hand["d_a1[0]"] != 0 == hand["d_z1[1]"] != hand["d_a1[1]"]


FOUR = {"sizes": "2-2-1", "n_samples": 4, "units": "tanh-sigmoid", "loss": "bce",
        "x": "0,0;0,1;1,0;1,1", "y_true": "0;1;1;0", "W1": ".4,-.7;.9,.3", "W2": ".8;-.6",
        "b2_0": 0.1}  # fmt: skip


def progress(app):
    return app.get("progress")[0].proto.text


def shown_fields(app):
    return [field.key.removeprefix("hand_") for field in app.text_input if "hand_" in field.key]


@pytest.mark.parametrize("key", ["mazur", "jay-3-3-3-3"])
def test_a_sheet_of_a_library_exercise_opens_with_its_first_stage(key):
    app = open_page("by_hand", exercise=key)
    exercise = app.session_state["exercise"]
    items = items_of(exercise)
    assert f"0 of {len(items)} right" in progress(app)
    groups = groups_of(exercise, items)
    assert {item.name for group in groups for item in group.items} == {i.name for i in items}
    first = [item.name for item in groups[0].items]
    assert shown_fields(app)[: len(first)] == first
    values = exercise.values()
    fill(app, first[0], f"{values[first[0]]:.6g}")
    assert f"1 of {len(items)} right" in progress(app)


def test_four_samples_are_worked_out_one_at_a_time_and_kept():
    app = open_page("by_hand", **FOUR)
    exercise = app.session_state["exercise"]
    values = exercise.values()
    count = len(items_of(exercise))
    fields = shown_fields(app)
    assert "z1[0, 0]" in fields
    assert "z1[1, 0]" not in fields
    fill(app, "z1[0, 0]", f"{values['z1[0, 0]']:.6g}")
    app.segmented_control(key="sample").set_value("sample 1").run()
    assert not app.exception
    fields = shown_fields(app)
    assert "z1[1, 0]" in fields
    assert "z1[0, 0]" not in fields
    # What was typed for the other sample still counts.
    assert f"1 of {count} right" in progress(app)
    fill(app, "z1[1, 0]", f"{values['z1[1, 0]']:.6g}")
    assert f"2 of {count} right" in progress(app)


def test_a_single_weight_has_its_sheet():
    app = open_page("by_hand", sizes="1-1", units="sigmoid", loss="half_sse", x_0=1, W1_0_0=0.6,
                    b1_0=0.9, learning_rate=0.15)  # fmt: skip
    exercise = app.session_state["exercise"]
    a = 1 / (1 + 2.718281828459045**-1.5)
    dw = a * a * (1 - a)
    by_plain_hand = {
        "z1[0]": 1.5, "y_pred": a, "loss": a * a / 2, "d_loss_y": a, "d_z1[0]": dw,
        "dW1[0, 0]": dw, "db1[0]": dw, "new W1[0, 0]": 0.6 - 0.15 * dw,
        "new b1[0]": 0.9 - 0.15 * dw,
        "loss after": (1 / (1 + 2.718281828459045 ** (-1.5 + 0.3 * dw))) ** 2 / 2,
    }  # fmt: skip
    assert [item.name for item in items_of(exercise)] == list(by_plain_hand)
    for name, value in by_plain_hand.items():
        fill(app, name, f"{value:.6g}")
    assert "10 of 10 right" in progress(app)


def test_every_given_number_is_listed_those_of_the_update_too():
    app = open_page("by_hand", momentum=0.5, weight_decay=0.25, learning_rate=0.125)
    listed = app.get("code")[0].value.splitlines()
    assert listed[0] == "x = np.array([1.0, 2.0])"
    assert listed[-3:] == ["learning_rate = 0.125", "momentum = 0.5", "weight_decay = 0.25"]


def test_a_wrong_entry_says_which_slip_makes_it():
    app = open_page("by_hand", b1_1=-0.2)
    fill(app, "z1[0]", "2.1")
    assert "z1[0] is what you get if the bias is left out of the sums" in words(app)
    fill(app, "z1[0]", "2.2")
    assert "what you get if" not in words(app)
    fill(app, "d_loss_y", "-2.5")
    assert "d_loss_y is what you get if the way back begins with y_true" in words(app)


def test_twenty_of_twenty_is_a_moment():
    app = open_page("by_hand", b1_1=-0.2)
    solved = solve(SHUT)
    for item in items_of(SHUT):
        assert "All right" not in words(app)
        fill(app, item.name, f"{solved[item.name]:.6g}")
    said = words(app)
    assert "All right, from the first sum to the last." in said
    # On from 1.5625 by the rate 0.1, worked out in another file.
    assert f"the loss falls from 1.562 to {by_hand(SHUT.updated())['loss']:.4g}" in said


def test_a_sheet_to_print_has_room_and_a_solved_one_its_numbers():
    app = open_page("by_hand", b1_1=-0.2)
    fill(app, "loss", "1.5625")
    app.segmented_control(key="hand_view").set_value("To print").run()
    assert not app.exception
    said = words(app)
    assert not [field for field in app.text_input if str(field.key).startswith("hand_")]
    assert "z1[0]**" in said.replace("\u00a0", " ")
    assert "1.5625" not in said
    app.segmented_control(key="hand_view").set_value("Solved").run()
    assert "| 1.5625 |" in words(app)
    app.segmented_control(key="hand_view").set_value("Fill in").run()
    assert app.text_input(key="hand_loss").value == "1.5625"
