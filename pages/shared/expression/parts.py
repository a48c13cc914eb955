"""What the page shows below the picture: what if, the check, the programs, the source."""

from __future__ import annotations

from collections.abc import Callable
from inspect import getsource

import streamlit as st

from blame.expression import Expression, passes
from blame.expression.library.library import EXPRESSIONS
from blame.expression.programs.numpy_program import numpy_program
from blame.expression.programs.torch_program import torch_program
from blame.expression.programs.value_class import value_program
from blame.expression.what_if import check_gradient, what_if
from pages.shared.charts import expression as charts
from pages.shared.expression import current
from pages.shared.expression.choose import entry_key
from pages.shared.expression.names import numbers_of
from pages.shared.live.chart import chart
from pages.shared.live.sentence import sentence
from pages.shared.state.choices import ALONG, choice_widgets
from pages.shared.state.settings import Settings, told
from pages.shared.words.expression import forward_mode as cost_words
from pages.shared.words.expression import knife_edge as edge_words
from pages.shared.words.expression import notes as words

PROGRAMS: dict[str, tuple[str, Callable[[Expression], str]]] = {
    "NumPy": ("expression_numpy.py", numpy_program),
    "A Value class": ("expression_value.py", value_program),
    "PyTorch": ("expression_torch.py", torch_program),
    "How a framework does it": ("passes.py", lambda expression: getsource(passes)),
}
"""What an expression can be taken away as: title, file, how it is made; and what works them out."""


def choose_number() -> None:
    """Let the reader choose the number that the curve is over."""
    names = list(current.at_rest().number_places)
    choice_widgets.select(ALONG, "Number to move", names, width=220)


def curve(settings: Settings) -> None:
    """Draw the result over the chosen number: one stacked pass."""
    expression = current.current()
    name = str(st.session_state[ALONG])
    at = expression.numbers()[name]
    slope = float(expression.gradient()[name])
    value = float(expression.values[expression.result])
    found = what_if(expression, name, charts.reach_around(at))
    told = found, expression.result, slope, value
    chart(charts.curve_chart(*told), charts.describe_curve(*told), "expression_curve")


def found(settings: Settings) -> None:
    """Say what comes out, and whose blame is largest, of the numbers under the hand."""
    expression = current.current()
    numbers = numbers_of(expression, settings.numbers.all_digits)
    sentence(words.found(expression, numbers), "expression")


def notes(settings: Settings) -> list[str]:
    """Return what to notice in the expression at rest."""
    expression = current.at_rest()
    return words.notes(expression, numbers_of(expression, settings.numbers.all_digits))


def why_backwards(settings: Settings) -> str:
    """Say what each way costs, and show each pass."""
    expression = current.at_rest()
    return cost_words.why_backwards(expression, numbers_of(expression, settings.numbers.all_digits))


def checked(settings: Settings) -> str:
    """Return the gradient check in a sentence and a table."""
    expression = current.at_rest()
    checks = check_gradient(expression)
    numbers = numbers_of(expression, settings.numbers.all_digits)
    return f"{words.check_sentence(checks)}\n\n{words.check_table(checks, numbers)}"


def knife_edge(settings: Settings) -> str:
    """Say what stands on a kink, what both sides say there, and what frameworks do."""
    expression = current.at_rest()
    return edge_words.knife_edge(expression, numbers_of(expression, settings.numbers.all_digits))


def published(settings: Settings) -> str:
    """Return what the library says of the expression; nothing of one that is the reader's own."""
    entry = EXPRESSIONS.get(entry_key())
    if entry is None:
        return ""
    said = entry.special if not entry.source else f"{entry.special} Source: {entry.source}."
    if not entry.source:
        return said
    expression = current.at_rest()
    numbers = numbers_of(expression, settings.numbers.all_digits)
    return f"{said}\n\n{words.published_table(entry, numbers)}"


def programs() -> None:
    """Offer the expression as programs, each written when it is looked at."""
    folded = st.expander(
        "The same as a program", icon=":material/code:", key="program", on_change="rerun"
    )
    if folded.open:
        with folded:
            told(_programs)


def _programs(settings: Settings) -> None:
    title = st.segmented_control(
        "Program", list(PROGRAMS), default="NumPy", key="expression_program", required=True,
        label_visibility="collapsed",
    )  # fmt: skip
    file, make = PROGRAMS[str(title)]
    program = make(current.at_rest())
    st.code(program, language="python")
    st.download_button("Save", program, file, "text/x-python", key="expression_save",
                       icon=":material/download:", on_click="ignore")  # fmt: skip
