"""What the reader can take away from the playground: files of the run on screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from blame.playground.edited import write_csv
from blame.playground.export import network_json, numpy_program, run_table
from blame.playground.growing_run import GrowingRun
from blame.playground.recipe import Prepared
from pages.shared.playground import runs
from pages.shared.state.settings import Settings

_HELD = "playground_held"
Make = Callable[[Prepared, GrowingRun, int], str]
FILES: dict[str, tuple[str, str, str, Make]] = {
    "NumPy program": (
        "playground.py",
        "text/x-python",
        "trains the same run to this step",
        lambda prepared, run, step: numpy_program(run, step),
    ),
    "Network": (
        "playground.json",
        "application/json",
        "its weights and biases at this step, and its samples",
        lambda prepared, run, step: network_json(run, step),
    ),
    "Training run": (
        "playground_run.csv",
        "text/csv",
        "a row for each step up to this one",
        lambda prepared, run, step: run_table(run, step),
    ),
    "Samples": (
        "playground_samples.csv",
        "text/csv",
        "a line each, to paste as data of your own",
        lambda prepared, run, step: write_csv(prepared.every) + "\n",
    ),
}
"""Label -> file name, type, what it is, and how it is made."""


def hold(settings: Settings) -> None:
    """Keep what is on screen for the files: they are made when they are asked for."""
    _held()["shown"] = runs.shown()


def take_away() -> None:
    """Offer every file of the playground."""
    held = _held()

    def maker(make: Make) -> Callable[[], str]:
        return lambda: make(*held["shown"])

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
        st.caption(
            "A chart is saved as SVG by the camera that shows when you point at it. The address of "
            "this page holds the whole run."
        )


def _held() -> dict[str, Any]:
    """Return what holds the run on screen: always the same one in a session, as in `settings`."""
    holder: dict[str, Any] = st.session_state.setdefault(_HELD, {})
    return holder
