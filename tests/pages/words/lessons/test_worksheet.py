"""What the worksheet's groups say is done there, true for exercises of other kinds."""

from dataclasses import replace

import pytest

from blame import Layer, Network
from blame.exercise.build import blank
from blame.exercise.exercise import Exercise
from blame.exercise.presets import NOTEBOOK, drawn
from blame.practise.worksheet import items_of
from pages.shared.words.lessons.worksheet import groups_of


def told(exercise, sample=0):
    return {g.key: (g.title, g.what) for g in groups_of(exercise, items_of(exercise), sample)}


def test_deep_layers_are_named_and_a_missing_bias_is_not():
    deep = drawn(blank((2, 3, 3, 1), biases=(True, False, True), n_samples=2), 1)
    said = told(deep)
    assert said["z1"] == (
        "The sums of layer 1",
        "Each neuron adds up its inputs times its weights, and its bias.",
    )
    assert said["z2"] == (
        "The sums of layer 2",
        "Each neuron adds up its inputs times its weights.",
    )
    assert said["dW2"] == (
        "Blame of layer 2",
        "And again: what came through, times the blame behind it, added up over the samples.",
    )
    assert said["d_a1"][0] == "Back through W2"
    assert said["y_pred"][1] == (
        "The last layer makes the guess; the loss is the mean of the squared errors, over all "
        "samples."
    )
    # Twelve and more new numbers have a group a layer.
    assert [key for key in said if key.startswith("new")] == ["new W1", "new W2", "new W3"]
    assert said["new W2"][0] == "The update of layer 2"


@pytest.mark.parametrize(
    ("unit", "value", "slope"),
    [
        ("relu", "keeps what is positive.", "shut, nothing"),
        ("leaky_relu", "0.01 of the rest", "elsewhere 0.01 of it"),
        ("sigmoid", "between 0 and 1", "a (1 \u2212 a)"),
        ("tanh", "between \u22121 and 1", "1 \u2212 a\u00b2"),
        ("softplus", "without its corner", "the sigmoid of z"),
        ("identity", "passes z on as it is", "slope is 1"),
    ],
)
def test_what_a_unit_does_either_way(unit, value, slope):
    hidden, last = NOTEBOOK.network.layers
    exercise = NOTEBOOK.with_network(Network((Layer(hidden.weights, hidden.bias, unit), last)))
    said = told(exercise)
    assert value in said["a1"][1]
    assert slope in said["d_z1"][1]
    assert said["y_pred"][1] == "The last layer makes the guess; the loss is its error squared."


@pytest.mark.parametrize(
    ("loss", "unit", "guess", "cancels"),
    [
        ("half_sse", "sigmoid", "one half of the sum of the squared errors.", None),
        ("sse", "identity", "the loss is the sum of the squared errors.", None),
        ("bce", "sigmoid", "binary cross-entropy, mean", "divided by 6"),
        ("bce_sum", "sigmoid", "binary cross-entropy, sum", "the guess less the target."),
        ("cross_entropy", "softmax", "cross-entropy, mean over the samples", "divided by 2"),
        ("cross_entropy_sum", "softmax", "cross-entropy, sum", "the guess less the target."),
        ("output", "identity", "there is no loss here", None),
    ],
)
def test_which_loss_and_whether_its_slope_cancels(loss, unit, guess, cancels):
    count = 1 if loss in ("half_sse", "sse") else 2
    exercise = drawn(blank((2, 3), units=(unit,), loss=loss, n_samples=count), 3)
    said = told(exercise)
    assert guess in said["y_pred"][1]
    if cancels:
        assert cancels in said["d_z1"][1]
        # What the sentence says, worked out: y - t, shared by the mean.
        back = exercise.backward()
        share = {"bce": 6, "cross_entropy": 2}.get(loss, 1)
        plain = (back.forward_pass.prediction - back.target) / share
        assert back.deltas[-1] == pytest.approx(plain)
    else:
        assert "cancels" not in str(said)


def test_targets_that_are_no_shares_are_told():
    start = drawn(blank((2, 3), units=("softmax",), loss="cross_entropy_sum"), 3)
    other = replace(start, target=[0.5, 1.0, 1.0])
    back = other.backward()
    assert "times the sum of the targets, less the target." in told(other)["d_z1"][1]
    assert back.deltas[0][0] == pytest.approx(2.5 * back.forward_pass.prediction[0] - other.target)


def test_how_an_update_is_told():
    base = {"loss": "mse", "learning_rate": 0.1}
    net = Network((Layer([[0.5, 0.5]], [0.1, 0.1], "tanh"), Layer([[1.0], [1.0]], [0.0])))
    plain = Exercise(net, [1], [0], **base)
    assert told(plain)["new"][1] == (
        "Each number moves against its blame, by the learning rate times it."
    )
    all_of_it = replace(plain, held=("W2",), tied=("b1",), momentum=0.9, weight_decay=0.1)
    said = told(all_of_it)["new"][1]
    assert "Weight decay adds a share of the number itself to its blame." in said
    assert "b1 is one number for its layer: it moves by the sum of its blame." in said
    assert "W2 stays as it is." in said
    assert "no momentum has gathered" in said


def test_a_sample_has_its_own_fields_and_shares_the_rest():
    exercise = drawn(blank((2, 2, 1), n_samples=3), 2)
    items = items_of(exercise)
    sheets = [
        {item.name for group in groups_of(exercise, items, s) for item in group.items}
        for s in range(3)
    ]
    assert set.union(*sheets) == {item.name for item in items}
    shared = set.intersection(*sheets)
    assert {"loss", "dW1[0, 0]", "db1[0]", "new W1[0, 0]", "loss after"} <= shared
    assert "z1[1, 0]" in sheets[1] - sheets[0] - sheets[2]
