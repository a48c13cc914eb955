"""What a translator has changed in Streamlit's own texts: what changes is put back whole."""

import pytest

from tests.browser.helpers import click, console_problems, look_up, open_page, set_number, settled

_NODES = """
  const nodesOf = (element) => {
    const walk = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walk.nextNode()) found.push(walk.currentNode);
    return found.filter((node) => node.data.trim()
      && !node.parentElement.closest("script, style, textarea, [translate=no]"));
  };
  const what = "[data-testid=stApp] :is(p, li, td, th, h1, h2, summary)";
  const blocks = [...document.querySelectorAll(what)];
"""
# As the common translators do it: each text node stands in two font elements, in other words. One
# of them puts the elements in first and takes the text out after, another does both at once.
TRANSLATE = f"""() => {{ {_NODES}
  let wrapped = 0;
  for (const node of nodesOf(document.querySelector("[data-testid=stApp]"))) {{
    if (node.parentElement.localName === "font") continue;
    const outer = document.createElement("font");
    outer.appendChild(document.createElement("font")).textContent = `«${{node.data}}»`;
    if (wrapped % 2) node.replaceWith(outer);
    else {{
      node.parentNode.insertBefore(outer, node);
      node.remove();
    }}
    wrapped += 1;
  }}
  return wrapped;
}}"""
READ = f"() => {{ {_NODES} return blocks.map((e) => nodesOf(e).map((n) => n.data).join('')); }}"
HALF = f"""() => {{ {_NODES}
  return blocks.filter((e) => new Set(nodesOf(e).map((n) => n.data.startsWith("«"))).size > 1)
    .map((e) => e.textContent);
}}"""


@pytest.fixture(scope="module")
def fresh(visitor_of_file):
    """A page that no translator has seen."""
    return visitor_of_file().new_page()


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        (
            "training_lab",
            "training_lab?learning_rate=0.01",
            lambda page: set_number(page, "learning_rate", 0.01),
        ),
        ("relu_gate", "relu_gate?b1_0=0.7", lambda page: set_number(page, "b1_0", 0.7)),
        (
            "challenges?challenge=hit",
            "challenges?challenge=kill",
            lambda page: click(page, page.locator(".st-key-challenge_next button")),
        ),
    ],
    ids=["lab", "gate", "challenges"],
)
def test_what_changes_is_said_as_a_whole(server, page, fresh, before, after, change):
    look_up(fresh, f"{server.url}/{after}")
    settled(fresh)
    right = fresh.evaluate(READ)
    open_page(page, f"{server.url}/{before}")
    settled(page)
    was = page.evaluate(READ)
    assert page.evaluate(TRANSLATE) > 30
    change(page)
    settled(page)
    now = page.evaluate(READ)
    # Streamlit keeps a hidden copy of some buttons: each text once.
    plain = dict.fromkeys(text.replace("\u00ab", "").replace("\u00bb", "") for text in now)
    assert [*plain] == [*dict.fromkeys(right)]
    assert page.evaluate(HALF) == []
    # Some of it has changed, and what has not is still translated.
    assert sum(one != other for one, other in zip(was, right, strict=False)) > 2
    assert sum(text.startswith("\u00ab") for text in now) > 10
    assert console_problems(page) == []
