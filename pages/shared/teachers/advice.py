"""What a teacher has to know beside the lesson: frames of other pages, networks, no server."""

from __future__ import annotations

import streamlit as st

SANDBOX = "allow-scripts allow-same-origin allow-downloads allow-popups"
"""What a sandboxed frame has to allow. Without the first two nothing of the app starts."""


def show_advice() -> None:
    """Show it, a heading for each."""
    st.header("In a page of your own", anchor=False)
    st.markdown(
        "Put a link with `embed=true` into a frame: menu and sidebar are left out, and the numbers "
        "are changed in the picture. Choose which inputs are shown, and the sidebar stays with "
        "those. A frame with a `sandbox` needs at least `allow-scripts` and `allow-same-origin`; "
        "`allow-downloads` lets files be taken away, `allow-popups` opens links:"
    )
    st.code(
        f'<iframe src="LINK" sandbox="{SANDBOX}" width="100%" height="700"></iframe>',
        language=None,
        wrap_lines=True,
    )
    st.header("Before the lesson, in your school's network", anchor=False)
    st.markdown(
        "Pages with a server talk with it over a WebSocket. Open one in the classroom: if it says "
        "that there is no connection yet, ask whoever keeps the network to let WebSockets "
        "(`wss`, port 443) through to this address, and not to inspect or buffer them."
    )
    st.header("Without a server", anchor=False)
    st.markdown(
        "The same app also runs all in the browser, from a folder of plain files (the README says "
        "how to build it). Use that where a network blocks WebSockets, where there is none, or "
        "where a thousand readers come at once: a first visit fetches about 12 MB and takes some "
        "seconds. Later ones need no network, where its address begins with https: on plain http, "
        "as from a computer in the classroom, a browser keeps nothing, and each visit is as the "
        "first. Elsewhere the one with a server starts sooner, on older devices too. Links are the "
        "same on both: only what stands before the page's name differs."
    )
