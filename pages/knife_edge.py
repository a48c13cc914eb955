"""The knife edge: one network in four arithmetics, and the rounding bit that decides."""

import streamlit as st

import blame
from blame.probe.knife_edge import why_not
from pages.shared.charts.lessons import knife_edge as charts
from pages.shared.lessons import knife_edge
from pages.shared.live.chart import chart
from pages.shared.live.sentence import sentence
from pages.shared.picture.component import network_picture
from pages.shared.shell.page_frame import heading, lesson, noticed, words
from pages.shared.state.computed import arithmetics_of, passes_of
from pages.shared.state.settings import Settings, kept, live, present, worded
from pages.shared.words.lessons import knife_edge as words_of


def page(settings: Settings) -> None:
    """Show the lesson."""
    exercise = settings.exercise
    lesson(
        "The knife edge",
        "Blame, the gradient, passes a ReLU only if z is above 0. Where z is 0 on paper, rounding "
        "decides. Here the same numbers are trained in four arithmetics.",
    )
    if why := why_not(exercise):
        knife_edge.say_where_it_holds(why)
        return
    layer, neuron = knife_edge.choose(exercise)
    live(_losses, lambda settings: _verdict(settings, layer, neuron))
    worded(lambda settings: words_of.table(arithmetics_of(settings.exercise, layer), neuron, layer))

    heading("The sum, term by term")
    said = "Each line is the sum once that term has been added."
    if exercise.network.layers[layer - 1].bias is not None:
        said += (
            " float64 and float32 add the products first and the bias last, as "
            "`x\u00a0@\u00a0W\u00a0+\u00a0b` does."
        )
    st.markdown(said)
    kept(
        lambda settings: words_of.sums(settings.exercise, neuron, layer),
        lambda place, sums: place.code(sums, language=None),
    )

    heading("Move a number off the edge")
    live(_picture)

    heading("What frameworks do at 0")
    st.markdown(
        "At z = 0 the ReLU has no slope; every number from 0 to 1 is a subgradient. PyTorch "
        "(`torch.relu`), TensorFlow (`tf.nn.relu`) and JAX (`jax.nn.relu`) take **0**, and so "
        "does this app. Written as `jnp.maximum(z, 0)`, JAX shares the slope between both "
        "arguments and takes **0.5**. None of them sees a z that should be 0 but is 2.8e-17: to "
        "the machine it is above 0."
    )
    noticed(lambda settings: _notes(settings, layer))


def _losses(settings: Settings) -> None:
    found = arithmetics_of(settings.exercise)
    log = bool(st.session_state.get("knife_log"))
    chart(charts.losses_chart(found, log=log), charts.describe_losses(found), "knife_losses")


def _picture(settings: Settings) -> None:
    network_picture(passes_of(settings.exercise), "both", settings.numbers, "knife_picture")


def _verdict(settings: Settings, layer: int, neuron: int) -> None:
    sentence(words_of.verdict(settings.exercise, neuron, settings.numbers, layer), "edge")


def _notes(settings: Settings, layer: int) -> list[str]:
    exercise = settings.exercise
    return words_of.notes(arithmetics_of(exercise, layer), exercise, settings.numbers, layer)


present(page, still=True)
words("knife_edge")
