"""The playground's runs: the one on screen, and those that are drawn beside it.

Each is trained as far as somebody has asked for: the reader, or a film that is sent ahead. What is
drawn of it ends at the farthest step that the reader has been at, or that a frame is of.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache, partial
from time import monotonic
from zlib import crc32

import streamlit as st

from blame.playground.growing_run import CHUNK, GrowingRun, advance, cut, with_rate
from blame.playground.recipe import Prepared, Recipe
from blame.playground.recipe_text import Kept, read_kept
from blame.playground.run.rates import MOST_CHANGES, changed, read_rates, write_rates
from pages.shared.playground import recipe_choices
from pages.shared.playground.recipe_choices import RATES
from pages.shared.state import steps
from pages.shared.state.axes import Axis, NotYetError
from pages.shared.state.choices import MOST_PLAYED
from pages.shared.state.computed import prepared
from pages.shared.state.settings import lay_out_anew
from pages.shared.words.numbers import short

INPUTS = "playground_inputs"
"""Key of the fragment with the inputs."""
STEP = steps.PLAYED
KEPT = "kept_play"
NAMES = "ABC"
"""What the kept runs are called."""
PATIENCE = 0.1
"""Seconds after which a run on its way to a far step is shown as far as it is."""
_RUNS, _SEEN, _SHOWN, _SAID = (f"playground_{what}" for what in ("runs", "seen", "shown", "said"))


def kept() -> tuple[Kept, ...]:
    """Return the kept runs, the oldest first."""
    return read_kept(str(st.session_state.get(KEPT) or ""), str(st.session_state.get("csv") or ""))


def step_asked_for() -> int:
    """Return the step that is to be shown: the reader's, or that of a frame."""
    return steps.step_of(STEP, MOST_PLAYED)


def shown() -> tuple[Prepared, GrowingRun, int]:
    """Return the data, the run on screen as far as it is drawn, and the step that is shown."""
    recipe, run = run_so_far()
    return prepared(recipe), run, min(step_asked_for(), run.steps)


def run_so_far() -> tuple[Recipe, GrowingRun]:
    """Return the run of the current recipe, as far as it is drawn."""
    recipe = recipe_choices.current()
    st.session_state[_SHOWN] = recipe
    return recipe, so_far(recipe, step_asked_for())


def so_far(recipe: Recipe, step: int) -> GrowingRun:
    """Return a run as far as it is drawn where this step of it is shown.

    Beyond a step that nobody has been at it may be trained, for a film.
    """
    seen: dict[Recipe, int] = st.session_state.get(_SEEN, {})
    return cut(_trained(recipe), max(step, seen.get(recipe, 0)))


def _trained(recipe: Recipe) -> GrowingRun:
    every: dict[Recipe, GrowingRun] = st.session_state.setdefault(_RUNS, {})
    if recipe not in every:
        every[recipe] = prepared(recipe).start
    return every[recipe]


def beside() -> dict[str, GrowingRun]:
    """Return the runs that are drawn beside the one on screen, by their names."""
    now = recipe_choices.current()
    return {
        name: so_far(recipe, step) for name, (recipe, step) in _others().items() if recipe != now
    }


def _others() -> dict[str, Kept]:
    """Return the runs beside the one on screen by their names, each with its last step."""
    recipe = recipe_choices.current()
    found: dict[str, Kept] = {}
    if before := read_rates(recipe.rates):
        rate, _ = before[-1]
        ghost = replace(recipe, learning_rate=rate, rates=write_rates(before[:-1]))
        found[f"rate kept at {short(rate)}"] = ghost, step_asked_for()
    return found | dict(zip(NAMES, kept(), strict=False))


def _wanted() -> list[Kept]:
    """Return every run that is drawn, with the step it is needed up to; that on screen first."""
    return [(recipe_choices.current(), step_asked_for()), *_others().values()]


def anything_missing() -> bool:
    """Return whether any run lacks a step."""
    return any(_missing(_trained(recipe), step) > 0 for recipe, step in _wanted())


def _missing(run: GrowingRun, step: int) -> int:
    return 0 if run.overflow_step is not None else step - run.steps


