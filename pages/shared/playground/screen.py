"""What the playground shows of one step: the map, the curves, and the chosen look inside."""

from __future__ import annotations

import streamlit as st

from blame.playground.maps import maps_around
from blame.playground.sample_blame import sample_blame
from pages.shared.charts.playground import growing_run
from pages.shared.charts.playground import maps as charts
from pages.shared.charts.playground import neurons as inside
from pages.shared.charts.playground import sample_blame as sample_blame_charts
from pages.shared.charts.playground.network import describe_network, network_chart
from pages.shared.live.chart import chart
from pages.shared.live.sentence import sentence
from pages.shared.playground import edit, looks, runs
from pages.shared.playground.looks import NETWORK, NEURONS, SAMPLES
from pages.shared.playground.recipe_choices import current
from pages.shared.state.computed import prepared
from pages.shared.state.settings import Settings, live
from pages.shared.words.playground import pull_words, rate_words, said


def screen() -> None:
    """Show the network at the step that is chosen."""
    data, view = prepared(current()).data, _view()
    axes = looks.axes(data.n_in)
    live(_said)
    if words := runs.why_anew():
        st.caption(f":material/info: {words}")
    if current().rates:
        live(_rates)
    left, right = st.columns(2, gap="medium")
    with left:
        live(_map)
        if data.n_in > 2:
            st.caption(
                f"Across x[{axes[0]}] and up x[{axes[1]}], with every other input at its mean: a "
                "sample away from that mean may be guessed otherwise than the place where it lies."
            )
    with right:
        live(_curves)
    if view == NETWORK:
        live(_network)
        st.caption(
            "Each line is a weight, the thicker the larger: green above 0, purple and dashed "
            "below. A grey neuron is dead. Point at a line or a neuron for its number."
        )
    elif view == NEURONS:
        _neurons()
    elif view == SAMPLES:
        live(_agreement, _pulls)
        st.caption(
            "A sample's pull is its own blame: the gradient of its share of the loss. On the map a "
            "sample is the larger the harder it pulls."
        )


def _view() -> str:
    return str(st.session_state["play_view"])


def _said(settings: Settings) -> None:
    _, run, step = runs.shown()
    sentence(said(run, step), "playground_step")


def _rates(settings: Settings) -> None:
    _, run, step = runs.shown()
    sentence(rate_words(run, step, runs.beside()), "playground_rates")


def _map(settings: Settings) -> None:
    found, run, step = runs.shown()
    data, network = found.data, run.at(step)
    axes = looks.axes(data.n_in)
    pulls = sample_blame(run.pass_at(step)).sizes if _view() == SAMPLES else None
    maps = maps_around(network, found.every, charts.points_of(data), axes)
    chart(
        charts.map_chart(maps, network, data, pulls, found.test, axes),
        charts.describe_map(run, step, data),
        "playground_map",
        edit.on_map(),
    )


def _curves(settings: Settings) -> None:
    _, run, step = runs.shown()
    others = runs.beside()
    chart(
        growing_run.curve_chart(run, step, others),
        growing_run.describe_curves(run, step, others),
        "playground_curves",
    )


def _network(settings: Settings) -> None:
    found, run, step = runs.shown()
    passes = run.pass_at(step)
    chart(network_chart(passes, found.data), describe_network(passes), "playground_network")


def _neurons() -> None:
    layers = current().hidden
    if not layers:
        st.caption("Without a hidden layer there are no neurons to look into.")
        return
    live(_neuron_maps)
    found = prepared(current())
    what = f"The activation of each neuron of hidden layer {_layer() + 1} "
    if found.data.n_in == 1:
        st.caption(f"{what}along x[0]. A dead neuron is grey.")
        return
    kinked = bool(found.start.start.layers[_layer()].activation.kinks)
    line = " The dashed line is where its gate flips." if kinked else ""
    st.caption(f"{what}over the same plane: green above 0, purple below.{line}")


def _layer() -> int:
    """Return the hidden layer that is looked into, counted from 0."""
    return min(int(st.session_state.get("play_layer", 1)), len(current().hidden)) - 1


def _neuron_maps(settings: Settings) -> None:
    found, run, step = runs.shown()
    data, layer = found.data, _layer()
    axes = looks.axes(data.n_in)
    maps = maps_around(run.at(step), found.every, inside.points_of(data), axes)
    chart(
        inside.neuron_chart(maps, run.pass_at(step), data, layer),
        inside.describe_neurons(run, step, layer),
        "playground_neurons",
    )


def _agreement(settings: Settings) -> None:
    _, run, step = runs.shown()
    sentence(pull_words(sample_blame(run.pass_at(step))), "playground_pulls")


def _pulls(settings: Settings) -> None:
    found, run, step = runs.shown()
    blame = sample_blame(run.pass_at(step))
    chart(
        sample_blame_charts.pull_chart(blame, found.data),
        sample_blame_charts.describe_pulls(blame, found.data),
        "playground_pulls",
    )
