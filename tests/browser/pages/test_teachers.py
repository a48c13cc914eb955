"""What teachers set up: a lesson in a sandboxed frame, inputs left out, the wall and its keys."""

from urllib.parse import quote

from pages.shared.teachers.advice import SANDBOX
from tests.browser.helpers import console_problems, open_page, settled

SHOWN = """(names) => names.filter((name) => [...document.querySelectorAll(`[data-testid=${name}]`)]
  .some((e) => e.checkVisibility() && e.getBoundingClientRect().width > 0))"""
AROUND = ["stSidebar", "stHeader", "stTopNav", "stSidebarNav", "stExpandSidebarButton"]


def test_a_sandboxed_frame_shows_the_lesson_alone_and_it_answers(server, page):
    page.goto(f"{server.url}/_stcore/health")
    link = f"{server.url}/backward_pass?embed=true&b1_1=-0.2&ask={quote('Why?')}"
    frame = f'<iframe src="{link}" sandbox="{SANDBOX}" width="900" height="700"></iframe>'
    page.set_content(frame)
    inside = page.frame_locator("iframe")
    inside.locator(".item[data-name='W2[0, 0]']").wait_for()
    assert page.frames[1].evaluate(SHOWN, AROUND) == []
    assert inside.get_by_text("Next: ", exact=False).locator("visible=true").count() == 0
    # Numbers are changed in the picture, and the answer is handed in from the frame.
    inside.locator(".item[data-name='W2[0, 0]']").focus()
    page.keyboard.press("ArrowRight")
    inside.locator(".item[data-name='W2[0, 0]'] text").filter(has_text="1.1").wait_for()
    inside.get_by_role("textbox", name="Your answer").fill("Its gate is shut.")
    inside.get_by_role("button", name="Answer", exact=True).click()
    inside.get_by_role("button", name="Hand in").click()
    inside.locator("code").filter(has_text="teachers?handed=BLAME1-").wait_for()


def test_no_inputs_is_no_sidebar_and_the_menu_stays(server, page):
    open_page(page, f"{server.url}/glossary?inputs=none")
    assert page.evaluate(SHOWN, AROUND) == ["stHeader", "stTopNav"]
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_test_id("stSidebarNavLink").first.wait_for()
    assert not page.get_by_test_id("stSidebarUserContent").is_visible()
    # Some inputs in a frame: the sidebar holds them, and the menu is left out.
    page.set_viewport_size({"width": 1280, "height": 900})
    open_page(page, f"{server.url}/glossary?inputs=biases&embed=true")
    assert page.evaluate(SHOWN, ["stSidebar", "stTopNav", "stSidebarNav"]) == ["stSidebar"]


def test_the_wall_is_stepped_through_by_a_presenter_s_keys(server, page):
    page.set_viewport_size({"width": 1920, "height": 1080})
    open_page(page, f"{server.url}/projector?b1_1=-0.2&ask={quote('Which gate is shut?')}")
    page.get_by_text("Which gate is shut?", exact=True).wait_for()
    assert page.evaluate(SHOWN, AROUND) == []
    assert page.get_by_label("Your answer").count() == 0
    sentence = page.locator(".flow .sentence")
    for key, at in (("ArrowRight", 1), ("PageDown", 2), (" ", 3), ("PageUp", 2), ("ArrowLeft", 1)):
        page.keyboard.press(key)
        sentence.filter(has_text=f"{at} of 10.").wait_for()
    # All of it on one screen, and to be read from the last row.
    assert page.locator(".flow .lines").bounding_box()["y"] < 1000
    assert sentence.evaluate("e => parseFloat(getComputedStyle(e).fontSize)") >= 26
    page.keyboard.press("Home")
    page.keyboard.press("m")
    page.get_by_test_id("stTopNav").wait_for()
    assert page.locator(".item[data-name='b1[1]']").is_visible()
    settled(page)
    assert console_problems(page) == []
