"""Every page holds for exercises that Hypothesis draws within the limits, each by its own link."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blame.exercise.links import write_link
from pages.shared.server.around import SCRIPT
from tests.any_shape import exercises
from tests.fuzz.watch import NO_NUMBER, bad_tokens, carried, written
from tests.pages.app import PAGES, AppTest, file_of, pictures, words

EXTREME = (0.0, 1e6, -1e6, 1e-9, -40.0, 123456.789)
FEW = settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck))
"""Each example opens every page."""


@st.composite
def drawn(draw):
    """Draw an exercise of any size, some of its numbers far from those of a textbook."""
    exercise = draw(exercises(samples=(1, 2, 3, 8), most=draw(st.sampled_from((3, 10)))))
    names = [name for name in exercise.numbers() if name[0] in "xWb"]
    far = draw(st.dictionaries(st.sampled_from(names), st.sampled_from(EXTREME), max_size=3))
    return exercise.with_numbers(far)


@given(exercise=drawn())
@FEW
def test_every_page_tells_the_truth_about_it(exercise):
    query = write_link(exercise)
    for page in PAGES:
        app = AppTest.from_file(str(SCRIPT), default_timeout=30)
        for name, text in query.items():
            app.query_params[name] = text
        if page != "home":
            app.switch_page(file_of(page))
        app.run()
        where = f"{page}?{query}"
        assert not app.exception, where
        assert app.session_state["exercise"] == exercise, where
        assert app.title, where
        for kind, text in written(app):
            assert not NO_NUMBER.search(text), (where, kind, text)
            assert "-0.0" not in re.findall(r"-0\.0(?!\d)", text), (where, kind, text)
        for element in app.get("bidi_component"):
            assert list(bad_tokens(carried(element.proto))) == [], where
        if page in ("forward_pass", "backward_pass", "relu_gate", "what_if", "challenges"):
            check_receipts(app, exercise, where)
        if page == "training":
            check_loss(words(app), exercise, where)


def check_receipts(app, exercise, where):
    values = exercise.values()
    for picture in pictures(app):
        if receipt := picture["receipt"]:
            told = float(receipt["value"].replace(" ", ""))
            true = values[receipt["name"]]
            assert told == pytest.approx(true, rel=1e-3, abs=1e-11), (where, receipt["name"])


def check_loss(said, exercise, where):
    """What is said of the first step is what one update by itself makes of the loss."""
    if not exercise.backward().finite:
        return
    before = float(exercise.backward().loss)
    try:
        after = float(exercise.updated().backward().loss)
    except ValueError:
        # Beyond what an exercise may hold: a run may go there.
        return
    if "The step to 1 raises the loss" in said or "From step 0 on the loss only grows" in said:
        assert after > before, where
    if found := re.search(r"The loss goes from (\S+) to (\S+) in 1 step;", said):
        assert float(found[1]) == pytest.approx(before, rel=1e-3), where
        assert float(found[2]) == pytest.approx(after, rel=1e-3), where
    rises = re.search(r"The step to (\d+) raises the loss", said)
    if rises and int(rises[1]) > 1:
        assert after <= before, where
