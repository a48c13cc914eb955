"""One new entry for each registry, as a contributor would write it; the tests enter them."""

import math
from dataclasses import replace

import numpy as np

from blame import Loss, Preset
from blame.playground.datasets import Source
from blame.practise.glossary import Entry
from blame.practise.question import numeric
from blame.practise.quiz import Maker
from blame.runs.evidence import Evidence
from blame.runs.verdicts import Verdict
from pages.shared.state.menu import Page
from tests.blame.oracles.elu import ALPHA, ELU
from tests.exercises import notebook_with


def _log_cosh(prediction, target):
    each = np.log(np.cosh(prediction - target))
    return each.mean(axis=(-1, -2))


LOG_COSH = Loss(
    "log_cosh",
    _log_cosh,
    lambda prediction, target: np.tanh(prediction - target) / math.prod(prediction.shape[-2:]),
    r"\text{mean}\,\ln \cosh (\hat y - y)",
    each="log(exp(y - t) / 2 + exp(t - y) / 2)",
    slope="tanh(y - t)",
    of_difference=True,
)
UNIT = replace(
    ELU,
    formula=f"z if z > 0 else {ALPHA} * (exp(z) - 1)",
    slope=f"1 if z > 0 else a + {ALPHA}",
)
CREPT = Verdict(
    "crept",
    "creeping",
    lambda signs: signs.history.losses[-1] > 0.8 * signs.history.losses[0],
    rank=4,
    remedy="faster",
    learning=True,
    find=lambda history: Evidence(history.steps, {"left": float(history.losses[-1])}),
    sentence="**It crept.** At step {step} the loss is still {left}.",
    mark="cross",
)
NUMBERS = notebook_with(x_0=0.5, x_1=-1.5, b1_0=2.0, b1_1=-0.25, y_true=0.75, learning_rate=1e-4)
ODD = Preset("Odd numbers", "Two gates, on either side of the kink.", NUMBERS)
STAIRS = Source(
    "Stairs",
    "Regression: a staircase.",
    lambda n, noise, random: (np.linspace(-2, 2, n)[:, None], np.floor(np.linspace(-2, 2, n))),
)
COUNT = Maker(
    "what_if",
    lambda passes, exercise: numeric(
        "inputs", "How many inputs are there?", float(passes.forward_pass.x.shape[-1]), "Two.", []
    ),
)
EPOCH = Entry("One pass over all samples.", lambda now: f"{now.exercise.steps} in this run", "echo")
ECHO = Page("echo", "Echo", ":material/campaign:", "The loss, said once more", ("round",))
ECHO_FILE = """
import streamlit as st

from pages.shared.shell.page_frame import lesson, words
from pages.shared.state.settings import present


def page(settings):
    lesson("Echo", "The loss, said once more.")
    st.markdown(f"Echo of {float(settings.exercise.backward().loss)!r}")


present(page)
words("echo")
"""
LINKED = {
    "playground": {
        "data": "stairs",
        "unit": "elu",
        "task_loss": "log_cosh",
        "play_step": "20",
        "hidden_layers": "2",
    },
    "glossary": {"word": "round"},
    "depth": {"activation": "elu"},
    "training_lab": {"lab_view": "Learning rates"},
    "what_if": {"reading": "Predict first"},
    "teachers": {"to_page": "echo"},
}
