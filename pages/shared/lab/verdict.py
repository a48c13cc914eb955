"""The training lab's verdict: what became of the run, why, and what to try."""

from __future__ import annotations

from functools import partial

import streamlit as st

from blame.exercise.exercise import Exercise
from blame.runs.remedies import Remedy, needs_none, takes_long
from blame.runs.verdicts import VERDICTS
from pages.shared.lab import kept_runs
from pages.shared.live.player import player
from pages.shared.state import steps
from pages.shared.state.choices import choice_values, choice_widgets
from pages.shared.state.computed import findings_of, limit_of, remedies_of, run_of
from pages.shared.state.settings import (
    LESSON,
    Settings,
    answer,
    current_settings,
    live,
    told,
    write_numbers,
)
from pages.shared.teachers.question import concludes
from pages.shared.words.lab.neurons import others
from pages.shared.words.lab.verdicts import change_words, say
from pages.shared.words.numbers import Numbers, printed, short

VIEW, STEP = "lab_view", "lab_step"
_ASKED = "remedies_asked_for"
"""Holds the exercise whose remedies were asked for, where they take long."""
MOST_TOLD = 6
"""So many findings have a sentence of their own; the others share one."""


def show_verdict(exercise: Exercise, numbers: Numbers) -> None:
    """Show every finding with the way to its step, and remedies that have been tried."""
    history = run_of(exercise)
    with st.container(border=True, key="verdict"):
        if not concludes():
            return
        found = findings_of(exercise)
        told = found if len(found) <= MOST_TOLD + 1 else found[:MOST_TOLD]
        for finding in told:
            words, way = st.columns([6, 1], vertical_alignment="center")
            words.markdown(printed(say(finding, history, limit_of(exercise), numbers)))
            step = min(finding.step, history.steps)
            with way:
                st.button(
                    f"Step {step}",
                    key=f"to_{finding.kind}_{finding.where or 'run'}",
                    icon=":material/visibility:",
                    on_click=_look_at,
                    args=(step,),
                    help="See the network at this step.",
                )
        if more := found[len(told) :]:
            st.caption(others(more, history))
        if needs_none(history):
            return
        asked = st.session_state.get(_ASKED) == exercise
        if takes_long(exercise) and not asked:
            st.button(
                "Look for what to try",
                key="look_for_remedies",
                icon=":material/healing:",
                on_click=_ask,
                args=(exercise,),
                help="Each remedy is tried by a run of its own. With a run as long as this that "
                "takes a moment, so it waits until you ask.",
            )
            return
        _offer(remedies_of(exercise), asked)


def _ask(exercise: Exercise) -> None:
    st.session_state[_ASKED] = exercise


def _offer(found: tuple[Remedy, ...], asked: bool) -> None:
    if not found:
        if asked:
            st.caption("Nothing that was tried makes it better.")
        return
    kept_too = (
        "This run is kept, so that you can compare."
        if kept_runs.has_room()
        else "Five runs are kept already, so this one will not be."
    )
    st.caption(f"What to try, each tested on these numbers. {kept_too}")
    for k, remedy in enumerate(found):
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            st.button(
                f"Try {change_words(remedy.changes)}",
                key=f"remedy_{k}",
                icon=":material/healing:",
                on_click=_apply,
                args=(remedy,),
            )
            st.caption(
                f"tried: {VERDICTS[remedy.verdict].title}; the last loss is {short(remedy.loss)}",
                width="content",
            )


def _apply(remedy: Remedy) -> None:
    kept_runs.keep()
    choice_values.put(VIEW, "Runs")
    write_numbers(remedy.changes, LESSON)


def _look_at(step: int) -> None:
    choice_values.put(VIEW, "One step")
    st.session_state[STEP] = step
    # In a run of its own: a widget that is new there takes what was set before it into the link.
    answer(LESSON)


def choose_view() -> str:
    """Let the reader choose what to look at, and return it; only that is computed."""
    choice_widgets.segments(VIEW, "View")
    return str(st.session_state[VIEW])


def choose_step(*, plays: bool) -> None:
    """Let the reader choose a step of the run, by a player that plays or only goes there."""
    steps.begin(STEP, run_of(current_settings().exercise).steps)
    live(partial(_player, plays))
    told(lambda now: steps.keep_in_link(STEP, run_of(now.exercise).steps))


def _player(plays: bool, settings: Settings) -> None:
    history = run_of(settings.exercise)
    loss = settings.numbers.text(float(history.losses[step_of(settings)]))
    player(STEP, history.steps, f"loss {loss}", plays=plays)


def step_of(settings: Settings) -> int:
    """Return the step that is chosen."""
    return steps.step_of(STEP, run_of(settings.exercise).steps)
