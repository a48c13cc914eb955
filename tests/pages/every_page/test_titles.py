"""What a reader sees is a title, never a key of the code; links keep the keys."""

import re
from unittest.mock import patch

import pytest
import streamlit as st

from blame.playground.datasets import DATASETS
from blame.practise.challenges import CHALLENGES
from pages.shared.state.menu import SECTIONS
from tests.fuzz.watch import written
from tests.pages.app import PAGES, open_page

KEYS = re.compile(
    r"\b(leaky_relu|half_sse|bce_sum|cross_entropy|cross_entropy_sum|two_dead|gate_shut|both_dead"
    r"|training_lab|gradient_check|knife_edge|what_if|by_hand|my_numbers|relu_gate|forward_pass)\b"
)
TITLES = {page.file: page.title for pages in SECTIONS.values() for page in pages}


@pytest.mark.parametrize("page", PAGES)
def test_each_page_has_a_browser_title_of_its_own(page):
    told = []
    real = st.set_page_config
    with patch.object(st, "set_page_config", lambda **given: (told.append(given), real(**given))):
        open_page(page)
    wanted = "Blame" if page == "home" else f"{TITLES[page]} \u2013 Blame"
    assert told[-1]["page_title"] == wanted


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("link", [{}, {"exercise": "mazur"}, {"data": "my own"}])
def test_no_page_shows_a_key(page, link):
    app = open_page(page, **link)
    for where, text in written(app):
        # What is to be copied is code or an address, and has the keys.
        if where != "code":
            assert not KEYS.search(text), (where, text[:200])
    for kind in ("selectbox", "button_group", "radio"):
        for widget in app.get(kind):
            for option in widget.options:
                assert not KEYS.search(str(option)), (widget.key, option)


def test_a_list_shows_titles_and_the_link_has_the_key():
    app = open_page("challenges", challenge="kill")
    shown = app.selectbox(key="challenge")
    assert shown.options == [challenge.title for challenge in CHALLENGES.values()]
    assert app.session_state["challenge"] == "kill"
    shown.set_value("both").run()
    assert app.query_params["challenge"] in ("both", ["both"])
    app.selectbox(key="challenge").set_value("hit").run()
    assert "challenge" not in app.query_params
    app = open_page("playground", data="moons", unit="leaky_relu", task_loss="mse")
    chosen = {key: app.session_state[key] for key in ("data", "unit", "task_loss")}
    assert chosen == {"data": "moons", "unit": "leaky_relu", "task_loss": "mse"}
    assert app.query_params["data"] in ("moons", ["moons"])
    assert app.selectbox(key="data").options[:-1] == [each.title for each in DATASETS.values()]
    assert "leaky ReLU" in app.selectbox(key="unit").options
