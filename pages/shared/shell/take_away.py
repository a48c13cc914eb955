"""What the reader can take away from any page: files that carry the numbers on screen."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from blame.exercise.exercise import Exercise
from blame.exercise.export import notebook, numpy_script, run_csv, torch_script, trace_json
from blame.expression.unfold import unfolded_text
from blame.refusals import RefusedError
from pages.shared.state.choices import choice_values
from pages.shared.state.exercise import current_exercise
from pages.shared.state.navigation import page_of_file
from pages.shared.state.settings import held, is_shown

_SAID = "take_expression_said"
"""Why an exercise cannot be unfolded; empty where it has been."""
FILES: dict[str, tuple[str, str, str, Callable[[Exercise], str]]] = {
    "Notebook": ("blame.ipynb", "application/x-ipynb+json", "runs with NumPy alone", notebook),
    "NumPy program": ("blame_numpy.py", "text/x-python", "prints every number", numpy_script),
    "PyTorch program": (
        "blame_torch.py",
        "text/x-python",
        "compares with autograd",
        torch_script,
    ),
    "Trace": ("blame_trace.json", "application/json", "every number by its name", trace_json),
    "Training run": ("blame_run.csv", "text/csv", "a row for each step", run_csv),
}
"""Label -> file name, type, what it is, and how it is made."""


def take_away() -> None:
    """Offer every file; each is made when it is asked for, from the numbers of that moment."""
    numbers = held()

    def maker(make: Callable[[Exercise], str]) -> Callable[[], str]:
        return lambda: make(numbers["exercise"])

    with st.popover("Take away", icon=":material/download:", width="stretch"):
        for label, (file, mime, what, make) in FILES.items():
            st.download_button(
                label,
                maker(make),
                file,
                mime,
                key=f"take_{file}",
                on_click="ignore",
                help=f"{file}: {what}.",
                width="stretch",
            )
        _as_expression()
        st.caption(
            "Pictures are saved as SVG: the network by the button beside it, a chart by the camera "
            "that shows when you point at it."
        )


def _as_expression() -> None:
    """Offer the exercise as an expression, every product and sum of it written out."""
    st.button(
        "As an expression",
        key="take_expression",
        icon=":material/account_tree:",
        width="stretch",
        on_click=_unfold,
        help="Unfolds a small exercise on the page Any expression.",
    )
    said = st.session_state.pop(_SAID, None)
    if said:
        st.text(said)
    elif said == "" and not is_shown("expression"):
        # With none of its own Streamlit would clear the address, which it refuses while a choice
        # of this page stands there.
        st.switch_page(page_of_file("expression"), query_params={})


def _unfold() -> None:
    """Put the text where that page looks for it; what cannot be unfolded is said."""
    try:
        choice_values.put("text", unfolded_text(current_exercise()))
    except RefusedError as refused:
        st.session_state[_SAID] = f"{str(refused).capitalize()}."
    else:
        st.session_state[_SAID] = ""
