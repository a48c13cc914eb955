"""The playground's runs: the one on screen, and those that are drawn beside it."""

from __future__ import annotations

import time
from dataclasses import replace

import streamlit as st

from blame.playground.growing_run import CHUNK, GrowingRun, advance, with_rate
from blame.playground.recipe import Recipe
from blame.playground.recipe_text import Kept, read_kept
from blame.playground.run.rates import MOST_CHANGES, changed, read_rates, write_rates
from pages.shared.live.timers import let_timer_stop
from pages.shared.playground import recipe_choices
from pages.shared.playground.recipe_choices import RATES
from pages.shared.state import choice_widgets
from pages.shared.state.computed import prepared
from pages.shared.state.settings import answer
from pages.shared.words.numbers import short

INPUTS = "playground_inputs"
"""Key of the fragment with the inputs."""
STEP = "play_step"
KEPT = "kept_play"
NAMES = "ABC"
"""What the kept runs are called."""
PATIENCE = 0.1
"""Seconds after which a run on its way to a far step is shown, with its progress."""
AT, PLAYING = "playground_at", "playground_playing"
_RUNS, _SHOWN, _SAID = "playground_runs", "playground_shown", "playground_said"


def kept() -> tuple[Kept, ...]:
    """Return the kept runs, the oldest first."""
    return read_kept(str(st.session_state.get(KEPT) or ""), str(st.session_state.get("csv") or ""))


def run_so_far() -> tuple[Recipe, GrowingRun]:
    """Return the run of the current recipe with all the steps that have been trained."""
    recipe = recipe_choices.current()
    st.session_state[_SHOWN] = recipe
    return recipe, so_far(recipe)


def so_far(recipe: Recipe) -> GrowingRun:
    """Return a run with all the steps that have been trained."""
    every: dict[Recipe, GrowingRun] = st.session_state.setdefault(_RUNS, {})
    if recipe not in every:
        every[recipe] = prepared(recipe).start
    return every[recipe]


def beside() -> dict[str, GrowingRun]:
    """Return the runs that are drawn beside the one on screen, by their names."""
    shown = recipe_choices.current()
    return {name: so_far(recipe) for name, (recipe, _) in _others().items() if recipe != shown}


def _others() -> dict[str, Kept]:
    """Return the runs beside the one on screen by their names, each with its last step."""
    recipe = recipe_choices.current()
    found: dict[str, Kept] = {}
    if before := read_rates(recipe.rates):
        rate, _ = before[-1]
        ghost = replace(recipe, learning_rate=rate, rates=write_rates(before[:-1]))
        found[f"rate kept at {short(rate)}"] = ghost, int(st.session_state[AT])
    return found | dict(zip(NAMES, kept(), strict=False))


def missing() -> int:
    """Return how many steps the run on screen lacks until the step that is asked for."""
    return _missing(run_so_far()[1], int(st.session_state[AT]))


def anything_missing() -> bool:
    """Return whether any run lacks a step."""
    others = _others().values()
    return missing() > 0 or any(_missing(so_far(recipe), step) > 0 for recipe, step in others)


def _missing(run: GrowingRun, step: int) -> int:
    return 0 if run.overflow_step is not None else step - run.steps


def train_on() -> GrowingRun:
    """Train towards the step that is asked for, as far as patience reaches.

    The run on screen goes first. What is no longer drawn is forgotten.
    """
    state = st.session_state
    shown = run_so_far()[0]
    wanted = [(shown, int(state[AT])), *_others().values()]
    until = time.monotonic() + PATIENCE
    for recipe, step in wanted:
        run = so_far(recipe)
        while _missing(run, step) > 0 and time.monotonic() < until:
            run = advance(run, min(CHUNK, _missing(run, step)))
            state[_RUNS][recipe] = run
    state[_RUNS] = {recipe: so_far(recipe) for recipe, _ in wanted}
    found: GrowingRun = state[_RUNS][shown]
    return found


def stand_at(step: int) -> None:
    """Show another step. For callbacks only."""
    if st.session_state.get(PLAYING):
        let_timer_stop()
    st.session_state[AT] = step
    st.session_state[PLAYING] = False
    choice_widgets.put(STEP, step)


def begin_anew() -> None:
    """Go back to step 0: another choice makes another run. For callbacks only."""
    _forget_rates()
    answer(before=(INPUTS,))


def go_on_with(recipe: Recipe, step: int) -> None:
    """Show the run of a recipe whose choices have been put, at a step. For callbacks only."""
    st.session_state[RATES] = recipe.rates
    st.session_state[_SAID] = ""
    stand_at(step)
    answer(before=(INPUTS,))


def _forget_rates(said: str = "") -> None:
    st.session_state[RATES] = ""
    st.session_state[_SAID] = said
    stand_at(0)


def change_rate() -> None:
    """Go on from the step on screen with another learning rate. For callbacks only."""
    state = st.session_state
    shown: Recipe | None = state.get(_SHOWN)
    if shown is not None:
        _change_rate(shown, so_far(shown))
    answer(before=(INPUTS,))


def _change_rate(shown: Recipe, run: GrowingRun) -> None:
    state = st.session_state
    step = min(int(state.get(AT, 0)), run.steps)
    if run.overflow_step is not None and step == run.steps:
        return _forget_rates("The run before ran away, so this one begins anew at step 0.")
    before = changed(run.rates_before, shown.learning_rate, step)
    if len(before) > MOST_CHANGES:
        return _forget_rates(
            f"A run keeps {MOST_CHANGES} changes of its learning rate, so this one begins anew at "
            "step 0."
        )
    state[RATES], state[_SAID] = write_rates(before), ""
    now = recipe_choices.current()
    if step == run.steps and step > 0:
        # As if it had been trained from the start: nothing is lost.
        state[_RUNS][now] = with_rate(run, now.learning_rate)
    return None


def why_anew() -> str:
    """Return why a changed learning rate could not go on from where the run stood, or nothing."""
    return str(st.session_state.get(_SAID) or "")
