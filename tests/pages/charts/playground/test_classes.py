"""Classes on the map: each place to the class with the largest share, each sample to its own."""

from dataclasses import replace

import numpy as np
import pytest

from blame import forward
from blame.playground.growing_run import advance
from blame.playground.maps import maps_around
from blame.playground.recipe import OWN, Recipe, prepare
from pages.shared.charts.playground import maps as charts
from pages.shared.charts.playground.classes import MARKS, hue
from pages.shared.charts.playground.network import describe_network, network_chart
from pages.shared.charts.playground.side_by_side import Beside, kept_chart
from tests.pages.charts.reading import check, read

ARMS = Recipe("three arms", 30, noise=0.02, hidden=(6,), activation="tanh", test_share=20)
WORDS = Recipe(OWN, csv="1,2,3,ant\n2,1,0,bee\n0,0,1,cow\n1,1,1,ant", hidden=(2,))
LINE = Recipe(OWN, csv="1,a\n2,b\n3,c\n4,a")


def drawn(recipe, steps=30, axes=(0, 1)):
    found = prepare(recipe)
    run = advance(found.start, steps)
    map_ = maps_around(run.at(steps), found.every, charts.points_of(found.data), axes)
    shown = charts.map_chart(map_, run.at(steps), found.data, None, found.test, axes)
    return found, run, map_, shown


def test_each_place_belongs_to_the_class_with_the_largest_share():
    _, run, map_, shown = drawn(ARMS)
    data, _ = read(shown)
    heats = [trace for trace in data if trace["type"] == "heatmap"]
    assert len(heats) == 3
    owners = set()
    for j, i in ((0, 0), (10, 40), (50, 3), (25, 26), (44, 44)):
        y = forward(run.at(30), [map_.across[i], map_.up[j]]).prediction[0]
        own = int(np.argmax(y))
        owners.add(own)
        assert heats[own]["z"][j][i] == pytest.approx(float(y[own]), abs=6e-5)
        assert [heats[k]["z"][j][i] is None for k in range(3)] == [k != own for k in range(3)]
    assert len(owners) > 1


def test_each_sample_has_the_hue_and_the_mark_of_its_class_and_is_hollow_where_set_aside():
    found, _, _, shown = drawn(ARMS)
    marks = {trace["name"]: trace for trace in read(shown)[0] if "name" in trace}
    for k in range(3):
        for name, data, symbol in (
            (str(k), found.data, MARKS[k]),
            (f"{k}, test", found.test, f"{MARKS[k]}-open"),
        ):
            trace = marks[name]
            rows = data.target[:, 0] == k
            places = list(zip(trace["x"], trace["y"], strict=True))
            assert places == [tuple(x) for x in data.x[rows]]
            assert (trace["marker"]["symbol"], trace["marker"]["color"]) == (symbol, hue(k))
    assert len({hue(k) for k in range(6)}) == len(set(MARKS)) == 6


def test_words_name_the_classes_and_two_of_three_inputs_are_drawn():
    found, _, _, shown = drawn(WORDS, axes=(2, 0))
    data, layout = read(shown)
    names = [trace["name"] for trace in data if "name" in trace]
    assert names == ["ant", "bee", "cow"]
    ants = next(trace for trace in data if trace.get("name") == "ant")
    assert (ants["x"], ants["y"]) == ([3, 1], [1, 1])
    assert layout["xaxis"]["title"]["text"] == "x[2]"
    told = charts.describe_map(advance(found.start, 30), 30, found.data)
    assert "ant" in told
    assert "cow" in told


def test_plotly_knows_every_name_and_value():
    shown = [drawn(recipe) for recipe in (ARMS, WORDS, LINE, replace(ARMS, data="two lines"))]
    check(*(one[3] for one in shown))
    check(*(network_chart(run.pass_at(30), found.data) for found, run, _, _ in shown))
    named = {str(k): Beside(map_, found.data) for k, (found, _, map_, _) in enumerate(shown)}
    check(kept_chart(named))


def test_the_network_is_told_in_words():
    found, run, _, _ = drawn(LINE)
    told = describe_network(run.pass_at(30))
    first = run.at(30).layers[0].weights[0, 0]
    assert told.startswith("The network, 1-4-3, and its weights: W1[0, 0] ")
    assert f"W1[0, 0] {first:.4g}" in told
    big = drawn(ARMS)[1].pass_at(30)
    assert "the largest of its 30 weights" in describe_network(big)
    nodes = network_chart(run.pass_at(30), found.data).data[1]
    assert nodes["text"][-3:] == ["a", "b", "c"]
