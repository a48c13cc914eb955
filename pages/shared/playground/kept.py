"""Runs of the playground that the reader has kept to compare with; they go into the link."""

from __future__ import annotations

import streamlit as st

from blame.playground.growing_run import GrowingRun
from blame.playground.maps import maps_around
from blame.playground.recipe import Recipe
from blame.playground.recipe_text import MOST_KEPT, Kept, write_kept
from pages.shared.charts.playground.side_by_side import Beside, kept_chart, points_of
from pages.shared.live.chart import chart
from pages.shared.playground import looks, runs
from pages.shared.playground.recipe_choices import choices_of, current
from pages.shared.state.choices import choice_values
from pages.shared.state.computed import prepared
from pages.shared.state.settings import Settings, live, worded
from pages.shared.words.playground import Standing, kept_table


def keep_button() -> None:
    """Show the button that keeps this run."""
    choice_values.unseen(runs.KEPT)
    every = runs.kept()
    full = len(every) >= MOST_KEPT
    st.button(
        "Keep this run",
        key="play_keep",
        icon=":material/keep:",
        on_click=_keep,
        disabled=full,
        help=f"Up to {MOST_KEPT} runs can be kept: remove one first."
        if full
        else "Keep this run up to this step, change anything, and see both side by side.",
    )


def buttons() -> None:
    """Show the buttons that load or forget a kept run, where there is one."""
    every = runs.kept()
    if not every:
        return
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        for name, one in zip(runs.NAMES, every, strict=False):
            st.button(
                f"Load {name}",
                key=f"play_load_{name}",
                on_click=_load,
                args=(one,),
                help="Set all the inputs to those of this run.",
            )
            st.button(
                f"Remove {name}",
                key=f"play_remove_{name}",
                type="tertiary",
                on_click=_remove,
                args=(one,),
            )


def side_by_side() -> None:
    """Show the run on screen and the kept ones side by side, where there are any."""
    if runs.kept():
        worded(_table)
        live(_maps)


def _standings() -> dict[str, Standing]:
    recipe = current()
    _, run, step = runs.shown()
    shown = {"This run": Standing(recipe, run, step)}
    for name, (other, until) in zip(runs.NAMES, runs.kept(), strict=False):
        found = runs.so_far(other, until)
        shown[name] = Standing(other, found, min(until, found.steps))
    return shown


def _table(settings: Settings) -> str:
    return kept_table(_standings())


def _maps(settings: Settings) -> None:
    standings = _standings()
    chart(
        kept_chart({name: _beside(*one) for name, one in standings.items()}),
        "What each kept run makes of its data. " + kept_table(standings).replace("|", " "),
        "playground_kept",
    )


def _beside(recipe: Recipe, run: GrowingRun, step: int) -> Beside:
    data = prepared(recipe).every
    found = maps_around(run.at(step), data, points_of(data), looks.axes(data.n_in))
    return Beside(found, data)


def _keep() -> None:
    one = current(), int(st.session_state.get(runs.STEP, 0))
    others = tuple(other for other in runs.kept() if other != one)
    _put((*others, one)[-MOST_KEPT:])


def _remove(one: Kept) -> None:
    _put(tuple(other for other in runs.kept() if other != one))


def _put(every: tuple[Kept, ...]) -> None:
    st.session_state[runs.KEPT] = write_kept(every)


def _load(one: Kept) -> None:
    recipe, step = one
    for name, value in choices_of(recipe).items():
        choice_values.put(name, value)
    runs.go_on_with(recipe, step)
