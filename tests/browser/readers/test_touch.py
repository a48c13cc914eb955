"""The living picture under a finger and on large screens: targets, the opened number, edges."""

import pytest

from tests.browser.hand import item
from tests.browser.helpers import (
    console_problems,
    look_up,
    open_page,
    settled,
    turn_to,
    watch_console,
)
from tests.browser.moving.test_picture_room import LINKS, TROUBLE

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
_SVG = """
  const hosts = [...document.querySelectorAll("*")].map((e) => e.shadowRoot).filter(Boolean);
  const svg = [document, ...hosts].map((e) => e.querySelector(".picture svg")).find(Boolean);
  const corners = (e) => { const r = e.getBoundingClientRect();
    return [r.left, r.top, r.right, r.bottom]; };
"""
TARGETS = f"""() => {{ {_SVG}
  return Object.fromEntries([...svg.querySelectorAll(".item")].map((e) =>
    [e.dataset.name, corners(e.querySelector("rect.target"))]));
}}"""
# Points of an edge inside a text, where no ground lies between them.
STRUCK = f"""() => {{ {_SVG}
  const grounds = [...svg.querySelectorAll(".paper, rect.node")].map((e) => [e, corners(e)]);
  const texts = [...svg.querySelectorAll(".item text, text.name")].filter((e) => e.textContent)
    .map((e) => [e, corners(e)]);
  const inside = ([l, t, r, b], x, y, by) => x > l + by && x < r - by && y > t + by && y < b - by;
  const struck = new Set();
  for (const line of svg.querySelectorAll("path.edge")) {{
    const whole = line.getTotalLength(), matrix = line.getScreenCTM();
    for (let at = 0; at <= whole; at += 1.5) {{
      const {{ x, y }} = line.getPointAtLength(at).matrixTransform(matrix);
      if (grounds.some(([, box]) => inside(box, x, y, 0))) continue;
      for (const [text, box] of texts) if (inside(box, x, y, 2)) struck.add(text.textContent);
    }}
  }}
  return [...struck];
}}"""
WIDTHS = (390, 1280, 1920)


@pytest.fixture(scope="module")
def one_phone(visitor_of_file):
    """A phone's page that the tests have in turn."""
    page = visitor_of_file(**PHONE).new_page()
    watch_console(page)
    return page


@pytest.fixture
def phone(one_phone):
    """The same, with an eye on its console."""
    yield one_phone
    assert console_problems(one_phone) == []


def overlapping(boxes):
    names = list(boxes)
    return [
        (one, other)
        for i, one in enumerate(names)
        for other in names[i + 1 :]
        if boxes[one][0] < boxes[other][2] - 0.5
        and boxes[other][0] < boxes[one][2] - 0.5
        and boxes[one][1] < boxes[other][3] - 0.5
        and boxes[other][1] < boxes[one][3] - 0.5
    ]


def small(boxes, width, height):
    return [
        name
        for name, (left, top, right, bottom) in boxes.items()
        if right - left < width - 0.5 or bottom - top < height - 0.5
    ]


def test_a_weight_and_its_blame_are_two_targets_as_large_as_a_fingertip(server, phone):
    look_up(phone, f"{server.url}/backward_pass")
    item(phone, "W1[0, 0]").wait_for()
    boxes = phone.evaluate(TARGETS)
    on_edges = {name: boxes[name] for name in boxes if name.startswith(("W", "dW", "x["))}
    assert len(on_edges) == 14
    assert small(on_edges, 44, 44) == []
    # Lines of one neuron share the room that it has.
    assert small(boxes, 44, 26) == []
    assert overlapping(boxes) == []


SMALL = """() => [...document.querySelectorAll(
    ":is([data-testid^=stBaseButton], [data-testid=stPageLink-NavLink], button[role=radio], "
    + "[data-testid=stTextInputRootElement] input, [data-testid=stCheckbox] label)")]
  .filter((e) => e.checkVisibility() && e.getAttribute("kind") !== "elementToolbar")
  .map((e) => [e.textContent, e.getBoundingClientRect()])
  .filter(([, box]) => box.width && box.left < innerWidth && box.height < 44)
  .map(([said, box]) => [said, box.height])"""


