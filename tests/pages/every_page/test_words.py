"""Every chart and the living network, told in words with their numbers."""

import re

import pytest

from blame.probe.trace import Trace
from pages.shared.picture.data import describe_picture
from pages.shared.state.choices import LAB_VIEWS, PLAY_VIEWS
from pages.shared.words.numbers import Numbers
from tests.exercises import notebook_with
from tests.pages.app import DRAWN, PAGES, charts, open_page
from tests.pages.words.reading import near, read

NUMBER = re.compile(r"\d")
LINKS = [(page, {}) for page in PAGES]
LINKS += [("training_lab", {"lab_view": view, "kept": "-;b1_1:-0.2"}) for view in LAB_VIEWS]
LINKS += [("training_lab", {"lab_view": "Landscape", "land_form": "surface"})]
LINKS += [("training_lab", {"lab_scale": "log", "learning_rate": 3})]
LINKS += [("playground", {"play_view": view, "play_step": 20}) for view in PLAY_VIEWS]
LINKS += [("playground", {"data": "two lines", "play_step": 5}), ("relu_gate", {"b1_1": -0.2})]
LINKS += [("training", {"steps": 0})]


@pytest.mark.parametrize(("page", "link"), LINKS, ids=str)
def test_every_chart_is_told_with_its_numbers(page, link):
    app = open_page(page, **link)
    told = [chart["alt"] for chart in charts(app)]
    if link.get("lab_view") != "One step":
        assert bool(told) == (page in DRAWN)
    for alt in told:
        assert len(NUMBER.findall(alt)) >= 2, alt
        assert not re.search(r"\b(nan|None)\b|-0(?![.\d])", alt), alt
    assert len(set(told)) == len(told), "two charts with the same words"


def test_the_words_change_with_the_numbers():
    before, after = (
        [chart["alt"] for chart in charts(open_page("backward_pass", b1_0=b))] for b in (0.1, 0.7)
    )
    assert before
    assert all(old != new for old, new in zip(before, after, strict=True))


@pytest.mark.parametrize("view", ["forward", "blame", "both"])
def test_the_living_network_is_told_with_its_numbers(view):
    exercise = notebook_with(b1_1=-0.2)
    said = describe_picture(Trace(exercise.backward()), view, Numbers())
    assert "Network of widths 2, 2, 1. Input 1, 2." in said
    assert "neuron 0: z 2.2, a 2.2" in said
    assert "Layer 1 neuron 1: z -0.1, a 0" in said
    assert "gate shut" in said
    assert ("blame +2.5" in said) == (view != "forward")
    (loss,) = read("Loss #.", said)
    assert near(loss, 1.25**2)
