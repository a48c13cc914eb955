"""Somebody's own numbers in a browser: mended step by step, pasted, reloaded, printed."""

import re

from tests.browser.helpers import (
    click,
    console_problems,
    look_up,
    open_page,
    settled,
    wait_for_answer,
)


def type_into(page, label, text):
    messages = page.evaluate("window.messages")
    place = page.get_by_label(label, exact=True).first
    place.fill(text)
    place.press("Control+Enter" if label == "Your numbers" else "Enter")
    wait_for_answer(page, messages)


def test_a_wrong_sheet_is_mended_step_by_step_and_survives_a_reload(server, page):
    look_up(page, f"{server.url}/my_numbers?b1_1=-0.2")
    page.get_by_text("One number is enough").wait_for()
    # The bias is left out, all else goes on from there; and the 2 of the slope is left out.
    type_into(page, "Your numbers", "z1 = 2.1, 0.1\na1 = 2.1, 0.1\ny_pred = 2\nd_loss_y = 1")
    page.get_by_text("the bias is left out").first.wait_for()
    assert page.get_by_label("z1, 2 numbers", exact=True).input_value() == "2.1, 0.1"
    type_into(page, "z1, 2 numbers", "2.2, -0.1")
    type_into(page, "a1, 2 numbers", "2.2, 0")
    type_into(page, "y_pred", "2.25")
    page.get_by_text("what you get if").first.wait_for()
    type_into(page, "d_loss_y", "1.25")
    page.get_by_text("are taken with one half").first.wait_for()
    # Both formulas, with the numbers of this very sheet.
    page.get_by_text("2 × (2.25 \N{MINUS SIGN} 1) = 2.5").wait_for()
    assert "own=" in page.url
    page.reload()
    settled(page)
    page.get_by_text("are taken with one half").first.wait_for()
    assert page.get_by_label("y_pred", exact=True).first.input_value() == "2.25"
    type_into(page, "d_loss_y", "2.5")
    page.get_by_text("All 6 are right.").wait_for()
    assert console_problems(page) == []


def test_arrays_as_code_prints_them_are_pasted_and_get_their_verdicts(server, page):
    look_up(page, f"{server.url}/my_numbers?b1_1=-0.2")
    click(page, page.get_by_text("My code's gradients", exact=True))
    # dW1 = x d_z1 = [[2.5, 0], [5, 0]], here turned; dW2 = a1 d_loss_y = [[5.5], [0]], here half.
    type_into(
        page,
        "Your numbers",
        "fc1.weight.grad = tensor([[2.5, 5.0],\n        [0.0, 0.0]])\n"
        "W2.grad = array([[2.75], [0.]])\nb2.grad = array([2.5])",
    )
    page.get_by_text("fc1.weight.grad is taken for dW1.").wait_for()
    assert page.get_by_text("is taken for").count() == 1
    page.get_by_text("dW1 has rows and columns the other way round.").wait_for()
    page.get_by_text("dW2 is what you get if the loss and its slope are taken").wait_for()
    assert console_problems(page) == []


def test_a_sheet_of_ones_own_is_printed_whole(server, page):
    look_up(page, f"{server.url}/my_numbers?b1_1=-0.2&own=loss+%3D+0.78125")
    page.get_by_text("what you get if").first.wait_for()
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 720, "height": 1000})
    for text in ("what you get if", "as you did it", "by that slip"):
        assert page.get_by_text(text).first.is_visible(), text
    # Empty fields are for the screen; beside them nothing would fit on a sheet.
    assert not page.get_by_text("Array by array").is_visible()
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 720
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) <= 2


def test_on_a_phone_the_count_stands_above_the_fields(server, page):
    page.set_viewport_size({"width": 390, "height": 844})
    look_up(page, f"{server.url}/my_numbers?b1_1=-0.2&own=loss+%3D+0.78125")
    count = page.get_by_text("It is not right.").first
    assert count.bounding_box()["y"] < page.get_by_text("Array by array").bounding_box()["y"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_sheet_by_hand_survives_a_reload_and_can_be_cleared(server, page):
    open_page(page, f"{server.url}/by_hand?b1_1=-0.2")
    type_into(page, "z1[0]", "2.1")
    type_into(page, "a1[0]", "2,1")
    page.get_by_text("if the bias is left out of the sums").wait_for()
    page.reload()
    settled(page)
    page.get_by_text("if the bias is left out of the sums").wait_for()
    assert page.get_by_label("a1[0]", exact=True).first.input_value() == "2,1"
    click(page, page.get_by_role("button", name="Clear the sheet"))
    page.reload()
    settled(page)
    page.wait_for_timeout(1000)
    assert page.get_by_label("z1[0]", exact=True).first.input_value() == ""
    assert console_problems(page) == []
