"""The worksheet on the page: a field for every quantity, its mark, and two hints for each group."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from blame.exercise.exercise import Exercise
from blame.practise.question import MOST_TYPED, TOLERANCE
from blame.practise.worksheet import ITEMS, Checked, Item, check, rounded_gates, solve
from pages.shared.state.drawn_numbers import draw_next

GROUPS: dict[str, tuple[str, tuple[str, ...]]] = {
    "The sums": ("Each neuron adds up its inputs times its weights, and its bias.", ("z1",)),
    "The ReLU": ("It keeps what is positive.", ("a1",)),
    "Guess and loss": ("The last layer makes the guess; the loss is its error squared.",
                       ("y_pred", "loss")),
    "Blame at the output": ("How fast the loss grows with the guess.", ("d_loss_y",)),
    "Blame of the last layer": ("A weight is blamed by what came through it.", ("dW2", "db2")),
    "Back through W2": ("Blame goes back through the weight it came by.", ("d_a1",)),
    "Through the gate": ("Open, the gate passes all of it; shut, nothing.", ("d_z1",)),
    "Blame of the first layer": ("And again: what came through, times the blame behind it.",
                                 ("dW1", "db1")),
}  # fmt: skip
"""Heading -> what is done there, and the arrays that are worked out."""
_CLEARED = "hand_cleared"


def items_in(arrays: Sequence[str]) -> list[Item]:
    """Return the quantities of some arrays, in order."""
    return [item for item in ITEMS if item.name.partition("[")[0] in arrays]


def sheet(exercise: Exercise) -> None:
    """Show the whole worksheet for these numbers."""
    if st.session_state.pop(_CLEARED, False):
        # In the run that draws the fields, or the browser is not told.
        for item in ITEMS:
            st.session_state[_key(item)] = ""
    entries = {item.name: str(st.session_state.get(_key(item), "")) for item in ITEMS}
    found = check(exercise, entries)
    right = sum(checked.state == "right" for checked in found.values())
    st.progress(right / len(ITEMS), f"{right} of {len(ITEMS)} right")
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.button("New numbers", key="hand_new", icon=":material/casino:", on_click=_begin_anew)
        st.button("Clear the sheet", key="hand_clear", icon=":material/undo:", on_click=_clear)
    st.caption(
        "Decimals with a point or a comma, 1e-3 and fractions such as -3/4 are read, up to "
        f"{MOST_TYPED} characters; "
        f"within {TOLERANCE:.0%} counts as right. Enter or Tab checks."
    )
    for z in rounded_gates(exercise):
        st.caption(
            f":material/info: On paper {z} is exactly 0, and a gate at 0 is shut: the sheet "
            "goes by that. In the computer's floats one rounding bit opens it, and the app's other "
            "pages show what follows."
        )
    for title, (what, arrays) in GROUPS.items():
        with st.container(border=True, key=f"group_of_{arrays[0]}"):
            st.markdown(f"**{title}** :small[{what}]")
            with st.container(horizontal=True, gap="small"):
                for item in items_in(arrays):
                    with st.container(width=150, gap="xxsmall"):
                        _field(item, found[item.name])
            _hints(exercise, arrays)


def _field(item: Item, checked: Checked) -> None:
    st.text_input(item.name, key=_key(item), max_chars=MOST_TYPED, persist_state="session")
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
    if checked.said and checked.state != "unreadable":
        words += f", {checked.said}"
    return f":small[{words}]" if words else "\u00a0"


def _hints(exercise: Exercise, arrays: Sequence[str]) -> None:
    with st.expander("Hint", icon=":material/lightbulb:", key=f"hand_hint_{arrays[0]}"):
        lines = [item.formula for item in items_in(arrays)]
        if st.toggle("With the numbers", key=f"hand_numbers_{arrays[0]}", persist_state="session"):
            values = solve(exercise)
            lines = [item.with_numbers(values) for item in items_in(arrays)]
        st.code("\n".join(lines), language=None, wrap_lines=True)


def _key(item: Item) -> str:
    return f"hand_{item.name}"


def _clear() -> None:
    st.session_state[_CLEARED] = True


def _begin_anew() -> None:
    _clear()
    draw_next()
