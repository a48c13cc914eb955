"""Why a loss rose: said where it does, with a smaller step that has been tried."""

import re
from dataclasses import replace

import pytest

from blame.exercise.library.library import LIBRARY
from blame.exercise.presets import NOTEBOOK
from pages.shared.words.lessons.rises import DECAYS, TOO_LARGE, why_it_rose
from tests.exercises import changed, notebook_with
from tests.pages.words.reading import run_by_hand

SHUT = notebook_with(b1_1=-0.2)


def test_the_smaller_step_that_is_named_does_what_is_said():
    for exercise in (notebook_with(b1_1=0.3), changed(SHUT, learning_rate=0.9)):
        said = why_it_rose(exercise)
        share, loss = re.fullmatch(
            re.escape(TOO_LARGE) + r" A (\w+) of it would bring the loss to ([\d.e-]+)\.", said
        ).groups()
        by = {"tenth": 0.1, "hundredth": 0.01, "thousandth": 0.001}[share]
        rates = [exercise.learning_rate, exercise.learning_rate * by]
        start, after = run_by_hand(exercise, 1)
        assert after["loss"] > start["loss"]
        (_, small) = run_by_hand(changed(exercise, learning_rate=rates[1]), 1)
        assert small["loss"] < start["loss"]
        assert float(loss) == pytest.approx(small["loss"], rel=1e-3)


def test_nothing_is_said_of_a_loss_that_falls_and_decay_has_a_reason_of_its_own():
    assert why_it_rose(SHUT) == ""
    assert why_it_rose(LIBRARY["mazur"].exercise) == ""
    assert why_it_rose(NOTEBOOK).startswith(TOO_LARGE)
    assert why_it_rose(replace(NOTEBOOK, weight_decay=0.1)) == DECAYS
