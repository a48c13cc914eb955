"""Names of pages as messengers and mail programs leave them."""

import pytest

from pages.shared.server.page_names import PageNames
from tests.pages.app import PAGES
from tests.pages.server.test_middleware import PAGE, answer_of, inner

TO = "text/html,application/xhtml+xml"


@pytest.mark.parametrize(
    "path",
    [
        "/knife_edge.",
        "/knife_edge)",
        "/knife_edge).",
        "/knife_edge,",
        "/knife_edge\u201d",
        "/knife_edge\u00a0",
        "/knife_edge\u200b",
        "/Knife_Edge",
        "/knife-edge",
        "/knife edge",
        "/knife%5Fedge",
        "/knife%255Fedge",
        "/knife\\_edge",
        "/*knife_edge*",
        "/knifeedge",
    ],
)
def test_a_page_is_found_by_a_name_that_was_meant(path):
    app, asked = inner()
    status, headers, _ = answer_of(PageNames(app), path, accept=TO)
    assert (status, headers[b"location"], asked) == (307, b"knife_edge", [])
    status, headers, _ = answer_of(PageNames(app), "/folder" + path, accept=TO)
    assert headers[b"location"] == b"knife_edge"
    status, headers, _ = answer_of(PageNames(app), path + "/", accept=TO)
    assert headers[b"location"] == b"../knife_edge"


def test_the_query_goes_along_even_where_it_had_become_part_of_the_name():
    place = PageNames(None).place
    assert place("/knife_edge.", "b1_1=-0.2") == "knife_edge?b1_1=-0.2"
    assert place("/knife_edge?b1_1=-0.2&x_0=3") == "knife_edge?b1_1=-0.2&x_0=3"
    assert place("/knife_edge%3Fb1_1%3D-0.2") == "knife_edge?b1_1%3D-0.2"
    assert place("/knife_edge&amp;b1_1=-0.2", "x_0=3") == "knife_edge?amp;b1_1=-0.2&x_0=3"
    assert place("/home.", "b1_1=-0.2") == "./?b1_1=-0.2"
    assert place("/home") == "./"


@pytest.mark.parametrize(
    "path",
    [
        *("/" if page == "home" else f"/{page}" for page in PAGES),
        *(f"/{page}/" for page in PAGES if page != "home"),
        "/",
        "//",
        "/nowhere",
        "/.",
        "/?",
        "/_stcore/health",
        "/backward_pass/_stcore/host-config",
        "/static/js/index.js",
    ],
)
def test_what_is_right_or_unknown_is_left_alone(path):
    app, asked = inner()
    status, _, body = answer_of(PageNames(app), path, accept=TO)
    assert (status, body, len(asked)) == (200, PAGE, 1)


def test_only_pages_are_led_elsewhere():
    app, asked = inner()
    assert answer_of(PageNames(app), "/knife_edge.", accept="*/*")[0] == 200
    assert answer_of(PageNames(app), "/knife_edge.", method="POST", accept=TO)[0] == 200
    assert len(asked) == 2


@pytest.mark.parametrize("path", ["//evil.example/knife_edge.", "/\\evil.example/knife_edge."])
def test_no_path_leads_to_another_host_or_ends_a_header(path):
    assert PageNames(None).place(path) == "knife_edge"
    place = PageNames(None).place("/knife_edge?a=1\r\nset-cookie: x=//evil.example")
    assert place.startswith("knife_edge?a=1%0D%0Aset-cookie%3A")
    assert "//" not in place
