"""What a reader sees whose browser does not reach the server, at first or in mid visit."""

import pytest

from pages.shared.server.connection_word import SETTING
from tests.browser.helpers import open_page
from tests.browser.server import Switch, serve

pytestmark = pytest.mark.of_server("its pages need no connection")
expect = pytest.importorskip(
    "playwright.sync_api", reason="needs playwright: pip install -r requirements-dev.txt"
).expect

NO_WEBSOCKET = """
window.WebSocket = class extends EventTarget {
  constructor(url) {
    super();
    this.url = url;
    this.readyState = 3;
    setTimeout(() => this.onclose && this.onclose(new CloseEvent("close", { code: 1006 })), 50);
  }
  send() {}
  close() {}
};
"""
SILENT = """
window.WebSocket = class extends EventTarget {
  constructor(url) {
    super();
    this.url = url;
    this.readyState = 0;
    setTimeout(() => {
      this.readyState = 1;
      this.onopen && this.onopen(new Event("open"));
    }, 50);
  }
  send() {}
  close() {}
};
"""
"""One that opens, and lets nothing through."""
SIX_TIMES = """
const real = Date.now.bind(Date);
const begin = real();
Date.now = () => begin + 6 * (real() - begin);
"""
"""Lets a page's clock run six times as fast, so that fifteen seconds are two and a half."""
WORD = "#connection-word"


def test_where_no_websocket_comes_through_a_word_says_so(server, context):
    page = context.new_page()
    page.add_init_script(NO_WEBSOCKET)
    page.add_init_script(SIX_TIMES)
    page.goto(f"{server.url}/backward_pass")
    # What the page is about is there all the same.
    expect(page.locator("#first-words .title")).to_have_text("Blame flows backward")
    expect(page.locator(WORD)).to_contain_text("No connection yet.", timeout=30_000)
    expect(page.locator("#first-words .title")).to_be_visible()
    expect(page.locator(WORD)).to_contain_text("WebSocket")
    box = page.locator(WORD).bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 1280
    # No setting names anything to go to instead.
    assert page.locator(f"{WORD} a").count() == 0
    page.set_viewport_size({"width": 390, "height": 700})
    box = page.locator(WORD).bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390


def test_the_edition_without_a_server_is_offered_with_page_and_numbers(context):
    with serve(environment={SETTING: "https://school.example/blame"}) as offering:
        for swallowed in (NO_WEBSOCKET, SILENT):
            page = context.new_page()
            page.add_init_script(swallowed)
            page.add_init_script(SIX_TIMES)
            page.goto(f"{offering.url}/relu_gate?b1_1=-0.2&W1_0_0=0.75")
            link = page.locator(WORD).get_by_role("link")
            expect(link).to_have_attribute(
                "href",
                "https://school.example/blame/relu_gate?b1_1=-0.2&W1_0_0=0.75",
                timeout=30_000,
            )
            page.close()


def test_none_is_said_in_peace_and_one_when_the_server_is_lost_until_it_is_back(context):
    switch = Switch()
    switch.on()
    try:
        page = context.new_page()
        page.add_init_script(SIX_TIMES)
        open_page(page, switch.url)
        page.wait_for_timeout(4000)
        assert page.locator(WORD).count() == 0
        switch.off()
        expect(page.locator("[data-testid=stApp]")).not_to_have_attribute(
            "data-test-connection-state", "CONNECTED"
        )
        expect(page.locator(WORD)).to_contain_text("The connection is lost.", timeout=30_000)
        switch.on()
        expect(page.locator(WORD)).to_have_count(0, timeout=60_000)
    finally:
        switch.off()
