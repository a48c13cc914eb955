"""What shuts a reader out: what axe-core finds, faint texts, and what is cut off or covered.

axe-core comes from npm.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from tests.pages.test_palette import contrast

AXE = Path(__file__).parents[2] / "node" / "node_modules" / "axe-core" / "axe.min.js"


class Known(NamedTuple):
    """A finding that stays: in what Streamlit draws, or wrong."""

    rule: str
    part: str
    """A selector of the part it lies in."""
    why: str


KNOWN = (
    Known(
        "region",
        "[data-floating-ui-portal]",
        "Streamlit draws an open part of the menu at the end of the page, outside its landmarks.",
    ),
    Known(
        "list",
        "[data-testid=stSidebarNavItems]",
        "Streamlit's menu on a phone is a list whose sections are no items of it.",
    ),
    Known(
        "listitem",
        "[data-testid=stSidebarNavItems]",
        "Its pages, Streamlit's too, stand in the sections, so in no list of their own.",
    ),
    Known(
        "scrollable-region-focusable",
        "[data-testid=stMarkdownContainer] :is(table, .katex-display)",
        "A table or formula that scrolls by itself: Chromium and Firefox let the Tab key reach "
        "one; axe-core looks at the markup. test_keyboard holds that.",
    ),
)
seen: set[Known] = set()
"""What has been met of the known."""

COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules that another theme can break."""

_RUN = """async ([parts, rules]) => {
  const runOnly = rules && { type: "rule", values: rules };
  const found = await axe.run(document,
    {resultTypes: ["violations"], elementRef: true, ...(runOnly && { runOnly })});
  return found.violations.flatMap((rule) => rule.nodes.map((node) => ({
    rule: rule.id, impact: rule.impact, html: node.html, why: node.failureSummary,
    where: node.target.flat().join(" "), inside: parts.filter((part) => node.element.closest(part)),
  })));
}"""
# Theme changes are faded in, and the living network hears of them a moment later.
_THEMED = """(dark) => {
  const app = getComputedStyle(document.querySelector("[data-testid=stApp]"));
  const shadows = [...document.querySelectorAll("*")].map((e) => e.shadowRoot).filter(Boolean);
  const pictures = shadows.map((root) => root.querySelector(".picture")).filter(Boolean);
  return app.colorScheme === (dark ? "dark" : "light") &&
    pictures.every((picture) => picture.classList.contains("dark") === dark) &&
    document.getAnimations().every((a) => a.playState !== "running" || !a.transitionProperty);
}"""
_TEXTS = """() => {
  const roots = [document, ...[...document.querySelectorAll("*")].map((e) => e.shadowRoot)];
  return roots.filter(Boolean).flatMap((root) => [...root.querySelectorAll("svg text")])
    .filter((text) => text.textContent.trim()
      && text.checkVisibility({opacityProperty: true, visibilityProperty: true}))
    .map((text) => {
      let opacity = Number(getComputedStyle(text).fillOpacity);
      for (let e = text; e; e = e.parentElement) opacity *= getComputedStyle(e).opacity;
      return [text.textContent, getComputedStyle(text).fill, opacity];
    });
}"""
_PROBLEMS = r"""() => {
  const main = document.querySelector("[data-testid=stMain]"), wide = innerWidth, found = [];
  const up = (e) => e.parentElement || e.getRootNode().host;
  const scrolls = (e) => /auto|scroll/.test(getComputedStyle(e).overflowX);
  const boxed = (e) => { for (e = up(e); e && e !== main; e = up(e)) if (scrolls(e)) return true; };
  const say = (e) => `${e.tagName} ${(e.ariaLabel || e.textContent || e.className).slice(0, 50)}`;
  if (document.scrollingElement.scrollWidth > wide) found.push("the page scrolls sideways");
  if (main.scrollWidth > main.clientWidth) found.push("the lesson scrolls sideways");
  const every = (root) => [...root.querySelectorAll("*")].flatMap(
    (e) => [e, ...(e.shadowRoot ? every(e.shadowRoot) : [])]);
  const shown = every(main).filter((e) => {
    const box = e.getBoundingClientRect();
    // Formulas are in the page twice, once for screen readers only; Plotly measures off the page.
    return box.width > 1 && box.height > 1 && !e.closest(".katex-mathml, #js-plotly-tester")
      && e.checkVisibility({opacityProperty: true, visibilityProperty: true});
  });
  const controls = shown.filter((e) =>
    e.matches("button, a[href], select, textarea, summary, [role=spinbutton], .item"));
  const texts = shown.filter((e) =>
    [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()));
  for (const e of new Set([...controls, ...texts])) {
    const { left, right } = e.getBoundingClientRect();
    if ((left < -1 || right > wide + 1) && !boxed(e)) found.push(`beyond the edge: ${say(e)}`);
  }
  for (const e of shown.filter((e) => e.textContent.trim())) {
    const style = getComputedStyle(e);
    if (/hidden|clip/.test(style.overflowX) && e.scrollWidth > e.clientWidth + 1)
      found.push(`cut off: ${say(e)}`);
  }
  for (const e of controls) {
    if (e.disabled || boxed(e) && e.closest("[role=radiogroup]")) continue;
    e.scrollIntoView({block: "center", behavior: "instant"});
    const box = e.getBoundingClientRect();
    const top = e.getRootNode().elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    if (!top || !(e.contains(top) || top.contains(e)))
      found.push(`covered: ${say(e)} by ${top && say(top)}`);
  }
  const items = controls.filter((e) => e.matches(".item"))
    .map((e) => [e, e.getBoundingClientRect()]);
  items.forEach(([e, a], i) => items.slice(i + 1).forEach(([other, b]) => {
    const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    if (across > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1)
      found.push(`one on another: ${say(e)} and ${say(other)}`);
  }));
  return found;
}"""


def findings(page, axe, rules=None):
    """Return what axe finds that is new, by these rules or all, and note what is known."""
    page.evaluate(axe)
    new = []
    for found in page.evaluate(_RUN, [[known.part for known in KNOWN], rules]):
        known = [k for k in KNOWN if k.rule == found["rule"] and k.part in found["inside"]]
        seen.update(known)
        if not known:
            new.append("{impact} {rule}: {where}\n  {html}\n  {why}".format(**found))
    return new


def faint_texts(page):
    """Return the texts inside SVGs that stand out too little from the page."""
    background = page.evaluate(
        "getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"
    )
    paper = _channels(background)
    faint = []
    for text, fill, opacity in page.evaluate(_TEXTS):
        ink = [p + (i - p) * opacity for i, p in zip(_channels(fill), paper, strict=True)]
        if contrast(_hex(ink), _hex(paper)) < 4.5:
            faint.append((text, fill, round(opacity, 2)))
    return faint


def _channels(colour):
    return [float(part) for part in re.findall(r"[\d.]+", colour)[:3]]


def _hex(channels):
    return "#" + "".join(f"{round(c):02x}" for c in channels)


def themed(page, theme):
    """Wait until the page stands in a theme."""
    page.emulate_media(color_scheme=theme)
    page.wait_for_function(_THEMED, arg=theme == "dark")


def without_room(page):
    """Return what scrolls sideways, is cut off, covered or beyond the edge."""
    return page.evaluate(_PROBLEMS)
