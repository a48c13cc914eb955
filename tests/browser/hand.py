"""What the hand does in the picture and what it reads there, for the browser tests."""

import re

from tests.browser.helpers import settled, wait_for_number

STEP = 6
"""Pixels of dragging for one step of 0.1."""


def item(page, name):
    return page.locator(f'.item[data-name="{name}"]')


def shown(page, name):
    """Return the number that the picture says a quantity has."""
    return float(item(page, name).get_attribute("aria-label").split(" = ")[1])


def wait_until(page, name, value):
    page.wait_for_function(
        """([name, value]) => {
          const hosts = [...document.querySelectorAll("*")].filter((e) => e.shadowRoot);
          const found = hosts.map((e) => e.shadowRoot.querySelector(`.item[data-name="${name}"]`));
          const item = found.find(Boolean);
          return item && Number(item.getAttribute("aria-valuenow")) === value;
        }""",
        arg=[name, value],
    )


def middle(page, name):
    box = item(page, name).bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page, name, pixels, *, drop=True):
    x, y = middle(page, name)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + pixels / 2, y, steps=4)
    page.mouse.move(x + pixels, y, steps=4)
    if drop:
        page.mouse.up()


def arrived(page, key, value):
    """Wait until the sidebar holds the value too, and return the numbers of the link."""
    wait_for_number(page, key, value)
    settled(page)


def bars(page):
    """Return the gradients as the chart's labels show them."""
    labels = page.locator("[data-testid=chart] .ytick text").all_text_contents()
    coded = [label.replace("\N{MINUS SIGN}", "-") for label in labels]
    return dict(re.split(r"\s{2,}|\u00a0\u00a0", label, maxsplit=1) for label in coded)
