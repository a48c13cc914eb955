"""What a teacher's link leaves out around a lesson: inputs, the sidebar, the menu."""

from __future__ import annotations

import streamlit as st

INPUTS = "inputs"
GROUPS: dict[str, tuple[str, ...]] = {
    "all": (),
    "x and target": ("start", "W", "b", "rates", "random"),
    "weights": ("start", "x", "y_true", "rates", "random"),
    "biases": ("start", "x", "W", "y_true", "rates", "random"),
    "learning rate": ("start", "x", "W", "b", "y_true", "random"),
    "none": ("start", "x", "W", "b", "y_true", "rates", "random"),
}
"""Which inputs a link shows -> the groups of the sidebar that it hides."""
SIDEBAR = '[data-testid="stSidebar"], [data-testid="stExpandSidebarButton"]'
MENU = '[data-testid="stHeader"], #skip-to-menu, .st-key-next_page'
"""With what leads on at a page's end: in another page's frame there is nowhere to go on to."""


def hide_inputs() -> tuple[str, ...]:
    """Hide what the link does not show; the numbers stay, and the picture's can be dragged.

    In another page (`embed=true`) that is the menu, and the sidebar unless the link names inputs.
    Returns the hidden groups, for the sheet to leave them out.
    """
    # A wrong value has been named, and taken out of the link, by now.
    named = st.session_state.setdefault("inputs_named", str(st.query_params.get(INPUTS, "")))
    hidden = GROUPS.get(named, ())
    if hidden and st.query_params.get(INPUTS) != named:
        st.query_params[INPUTS] = named
    embedded = bool(st.context.is_embedded)
    # Only names of this file get here, never text of the link.
    rules = [f".st-key-group_{group}" for group in hidden]
    if named == "none" or (embedded and named not in GROUPS):
        rules.append(SIDEBAR)
    if embedded:
        rules.append(MENU)
    if rules:
        st.html(f"<style>{', '.join(rules)} {{ display: none !important; }}</style>")
    return hidden
