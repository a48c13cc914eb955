"""Forward pass: from the input to the loss, every sum taken apart."""

import streamlit as st

import blame
from blame.probe.trace import trace_of
from pages.shared.charts.handles.handle import with_handles
from pages.shared.charts.handles.loss import loss_handles
from pages.shared.charts.lessons import forward_pass as charts
from pages.shared.charts.lessons import loss, softmax
from pages.shared.lessons import published, sample
from pages.shared.lessons.knife_edge import point_to_edge
from pages.shared.lessons.part_of import pick, pick_view, picked, picked_view
from pages.shared.live.chart import chart
from pages.shared.live.sentence import sentence
from pages.shared.picture.component import network_picture
from pages.shared.picture.flow import flow_data
from pages.shared.practise import predict
from pages.shared.shell.page_frame import heading, lesson, noticed, program, words
from pages.shared.state.computed import passes_of
from pages.shared.state.settings import Settings, live, present, told, worded
from pages.shared.words import formulas, leads
from pages.shared.words.formulas import displayed
from pages.shared.words.lessons.notes import error_note, forward_notes


def page(settings: Settings) -> None:
    """Show the lesson."""
    lesson(
        "The forward pass",
        leads.forward(settings.exercise),
        asked=True,
    )
    if predict.covers("forward_pass", settings):
        return
    passes = passes_of(settings.exercise)
    sample.choose(settings)
    live(_picture, _error)

    built, kept = st.columns(2, gap="large")
    with built:
        heading("How each sum is built")
        pick_view("sums_of", "Sums of", charts.sum_views(passes))
        live(_sums)
    with kept:
        heading(f"Before and after the {charts.units_said(passes)}")
        pick_view("units_of", "Neurons of", charts.activation_views(passes))
        live(_activations)
        worded(_neurons)

    heading("How wrong is the guess?")
    curve, sums = st.columns(2, gap="large")
    with curve:
        pick("output", "Output", loss.outputs(passes), first=loss.first_output(passes))
        live(_loss)
        if passes.target.size > 1:
            live(_shares)
    with sums:
        worded(_output)

    told(published.forward)
    program()
    noticed(_notes)
    point_to_edge()


def _picture(settings: Settings) -> None:
    exercise, numbers = settings.exercise, settings.numbers
    passes = passes_of(exercise)
    network_picture(
        passes,
        "forward",
        numbers,
        "forward_picture",
        sample=settings.sample,
        opened="z1[0]",
        flow=lambda: flow_data(
            exercise, trace_of(passes), numbers, sample=settings.sample, forward_only=True
        ),
    )


def _sums(settings: Settings) -> None:
    passes = passes_of(settings.exercise)
    part = settings.sample, picked_view("sums_of", charts.sum_views(passes))
    chart(
        charts.waterfall_chart(passes, *part), charts.describe_waterfall(passes, *part), "waterfall"
    )


def _activations(settings: Settings) -> None:
    passes = passes_of(settings.exercise)
    part = settings.sample, picked_view("units_of", charts.activation_views(passes))
    chart(
        charts.activation_chart(passes, *part),
        charts.describe_activations(passes, *part),
        "activations",
    )
    if settings.exercise.activations[-1] == "softmax":
        said = softmax.describe_softmax(passes, settings.sample)
        chart(softmax.softmax_chart(passes, settings.sample), said, "softmax")


def _loss(settings: Settings) -> None:
    passes = passes_of(settings.exercise)
    outputs = loss.outputs(passes)
    first = loss.first_output(passes, settings.sample)
    output = outputs.index(picked("output", outputs, first=first))
    of = settings.sample, output
    drawn = with_handles(loss.loss_chart(passes, *of), loss_handles(settings.exercise, *of))
    chart(drawn, loss.describe_loss(passes, *of), "loss_curve")


def _shares(settings: Settings) -> None:
    passes, sample = passes_of(settings.exercise), settings.sample
    chart(loss.shares_chart(passes, sample), loss.describe_shares(passes, sample), "loss_shares")


def _neurons(settings: Settings) -> str:
    passes, numbers = passes_of(settings.exercise), settings.numbers
    return displayed(formulas.neurons(passes, 1, numbers, settings.sample))


def _output(settings: Settings) -> str:
    passes, numbers = passes_of(settings.exercise), settings.numbers
    # As one element: each costs the server and the browser more than its text.
    return (
        f"{displayed(formulas.output(passes, numbers, settings.sample))}\n\n"
        "The slope of the curve at today's guess is the first piece of blame:\n\n"
        f"{displayed(formulas.output_blame(passes, numbers, settings.sample))}"
    )


def _error(settings: Settings) -> None:
    sentence(_most(settings), "forward")


def _most(settings: Settings) -> str:
    return error_note(passes_of(settings.exercise), settings.numbers, settings.sample)


def _notes(settings: Settings) -> list[str]:
    said = forward_notes(passes_of(settings.exercise), settings.numbers, settings.sample)
    # That one stands below the picture, where it follows the hand.
    return [each for each in said if each != _most(settings)]


present(page, still=True)
words("forward_pass")
