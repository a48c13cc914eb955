"""The pages that test the blame: their numbers against blame's, and what they say."""

import pytest

from blame.arithmetic import ARITHMETICS, outcomes
from tests.pages.app import example_of, figures, open_page, words


def cells(app, name):
    """Return the cells of one row of the page's table."""
    lines = words(app).replace("\u2011", "-").splitlines()
    line = next(line for line in lines if line.startswith(f"| **{name}**"))
    return [cell.strip() for cell in line.strip("| ").split("|")[1:]]


def test_knife_edge_shows_both_runs_of_the_notebook():
    app = open_page("knife_edge")
    lines = {trace["name"]: trace["y"] for trace in figures(app)[0]["data"]}
    assert list(lines) == list(ARITHMETICS.values())
    assert lines["float64"][:4] == pytest.approx([1.5625, 18.1476, 7.7931, 0.8214], abs=5e-5)
    assert lines["exact fractions"][:4] == pytest.approx([1.5625, 0.7832, 0.1204, 0.0006], abs=5e-5)
    assert cells(app, "z1[1]") == ["2.8e-17", "-7.5e-9", "0", "0"]
    assert cells(app, "gate") == ["open", "shut", "shut", "shut"]
    assert cells(app, "gates at the end")[0] == "shut, shut"
    text = words(app)
    assert "the neuron stands on the kink" in text
    assert "After 1 update the loss is 18.15 in float64 and 0.7832 on paper" in text


def test_knife_edge_on_other_numbers_and_the_other_neuron():
    app = open_page("knife_edge", b1_1=-0.2)
    assert "All four agree on every gate" in words(app)
    assert "its sign is certain" in words(app)
    app.segmented_control(key="knife_neuron").set_value(0).run()
    assert not app.exception
    assert cells(app, "z1[0]")[-1] == "2.2"
    app.toggle(key="knife_log").set_value(True).run()
    assert figures(app)[0]["layout"]["yaxis"]["type"] == "log"
    expected = outcomes(example_of(app), 5)[0].losses
    assert figures(app)[0]["data"][0]["y"] == list(expected)


@pytest.mark.parametrize("page", ["forward_pass", "backward_pass", "relu_gate"])
def test_lessons_point_to_the_edge_only_where_there_is_one(page):
    links = [link.proto.page for link in open_page(page).get("page_link")]
    assert links == ["knife_edge"]
    assert open_page(page, b1_1=-0.2).get("page_link") == []
