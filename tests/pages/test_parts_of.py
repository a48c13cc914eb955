"""Of an exercise that does not fit into one chart the reader chooses what is shown."""

import pytest

from pages.shared.lessons.bias_sweep import NONE
from tests.pages.app import figures, open_page

LARGE = {
    "sizes": "4-8-8-3",
    "units": "relu-tanh-identity",
    "x": "1,2,-1,.5",
    "y_true": "1,0,0",
    **{
        f"W{k}": ";".join(
            ",".join(f"{((i * 7 + j * 5 + k) % 11 - 5) / 5:g}" for j in range(n)) for i in range(m)
        )
        for k, (m, n) in enumerate([(4, 8), (8, 8), (8, 3)], start=1)
    },
}


def names(figure):
    """Return the names of the bars of a figure."""
    return [said.rpartition(" = ")[0] for trace in figure["data"] for said in trace["customdata"]]


def figure_with(app, name):
    """Return the figure that has a bar, or a line, of this name."""
    for figure in figures(app):
        for trace in figure["data"]:
            if trace.get("name") == name or any(
                str(said).startswith(f"{name} =") for said in trace.get("customdata", [])
            ):
                return figure
    pytest.fail(f"no figure shows {name}")


def test_one_group_of_gradients_is_shown_whole_when_it_is_asked_for():
    app = open_page("backward_pass", **LARGE)
    all_of_it = figure_with(app, "d_loss_y[0]")
    assert 20 < len(names(all_of_it)) < 60
    app.selectbox(key="gradient_group").select("dW2").run()
    assert not app.exception
    shown = names(figure_with(app, "dW2[0, 0]"))
    assert shown == [
        *(f"dW2[{i}, {j}]" for i in range(8) for j in range(8)),
        *(f"db2[{j}]" for j in range(8)),
    ]


def test_sums_and_activations_are_shown_by_layer_or_neuron():
    app = open_page("forward_pass", **LARGE)
    assert "= z1[0]" in names(figure_with(app, "= z1[0]"))
    app.selectbox(key="sums_of").select("layer 3").run()
    assert not app.exception
    shown = names(figure_with(app, "= y_pred[2]"))
    assert [name for name in shown if name.startswith("=")] == [f"= y_pred[{j}]" for j in range(3)]
    app.segmented_control(key="units_of").set_value("layer 2").run()
    assert not app.exception
    assert len(names(figure_with(app, "a2[7]"))) == 16
    # One curve for each output.
    app.segmented_control(key="output").set_value("output 2").run()
    assert figure_with(app, "slope d_loss_y[2]")["layout"]["xaxis"]["title"]["text"] == "y_pred[2]"


def test_the_gate_page_speaks_of_the_layer_that_is_chosen():
    app = open_page("relu_gate", **LARGE)
    assert figure_with(app, "ReLU")["layout"]["xaxis"]["title"]["text"] == "z1"
    app.segmented_control(key="gates_of").set_value("layer 2, tanh").run()
    assert not app.exception
    assert figure_with(app, "tanh")["layout"]["yaxis"]["title"]["text"] == "a2 = tanh(z2)"
    assert "d_z2[7]" in names(figure_with(app, "d_z2[7]"))
    app.selectbox(key="sweep").select("b2[3]").run()
    assert not app.exception
    assert figure_with(app, "d_z2[3], after the slope")


def test_the_parameters_of_one_array_are_shown_when_it_is_asked_for():
    app = open_page("training", **LARGE)
    app.selectbox(key="moved_array").select("b1").run()
    assert not app.exception
    drawn = [trace["name"] for trace in figure_with(app, "b1[0]")["data"]]
    assert drawn == [f"b1[{j}]" for j in range(8)]


def test_where_no_bias_can_be_moved_the_gate_says_so_in_words():
    app = open_page("relu_gate", exercise="iamtrask-11-lines-b")
    said = [element.value for element in (*app.markdown, *app.caption)]
    assert NONE in said
    assert "Not for this exercise" not in said
    with_bias = open_page("relu_gate", exercise="mazur")
    assert NONE not in [element.value for element in with_bias.markdown]
