"""What a step of the tour shows: what to do, its picture, what was found, and the way on."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import streamlit as st

from blame.exercise.exercise import Exercise
from blame.probe.what_if import NudgeCurve, nudge_curve
from pages.shared.charts import tour as charts
from pages.shared.live.chart import chart
from pages.shared.live.sentence import sentence
from pages.shared.picture.component import network_picture
from pages.shared.state.computed import passes_of
from pages.shared.state.exercise import exercise_at_rest
from pages.shared.state.menu import next_of, page_of
from pages.shared.state.navigation import page_link
from pages.shared.state.settings import Settings, kept
from pages.shared.tour import current, exercises
from pages.shared.tour.steps import STEPS
from pages.shared.words.numbers import Numbers
from pages.shared.words.tour.hand import Hand
from pages.shared.words.tour.titles import TITLES
from pages.shared.words.tour.whole import counted

DONE = "\N{CHECK MARK}"
_STYLES = Path(__file__).with_name("tour.css")


def style() -> None:
    """Send the few rules of this page alone."""
    st.html(_STYLES)


class Place(NamedTuple):
    """Where the reader is, and what of the tour is done."""

    at: int
    done: tuple[int, ...]

    @property
    def here(self) -> bool:
        """Whether the current step is done."""
        return self.at in self.done


def place(_settings: Settings) -> Place:
    """Return where the reader is."""
    every = range(1, len(STEPS) + 1)
    return Place(current.number(), tuple(k for k in every if current.done(k)))


def lead() -> str:
    """Return the lesson's one sentence, which the first step begins with."""
    said = "Move a number first, and see what it does; only then it gets its name."
    return said if current.number() == 1 else ""


def steps() -> None:
    """Show every step by its number, to go to; a done one has a mark."""
    kept(place, _steps)


def _steps(where: Any, there: Place) -> None:
    with where.container(key="tour_steps", horizontal=True, gap="xxsmall"):
        for k, title in enumerate(TITLES, start=1):
            done = k in there.done
            st.button(
                f"{k}{DONE}" if done else str(k),
                key=f"tour_to_{k}",
                help=f"{title}, done" if done else title,
                type="primary" if k == there.at else "secondary",
                on_click=current.go_to,
                args=(k,),
            )


def task() -> None:
    """Say what to do."""
    at = current.number()
    st.header(f"{at}. {TITLES[at - 1]}", anchor=False)
    st.markdown(current.step().task)


def picture(_settings: Settings) -> None:
    """Draw the network of the step."""
    now = current.now()
    passes = passes_of(now)
    network_picture(
        passes,
        current.step().view,
        Numbers().of(passes),
        f"tour_picture_{current.number()}",
        exercise=now,
        owner=current.owner(),
        quiet=True,
    )


def state(_settings: Settings) -> None:
    """Say where the hand stands, under the hand; with a mark once that is what is asked for."""
    hand = current.hand()
    mark = f"{DONE} " if current.step().done(hand) else ""
    sentence(f"{mark}{current.step().state(hand)}", "tour_state")


def places() -> tuple[Any, Any]:
    """Return where the network stands, and what may be drawn beside it."""
    step = current.step()
    if not (step.curve or step.counts):
        alone = st.container()
        return alone, alone
    net, beside = st.columns([3, 2], gap="medium", vertical_alignment="center")
    return net, beside


def figure(_settings: Settings) -> None:
    """Draw what the step is about beside its network."""
    step, hand = current.step(), current.hand()
    if step.counts:
        both = counted(hand.now)
        chart(charts.passes_chart(both), charts.describe_passes(both), "tour_passes")
    if step.curve:
        curve = _curve(hand.now, step.curve)
        slope = _slope(hand)
        chart(charts.loss_chart(curve, slope), charts.describe_loss(curve, slope), "tour_loss")


@lru_cache(maxsize=64)
def _curve(exercise: Exercise, name: str) -> NudgeCurve:
    passes, at = passes_of(exercise), exercise.numbers()[name]
    low, high = charts.span_of(at)
    reach = [low + (high - low) * k / (charts.POINTS - 1) for k in range(charts.POINTS)]
    return nudge_curve(passes, name, [weight - at for weight in reach])


def _slope(hand: Hand) -> charts.Slope | None:
    """Return the slope that is drawn: where the hand is, or where the nudge that was found began.

    The first step knows of none.
    """
    step, found = current.step(), current.walk().found
    if not step.sloped and (found is None or step is STEPS[0]):
        return None
    of = hand.now if step.sloped or found is None else found.before
    curve = _curve(of, step.curve)
    return charts.Slope(curve.value, curve.loss, curve.slope)


def found(_settings: Settings) -> None:
    """Say what the hand has found, once it has: politely, for those who hear the page."""
    hand = current.walk().found
    step = current.step()
    said = "" if hand is None else f"{DONE} **{step.name}.** {step.learned(hand)}"
    sentence(said, "tour_found", spoken=True)


def button() -> None:
    """Offer what the step has to press beside its numbers."""
    pressed = current.step().button
    if pressed is None:
        return
    can = pressed.make is not exercises.grow or current.walk().presses < len(exercises.SHAPES) - 1
    st.button(pressed.label, key="tour_press", icon=pressed.icon, on_click=current.press,
              disabled=not can)  # fmt: skip


def way_on() -> None:
    """Offer the step before and the one after; skipping, as long as this one is not done."""
    if current.number() == len(STEPS):
        if exercise_at_rest() != exercises.NOTEBOOK:
            st.caption("Your own exercise is as you left it: the pages that follow speak of it.")
        with st.container(
            key="next_page", horizontal=True, gap="small", vertical_alignment="center"
        ):
            st.button("Begin again", key="tour_again", icon=":material/restart_alt:",
                      on_click=current.begin_again)  # fmt: skip
            after = next_of(page_of("tour"))
            page_link(after.file, f"Next: {after.title}")
        return
    kept(place, _way_on)


def _way_on(where: Any, there: Place) -> None:
    following = TITLES[there.at]
    with where.container(key="tour_way", horizontal=True, gap="small"):
        st.button("Back", key="tour_back", icon=":material/arrow_back:", disabled=there.at == 1,
                  on_click=current.go_to, args=(there.at - 1,))  # fmt: skip
        st.button(
            f"Next: {following}" if there.here else f"Skip to: {following}",
            key="tour_next",
            icon=":material/arrow_forward:",
            type="primary" if there.here else "secondary",
            on_click=current.go_to,
            args=(there.at + 1,),
        )
