"""The picture of small and large networks on wide and narrow pages: nothing covers anything."""

from itertools import pairwise

import pytest

from tests.browser.hand import item
from tests.browser.helpers import console_problems, look_up, open_page, settled, turn_to


def dense(*sizes, factor=1.0):
    """Return the link of a network of these widths, with weights that look alike in length."""
    units = "-".join(["tanh"] * (len(sizes) - 2) + ["identity"])
    link = f"sizes={'-'.join(map(str, sizes))}&units={units}"
    link += f"&x={','.join(f'{0.3 * i - 0.71:.2f}' for i in range(sizes[0]))}"
    link += f"&y_true={','.join('1' if i == 0 else '0' for i in range(sizes[-1]))}"
    for k, (rows, columns) in enumerate(pairwise(sizes), 1):
        values = [
            ",".join(f"{factor * ((i * 7 + j * 5 + k) % 11 - 5.3) / 7:.4f}" for j in range(columns))
            for i in range(rows)
        ]
        link += f"&W{k}={';'.join(values)}"
    return link


FOUR_SAMPLES = (
    "sizes=2-2-1&n_samples=4&units=tanh-sigmoid&x=0,0;0,1;1,0;1,1&y_true=0;1;1;0"
    "&W1=.4,-.7;.9,.3&W2=.8;-.6&b2=.1"
)
LINKS = {
    "notebook": "",
    "1-1": "sizes=1-1&units=sigmoid&loss=half_sse&x=1&y_true=0&W1=.6&b1=.9",
    "mazur": "exercise=mazur",
    "3-3-3-3": "exercise=jay-3-3-3-3",
    "softmax": "exercise=cs763-softmax",
    "four samples": FOUR_SAMPLES,
    "long numbers": "x_0=-123456.789&W1_0_0=1e-17&W2_0_0=999999&b2_0=1e6&W1_1_1=-0.00012345",
    "4-3-4-3": dense(4, 3, 4, 3),
    "4-8-8-3": dense(4, 8, 8, 3),
    "4-10-10-10-10": dense(4, 10, 10, 10, 10),
    "ten tiny": dense(10, 10, 10, factor=1e-6),
}
# Text in its bounding boxes, a pixel and a half of which are the space between lines.
TROUBLE = """() => {
  const hosts = [...document.querySelectorAll("*")].map((e) => e.shadowRoot).filter(Boolean);
  const svg = [document, ...hosts].map((e) => e.querySelector(".picture svg")).find(Boolean);
  const around = svg.getBoundingClientRect();
  const of = (e, what) => ({ what, ...e.getBoundingClientRect().toJSON() });
  const texts = [...svg.querySelectorAll(".item text, text.name")].filter((e) => e.textContent)
    .map((e) => of(e, e.textContent));
  const nodes = [...svg.querySelectorAll("rect.node")].map((e) => of(e, "node"));
  const meet = (a, b, by) => a.left < b.right - by && b.left < a.right - by
    && a.top < b.bottom - by && b.top < a.bottom - by;
  const pairs = (list, by) => list.flatMap((a, i) => list.slice(i + 1).filter((b) => meet(a, b, by))
    .map((b) => `${a.what} meets ${b.what}`));
  const outside = texts.filter((t) => t.left < around.left - 1 || t.right > around.right + 1
    || t.top < around.top - 1 || t.bottom > around.bottom + 1).map((t) => `${t.what} is clipped`);
  const crossing = texts.filter((t) => nodes.some((n) => meet(t, n, 1.5) && !(t.left >= n.left - 1
    && t.right <= n.right + 1 && t.top >= n.top - 2 && t.bottom <= n.bottom + 2)));
  return [...pairs(texts, 1.5), ...pairs(nodes, 1), ...outside,
    ...crossing.map((t) => `${t.what} leaves its node`), ...(nodes.length ? [] : ["no picture"])];
}"""
PLACES = """() => {
  const hosts = [...document.querySelectorAll("*")].map((e) => e.shadowRoot).filter(Boolean);
  const svg = [document, ...hosts].map((e) => e.querySelector(".picture svg")).find(Boolean);
  return [svg.getAttribute("viewBox"), ...[...svg.querySelectorAll("rect.node, rect.paper")]
    .map((e) => ["x", "y", "width", "height"].map((name) => e.getAttribute(name)).join(" "))];
}"""


@pytest.fixture(params=[1280, 390])
def any_width(page, request):
    """A page of that width that keeps its console errors."""
    page.set_viewport_size({"width": request.param, "height": 900})
    return page


def test_no_number_covers_another_and_none_is_clipped(server, any_width):
    look_up(any_width, server.url)
    for name, link in LINKS.items():
        turn_to(any_width, f"{server.url}/?{link}")
        any_width.locator(".picture svg .node").first.wait_for()
        assert any_width.evaluate(TROUBLE) == [], name
        width = any_width.viewport_size["width"]
        assert any_width.evaluate("document.scrollingElement.scrollWidth") <= width, name
    assert console_problems(any_width) == []


def test_the_measure_can_fail(server, any_width):
    look_up(any_width, f"{server.url}/")
    item(any_width, "x[0]").wait_for()
    any_width.evaluate(
        """() => {
          const hosts = [...document.querySelectorAll("*")].map((e) => e.shadowRoot);
          const roots = [document, ...hosts.filter(Boolean)];
          const svg = roots.map((e) => e.querySelector(".picture svg")).find(Boolean);
          svg.querySelector(".item text").setAttribute("x", "-40");
        }"""
    )
    assert any("is clipped" in said for said in any_width.evaluate(TROUBLE))


def test_the_picture_keeps_its_place_while_a_number_moves(server, any_width):
    # In a new document: the test before has moved a text.
    open_page(any_width, f"{server.url}/")
    weight = item(any_width, "W1[0, 0]")
    weight.wait_for()
    before = any_width.evaluate(PLACES)
    for value in ("-0.012345", "123456.78", "-2e-10"):
        weight.dblclick()
        field = any_width.locator(".field input")
        field.fill(value)
        field.press("Enter")
        any_width.wait_for_url(f"**W1_0_0=*{value[-2:]}*")
        settled(any_width)
        assert any_width.evaluate(PLACES) == before, value
        assert any_width.evaluate(TROUBLE) == [], value


def test_the_sample_that_is_drawn_is_chosen(server, any_width):
    look_up(any_width, f"{server.url}/backward_pass?{FOUR_SAMPLES}")
    item(any_width, "x[0, 1]").wait_for()
    any_width.get_by_role("radio", name="sample 2").click()
    item(any_width, "x[2, 1]").wait_for()
    item(any_width, "z1[2, 0]").click()
    any_width.locator(".receipt h2").filter(has_text="z1[2, 0]").wait_for()
    any_width.get_by_role("radio", name="sample 3").click()
    any_width.locator(".receipt h2").filter(has_text="z1[3, 0]").wait_for()
    assert "sample=sample+3" in any_width.url
    any_width.reload()
    item(any_width, "x[3, 1]").wait_for()


def test_no_number_of_a_receipt_is_clipped(server, any_width):
    look_up(any_width, server.url)
    for link, name in (("mazur", "d_z1[0]"), ("cs763-softmax", "y_pred[1]"), ("mazur", "loss")):
        turn_to(any_width, f"{server.url}/?exercise={link}")
        any_width.locator(".receipt select").select_option(name)
        any_width.locator(".receipt h2").filter(has_text=name).wait_for()
        panel = any_width.locator("section.receipt")
        assert panel.evaluate("(e) => e.scrollWidth <= e.clientWidth"), name
