"""ReLU gate: where blame passes, where it stops, and what happens at zero."""

import streamlit as st

import blame
from pages.shared.charts.lessons import relu_gate as charts
from pages.shared.lessons import bias_sweep, predict
from pages.shared.lessons.knife_edge import point_to_edge
from pages.shared.lessons.part_of import pick, picked
from pages.shared.live.chart import chart
from pages.shared.picture.component import network_picture
from pages.shared.shell.page_frame import heading, lesson, noticed, program, words
from pages.shared.state.computed import passes_of
from pages.shared.state.settings import Settings, live, present, worded
from pages.shared.words import formulas
from pages.shared.words.formulas import displayed
from pages.shared.words.notes import gate_notes


def page(settings: Settings) -> None:
    """Show the lesson."""
    lesson(
        "The ReLU gate",
        "On the way forward the ReLU keeps what is positive. On the way back its slope is the "
        "gate: 1 where z is positive, 0 where it is not. Blame, the gradient, is multiplied by it.",
        asked=True,
    )
    if predict.covers("relu_gate", settings):
        return
    pick("gates_of", "Layer", charts.gate_titles(passes_of(settings.exercise)))
    curve, share = st.columns(2, gap="large")
    with curve:
        live(_relu)
    with share:
        live(_before_after)
        worded(_gates)

    heading("Shut the gate yourself")
    bias_sweep.choose(settings)
    live(bias_sweep.show_sweep)
    worded(bias_sweep.sweep_words)

    heading("What a dead neuron costs")
    st.markdown(
        "A shut gate stops blame for everything behind it: the neuron's column of W1 and its bias. "
        "And because its activation is 0, its row of W2 gets none either."
    )
    live(_picture)

    heading("Exactly at zero")
    st.markdown(
        "At z = 0 the ReLU has a corner and no slope. Any number from 0 to 1 would do as a "
        "**subgradient**; PyTorch, TensorFlow and this app take **0**, so the gate is shut "
        "(`z > 0` is false). In the notebook's numbers z1[1] is 1 × (-0.3) + 2 × 0.2 - 0.1: on "
        "paper exactly 0. In float64 the sum comes out as 2.8e-17, so the gate opens and "
        "-3.75 of blame goes through. In float32 it comes out as -7.5e-9, and the gate is shut. "
        "One rounding bit decides."
    )
    program()
    noticed(lambda settings: gate_notes(passes_of(settings.exercise), settings.numbers))
    point_to_edge()


def _relu(settings: Settings) -> None:
    passes = passes_of(settings.exercise)
    of = settings.sample, _layer(settings)
    chart(charts.activation_chart(passes, *of), charts.describe_activation(passes, *of), "relu")


def _before_after(settings: Settings) -> None:
    passes = passes_of(settings.exercise)
    of = settings.sample, _layer(settings)
    chart(
        charts.before_after_chart(passes, *of),
        charts.describe_before_after(passes, *of),
        "before_after",
    )


def _layer(settings: Settings) -> int:
    passes = passes_of(settings.exercise)
    titles = charts.gate_titles(passes)
    return charts.gate_layers(passes)[titles.index(picked("gates_of", titles))]


def _picture(settings: Settings) -> None:
    network_picture(passes_of(settings.exercise), "both", settings.numbers, "gate_picture")


def _gates(settings: Settings) -> str:
    passes, numbers = passes_of(settings.exercise), settings.numbers
    return displayed(formulas.joined(formulas.gate(passes, 1, j, numbers) for j in (0, 1)))


present(page, still=True)
words("relu_gate")
