"""Does blame fade? Chains of many layers, and the product of factors that decides."""

import streamlit as st

import blame
from pages.shared.lessons import chains, sample
from pages.shared.live.chart import chart
from pages.shared.picture.component import network_picture
from pages.shared.shell.page_frame import heading, lesson, noticed, words
from pages.shared.state.computed import passes_of
from pages.shared.state.settings import Settings, live, present, worded
from pages.shared.words.lessons import chains as words_of


def page(settings: Settings) -> None:
    """Show the lesson."""
    lesson(
        "Does blame fade?",
        "Blame, the gradient, is multiplied by weights and gates at every layer it passes on its "
        "way back. Here a hundred random networks at once show where that leads.",
    )
    chains.choose()
    worded(lambda settings: words_of.sentence(chains.compute()))
    live(_chart)
    st.caption(
        f"Lines: the median of {chains.COUNT} networks, one for each seed from the first on. "
        "Bands: from the tenth to the ninetieth percentile; where one reaches the bottom, nothing "
        "arrives in some chains. Sizes are root mean squares over a "
        "layer's neurons; blame is dL/dz, as a multiple of the last layer's."
    )
    if chains.has_factors():
        heading("The product of factors")
        st.markdown(
            "For the first seed: what each layer on the way back multiplies the output's blame by, "
            "and what arrives in layer 1."
        )
        # In a line of text, for a long product breaks into two on a phone.
        worded(lambda settings: f"${words_of.product(chains.compute())}$")

    heading("Your own numbers")
    sample.choose(settings)
    live(_picture)
    noticed(_notes)


def _chart(settings: Settings) -> None:
    chart(*chains.drawn(), "depth_chart")


def _notes(settings: Settings) -> list[str]:
    return words_of.notes(chains.compute(), passes_of(settings.exercise), settings.numbers)


def _picture(settings: Settings) -> None:
    network_picture(
        passes_of(settings.exercise),
        "both",
        settings.numbers,
        "depth_picture",
        sample=settings.sample,
    )


present(page, still=True)
words("depth")
