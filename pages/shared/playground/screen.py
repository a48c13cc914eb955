"""What the playground shows of one step: the map, the curves, and the chosen look inside."""

from __future__ import annotations

import streamlit as st

from blame.playground.growing_run import GrowingRun
from blame.playground.maps import maps_around
from blame.playground.recipe import Prepared
from blame.playground.sample_blame import SampleBlame, sample_blame
from pages.shared.charts.playground import growing_run
from pages.shared.charts.playground import maps as charts
from pages.shared.charts.playground import neurons as inside
from pages.shared.charts.playground import sample_blame as sample_blame_charts
from pages.shared.charts.playground.network import describe_network, network_chart
from pages.shared.live.chart import chart
from pages.shared.playground import edit, looks, runs
from pages.shared.playground.looks import NETWORK, NEURONS, SAMPLES
from pages.shared.words.playground import pull_words, rate_words, said


def screen(prepared: Prepared, run: GrowingRun, step: int) -> None:
    """Show the network after `step` updates."""
    data, view = prepared.data, str(st.session_state["play_view"])
    axes = looks.axes(data.n_in)
    st.markdown(said(run, step))
    others = runs.beside()
    for words in (runs.why_anew(), rate_words(run, step, others)):
        if words:
            st.caption(f":material/info: {words}")
    passes = run.pass_at(step)
    blame = sample_blame(passes) if view == SAMPLES else None
    network = run.at(step)
    found = maps_around(network, prepared.every, charts.points_of(data), axes)
    left, right = st.columns(2, gap="medium")
    with left:
        pulls = None if blame is None else blame.sizes
        chart(
            charts.map_chart(found, network, data, pulls, prepared.test, axes),
            charts.describe_map(run, step, data),
            "playground_map",
            edit.on_map(),
        )
        if data.n_in > 2:
            st.caption(
                f"Across x[{axes[0]}] and up x[{axes[1]}], with every other input at its mean: a "
                "sample away from that mean may be guessed otherwise than the place where it lies."
            )
    with right:
        chart(
            growing_run.curve_chart(run, step, others),
            growing_run.describe_curves(run, step, others),
            "playground_curves",
        )
    if view == NETWORK:
        chart(
            network_chart(passes, data),
            describe_network(passes),
            "playground_network",
        )
        st.caption(
            "Each line is a weight, the thicker the larger: green above 0, purple and dashed "
            "below. A grey neuron is dead. Point at a line or a neuron for its number."
        )
    elif view == NEURONS:
        _neurons(prepared, run, step)
    elif blame is not None:
        _samples(prepared, blame)


def _neurons(prepared: Prepared, run: GrowingRun, step: int) -> None:
    count = len(run.start.layers) - 1
    if count == 0:
        st.caption("Without a hidden layer there are no neurons to look into.")
        return
    data = prepared.data
    axes = looks.axes(data.n_in)
    found = maps_around(run.at(step), prepared.every, inside.points_of(data), axes)
    layer = min(int(st.session_state.get("play_layer", 1)), count) - 1
    chart(
        inside.neuron_chart(found, run.pass_at(step), prepared.data, layer),
        inside.describe_neurons(run, step, layer),
        "playground_neurons",
    )
    what = f"The activation of each neuron of hidden layer {layer + 1} "
    if prepared.data.n_in == 1:
        st.caption(f"{what}along x[0]. A dead neuron is grey.")
        return
    kinked = bool(run.start.layers[layer].activation.kinks)
    line = " The dashed line is where its gate flips." if kinked else ""
    st.caption(f"{what}over the same plane: green above 0, purple below.{line}")


def _samples(prepared: Prepared, blame: SampleBlame) -> None:
    st.markdown(pull_words(blame))
    chart(
        sample_blame_charts.pull_chart(blame, prepared.data),
        sample_blame_charts.describe_pulls(blame, prepared.data),
        "playground_pulls",
    )
    st.caption(
        "A sample's pull is its own blame: the gradient of its share of the loss. On the map a "
        "sample is the larger the harder it pulls."
    )
