"""Forward pass: from the input to the loss, every sum taken apart."""

import streamlit as st

from pages.shared import formulas
from pages.shared.charts import forward as charts
from pages.shared.layout import heading, lesson, notice, show
from pages.shared.observations import forward_notes
from pages.shared.picture import network_picture
from pages.shared.settings import Settings, present


def page(settings: Settings) -> None:
    """Show the lesson."""
    numbers = settings.numbers
    passes = settings.example.backward()

    lesson(
        "The forward pass",
        "Each neuron adds up its inputs times its weights, and a bias: that sum is z. "
        "The ReLU keeps it where it is positive. The last layer turns the rest into a guess.",
    )
    network_picture(passes, "forward", numbers, key="forward_picture")

    built, kept = st.columns(2, gap="large")
    with built:
        heading("How each sum is built")
        show(
            charts.waterfall_chart(passes.forward_pass),
            charts.describe_waterfall(passes.forward_pass),
            "waterfall",
        )
    with kept:
        heading("Before and after the ReLU")
        show(charts.activation_chart(passes), charts.describe_activations(passes), "activations")
        st.latex(formulas.joined(formulas.pre_activation(passes, j, numbers) for j in (0, 1)))

    heading("How wrong is the guess?")
    curve, sums = st.columns(2, gap="large")
    with curve:
        show(charts.loss_chart(passes), charts.describe_loss(passes), "loss_curve")
    with sums:
        st.latex(formulas.output(passes, numbers))
        st.markdown("The slope of the curve at today's guess is the first piece of blame:")
        st.latex(formulas.output_blame(passes, numbers))

    notice(forward_notes(passes, numbers))


present(page)