def test_what_is_pressed_or_typed_into_is_as_high_as_a_fingertip(server, phone):
    look_up(phone, f"{server.url}/by_hand")
    phone.locator(".st-key-group_of_z1 input").first.wait_for()
    assert phone.evaluate(SMALL) == []
    turn_to(phone, f"{server.url}/")
    phone.locator(".st-key-map_glossary a").wait_for()
    assert phone.evaluate(SMALL) == []
    assert phone.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.parametrize("name", ["mazur", "4-8-8-3", "4-10-10-10-10", "four samples"])
def test_no_target_covers_another_where_there_is_less_room(server, phone, name):
    look_up(phone, f"{server.url}/?{LINKS[name]}")
    phone.locator(".picture svg .node").first.wait_for()
    boxes = phone.evaluate(TARGETS)
    assert len(boxes) > 10
    assert overlapping(boxes) == []
    assert phone.evaluate(TROUBLE) == []


def test_a_finger_beside_a_number_opens_the_nearest(server, phone):
    look_up(phone, f"{server.url}/backward_pass")
    item(phone, "dW1[0, 0]").scroll_into_view_if_needed()
    left, _, right, bottom = phone.evaluate(TARGETS)["dW1[0, 0]"]
    phone.touchscreen.tap((left + right) / 2, bottom - 4)
    phone.locator(".receipt h2").filter(has_text="dW1[0, 0]").wait_for()


def test_what_is_tapped_is_opened_in_sight(server, phone):
    look_up(phone, f"{server.url}/backward_pass?b1_1=-0.2")
    for name in ("W1[0, 0]", "dW2[1, 0]", "loss"):
        tap_open_and_close(phone, name)


def tap_open_and_close(phone, name):
    item(phone, name).tap()
    heading = phone.locator(".receipt h2").filter(has_text=name)
    heading.wait_for()
    settled(phone)
    receipt = phone.locator("section.receipt").bounding_box()
    title = heading.bounding_box()
    assert title["y"] >= receipt["y"] >= 844 / 2 - 10
    assert title["y"] + title["height"] <= 844
    assert phone.locator(".receipt .said").first.bounding_box()["y"] < 820
    # Neither is the number under its receipt.
    number = item(phone, name).locator("text").bounding_box()
    assert 0 < number["y"] < number["y"] + number["height"] <= receipt["y"]
    phone.get_by_role("button", name="Close").tap()
    phone.wait_for_function(
        f"() => {{ {_SVG} return !svg.getRootNode().querySelector('.receipt h2'); }}"
    )


@pytest.mark.parametrize("width", [390, 1920])
def test_no_edge_strikes_through_a_text(server, page, width):
    page.set_viewport_size({"width": width, "height": 900})
    open_page(page, f"{server.url}/backward_pass")
    for name in ("notebook", "mazur", "3-3-3-3", "softmax", "4-3-4-3"):
        turn_to(page, f"{server.url}/backward_pass?{LINKS[name]}")
        page.locator(".picture svg .node").first.wait_for()
        assert page.evaluate(STRUCK) == [], name


def test_the_picture_grows_with_the_page(server, page):
    sizes = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 1000})
        open_page(page, f"{server.url}/backward_pass")
        item(page, "W1[0, 0]").wait_for()
        stage = page.locator(".stage").bounding_box()
        svg = page.locator(".picture svg").first.bounding_box()
        text = item(page, "W1[0, 0]").locator("text").bounding_box()
        sizes[width] = text["height"], svg["width"] / stage["width"]
        assert page.evaluate(TROUBLE) == []
        assert svg["width"] <= stage["width"] + 1
        # The number that is opened first is shown whole, and so is the blame of each neuron.
        for name in ("dW1[1, 0]", "d_z1[1]"):
            page.locator(".receipt select").select_option(label=name)
            page.locator(".receipt h2", has_text=name).wait_for()
            hidden = page.locator(".receipt").evaluate("e => e.scrollHeight - e.clientHeight")
            assert hidden <= 1, (width, name)
    assert sizes[1920][0] > 1.25 * sizes[1280][0]
    assert sizes[1920][1] > 0.95
    assert sizes[390][0] == pytest.approx(sizes[1280][0], rel=0.15)
