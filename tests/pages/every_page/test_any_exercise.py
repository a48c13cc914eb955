"""Every page holds for exercises of any shape: drawn ones, and the largest there may be."""

import numpy as np
import pytest

from blame.exercise.build import blank
from blame.exercise.links import write_link
from blame.exercise.presets import drawn
from tests.pages.app import PAGES, file_of, open_page

SHAPES = {
    "1-1 sigmoid": blank((1, 1), units=["sigmoid"], loss="half_sse"),
    "3-2 softmax": blank((3, 2), units=["softmax"], loss="cross_entropy", n_samples=3),
    "2-2-2 softmax, squares": blank((2, 2, 2), units=["tanh", "softmax"], loss="mse"),
    "2-3-1, four samples": blank((2, 3, 1), units=["leaky_relu", "identity"], n_samples=4),
    "the output itself": blank((2, 2, 1), units=["softplus", "identity"], loss="output"),
    "no bias, bce": blank((2, 3, 2), units=["relu", "sigmoid"], loss="bce_sum",
                          biases=[False, False], n_samples=2),
    "4-8-8-3, four samples": blank((4, 8, 8, 3), n_samples=4),
    "the largest": blank((10, 10, 10, 10, 10), loss="sse", n_samples=8),
}  # fmt: skip


@pytest.mark.parametrize("name", SHAPES)
def test_every_page_holds(name):
    exercise = drawn(SHAPES[name], 3)
    app = open_page("home", **write_link(exercise))
    assert app.session_state["exercise"] == exercise
    for page in PAGES:
        if page != "home":
            app.switch_page(file_of(page)).run()
        assert not app.exception, page
        assert app.title
        for text in (*app.markdown, *app.caption, *app.text):
            assert "nan" not in text.value.lower().split(), (page, text.value)


@pytest.mark.parametrize("name", ["1-1 sigmoid", "3-2 softmax", "2-3-1, four samples"])
def test_every_page_answers_to_a_number_of_it(name):
    exercise = drawn(SHAPES[name], 5)
    weight = next(number for number in exercise.numbers() if number.startswith("W1"))
    moved = exercise.with_numbers({weight: 1.75})
    assert np.isfinite(float(moved.backward().loss))
    for page in ("forward_pass", "backward_pass", "training", "by_hand"):
        before, after = (open_page(page, **write_link(each)) for each in (exercise, moved))
        assert said(before) != said(after), page


def said(app):
    return [element.value for element in (*app.markdown, *app.code, *app.latex)]
