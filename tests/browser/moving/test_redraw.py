"""A frame's charts are drawn without Plotly working out the whole: they are what it draws anew."""

from __future__ import annotations

from tests.browser.hand import item, middle
from tests.browser.helpers import console_problems, look_up, settled

STEPS = (1, 2, 3, 5, 4, 9, -3, -8, 0)
# Each chart on screen beside one that Plotly has reacted in to the same figures one by one:
# what differs, but for the order of attributes and groups that hold nothing. Plotly gives each plot
# and each trace a name of its own.
REACTED = """async () => {
  const wrong = [];
  window.wholly ??= Plotly.react;
  const drawn = (plot) => {
    const lines = [];
    const walk = (e) => {
      if (e.matches(".hoverlayer, .modebar")) return;
      if (e.tagName === "g" && !e.querySelector(":not(g)")) return;
      const value = (each) => each.name !== "style" ? each.value
        : each.value.split(";").map((one) => one.trim()).filter(Boolean).sort();
      const own = [...e.attributes].filter(({name}) => !name.startsWith("data-"));
      lines.push([e.tagName, ...own.map((each) => `${each.name}=${value(each)}`).sort()].join(" "));
      if (!e.children.length) lines.push(e.textContent);
      for (const child of e.children) walk(child);
    };
    plot.querySelectorAll("svg.main-svg").forEach(walk);
    return lines.map((line) => line.replaceAll(plot._fullLayout._uid, "PLOT")
      .replace(/(trace|cb|clip)[0-9a-f]{6}/g, "TRACE"));
  };
  for (const chart of document.querySelectorAll("[data-testid=chart]")) {
    if (chart.dataset.drawn !== "yes") continue;
    if (!chart.beside) {
      chart.beside = chart.appendChild(document.createElement("div"));
      chart.beside.style.cssText = "position: absolute; left: -9999px";
    }
    const {data, layout} = JSON.parse(JSON.stringify(chart.told.figure));
    // What Plotly has written there of axes that find their own range, or domain.
    for (const axis of Object.values(layout)) {
      if (axis?.autorange === true) delete axis.range;
      if (axis?.constrain === "domain") delete axis.domain;
    }
    const template = {layout: chart.look};
    await wholly(chart.beside, data, {dragmode: false, ...layout, meta: undefined, template,
      width: chart.clientWidth, clickmode: "none"}, {displaylogo: false, doubleClick: false});
    const [here, there] = [drawn(chart.plot), drawn(chart.beside)];
    const at = there.findIndex((line, i) => line !== here[i]);
    if (here.length !== there.length || at >= 0) wrong.push([chart.key, here[at], there[at]]);
  }
  return wrong;
}"""
COUNT = """() => {
  window.drawn = {whole: 0, parts: 0};
  const react = wholly;
  Plotly.react = (...told) => (drawn.whole += 1, react(...told));
  for (const [key, show] of Object.entries(blameWire.mounted)) {
    if (!key.startsWith("chart_")) continue;
    blameWire.mounted[key] = (told) => (drawn.parts += 1, show(told));
  }
}"""
CASES = [
    # Points on a curve that stands, bars, lines on axes that grow.
    ("relu_gate", "b1[0]"),
    ("what_if", "W2[0, 0]"),
    # Axes that find their own range; shapes and notes that come and go.
    ("training", "W1[0, 0]"),
    ("forward_pass", "W1[0, 0]"),
]

HANDLES = [
    # A line that carries a text, on an axis that grows.
    ("relu_gate", "b1[0], the bias of neuron 0"),
    ("training_lab?lab_view=Learning+rates", "This run's learning rate"),
    # A map whose heights, levels and ends change, with a key of its own.
    ("training_lab?lab_view=Landscape", "The start of the run along W1[1, 0]"),
]


def test_what_differs_is_drawn_as_plotly_draws_the_whole(server, page):
    for path, name in CASES:
        look_up(page, f"{server.url}/{path}")
        item(page, name).scroll_into_view_if_needed()
        settled(page)
        drag_beside(page, name)
    for path, name in HANDLES:
        look_up(page, f"{server.url}/{path}")
        settled(page)
        move_beside(page, page.locator(f'.handle[aria-label^="{name}"]').first)
    # Maps, whose heights are others at each step.
    look_up(page, f"{server.url}/playground")
    assert page.evaluate(REACTED) == []
    page.evaluate(COUNT)
    for k in range(1, 7):
        page.get_by_role("button", name="Step", exact=True).click()
        wait_until_shown(page, k)
        assert page.evaluate(REACTED) == []
    assert page.evaluate("drawn.whole <= drawn.parts / 2")
    assert console_problems(page) == []


def wait_until_shown(page, step):
    page.wait_for_function(
        """(step) => {
          const hosts = [...document.querySelectorAll("*")].filter((e) => e.shadowRoot);
          const player = hosts.map((e) => e.shadowRoot.querySelector(".player")).find(Boolean);
          const { root } = player;
          return root.at === null && root.told.value === step;
        }""",
        arg=step,
    )
    settled(page)


def move_beside(page, handle):
    handle.scroll_into_view_if_needed()
    assert page.evaluate(REACTED) == []
    handle.focus()
    page.wait_for_timeout(1500)
    page.evaluate(COUNT)
    for key in ("ArrowRight", "ArrowRight", "Shift+ArrowRight", "ArrowLeft", "Shift+ArrowLeft"):
        handle.press(key)
        settled(page)
        assert page.evaluate(REACTED) == []
    counted = page.evaluate("drawn")
    assert counted["whole"] <= counted["parts"] / 3


def drag_beside(page, name):
    assert page.evaluate(REACTED) == []
    x, y = map(round, middle(page, name))
    page.mouse.move(x, y)
    page.wait_for_timeout(1500)
    page.evaluate(COUNT)
    page.mouse.down()
    for steps in STEPS:
        page.mouse.move(x + 6 * steps + (7 if steps > 0 else -7), y)
        page.evaluate(
            "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
        )
        assert page.evaluate(REACTED) == []
    counted = page.evaluate("drawn")
    assert counted["parts"] >= len(STEPS)
    assert counted["whole"] <= counted["parts"] / 3
    page.mouse.up()
    page.wait_for_function("() => !globalThis.blameFilm.holds()")
    settled(page)
    assert page.evaluate(REACTED) == []
