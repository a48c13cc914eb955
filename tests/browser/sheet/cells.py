"""What a hand does in the sheet's cells, and what stands beside them."""

from tests.browser.helpers import (
    field,
)

PASTE = """(input, text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  const paste = { clipboardData, bubbles: true, cancelable: true, composed: true };
  if (!input.dispatchEvent(new ClipboardEvent("paste", paste))) return;
  input.value = text;
  input.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
}"""


def paste(page, key, text):
    field(page, key).focus()
    field(page, key).evaluate(PASTE, text)


def trouble(page, text):
    """Wait for a sentence beside a cell that is refused."""
    page.locator(".sheet .trouble").filter(has_text=text).wait_for()


def focused(page):
    """Return the name of the cell that holds the focus."""
    return page.evaluate(
        """() => {
          const { activeElement: host } = document;
          return host?.shadowRoot?.activeElement?.dataset.name ?? null;
        }"""
    )
