"""Where did I go wrong: the reader's own numbers, and the slip that makes them."""

import streamlit as st

import blame
from pages.shared.lessons import own_numbers
from pages.shared.shell.page_frame import lesson
from pages.shared.state.settings import Settings, present


def page(settings: Settings) -> None:
    """Show the lesson."""
    lesson(
        "Where did I go wrong?",
        "Your number of the forward pass or of the blame, the gradient, differs, and you can't "
        "see why? Enter some of yours, from paper or as your code prints them. What is right is "
        "said, and for the rest the slip that makes exactly these numbers, if there is one.",
    )
    st.caption(
        "Names go as on every page: z1[0], y_pred, d_loss_y, dW1[0, 1]; new W1[0, 1] is after one "
        "update. A number counts as right to its last digit, rounded or cut off."
    )
    own_numbers.show(settings)


present(page, still=True)
