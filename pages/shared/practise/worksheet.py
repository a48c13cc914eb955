"""The worksheet on the page: a field for every quantity, its mark, and two hints for each group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from blame.exercise.exercise import Exercise
from blame.practise.items import Item
from blame.practise.question import MOST_TYPED, TOLERANCE
from blame.practise.slips.explanation import Explanation
from blame.practise.worksheet import (
    Checked,
    check,
    goes_by_paper,
    items_of,
    rounded_gates,
    solve,
    solve_on_paper,
)
from blame.practise.worksheet_slips import slip_of_entry, slips_of_entries
from pages.shared.lessons import sample
from pages.shared.practise.kept_sheet import kept_sheet
from pages.shared.state.choices import SHEETS, choice_widgets
from pages.shared.state.computed import passes_of
from pages.shared.state.drawn_numbers import draw_next
from pages.shared.state.settings import Settings
from pages.shared.words.lessons.worksheet import (
    Group,
    all_right,
    at_kinks,
    groups_of,
    printed_group,
    sheet_number,
)
from pages.shared.words.numbers import Numbers
from pages.shared.words.slips import explained

MOST_OPEN = 40
"""A sheet of more fields than that is folded by groups, and one group is open."""
_CLEARED = "hand_cleared"
_VIEW = "hand_view"


def sheet(settings: Settings) -> None:
    """Show the whole worksheet for these numbers: to fill in, or to print."""
    exercise = settings.exercise
    items = items_of(exercise)
    choice_widgets.segments(_VIEW, "The sheet")
    view = st.session_state[_VIEW]
    if view != SHEETS[0]:
        _printed(settings, items, solved=view == SHEETS[2])
        return
    _filled_in(settings, items)


def _printed(settings: Settings, items: Sequence[Item], *, solved: bool) -> None:
    """Show the sheet as it is printed, with a line to write on for each number, or solved."""
    st.caption("Print it from the browser's menu.")
    for s in range(settings.exercise.n_samples):
        if settings.exercise.n_samples > 1:
            st.markdown(f"**Sample {s}**")
        for group in groups_of(settings.exercise, items, s):
            if s and all(item.sample is None for item in group.items):
                continue
            values = solve(settings.exercise) if solved else None
            st.markdown(printed_group(group, values, settings.numbers))


def _filled_in(settings: Settings, items: Sequence[Item]) -> None:
    exercise = settings.exercise
    if st.session_state.pop(_CLEARED, False):
        # In the run that draws the fields, or the browser is not told.
        for item in items:
            st.session_state[_key(item)] = ""
    entries = {item.name: str(st.session_state.get(_key(item), "")) for item in items}
    found = check(exercise, entries)
    kept_sheet(exercise, items, entries)
    slips = slips_of_entries(exercise, entries, found)
    right = sum(checked.state == "right" for checked in found.values())
    st.progress(right / len(items), f"{right} of {len(items)} right")
    if right == len(items):
        with st.container(border=True, key="hand_done"):
            values = solve_on_paper(exercise) if goes_by_paper(found) else solve(exercise)
            st.markdown(all_right(exercise, values))
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.button("New numbers", key="hand_new", icon=":material/casino:", on_click=_begin_anew)
        st.button("Clear the sheet", key="hand_clear", icon=":material/undo:", on_click=_clear)
        sample.choose(settings)
    st.caption(
        "Decimals with a point or a comma, 1e-3 and fractions such as -3/4 are read, up to "
        f"{MOST_TYPED} characters; "
        f"within {TOLERANCE:.0%} counts as right. Enter or Tab checks."
    )
    for said in at_kinks(exercise, rounded_gates(exercise)):
        st.caption(f":material/info: {said}")
    groups = groups_of(exercise, items, settings.sample)
    folded = sum(len(group.items) for group in groups) > MOST_OPEN
    for place, group in enumerate(groups):
        if folded:
            _folded(exercise, group, found, slips, first=place == 0)
            continue
        with st.container(border=True, key=f"group_of_{group.key}"):
            st.markdown(f"**{group.title}** :small[{group.what}]")
            _fields(exercise, group, found, slips)


def _folded(
    exercise: Exercise,
    group: Group,
    found: Mapping[str, Checked],
    slips: tuple[Explanation, ...],
    *,
    first: bool,
) -> None:
    """Show a group that is filled in once it is unfolded; how far it is stands outside."""
    part = st.expander(group.title, expanded=first, key=f"group_of_{group.key}", on_change="rerun")
    right = sum(found[item.name].state == "right" for item in group.items)
    with part:
        if part.open:
            st.markdown(f":small[{group.what} {right} of {len(group.items)} right.]")
            _fields(exercise, group, found, slips)


def _fields(
    exercise: Exercise,
    group: Group,
    found: Mapping[str, Checked],
    slips: tuple[Explanation, ...],
) -> None:
    with st.container(horizontal=True, gap="small"):
        for item in group.items:
            with st.container(width=150, gap="xxsmall"):
                _field(item, found[item.name])
    for said in dict.fromkeys(
        slip_of_entry(item.name, slips) for item in group.items if found[item.name].state == "wrong"
    ):
        if said is not None:
            st.markdown(f":material/lightbulb: {explained(said)}")
    _hints(exercise, group.key, group.items)


def _field(item: Item, checked: Checked) -> None:
    st.text_input(item.name, key=_key(item), max_chars=MOST_TYPED, persist_state="session")
    with st.container(key=f"hand_mark_{checked.state}_{item.name}"):
        st.markdown(_mark(checked))


def _mark(checked: Checked) -> str:
    said = {
        "empty": "",
        "unreadable": f":material/error: {checked.said}",
        "right": ":material/check_circle: right",
        "wrong": ":material/cancel: not yet",
    }
    if checked.state == "carried":
        given = " and ".join(f"your {name}" for name in checked.given)
        words = f":material/subdirectory_arrow_right: right, given {given}"
    else:
        words = said[checked.state]
    if checked.on_paper:
        words += ", with the gate shut"
    if checked.said and checked.state != "unreadable":
        words += f", {checked.said}"
    if colour := {"right": "green", "wrong": "red"}.get(checked.state):
        words = f":{colour}[{words}]"
    return f":small[{words}]" if words else "\u00a0"


def _hints(exercise: Exercise, key: str, items: Sequence[Item]) -> None:
    with st.expander("Hint", icon=":material/lightbulb:", key=f"hand_hint_{key}"):
        lines = [item.formula for item in items]
        if st.toggle("With the numbers", key=f"hand_numbers_{key}", persist_state="session"):
            values, n = solve(exercise), Numbers().of(passes_of(exercise))
            lines = [item.with_numbers(values, lambda v: sheet_number(v, n)) for item in items]
        st.code("\n".join(lines), language=None, wrap_lines=True)


def _key(item: Item) -> str:
    return f"hand_{item.name}"


def _clear() -> None:
    st.session_state[_CLEARED] = True


def _begin_anew() -> None:
    _clear()
    draw_next(by_hand=True)
