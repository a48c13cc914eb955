"""ReLU gate: where blame passes, where it stops, and what happens at zero."""

import streamlit as st

import blame
from blame.exercise.numpy_lines import update_of
from pages.shared.charts.handles.gate import activation_handles
from pages.shared.charts.handles.handle import with_handles
from pages.shared.charts.lessons import relu_gate as charts
from pages.shared.lessons import bias_sweep, sample
from pages.shared.lessons.knife_edge import point_to_edge
from pages.shared.lessons.part_of import pick, picked
from pages.shared.live.chart import chart
from pages.shared.live.sentence import sentence
from pages.shared.picture.component import network_picture
from pages.shared.practise import predict
from pages.shared.shell.page_frame import heading, lesson, noticed, program, words
from pages.shared.state.computed import passes_of
from pages.shared.state.settings import Settings, live, present, worded
from pages.shared.teachers.question import concludes
from pages.shared.words import formulas, leads
from pages.shared.words.formulas import displayed
from pages.shared.words.lessons.notes import gate_notes


def page(settings: Settings) -> None:
    """Show the lesson."""
    lesson(
        leads.gate_title(settings.exercise),
        leads.gate(settings.exercise),
        asked=True,
    )
    if predict.covers("relu_gate", settings):
        return
    sample.choose(settings)
    pick("gates_of", "Layer", charts.gate_titles(passes_of(settings.exercise)))
    curve, share = st.columns(2, gap="large")
    with curve:
        live(_relu)
    with share:
        live(_before_after)
        worded(_gates)

    heading(leads.sweep(settings.exercise))
    if bias_sweep.choose(settings):
        bias_sweep.control()
        live(bias_sweep.show_sweep, _gate_now)

    if costs := leads.dead_neuron(settings.exercise):
        heading("What a dead neuron costs")
        if concludes():
            st.markdown(costs)
    live(_picture)

    if at_zero := leads.at_zero(settings.exercise):
        heading("Exactly at zero")
        if concludes():
            st.markdown(at_zero)
    program()
    noticed(_notes)
    point_to_edge()


def _relu(settings: Settings) -> None:
    passes = passes_of(settings.exercise)
    of = settings.sample, _layer(settings)
    drawn = with_handles(
        charts.activation_chart(passes, *of), activation_handles(settings.exercise, *of)
    )
    chart(drawn, charts.describe_activation(passes, *of), "relu")


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
    network_picture(
        passes_of(settings.exercise),
        "both",
        settings.numbers,
        "gate_picture",
        sample=settings.sample,
    )


def _gates(settings: Settings) -> str:
    passes, numbers = passes_of(settings.exercise), settings.numbers
    return displayed(formulas.gates(passes, _layer(settings), numbers, settings.sample))


def _gate_now(settings: Settings) -> None:
    sentence(bias_sweep.sweep_words(settings), "gate")


def _notes(settings: Settings) -> list[str]:
    passes, layer = passes_of(settings.exercise), _layer(settings)
    update = update_of(settings.exercise)
    return gate_notes(passes, settings.numbers, settings.sample, layer, update)


present(page, still=True)
words("relu_gate")
