"""The switch of the notation in a real browser: drawn by KaTeX, and kept by the address."""

from urllib.parse import parse_qs, urlencode, urlparse

import numpy as np

from blame import Exercise, Layer, Network
from blame.exercise.links import write_link
from tests.browser.helpers import (
    click,
    console_problems,
    go_to,
    look_up,
    open_page,
    settled,
    turn_to,
)


def of(page):
    """Return what the link says of the notation."""
    return parse_qs(urlparse(page.url).query).get("notation", [])


def drawn(page):
    """Return the formulas as they are read."""
    return " ".join(page.locator(".katex-mathml annotation").all_text_contents())


def choose(page, name):
    click(page, page.locator(".st-key-notation").get_by_text(name, exact=True))


def test_the_switch_changes_formulas_and_the_address_keeps_it(server, page):
    open_page(page, f"{server.url}/backward_pass")
    assert "dW1" in drawn(page)
    choose(page, "course")
    page.locator(".katex-mathml annotation", has_text=r"\delta^{(1)}").first.wait_for(
        state="attached"
    )
    assert of(page) == ["course"]
    assert page.locator(".katex-error").count() == 0
    go_to(page, "Learn", "Forward pass")
    page.locator(".katex-mathml annotation", has_text="W^{(1)}_{0, 1}").first.wait_for(
        state="attached"
    )
    assert of(page) == ["course"]
    page.reload()
    settled(page)
    page.locator(".katex-mathml annotation", has_text="W^{(1)}_{0, 1}").first.wait_for(
        state="attached"
    )
    page.go_back()
    page.locator(".katex-mathml annotation", has_text=r"\delta^{(1)}").first.wait_for(
        state="attached"
    )
    assert of(page) == ["course"]
    choose(page, "ours")
    page.locator(".katex-mathml annotation", has_text="dW1").first.wait_for(state="attached")
    assert of(page) == []
    assert console_problems(page) == []


def test_katex_draws_every_formula_of_other_exercises(server, page):
    look_up(page, server.url)
    for key in ("dlai-week3", "jay-3-3-3-3", "udacity-miniflow-134"):
        for path in ("forward_pass", "backward_pass", "relu_gate"):
            turn_to(page, f"{server.url}/{path}?exercise={key}&notation=course")
            formulas = page.locator(".katex-mathml annotation", has_text="^{(1)}")
            formulas.first.wait_for(state="attached")
            assert r"\texttt" not in drawn(page), (key, path)
            assert page.locator(".katex-error").count() == 0, (key, path)


def wide():
    """Return a link of 4-8-8-3, tanh and softmax, with four samples."""
    draw = np.random.default_rng(3)
    layers = [
        Layer(
            draw.normal(0, 0.6, (n_in, n_out)).round(2), draw.normal(0, 0.2, n_out).round(2), unit
        )
        for n_in, n_out, unit in ((4, 8, "relu"), (8, 8, "tanh"), (8, 3, "softmax"))
    ]
    samples = draw.normal(0, 1, (4, 4)).round(2)
    exercise = Exercise(
        Network(tuple(layers)), samples, np.eye(3)[[0, 2, 1, 1]], loss="cross_entropy"
    )
    return urlencode(write_link(exercise))


CUT = """() => [...document.querySelectorAll(".katex-display")].filter((one) => one.offsetParent)
  .filter((one) => one.scrollWidth > one.clientWidth + 2)
  .map((one) => one.querySelector("annotation").textContent.slice(0, 80))"""


def test_no_formula_of_wide_layers_is_cut_off(server, page):
    look_up(page, server.url)
    link = wide()
    for path in ("forward_pass", "backward_pass"):
        turn_to(page, f"{server.url}/{path}?{link}")
        formulas = page.locator(".katex-mathml annotation", has_text=r"\cdot \texttt{W")
        formulas.first.wait_for(state="attached")
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 844})
            page.wait_for_timeout(400)
            assert page.evaluate(CUT) == [], (path, width)
