"""Practising in a browser: a teacher's link opened fresh, a challenge played, a sheet by keys."""

from urllib.parse import quote

from tests.browser.helpers import (
    click,
    console_problems,
    field,
    go_to,
    number,
    open_page,
    set_number,
    settled,
    wait_for_answer,
)


def test_a_teachers_link_is_the_first_request_to_a_fresh_server(fresh_server, page):
    hostile = "<b>Which</b> gate? <script>window.hit = 1</script>"
    link = f"relu_gate?b1_1=-0.2&inputs=biases&ask={quote(hostile)}&embed=true"
    open_page(page, f"{fresh_server.url}/{link}")
    page.get_by_text("Your teacher asks").wait_for()
    settled(page)
    assert page.get_by_text(hostile, exact=True).is_visible()
    assert page.evaluate("window.hit") is None
    assert number(page, "b1_1") == -0.2
    assert field(page, "b1_1").is_visible()
    assert not field(page, "W1_0_0").is_visible()
    assert not field(page, "learning_rate").is_visible()
    set_number(page, "b1_1", 0.3)
    page.wait_for_url("**b1_1=0.3*")
    assert "ask=" in page.url
    assert console_problems(page) == []


def test_the_question_goes_along_to_another_page(server, page):
    open_page(page, f"{server.url}/forward_pass?ask=Why%3F&inputs=none")
    page.get_by_text("Why?", exact=True).wait_for()
    go_to(page, "Learn", "Backward pass")
    page.get_by_text("Why?", exact=True).wait_for()
    page.wait_for_url("**ask=Why*")
    assert not field(page, "x_0").is_visible()


def test_a_whole_challenge_is_played(server, page):
    open_page(page, f"{server.url}/challenges?challenge=kill&W1_0_0=2")
    page.get_by_text("must stay as the challenge sets it").wait_for()
    click(page, page.get_by_role("button", name="Set the numbers it starts from"))
    assert number(page, "W1_0_0") == 0.5
    page.get_by_text("Not met with these numbers").wait_for()
    page.locator(".st-key-hint_kill summary").click()
    page.get_by_text("What is left to change?").wait_for()
    set_number(page, "b1_1", -0.5)
    page.get_by_text("A bias moves the whole sum").wait_for()
    page.get_by_text("1 of 14 met").wait_for()
    click(page, page.get_by_role("button", name="Next: All gates open"))
    page.wait_for_url("**challenge=both*")
    assert page.locator("code").filter(has_text="kill").count() >= 1
    assert console_problems(page) == []


def test_a_sheet_is_filled_in_by_keys(server, page):
    open_page(page, f"{server.url}/by_hand?b1_1=-0.2")
    page.locator("[class*='st-key-hand_z1'] input").first.focus()
    for value, count in (("2.2", 1), ("-1/10", 2), ("2.2", 3), ("0", 4)):
        messages = page.evaluate("window.messages")
        page.keyboard.type(value)
        page.keyboard.press("Tab")
        wait_for_answer(page, messages)
        page.get_by_text(f"{count} of 30 right").wait_for()
        if count == 2:
            # The hint of the sums comes before the next field.
            page.locator("[class*='st-key-hand_a1'] input").first.focus()
    assert console_problems(page) == []


def test_predicting_by_keys_opens_the_lesson(server, page):
    open_page(page, f"{server.url}/backward_pass?reading=Predict+first")
    page.locator("[class*='st-key-quiz_d_loss_y'] input").first.focus()
    messages = page.evaluate("window.messages")
    page.keyboard.type("5/2")
    page.keyboard.press("Enter")
    wait_for_answer(page, messages)
    page.get_by_text("Right.", exact=True).wait_for()
    page.locator("[class*='st-key-quiz_dW2'] input").first.focus()
    messages = page.evaluate("window.messages")
    page.keyboard.type("11/2")
    page.keyboard.press("Enter")
    wait_for_answer(page, messages)
    page.get_by_text("2 of 2 right").wait_for()
    page.locator("svg[aria-label^='Network of widths']").wait_for()
    assert console_problems(page) == []


def test_a_word_leads_to_the_glossary_with_the_numbers(server, page):
    open_page(page, f"{server.url}/relu_gate?b1_1=-0.2")
    page.get_by_role("link", name="delta").click()
    page.wait_for_url("**word=delta*")
    settled(page)
    assert number(page, "b1_1") == -0.2
    page.get_by_text("d_z1 = [2.5, 0]").first.wait_for()


def test_new_numbers_clear_the_sheet(server, page):
    open_page(page, f"{server.url}/by_hand")
    entries = page.locator("[class*='st-key-hand_z1'] input")
    entries.first.fill("2.2")
    click(page, page.locator("h1").first)
    page.get_by_text("1 of 30 right").wait_for()
    click(page, page.get_by_role("button", name="New numbers"))
    page.get_by_text("0 of 30 right").wait_for()
    assert [entry.input_value() for entry in entries.all()] == ["", ""]
