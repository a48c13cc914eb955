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
SIDEBAR = (
    '[data-testid="stSidebarUserContent"]',
    # On a phone the menu stands in the sidebar, and stays.
    '[data-testid="stSidebar"]:not(:has([data-testid="stSidebarNav"]))',
    '[data-testid="stApp"]:not(:has([data-testid="stSidebarNav"])) '
    '[data-testid="stExpandSidebarButton"]',
)
"""What is left out where no input is shown."""
MENU = (
    *(f'[data-testid="{name}"]' for name in ("stTopNav", "stSidebarNav", "stSidebarNavSeparator")),
    *(f'[data-testid="{name}"]' for name in ("stToolbarActions", "stMainMenu")),
    "#skip-to-menu",
    # There is nowhere to go on to in another page's frame.
    ".st-key-next_page",
)
FRAME = (*MENU, '[data-testid="stHeader"]', '[data-testid="stSidebar"]')


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
    # Only names of this file get here, never text of the link.
    rules = [f".st-key-group_{group}" for group in hidden]
    inputs = named in GROUPS and named != "none"
    if st.context.is_embedded:
        rules += MENU if inputs else FRAME
    elif named == "none":
        rules += SIDEBAR
    if rules:
        st.html(f"<style>{', '.join(rules)} {{ display: none !important; }}</style>")
    return hidden
