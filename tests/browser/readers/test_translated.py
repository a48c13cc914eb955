"""What a browser's translator has wrapped and changed: our texts are replaced as a whole."""

from tests.browser.hand import item
from tests.browser.helpers import console_problems, open_page, set_number, settled

_TEXTS = """
  const hosts = [...document.querySelectorAll("*")].map((e) => e.shadowRoot).filter(Boolean);
  const roots = [document, ...hosts];
  const all = (what) => roots.flatMap((root) => [...root.querySelectorAll(what)]);
  const ours = all(`.picture svg text, .picture title, .receipt :is(h2, p, li, .formula > div),
    .flow :is(.sentence, .lines, button), p.sentence, .sheet :is(.summary, .note)`);
"""
# As the common translators do it: each text node stands in two font elements, in other words.
TRANSLATE = f"""() => {{ {_TEXTS}
  let wrapped = 0;
  for (const element of ours) {{
    const walk = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walk.nextNode()) nodes.push(walk.currentNode);
    for (const node of nodes) {{
      if (!node.data.trim() || node.parentNode.localName === "font") continue;
      const outer = document.createElement("font");
      const inner = outer.appendChild(document.createElement("font"));
      inner.textContent = `«${{node.data}}»`;
      node.replaceWith(outer);
      wrapped += 1;
    }}
  }}
  return wrapped;
}}"""
READ = f"() => {{ {_TEXTS} return ours.map((e) => e.textContent); }}"
KEPT = """() => {
  const hosts = [...document.querySelectorAll("*")].map((e) => e.shadowRoot).filter(Boolean);
  const all = (what) => hosts.flatMap((root) => [...root.querySelectorAll(what)]);
  const named = all(".item text, .receipt :is(h2, .formula, .number, .symbols, .numbers), "
    + ".sheet input, .sheet .symbol, p.sentence code");
  return [named.length, named.filter((e) => !e.closest("[translate=no]")).map((e) => e.outerHTML)];
}"""


def test_a_translated_page_says_the_right_thing_after_a_change(server, page, context):
    open_page(page, f"{server.url}/backward_pass")
    item(page, "dW1[0, 0]").click()
    page.locator(".receipt h2").filter(has_text="dW1[0, 0]").wait_for()
    settled(page)
    before = page.evaluate(READ)
    assert page.evaluate(TRANSLATE) > 40
    set_number(page, "b1_0", "0.7")
    after = page.evaluate(READ)

    fresh = context.new_page()
    open_page(fresh, f"{server.url}/backward_pass?b1_0=0.7")
    item(fresh, "dW1[0, 0]").click()
    fresh.locator(".receipt h2").filter(has_text="dW1[0, 0]").wait_for()
    settled(fresh)
    right = fresh.evaluate(READ)

    assert len(before) == len(after) == len(right)
    changed = [
        (now, true) for was, now, true in zip(before, after, right, strict=True) if was != true
    ]
    assert len(changed) > 10
    assert [(now, true) for now, true in changed if now != true] == []
    # What has not changed is left to the translator, or said anew; never half of each.
    for now, true in zip(after, right, strict=True):
        assert now.replace("«", "").replace("»", "") == true
    assert console_problems(page) == []


def test_names_and_numbers_are_not_translated(server, page):
    open_page(page, f"{server.url}/backward_pass")
    item(page, "dW1[0, 0]").click()
    page.locator(".receipt h2").filter(has_text="dW1[0, 0]").wait_for()
    found, open_to_it = page.evaluate(KEPT)
    assert found > 40
    assert open_to_it == []
