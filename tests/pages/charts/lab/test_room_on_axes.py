"""How far the lab's axes reach, and how its heights are written."""

import re
from dataclasses import replace

import numpy as np
import pytest

from blame import Layer, Network, train
from blame.exercise.presets import PRESETS
from blame.probe.landscape import landscape
from blame.runs.rate_sweep import RATES, sweep_rates
from blame.training import pass_at
from pages.shared.charts.lab import landscape as charts
from pages.shared.charts.lab.rate_sweep import sweep_chart
from tests.pages.charts.reading import named, read

SHUT = PRESETS["gate_shut"].exercise


def test_the_rates_fill_the_chart_with_a_tenth_of_a_decade_to_spare():
    swept = sweep_rates(SHUT.network, SHUT.x, SHUT.target, steps=3)
    low, high = read(sweep_chart(swept, 0.1, 0.07))[1]["xaxis"]["range"]
    first, last = np.log10(RATES[[0, -1]])
    assert first - 0.1 <= low < first
    assert last < high <= last + 0.1


def test_heights_are_written_with_two_digits():
    history = SHUT.train()
    sides = [charts.reach(history, name, 0) for name in ("W1[1, 0]", "b2[0]")]
    found = landscape(pass_at(history, 0), "W1[1, 0]", "b2[0]", *sides)
    data, layout = read(charts.contour_chart(found, history, 0))
    map_, key = named(data, "loss"), layout["yaxis2"]
    assert len(key["ticktext"]) == 5
    for told, share in zip(key["ticktext"], key["tickvals"], strict=True):
        text = told.replace("\N{MINUS SIGN}", "-")
        at = map_["zmin"] + share * (map_["zmax"] - map_["zmin"])
        assert float(text) == pytest.approx(10**at, rel=0.05)
        assert len(re.sub(r"e.*|[.]|^0[.]?0*", "", text).strip("0")) <= 2, text


@pytest.mark.parametrize(("loss", "counts"), [(9.9, True), (10.0, True), (10.1, False)])
def test_a_step_of_up_to_ten_times_the_loss_is_on_the_map(loss, counts):
    # A lone bias under b squared: a rate of 1.5 takes it from 1 to -2 and 4.
    run = train(Network((Layer([[0.0]], [1.0], "identity"),)), [[0.0]], [[0.0]], 1.5, 2)
    assert run.networks.layers[0].bias[:, 0].tolist() == [1, -2, 4]
    told = replace(run, backward=replace(run.backward, loss=np.array([1.0, loss, 99.0])))
    # From -2 to 1 and a quarter of that on both sides; or 1 alone, with a half on both.
    ends = charts.reach(told, "b1[0]", 0)[[0, -1]]
    # Outward to a whole 4, or a whole 1.
    assert ends.tolist() == ([-4.0, 4.0] if counts else [0.0, 2.0])
