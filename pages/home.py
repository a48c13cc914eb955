"""Home: what blame is, on the reader's own numbers."""

import streamlit as st

import blame
from blame.probe.trace import Trace
from pages.shared.picture.component import network_picture
from pages.shared.picture.flow import flow_data
from pages.shared.shell.page_frame import heading, lesson
from pages.shared.state.computed import passes_of
from pages.shared.state.navigation import page_link
from pages.shared.state.settings import Settings, live, present
from pages.shared.words.notes import question


def page(settings: Settings) -> None:
    """Show the lesson."""
    numbers = settings.numbers

    lesson(
        "Blame",
        "A network made a guess, and the guess was off. **Blame** is each number's share in that: "
        "the gradient, how fast the loss would change if that one number grew a little. "
        "Backpropagation finds all of it in one walk back from the loss.",
    )
    live(_picture, "home_picture")
    st.caption(
        "Along each line: the weight, and under it its blame. Orange (+) means more of this weight "
        "would raise the loss, blue (-) that it would lower it, grey and dashed that none flows."
    )

    heading("The question behind every gradient")
    st.markdown(
        "*If this value had been slightly different, how much would the loss have changed?*"
    )
    st.markdown(question(settings.example, numbers))
    st.markdown("Change any number, in the picture or the sidebar: every page answers at once.")


def _picture(settings: Settings) -> None:
    example, numbers = settings.example, settings.numbers
    passes = passes_of(example)
    stages = flow_data(example, Trace(passes), numbers)
    network_picture(passes, "both", numbers, "home_picture", flow=stages)


present(page)

heading("Where to go")
page_link("forward_pass", "How the guess and its loss come about")
page_link("backward_pass", "Every piece of blame, one stage at a time")
page_link("relu_gate", "Where blame passes and where it stops")
page_link("training", "What happens when the blame is used")
page_link("training_lab", "Why a run learns, dies or runs away")
page_link("playground", "Many samples, larger networks, and who pulls at the weights")
page_link("by_hand", "Both passes with pencil and paper, checked as you go")
page_link("challenges", "Goals to reach by changing the network")
page_link("what_if", "Is the blame true? Move a number and see")
page_link("gradient_check", "Every gradient beside one found by nudging")
page_link("knife_edge", "One rounding bit that decides a whole run")
page_link("depth", "What becomes of blame in deep networks")
