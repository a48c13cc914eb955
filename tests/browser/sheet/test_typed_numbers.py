"""Numbers typed into the picture: read in Python, shown as read, or refused beside the field."""

import pytest

from tests.browser.hand import arrived, item, shown, wait_until
from tests.browser.helpers import console_problems, number, settled
from tests.exercises import notebook_with


def type_in(page, name, text, *, enter=True):
    """Open the field of a number, and put a text in its place."""
    item(page, name).dblclick()
    field = page.locator(".field input")
    field.fill(text)
    if enter:
        field.press("Enter")
    return field


def refused(page, said):
    """Wait until the field says so, and check that it is marked as wrong."""
    page.locator(".field .message").filter(has_text=said).wait_for()
    assert page.locator(".field input").get_attribute("aria-invalid") == "true"
    assert page.locator(".field .message").get_attribute("role") == "alert"


@pytest.mark.parametrize(
    ("text", "value", "said"),
    [
        ("1/2", 0.5, ""),
        ("0,5", 0.5, "0,5 is read as 0.5."),
        ("\u22120.3", -0.3, ""),
        ("1.5 \u00d7 10^-1", 0.15, ""),
    ],
)
def test_a_number_is_read_as_a_hand_types_it(lesson, text, value, said):
    field = type_in(lesson, "b2[0]", text)
    field.wait_for(state="hidden")
    arrived(lesson, "b2_0", value)
    lesson.wait_for_url(f"**?b2_0={value}")
    assert lesson.locator(".picture .note").inner_text() == said
    assert lesson.locator(".picture .note").get_attribute("role") == "status"
    assert shown(lesson, "loss") == pytest.approx(
        float(notebook_with(b2_0=value).backward().loss), 1e-3
    )
    assert lesson.evaluate(
        "() => [...document.querySelectorAll('*')].some((e) => e.shadowRoot && "
        "e.shadowRoot.activeElement && e.shadowRoot.activeElement.dataset.name === 'b2[0]')"
    ), "the hand is back on the number"
    lesson.keyboard.press("Escape")
    arrived(lesson, "b2_0", 0.05)
    assert console_problems(lesson) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("abc", "'abc' is not a number"),
        ("", "Nothing is written here"),
        ("1e400", "is too large for a computer's floats"),
        ("0.5 0.3", "is two numbers where one fits"),
        ("1,234.5", "has both a comma and a point"),
        ("1/0", "divides by 0"),
        ("9999999", "b2[0] goes from \u22121,000,000 to 1,000,000."),
    ],
)
def test_what_cannot_be_read_is_said_and_the_number_of_before_stays(lesson, text, said):
    field = type_in(lesson, "b2[0]", text)
    refused(lesson, said)
    assert field.input_value() == text
    assert field.evaluate("(e) => e.getRootNode().activeElement === e")
    assert number(lesson, "b2_0") == 0.05
    field.fill("0.25")
    assert lesson.locator(".field .message").inner_text() == ""
    field.press("Enter")
    arrived(lesson, "b2_0", 0.25)
    field.wait_for(state="hidden")
    assert console_problems(lesson) == []


def test_a_field_that_is_left_is_read_too_and_says_why_it_cannot_be(lesson):
    type_in(lesson, "b2[0]", "0,75", enter=False).blur()
    arrived(lesson, "b2_0", 0.75)
    lesson.locator(".field").wait_for(state="hidden")
    field = type_in(lesson, "b2[0]", "abc", enter=False)
    field.blur()
    refused(lesson, "'abc' is not a number")
    assert number(lesson, "b2_0") == 0.75
    # The next thing that the hand does there puts it away.
    item(lesson, "z1[0]").click()
    field.wait_for(state="hidden")
    settled(lesson)
    assert number(lesson, "b2_0") == 0.75


def test_a_number_in_motion_is_not_lost_for_a_text_that_is_refused(lesson):
    # In one go: a hand that is quicker than the pause after which a number is taken to rest.
    item(lesson, "b2[0]").evaluate(
        """(item) => {
          const press = (element, key) =>
            element.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
          press(item, "ArrowRight");
          press(item, "Enter");
          const field = item.getRootNode().querySelector(".field input");
          field.value = "abc";
          press(field, "Enter");
        }"""
    )
    field = lesson.locator(".field input")
    refused(lesson, "'abc' is not a number")
    field.press("Escape")
    arrived(lesson, "b2_0", 0.15)
    lesson.wait_for_url("**?b2_0=0.15")
    wait_until(lesson, "b2[0]", 0.15)
