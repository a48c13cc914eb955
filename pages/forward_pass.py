"""Forward pass: from the input to the loss, every sum taken apart."""

import streamlit as st

import blame
from blame.probe.trace import Trace
from pages.shared.charts.lessons import forward_pass as charts
from pages.shared.lessons import predict, published, sample
from pages.shared.lessons.knife_edge import point_to_edge
from pages.shared.live.chart import chart
from pages.shared.picture.component import network_picture
from pages.shared.picture.flow import flow_data
from pages.shared.shell.page_frame import heading, lesson, notice, program, words
from pages.shared.state.computed import passes_of
from pages.shared.state.settings import Settings, live, present
from pages.shared.words import formulas
from pages.shared.words.notes import forward_notes


def page(settings: Settings) -> None:
    """Show the lesson."""
    numbers = settings.numbers
    passes = passes_of(settings.exercise)

    lesson(
        "The forward pass",
        "Each neuron adds up its inputs times its weights, and a bias: that sum is z. "
        "The ReLU keeps it where it is positive. The last layer turns the rest into a guess.",
        asked=True,
    )
    if predict.covers("forward_pass", settings):
        return
    sample.choose(settings)
    live(_picture)

    built, kept = st.columns(2, gap="large")
    with built:
        heading("How each sum is built")
        live(_sums)
    with kept:
        heading("Before and after the ReLU")
        live(_activations)
        st.latex(formulas.joined(formulas.neuron(passes, 1, j, numbers) for j in (0, 1)))

    heading("How wrong is the guess?")
    curve, sums = st.columns(2, gap="large")
    with curve:
        live(_loss)
    with sums:
        st.latex(formulas.output(passes, numbers))
        st.markdown("The slope of the curve at today's guess is the first piece of blame:")
        st.latex(formulas.output_blame(passes, numbers))

    published.forward(settings.exercise)
    program(settings.exercise)
    notice(forward_notes(passes, numbers))
    point_to_edge(passes)


def _picture(settings: Settings) -> None:
    exercise, numbers = settings.exercise, settings.numbers
    passes = passes_of(exercise)
    stages = flow_data(exercise, Trace(passes), numbers, forward_only=True)
    network_picture(
        passes,
        "forward",
        numbers,
        "forward_picture",
        sample=settings.sample,
        opened="z1[0]",
        flow=stages,
    )


def _sums(settings: Settings) -> None:
    passes = passes_of(settings.exercise)
    chart(charts.waterfall_chart(passes), charts.describe_waterfall(passes), "waterfall")


def _activations(settings: Settings) -> None:
    passes = passes_of(settings.exercise)
    chart(charts.activation_chart(passes), charts.describe_activations(passes), "activations")


def _loss(settings: Settings) -> None:
    passes = passes_of(settings.exercise)
    chart(charts.loss_chart(passes), charts.describe_loss(passes), "loss_curve")


present(page)
words("forward_pass")
