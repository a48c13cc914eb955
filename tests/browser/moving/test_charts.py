"""Charts that stay: drawn in place, in both themes, at every width, on paper, without Plotly."""

import pytest

from tests.browser.helpers import click, look_up, set_number, settled

BARS = ".st-key-chart_gradients"
CHART = f"{BARS} [data-testid=chart]"
# What is drawn, read off the bars themselves: from where to where each one reaches.
DRAWN = """() => [...document.querySelectorAll("CHART .point path")].map((bar) => {
  const box = bar.getBoundingClientRect();
  return [Math.round(box.left), Math.round(box.width)];
})""".replace("CHART", CHART)


def test_a_changed_chart_is_drawn_in_its_place(server, page):
    look_up(page, f"{server.url}/backward_pass")
    assert page.locator(CHART).count() == 1
    assert page.locator(CHART).bounding_box()["width"] > 600
    # What is drawn while it changes: were it taken away for a moment, this would see it.
    page.evaluate(
        """selector => {
          const chart = document.querySelector(selector);
          window.svg = chart.querySelector("svg.main-svg");
          window.fewest = 99;
          const look = () => {
            window.fewest = Math.min(window.fewest, chart.querySelectorAll(".point path").length);
            requestAnimationFrame(look);
          };
          look();
        }""",
        CHART,
    )
    before = page.evaluate(DRAWN)
    set_number(page, "W1_0_0", 2.75)
    assert page.evaluate(DRAWN) != before
    set_number(page, "W1_0_0", 0.5)
    assert page.evaluate(DRAWN) == before
    assert page.locator(CHART).count() == 1
    assert page.evaluate("window.svg.isConnected")
    assert page.evaluate("window.fewest") == len(before) == 14
    click(page, page.get_by_text("3 hidden", exact=True))
    assert len(page.evaluate(DRAWN)) == 6
    assert page.evaluate("window.svg.isConnected")


def colours(page):
    """Return the colours of the ground and of the labels of a chart."""
    return page.evaluate(
        """selector => {
          const chart = document.querySelector(selector);
          return [".main-svg", ".ytick text"].map((part) => {
            const style = getComputedStyle(chart.querySelector(part));
            return part === ".main-svg" ? style.backgroundColor : style.fill;
          });
        }""",
        CHART,
    )


def test_it_follows_the_theme(server, page):
    page.emulate_media(color_scheme="light")
    look_up(page, f"{server.url}/backward_pass")
    assert colours(page) == ["rgb(251, 250, 246)", "rgb(93, 97, 104)"]
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(
        """selector => getComputedStyle(document.querySelector(`${selector} .main-svg`))
          .backgroundColor === "rgb(21, 24, 29)" """,
        arg=CHART,
    )
    assert colours(page) == ["rgb(21, 24, 29)", "rgb(230, 234, 241)"]


def test_it_takes_the_width_it_is_given(server, page):
    look_up(page, f"{server.url}/backward_pass")
    for width in (1280, 390, 1920):
        page.set_viewport_size({"width": width, "height": 1000})
        page.wait_for_function(
            """selector => {
              const chart = document.querySelector(selector);
              const drawn = chart.querySelector(".main-svg").getBoundingClientRect().width;
              return Math.abs(drawn - chart.clientWidth) < 1 && chart.clientWidth > 200;
            }""",
            arg=CHART,
        )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_paper_it_is_ink_and_no_wider_than_the_sheet(server, page, scheme):
    page.emulate_media(color_scheme=scheme)
    look_up(page, f"{server.url}/backward_pass")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert colours(page) == ["rgb(255, 255, 255)", "rgb(93, 97, 104)"]
    width = "selector => document.querySelector(`${selector} .main-svg`).clientWidth"
    assert page.evaluate(width, CHART) <= 680
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(width, CHART) > 680
    assert colours(page)[0] != "rgb(255, 255, 255)"


SURFACE = "training_lab?lab_view=Landscape&land_form=surface"
CAMERA = "(node) => JSON.stringify(node.plot._fullLayout.scene._scene.getCamera().eye)"


def swipe(page, x, y, across, down):
    client = page.context.new_cdp_session(page)
    point = {"x": x, "y": y}
    client.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})
    for part in range(1, 12):
        point = {"x": x + across * part / 11, "y": y + down * part / 11}
        client.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
    client.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_timeout(400)


def test_a_swipe_that_begins_on_it_moves_the_page_and_to_the_side_turns_a_surface(server, visitor):
    context = visitor(viewport={"width": 390, "height": 700}, has_touch=True, is_mobile=True)
    page = context.new_page()
    for link in ("backward_pass", SURFACE):
        look_up(page, f"{server.url}/{link}")
        chart = page.locator("[class*=st-key-chart_] [data-testid=chart]").first
        chart.evaluate("(node) => node.scrollIntoView({block: 'center'})")
        settled(page)
        box = chart.bounding_box()
        where = "document.querySelector('[data-testid=stMain]').scrollTop"
        before = page.evaluate(where)
        swipe(page, box["x"] + box["width"] / 2, 350, 0, 165)
        assert page.evaluate(where) < before - 100, link
    chart.evaluate("(node) => node.scrollIntoView({block: 'center'})")
    settled(page)
    before = chart.evaluate(CAMERA)
    swipe(page, chart.bounding_box()["x"] + 100, 350, 120, 5)
    assert chart.evaluate(CAMERA) != before


@pytest.mark.of_server("its chart and Streamlit's own draw with the same file of its folder")
def test_where_plotly_does_not_come_streamlits_own_chart_shows_the_same(server, context):
    page = context.new_page()
    page.add_init_script(
        "Object.defineProperty(window, 'Plotly', { get: () => undefined, set: () => {} })"
    )
    page.goto(f"{server.url}/backward_pass?b1_1=-0.2")
    native = page.locator("[data-testid=stPlotlyChart]")
    native.wait_for(timeout=30_000)
    assert "dW1[1, 0] 5" in native.get_attribute("aria-label")
    native.locator(".point path").first.wait_for(state="attached")
    assert native.locator(".point path").count() == 14
