"""Any expression by hand: its numbers dragged and typed, its text and its link."""

from urllib.parse import quote

import pytest

from blame import LIBRARY, read_expression
from blame.expression.library.library import EXPRESSIONS
from blame.expression.unfold import unfolded_text
from pages.shared.expression.layout import drawn
from tests.browser.hand import STEP, drag, item, wait_until
from tests.browser.helpers import console_problems, look_up, settled
from tests.browser.moving.test_faces import lit
from tests.browser.seen import assert_same, near, seen, visit


@pytest.fixture
def lesson(server, page):
    look_up(page, f"{server.url}/expression")
    item(page, "x").wait_for()
    settled(page)
    return page


def area(page):
    return page.locator(".st-key-text textarea")


def says(page, part):
    """Wait until the field says so: it is drawn after the address."""
    page.wait_for_function(
        "part => document.querySelector('.st-key-text textarea')?.value.includes(part)", arg=part
    )


def shown(page, name):
    return item(page, name).locator("text").text_content()


def test_the_graph_follows_the_hand_without_the_server(server, page, context, asked):
    text = "n = x * w + b; o = relu(n); L = (o - t)**2; x = 1; w = 0.2; b = -0.3; t = 1"
    visit(page, f"{server.url}/expression?text={quote(text)}", "w")
    item(page, "d_w").click()
    page.locator(".receipt h2").filter(has_text="d_w").wait_for()
    x, y = near(page, "w")
    asked.clear()
    page.mouse.down()
    frames = {}
    for steps in (-4, 3, 6):
        page.mouse.move(x + (steps + (1 if steps >= 0 else -1)) * STEP, y, steps=3)
        page.mouse.move(x + steps * STEP, y, steps=2)
        wait_until(page, "w", round(0.2 + steps / 10, 6))
        frames[steps] = seen(page)
    assert asked == [], "the server is told nothing while there are frames"
    assert frames[-4]["receipt"] != frames[3]["receipt"]
    chart = page.locator("[data-testid=chart]").element_handle()
    page.mouse.up()
    page.wait_for_function("() => !globalThis.blameFilm.holds()")
    page.wait_for_url("**w+%3D+0.8**")
    settled(page)
    assert_same(seen(page), frames[6])
    # At rest it was only told: the chart and the film are still there.
    assert chart.evaluate("(e) => e.isConnected")
    assert page.evaluate("globalThis.blameFilm.counts()").get("expression:w", 0) > 9
    other = context.new_page()
    for steps, frame in frames.items():
        there = text.replace("w = 0.2", f"w = {round(0.2 + steps / 10, 6):g}")
        visit(other, f"{server.url}/expression?text={quote(there)}", "w")
        item(other, "d_w").click()
        other.locator(".receipt h2").filter(has_text="d_w").wait_for()
        assert_same(frame, seen(other))
    # On a wide page the numbers grow, and the picture stays within it.
    small = item(other, "d_w").bounding_box()["height"]
    other.set_viewport_size({"width": 1920, "height": 1000})
    other.wait_for_timeout(500)
    assert item(other, "d_w").bounding_box()["height"] > 1.2 * small
    stage, drawn = (other.locator(where).bounding_box() for where in (".stage", ".stage svg"))
    assert drawn["width"] <= stage["width"]
    assert console_problems(page) == []


def test_a_dragged_number_moves_the_graph_and_is_written_into_text_and_link(lesson):
    drag(lesson, "x", 5 * STEP, drop=False)
    wait_until(lesson, "x", -1.5)
    item(lesson, "f").filter(has_text="\u221214").wait_for()
    item(lesson, "d_z").filter(has_text="+3.5").wait_for()
    # The text waits until the hand rests.
    lesson.mouse.up()
    lesson.wait_for_url("**x+%3D+-1.5**")
    says(lesson, "x = -1.5")
    item(lesson, "x").focus()
    lesson.keyboard.press("Shift+ArrowRight")
    lesson.wait_for_url("**x+%3D+-0.5**")
    item(lesson, "d_z").filter(has_text="+4.5").wait_for()
    lesson.reload()
    item(lesson, "d_z").filter(has_text="+4.5").wait_for()
    assert console_problems(lesson) == []


def test_a_typed_number_without_a_value_is_refused_beside_it(server, page):
    look_up(page, f"{server.url}/expression?text=f+%3D+log(x)%3B+x+%3D+2")
    item(page, "x").dblclick()
    field = page.locator(".field input")
    field.fill("-1")
    field.press("Enter")
    page.locator(".field .message").filter(has_text="log needs a number above 0").wait_for()
    field.fill("1/2")
    field.press("Enter")
    item(page, "d_x").filter(has_text="+2").wait_for()
    page.wait_for_url("**x+%3D+0.5**")
    # A hand that goes there stops where it had a value last, and the same is said.
    x, y = near(page, "x")
    page.mouse.down()
    page.mouse.move(x - 8 * STEP, y, steps=8)
    halted = page.locator(".halted .message")
    halted.filter(has_text="x stops before \u22120.").wait_for()
    assert "log needs a number above 0" in halted.inner_text()
    wait_until(page, "x", 0.1)
    page.mouse.up()
    page.wait_for_url("**x+%3D+0.1**")
    assert halted.is_visible()
    item(page, "x").press("ArrowRight")
    wait_until(page, "x", 0.2)
    halted.wait_for(state="hidden")
    assert console_problems(page) == []


