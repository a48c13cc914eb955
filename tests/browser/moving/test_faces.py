"""One quantity, all its faces: in one walk over a lesson, then by a finger and without colours."""

from blame.exercise.presets import NOTEBOOK
from tests.browser.helpers import console_problems, look_up, open_page, settled, watch_console
from tests.browser.sent import hear_sent

LIT = """() => {
  const lit = [...new Set([document, ...globalThis.blameRoots])]
    .flatMap((root) => [...root.querySelectorAll("[data-face]")]);
  const ranges = CSS.highlights.get("face") ?? [];
  return {
    faces: lit.map((one) => [one.nodeName.toLowerCase(), one.dataset.quantity ?? one.textContent]),
    texts: [...ranges].map((range) => range.toString().replaceAll("\\u00a0", " ")),
  };
}"""
SHIFTS = """() => {
  globalThis.shifted = 0;
  new PerformanceObserver((list) => {
    for (const shift of list.getEntries()) globalThis.shifted += shift.value;
  }).observe({ type: "layout-shift" });
}"""
PLACES = """() => [...new Set([document, ...globalThis.blameRoots])]
  .flatMap((root) => [...root.querySelectorAll("[data-quantity], .katex-html .mord, h1, h2, p")])
  .map((one) => { const { x, y, width, height } = one.getBoundingClientRect();
    return [x, y, width, height].map(Math.round).join(); })"""
FACTOR = """(text) => [...document.querySelectorAll(".katex-html .mspace:first-child")]
  .map((space) => space.parentElement)
  .find((group) => group.querySelectorAll(":scope > .mspace").length > 3
    && group.textContent.replaceAll("\\u2212", "-") === text)"""


def lit(page):
    """Return what is lit, once what was asked for last has been drawn."""
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    return page.evaluate(LIT)


def of(found, kind):
    return {name for node, name in found["faces"] if node == kind}


def point_at(page, box):
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.move(box["x"] + box["width"] / 2 + 1, box["y"] + box["height"] / 2)


def test_whatever_is_pointed_at_or_focused_lights_up_everywhere(server, context):
    page = context.new_page()
    watch_console(page)
    sent = []
    hear_sent(page, sent.append)
    open_page(page, f"{server.url}/forward_pass")
    weight = page.locator('g.item[data-name="W1[1, 0]"]')
    weight.wait_for()
    page.locator(".katex-html").first.wait_for()
    settled(page)
    page.wait_for_timeout(500)
    page.evaluate(SHIFTS)
    before, told = page.evaluate(PLACES), len(sent)

    # Lit by itself, with nobody told: a number that may be moved asks for its film.
    page.locator('g.item[data-name="z1[0]"]').hover()
    assert {"z1[0]"} <= of(lit(page), "g") & of(lit(page), "text")
    page.wait_for_timeout(300)
    assert len(sent) == told

    # A number of the picture: its cell, its bars and their labels, the formula's name and factor.
    weight.hover()
    found = lit(page)
    assert of(found, "g") == {"W1[1, 0]", "x[1]\nW1[1, 0]"}
    assert of(found, "text") == {"x[1]\nW1[1, 0]"}
    assert of(found, "input") == of(found, "path") == {"W1[1, 0]"}
    assert of(found, "span") == {f"{NOTEBOOK.numbers()['W1[1, 0]']:g}"}
    assert "W1[1, 0]" in found["texts"]
    # Bars get their names when they are first looked for.
    assert set(before) <= set(page.evaluate(PLACES))

    # The label of a bar, over which Plotly lays a plane of its own: a product is both its factors.
    label = page.locator("[data-testid=chart] .ytick text", has_text="x[0] W1[0, 1]")
    point_at(page, label.bounding_box())
    found = lit(page)
    assert of(found, "input") == {"x[0]", "W1[0, 1]"}

    # A factor of a formula, and the name beside it.
    factor = page.evaluate_handle(FACTOR, "-0.3").as_element()
    factor.scroll_into_view_if_needed()
    point_at(page, factor.bounding_box())
    assert of(lit(page), "input") == {"W1[0, 1]"}
    name = page.locator(".katex-html .text", has_text="b2[0]").first
    name.scroll_into_view_if_needed()
    point_at(page, name.bounding_box())
    assert of(lit(page), "input") == {"b2[0]"}

    # Left, nothing is lit; and the focus has a light of its own.
    page.mouse.move(2, 600)
    assert lit(page) == {"faces": [], "texts": []}
    page.locator('input[data-name="x[1]"]').focus()
    found = lit(page)
    assert {"x[1]", "x[1]\nW1[1, 0]", "x[1]\nW1[1, 1]"} <= of(found, "g")
    page.evaluate("document.activeElement.shadowRoot?.activeElement?.blur()")
    assert lit(page) == {"faces": [], "texts": []}
    # Nothing moved.
    assert page.evaluate("globalThis.shifted") == 0

    # A line of code: the array there is lit with each of its numbers.
    look_up(page, f"{server.url}/backward_pass?stage=W2")
    code = page.locator("[data-testid=stCode]").first
    code.wait_for()
    page.locator('g.item[data-name="dW2[0, 0]"]').hover()
    found = lit(page)
    assert "dW2" in found["texts"]
    # The bars by the keyboard: one stop, and the arrow keys go through them.
    page.mouse.move(2, 600)
    page.locator("[data-testid=chart][tabindex='0']").first.focus()
    assert of(lit(page), "g") == {"d_loss_y"}
    page.keyboard.press("ArrowDown")
    assert of(lit(page), "g") == {"dW2[0, 0]"}
    page.keyboard.press("End")
    assert of(lit(page), "g") == {"db2[0]"}
    page.evaluate("document.activeElement.blur()")
    page.locator('g.item[data-name="dW2[0, 0]"]').hover()
    found = lit(page)
    assert of(found, "g") == {"dW2[0, 0]"}
    assert of(found, "h2") == {"dW2[0, 0]"}
    assert console_problems(page) == []


def test_a_finger_lights_and_without_colours_there_are_frames(server, visitor):
    context = visitor(has_touch=True)
    page = context.new_page()
    page.emulate_media(forced_colors="active")
    open_page(page, f"{server.url}/backward_pass")
    blame = page.locator('g.item[data-name="dW1[1, 0]"]')
    blame.wait_for()
    settled(page)
    blame.tap()
    settled(page)
    found = lit(page)
    assert {"dW1[1, 0]"} == of(found, "text") == of(found, "h2")
    assert (
        page.evaluate(
            "getComputedStyle([...globalThis.blameRoots].map((root) =>"
            " root.querySelector('h2[data-face]')).find(Boolean)).outlineStyle"
        )
        == "solid"
    )
    page.locator("h1").first.tap()
    assert lit(page) == {"faces": [], "texts": []}
