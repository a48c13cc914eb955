"""Each sample's pull along the whole gradient, the hardest first, found again by nudging."""

import re
from dataclasses import replace

import numpy as np
import pytest

from blame.playground.datasets import dataset
from blame.playground.sample_blame import SampleBlame, sample_blame
from pages.shared.charts.palette import LINE, NEURONS
from pages.shared.charts.playground import sample_blame as charts
from tests.pages.charts.playground.samples import PREPARED, RUNS, costs, layers_at
from tests.pages.charts.reading import check, read, same

# Not xor: its sample at the origin stands on the kink of each neuron without a bias.
CASES = ["circles", "two lines", "own plane", "own line", "smooth", "start"]
every_case = pytest.mark.parametrize("name", CASES)
H = 1e-6


def nudged(name, step):
    """Return each sample's gradient by moving one parameter at a time, (n_samples, P)."""
    run = RUNS[name]
    columns = []
    for k in range(run.parameters.shape[1]):
        sides = []
        for h in (H, -H):
            moved = run.parameters[step].copy()
            moved[k] += h
            sides.append(costs(run, layers_at(_moved(run, moved), 0)))
        columns.append([(up - down) / (2 * H) for up, down in zip(*sides, strict=True)])
    return np.array(columns).T


def _moved(run, parameters):
    return replace(run, parameters=parameters[None])


def found_of(name):
    run = RUNS[name]
    step = run.steps // 2
    gradients = nudged(name, step)
    whole = gradients.sum(0)
    along = gradients @ whole / np.linalg.norm(whole)
    blame, data = sample_blame(run.pass_at(step)), PREPARED[name].data
    return blame, data, along.tolist(), np.sqrt((gradients**2).sum(1)).tolist()


@every_case
def test_each_pull_is_a_bar_the_hardest_with_the_sum_first(name):
    blame, data, along, _ = found_of(name)
    traces, layout = read(charts.pull_chart(blame, data))
    drawn = sorted(
        (x, y, int(re.match(r"sample (\d+)", text)[1]), trace["name"])
        for trace in traces
        for x, y, text in zip(trace["x"], trace["y"], trace["customdata"], strict=True)
    )
    assert [x for x, *_ in drawn] == list(range(len(along)))
    assert sorted(row for *_, row, _ in drawn) == list(range(len(along)))
    heights = [y for _, y, *_ in drawn]
    assert heights == sorted(heights, reverse=True)
    for _, y, row, called in drawn:
        assert same(y, along[row], 1e-4, 1e-7)
        assert called == ("pulls with the sum" if y >= 0 else "pulls against it")
    hues = {trace["name"]: trace["marker"]["color"] for trace in traces}
    assert hues == {"pulls with the sum": LINE, "pulls against it": NEURONS[1]}
    assert layout["yaxis"]["title"]["text"] == "pull along the sum"
    assert layout["xaxis"]["title"]["text"] == "samples, sorted"


def told_of(text):
    told = re.fullmatch(
        r"sample (\d+) at (\S+?)(?:, (\S+))?, target (\S+): blame of length (\S+), "
        r"(\S+) of it along the sum",
        text,
    )
    place = [float(v) for v in told.groups()[1:3] if v is not None]
    return int(told[1]), place, *map(float, told.groups()[3:])


@every_case
def test_each_bar_tells_its_samples_place_target_length_and_pull(name):
    blame, data, along, lengths = found_of(name)
    for trace in read(charts.pull_chart(blame, data))[0]:
        for y, text in zip(trace["y"], trace["customdata"], strict=True):
            row, place, target, length, pull = told_of(text)
            assert same(place, data.x[row].tolist(), 6e-4)
            assert same(target, float(data.target[row, 0]), 6e-4)
            assert same(length, lengths[row], 1e-3, 1e-7)
            assert same(pull, y, 6e-4)
            assert same(pull, along[row], 1e-3, 1e-7)


@every_case
def test_the_words_count_who_pulls_along_and_name_the_three_hardest(name):
    blame, data, along, lengths = found_of(name)
    said = charts.describe_pulls(blame, data)
    told = re.fullmatch(
        r"(\d+) of (\d+) samples pull with the whole gradient\. The hardest: (.+)", said
    )
    assert int(told[1]) == sum(pull > 1e-9 for pull in along)
    assert int(told[2]) == len(along)
    parts = [told_of(part) for part in told[3].split("; ")]
    for row, place, target, length, pull in parts:
        assert same(place, data.x[row].tolist(), 6e-4)
        assert same(target, float(data.target[row, 0]), 6e-4)
        assert same([length, pull], [lengths[row], along[row]], 1e-3, 1e-7)
    hardest = [row for row, *_ in parts]
    assert len({*hardest}) == len(hardest) == min(3, len(along))
    ranked = sorted(lengths, reverse=True)
    assert same([lengths[row] for row in hardest], ranked[: len(hardest)], 1e-3, 1e-7)


def test_pulls_go_with_the_sum_and_against_it_and_some_not_at_all():
    pulls = [pull for name in CASES for pull in found_of(name)[2]]
    assert min(pulls) < -1e-3
    assert max(pulls) > 1e-3
    lone = dataset([[0.0], [1.0], [2.0]], [0.0, 1.0, 1.0])
    blame = SampleBlame(np.array([[3.0, 0.0], [0.0, 0.0], [-1.0, 0.0]]))
    assert charts.describe_pulls(blame, lone).startswith("1 of 3 samples pull with")
    drawn = {t["name"]: t["y"] for t in read(charts.pull_chart(blame, lone))[0]}
    assert drawn == {"pulls with the sum": [3, 0], "pulls against it": [-1]}


def test_without_blame_no_sample_pulls():
    data = dataset([[0.0], [1.0]], [0.0, 1.0])
    assert charts.describe_pulls(SampleBlame(np.zeros((2, 3))), data) == (
        "No sample pulls: there is no blame"
    )
    cancels = SampleBlame(np.array([[1.0, -2.0], [-1.0, 2.0]]))
    assert charts.describe_pulls(cancels, data).startswith("0 of 2 samples pull with")


def test_plotly_knows_every_name_and_value():
    check(charts.pull_chart(*found_of("circles")[:2]))