def test_a_typed_text_is_drawn_and_a_wrong_one_is_named(lesson):
    area(lesson).fill("g = a * a + b\na = 3\nb = 4")
    area(lesson).press("Control+Enter")
    item(lesson, "d_a").filter(has_text="+6").wait_for()
    area(lesson).fill("g = a * (a + b\na = 3\nb = 4")
    area(lesson).press("Control+Enter")
    lesson.get_by_text("'(' is never closed").wait_for()
    assert shown(lesson, "d_a") == "d +6"


def test_its_numbers_are_not_lit_as_those_of_the_exercise_beside_it(lesson):
    area(lesson).fill("f = x * y\nx = 3\ny = 4")
    area(lesson).press("Control+Enter")
    item(lesson, "d_x").filter(has_text="+4").wait_for()
    item(lesson, "x").hover()
    faces = lit(lesson)["faces"]
    assert ["g", "x"] in faces
    assert [name for node, name in faces if node == "input"] == []
    lesson.locator('input[data-name="x[0]"]').hover()
    assert lit(lesson)["faces"] == []


def test_a_receipt_has_all_ways_and_the_flow_goes_there_and_back(server, page):
    entry = EXPRESSIONS["two-ways"]
    look_up(page, f"{server.url}/expression")
    page.locator(".st-key-expression_entry").click()
    page.get_by_role("option", name=entry.title).click()
    item(page, "d_b").click()
    receipt = page.locator(".receipt").last
    receipt.filter(has_text="2 ways to e").wait_for()
    text = receipt.inner_text()
    assert "It is used 2 times: each use hands back a part, and they are added." in text
    assert "b \u2192 d \u2192 e" in text
    operations = entry.expression.graph.operations
    blamed = len(read_expression(entry.text).blame())
    following = page.get_by_role("button", name="Next", exact=True)
    for stage in range(1, operations + blamed + 1):
        following.click()
        page.locator(".flow .sentence").filter(
            has_text=f"{stage} of {operations + blamed}."
        ).wait_for()
    assert "here blame arrives" in page.locator(".flow .sentence").inner_text()
    assert following.is_disabled()
    assert console_problems(page) == []


STRUCK = """(svg) => {
  const names = [...svg.querySelectorAll("text.name")].map((text) => [text.textContent, text.getBoundingClientRect()]);
  const stage = svg.getBoundingClientRect(), wrong = [];
  for (const [name, box] of names)
    if (box.left < stage.left - 1 || box.right > stage.right + 1) wrong.push(`${name} is cut off`);
  for (const edge of svg.querySelectorAll(".edge")) {
    if (getComputedStyle(edge).stroke === "none") wrong.push(`${edge.textContent} is not drawn`);
    const at = edge.getScreenCTM();
    for (let s = 0; s < edge.getTotalLength(); s += 2) {
      const { x, y } = edge.getPointAtLength(s).matrixTransform(at);
      const hit = names.find(([, box]) => x > box.left + 1 && x < box.right - 1 && y > box.top + 4 && y < box.bottom - 4);
      if (hit) { wrong.push(`${edge.textContent} through ${hit[0]}`); break; }
    }
  }
  return { wrong, names: names.length };
}"""  # noqa: E501
"""What in a graph cannot be read: edges across names or without a colour, names cut off."""
GRAPHS = (
    # One row goes on in a second on a phone; the blame of v and w raises and lowers.
    "v = [1, -2, 3]; w = [0.5, 0.2, -0.1]; s = sum(v * w); m = mean(v**2); L = sigmoid(s) * m",
    EXPRESSIONS["engine"].text,
    # Forty nodes, with edges that pass many rows.
    unfolded_text(LIBRARY["mazur"].exercise),
)


def test_no_edge_goes_through_a_name_and_each_is_drawn(server, page):
    look_up(page, f"{server.url}/expression")
    for text in GRAPHS:
        area(page).fill(text)
        area(page).press("Control+Enter")
        count = len(drawn(read_expression(text).graph))
        page.locator(".stage text.name").nth(count - 1).wait_for()
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 844})
            page.wait_for_timeout(400)
            settled(page)
            found = page.locator(".stage svg").evaluate(STRUCK)
            assert found == {"wrong": [], "names": count}


def test_the_exercise_unfolds_from_any_page(server, page):
    look_up(page, f"{server.url}/forward_pass?W1_0_0=0.75")
    page.get_by_role("button", name="Take away").click()
    page.get_by_role("button", name="As an expression").click()
    item(page, "W1[0, 0]").filter(has_text="0.75").wait_for()
    page.wait_for_url("**/expression?**")
    says(page, "W1[0, 0] = 0.75")
    # And from the page itself, where nothing is to be left.
    area(page).fill("f = x * x; x = 3")
    area(page).press("Control+Enter")
    item(page, "d_x").filter(has_text="+6").wait_for()
    unfold = page.get_by_role("button", name="As an expression")
    if not unfold.is_visible():
        page.get_by_role("button", name="Take away").click()
    unfold.click()
    item(page, "W1[0, 0]").filter(has_text="0.75").wait_for()
    says(page, "W1[0, 0] = 0.75")
    assert console_problems(page) == []
