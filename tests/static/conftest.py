"""The edition, built once, served below a path as a public host's pages are, and a browser."""

from __future__ import annotations

import pytest

from tests.browser.chromium import missing, open_browser
from tests.static.edition import PieceMissingError, built, hosted


@pytest.fixture(scope="package")
def browser():
    """A running Chromium."""
    if reason := missing():
        pytest.skip(reason)
    with open_browser() as browser:
        yield browser


@pytest.fixture(scope="package")
def site(tmp_path_factory):
    """A folder of a host's in which the edition is the folder `blame`."""
    folder = tmp_path_factory.mktemp("site")
    try:
        built(folder / "blame", "--zip")
    except PieceMissingError as reason:
        pytest.skip(str(reason))
    return folder


@pytest.fixture(scope="package")
def edition(site):
    """The edition's address."""
    with hosted(site) as host:
        yield f"{host.url}/blame"
