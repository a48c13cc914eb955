"""What is watched in the browser while a hand drags, and that hand: given what is dragged."""

from __future__ import annotations

from tests.benchmarks.browser import CHART

# In each animation frame: the number said to be under the hand, and what every part in view
# shows. An update is a frame in which what follows from it, result, charts and sentences, is
# another. A part is blank where nothing is drawn in it, and stale where it shows for one number now
# this and now that: the frames that showed the rarer of the two are counted.
WATCH = """(grip, of) => {
  const hosts = [...document.querySelectorAll("*")].filter((e) => e.shadowRoot);
  const picture = hosts.map((e) => e.shadowRoot.querySelector(".picture")).find(Boolean);
  const stage = picture?.querySelector(".stage svg");
  const receipt = picture?.querySelector(".receipt");
  const name = grip.dataset.name;
  const inView = (e) => {
    const box = e.getBoundingClientRect();
    return box.bottom > 0 && box.top < innerHeight && box.height > 0;
  };
  const all = (what) => [...document.querySelectorAll(what)].filter(inView);
  const charts = all("SELECTOR"), sentences = all("p.sentence");
  // What is drawn, and where: the name of the layer that holds it is Plotly's own affair.
  const drawn = (e) => (e.getAttribute("d") ?? e.textContent) + (e.getAttribute("transform") ?? "");
  const marks = (chart) => [...chart.querySelectorAll(
    ".cartesianlayer path, .shapelayer path, .ytick text, .infolayer text")].map(drawn).join();
  const text = (e) => e.textContent;
  const item = (one) => stage?.querySelector(`.item[data-name="${one}"]`);
  // A picture draws what it holds under the hand in the same node, but who knows for how long.
  const at = () => (name ? item(name) : grip).getAttribute("aria-valuenow");
  const result = () => item(of)?.textContent ?? "";
  const whole = [stage, receipt].filter((part) => part && part.textContent);
  // Read once a frame: to look costs the browser too.
  const parts = () => [...whole.map(text), ...charts.map(marks), ...sentences.map(text)];
  const follows = (shown) => result() + shown.slice(whole.length).join();
  const watched = (window.watched = {
    updates: 0, frames: 0, blank: 0, seen: {}, on: true, parts: parts().length,
    began: null, first: null, before: follows(parts()),
  });
  grip.addEventListener("pointerdown", () => (watched.began = performance.now()), true);
  let last = null;
  const look = () => {
    if (!watched.on) return;
    requestAnimationFrame(look);
    const shown = parts();
    watched.frames += 1;
    if (shown.some((part) => !part)) watched.blank += 1;
    const now = follows(shown);
    if (last !== null && now !== last) watched.updates += 1;
    last = now;
    if (watched.first === null && now !== watched.before) {
      watched.first = performance.now() - watched.began;
    }
    shown.forEach((part, i) => {
      const of = (watched.seen[`${at()} ${i}`] ??= {});
      of[part] = (of[part] ?? 0) + 1;
    });
  };
  look();
}""".replace("SELECTOR", CHART)
# To and fro, a step every 12 ms, told once a frame: as browsers tell of a hand that moves faster
# than a screen. So it is the page that says how often it follows.
HAND = """(grip, [x, y, right, down, span, seconds]) => new Promise((done) => {
  // Of two handles on one point the upper one holds the pointer for both.
  const stage = grip.closest("svg");
  const targets = stage ? [stage] : [...grip.parentElement.querySelectorAll(".handle")];
  const began = performance.now();
  const move = () => {
    const passed = performance.now() - began;
    const turn = Math.floor(passed / 12) % (2 * span), far = turn < span ? turn : 2 * span - turn;
    const where = { clientX: x + right * far, clientY: y + down * far };
    for (const target of targets) {
      target.dispatchEvent(new PointerEvent("pointermove", { ...where, bubbles: true }));
    }
    if (passed < 1000 * seconds) requestAnimationFrame(move);
    else done();
  };
  move();
})"""