def train_on() -> None:
    """Train towards the step that is asked for, as far as patience reaches.

    What is no longer drawn is forgotten.
    """
    state, wanted = st.session_state, _wanted()
    until = monotonic() + PATIENCE
    for recipe, step in wanted:
        run = _trained(recipe)
        while _missing(run, step) > 0 and monotonic() < until:
            run = advance(run, min(CHUNK, _missing(run, step)))
            state[_RUNS][recipe] = run
    state[_RUNS] = {recipe: _trained(recipe) for recipe, _ in wanted}


def be_there() -> None:
    """Train towards the reader's step, and note how far they have seen each run."""
    train_on()
    state = st.session_state
    before: dict[Recipe, int] = state.get(_SEEN, {})
    now: dict[Recipe, int] = {}
    for recipe, step in _wanted():
        run = _trained(recipe)
        # A run that has ended is seen to end by whoever asks for more.
        here = min(step, run.steps + (run.overflow_step is not None))
        now[recipe] = max(before.get(recipe, 0), now.get(recipe, 0), here)
    state[_SEEN] = now


def last_step() -> int:
    """Return the last step there can be, as far as the reader knows."""
    run = run_so_far()[1]
    return run.steps if run.overflow_step is not None else MOST_PLAYED


def axis(name: str) -> Axis | None:
    """Return the axis of the run's steps: along it there are films; along nothing else here."""
    if name != STEP:
        return None
    seen: dict[Recipe, int] = st.session_state.get(_SEEN, {})
    others = tuple((recipe, seen.get(recipe, 0)) for recipe, _ in _wanted())
    return Axis(partial(_at, recipe_choices.current()), others, run=STEP)


def identity() -> str:
    """Return what tells the run on screen from another, on a server that was started again too."""
    return _identity_of(recipe_choices.current())


@lru_cache(maxsize=64)
def _identity_of(recipe: Recipe) -> str:
    # Not its hash: that of a text is another in each process.
    return f"{crc32(repr(recipe).encode()):x}"


@contextmanager
def _at(recipe: Recipe, value: float) -> Iterator[None]:
    if not 0 <= value <= MOST_PLAYED or value != int(value):
        raise ValueError(f"there is no step {value}")
    step = int(value)
    with recipe_choices.known(recipe), steps.imagined_step(STEP, step):
        train_on()
        if anything_missing():
            raise NotYetError(f"step {step} is still to be trained")
        if _trained(recipe).steps < step:
            raise ValueError(f"the run ends before step {step}")
        yield


def stand_at(step: int) -> None:
    """Show another step. For callbacks only."""
    st.session_state[STEP] = step


def begin_anew() -> None:
    """Go back to step 0: another choice makes another run. For callbacks only."""
    _forget_rates()
    lay_out_anew(INPUTS)


def go_on_with(recipe: Recipe, step: int) -> None:
    """Show the run of a recipe whose choices have been put, at a step. For callbacks only."""
    st.session_state[RATES] = recipe.rates
    st.session_state[_SAID] = ""
    stand_at(step)
    lay_out_anew(INPUTS)


def _forget_rates(said: str = "") -> None:
    st.session_state[RATES] = ""
    st.session_state[_SAID] = said
    stand_at(0)


def change_rate() -> None:
    """Go on from the step on screen with another learning rate. For callbacks only."""
    state = st.session_state
    before: Recipe | None = state.get(_SHOWN)
    if before is not None:
        _change_rate(before)
    lay_out_anew(INPUTS)


def _change_rate(recipe: Recipe) -> None:
    state = st.session_state
    asked = int(state.get(STEP, 0))
    run = so_far(recipe, asked)
    step = min(asked, run.steps)
    if run.overflow_step is not None and step == run.steps:
        return _forget_rates("The run before ran away, so this one begins anew at step 0.")
    before = changed(run.rates_before, recipe.learning_rate, step)
    if len(before) > MOST_CHANGES:
        return _forget_rates(
            f"A run keeps {MOST_CHANGES} changes of its learning rate, so this one begins anew at "
            "step 0."
        )
    state[RATES], state[_SAID] = write_rates(before), ""
    stand_at(step)
    now = recipe_choices.current()
    run = cut(_trained(recipe), step)
    if run.memory is not None and step > 0:
        # As if it had been trained from the start: nothing is lost.
        state[_RUNS][now] = with_rate(run, now.learning_rate)
    return None


def why_anew() -> str:
    """Return why a changed learning rate could not go on from where the run stood, or nothing."""
    return str(st.session_state.get(_SAID) or "")
