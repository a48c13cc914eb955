"""Servers and a browser for the tests in this folder; each test says which it wants."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.chromium import missing, open_browser, open_context, wait_longer
from tests.browser.hand import item
from tests.browser.helpers import open_page, settled, watch_console
from tests.browser.order import in_order, put_back
from tests.browser.sent import told_in_motion
from tests.browser.server import serve
from tests.browser.visitors import TOGETHER, Visitors, as_new
from tests.static.edition import PATIENCE, PieceMissingError, built, hosted, wait_until_kept

HERE = Path(__file__).parent


def pytest_collection_modifyitems(config, items):
    for test in items:
        if not test.path.is_relative_to(HERE):
            continue
        test.add_marker("browser")
        if config.getoption("--static") and (marker := test.get_closest_marker("of_server")):
            test.add_marker(
                pytest.mark.skip(reason=f"the edition without a server: {marker.args[0]}")
            )


@pytest.fixture(scope="package")
def edition(request, tmp_path_factory):
    """The edition without a server in the place of one, where `--static` asks for it, or None."""
    if not request.config.getoption("--static"):
        yield None
        return
    folder = tmp_path_factory.mktemp("edition")
    try:
        built(folder)
    except PieceMissingError as reason:
        pytest.skip(str(reason))
    wait_longer(PATIENCE)
    with hosted(folder) as host:
        yield host


# Package, not session: Playwright keeps an event loop running in this thread, which the tests of
# other folders must not meet.
@pytest.fixture(scope="package")
def browser():
    """A running Chromium."""
    if reason := missing():
        pytest.skip(reason)
    with open_browser(TOGETHER) as browser:
        yield browser


@pytest.fixture(scope="package")
def server(browser, edition):
    """The address of a server that has served a page before."""
    if edition:
        yield edition
        return
    with serve() as server:
        context = open_context(browser)
        open_page(context.new_page(), server.url)
        context.close()
        yield server


@pytest.fixture
def fresh_server(browser, edition):
    """A server that nobody has visited yet."""
    if edition:
        # Each visitor starts one of their own.
        yield edition
        return
    with serve() as server:
        yield server


@pytest.fixture(scope="package")
def visitors(browser, server, edition):
    """The contexts that are kept; of the edition one that knows it: it starts faster there."""
    if not edition:
        yield Visitors(browser, server.url)
        return
    context = open_context(browser)
    page = context.new_page()
    open_page(page, edition.url)
    wait_until_kept(page)
    page.close()
    yield Visitors(browser, edition.url, known=context)
    context.close()


@pytest.fixture
def visitor(visitors):
    """What returns a visitor's context with some options; it remembers nothing of other tests."""
    before = visitors.pages()
    yield visitors.of
    visitors.tidy(before)


@pytest.fixture(scope="module")
def visitor_of_file(visitors):
    """The same for what the tests of a file have in turn."""
    before = visitors.pages()
    yield visitors.of
    visitors.tidy(before)


@pytest.fixture
def context(visitor):
    """A visitor's browser context, 1280 x 1000, that remembers nothing of other tests."""
    return visitor()


@pytest.fixture(scope="module")
def one_page(visitor_of_file):
    """A page that the tests of a file have in turn."""
    page = visitor_of_file().new_page()
    watch_console(page)
    return page


@pytest.fixture
def page(one_page, visitor, request):
    """A page that keeps its console errors for `console_problems`.

    It shows what the test before has left: whoever has one opens an address, or turns to one.
    """
    as_new(one_page)
    yield one_page
    one_page.mouse.up()
    if "fresh_server" in request.fixturenames:
        # That ends now, and the page would look for it.
        one_page.goto("about:blank")


@pytest.fixture
def lesson(server, one_page):
    """The backward lesson as it is when it has just been opened.

    Opening it is what costs; so the next test of the file has the same page where this one has left
    it in order, or could be put back into it.
    """
    page = one_page
    if not in_order(page, server.url):
        open_page(page, f"{server.url}/backward_pass")
        item(page, "W1[0, 0]").wait_for()
        settled(page)
    page.console_problems.clear()
    yield page
    put_back(page)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if report.failed:
        for name in ("fresh_server", "server"):
            if server := item.funcargs.get(name):
                report.sections.append((f"log of {name}", server.log()[-4000:]))
    return report


@pytest.fixture
def asked(page):
    """What the browser has told the server of numbers that move, as it tells it."""
    return told_in_motion(page)
