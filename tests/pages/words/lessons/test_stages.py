"""What the stages of the backward page say, of the notebook and of any exercise, worked out."""

import re

import pytest
from hypothesis import given

from blame import Layer, Network
from blame.exercise.exercise import Exercise
from blame.exercise.numpy_lines import graph_of, steps, update_of
from blame.probe.trace import Trace
from pages.shared.words.lessons.stages import stages
from tests.any_shape import FEW, exercises, nearest_kink, run_of, slope_of
from tests.exercises import changed, notebook_with
from tests.pages.words.reading import by_hand, run_by_hand

SHUT = notebook_with(b1_1=-0.2)


def test_the_stages_of_the_backward_page_say_what_is_true():
    found = stages(Trace(SHUT.backward()))
    assert [stage.label for stage in found.values()] == [
        "1 loss",
        "2 W2, b2",
        "3 hidden",
        "4 gate",
        "5 W1, b1",
        "6 update",
    ]
    said = {key: stage.said for key, stage in found.items()}
    hand = by_hand(SHUT)
    # A larger weight hands more of the blame on.
    assert "a larger weight hands more of it on" in said["a1"]
    larger = by_hand(changed(SHUT, W2_1_0=-3.0, b1_1=-0.2))
    assert abs(larger["d_a1[1]"]) > abs(hand["d_a1[1]"])
    assert "Open, it passes the blame as it is; shut, it passes nothing." in said["z1"]
    assert hand["d_z1[0]"] == hand["d_a1[0]"] != 0 == hand["d_z1[1]"] != hand["d_a1[1]"]
    assert "How fast would the loss change if the guess grew?" in said["loss"]
    assert "That is the first piece of blame." in said["loss"]
    assert "Each weight of the last layer is blamed by the activation" in said["W2"]
    assert hand["dW2[0, 0]"] == hand["a1[0]"] * hand["d_loss_y"]
    assert "x times the blame at z is the blame of W1" in said["W1"]
    assert hand["dW1[1, 0]"] == hand["x[1]"] * hand["d_z1[0]"]
    # Against its blame: a number with blame above 0 shrinks.
    assert "every parameter moves against its blame, by the learning rate" in said["update"]
    after = run_by_hand(SHUT, 1)[1]
    assert (after["W1[1, 0]"] - hand["W1[1, 0]"]) / hand["dW1[1, 0]"] == pytest.approx(-0.1)


@FEW
@given(exercises())
def test_the_stages_of_any_exercise(exercise):
    if nearest_kink(exercise) < 1e-9:
        return
    hand, after = run_of(exercise, 1)
    found = stages(Trace(exercise.backward()), update_of(exercise))
    depth, many = len(exercise.activations), exercise.n_samples > 1
    plain = exercise.activations[-1] == "identity"
    keys = ["loss"]
    for k in range(depth, 0, -1):
        keys += [f"a{k}"] if k < depth else []
        keys += [f"z{k}"] if k < depth or not plain else []
        keys.append(f"W{k}")
    assert list(found) == [*keys, "update"]
    assert [stage.label.split()[0] for stage in found.values()] == [
        str(place) for place in range(1, len(found) + 1)
    ]
    # Each is a step of the code, and they come in its order.
    code = [step.stage for step in steps(graph_of(exercise))]
    assert [stage.step for stage in found.values()] == code[code.index("d_loss_y") :]
    for k in range(1, depth + 1):
        has_bias = exercise.network.layers[k - 1].bias is not None
        assert (f"b{k}" in found[f"W{k}"].label) == has_bias
        assert ("the parts are added up" in found[f"W{k}"].said) == many
        if f"z{k}" in found:
            check_through(found[f"z{k}"].said, exercise, hand, k)
    assert ("no target" in found["loss"].said) == (exercise.target is None)
    if exercise.target is None:
        assert all(slope == 1 for row in hand["d_loss_y"] for slope in row)
    said = found["update"].said
    assert ("that is not held" in said) == bool(exercise.held)
    assert ("draws it towards 0" in said) == bool(exercise.weight_decay)
    assert ("Momentum keeps" in said) == bool(exercise.momentum)
    for name in exercise.tied:
        assert name in said
        first, *rest = (new - old for new, old in zip(after[name], hand[name], strict=True))
        assert rest == pytest.approx([first] * len(rest))
    assert "one number" in said or not exercise.tied


def check_through(said, exercise, hand, k):
    """Check what is said of blame on its way through a layer's activation."""
    unit, last = exercise.activations[k - 1], k == len(exercise.activations)
    before, after = hand[f"d_a{k}"], hand[f"d_z{k}"]
    pairs = [
        (z, a, u, d)
        for rows in zip(hand[f"z{k}"], hand[f"a{k}"], before, after, strict=True)
        for z, a, u, d in zip(*rows, strict=True)
    ]
    fused = last and (unit, exercise.loss.removesuffix("_sum")) in {
        ("sigmoid", "bce"),
        ("softmax", "cross_entropy"),
    }
    assert (" and the loss in one" in said) == fused
    if fused:
        share = int(found[1]) if (found := re.search(r"divided by (\d+)", said)) else 1
        for guesses, targets, deltas in zip(hand["y_pred"], hand["y_true"], after, strict=True):
            whole = sum(targets) if "times the sum" in said else 1.0
            wanted = [(y * whole - t) / share for y, t in zip(guesses, targets, strict=True)]
            assert deltas == pytest.approx(wanted, abs=1e-9)
        return
    assert ("Jacobian" in said) == (unit == "softmax")
    if unit == "softmax":
        return
    claims = {
        "relu": ("Open, it passes the blame as it is; shut, it passes nothing", lambda z, a: z > 0),
        "leaky_relu": ("else it passes 0.01 of it", lambda z, a: 1 if z > 0 else 0.01),
        "identity": ("passes the blame as it is", lambda z, a: 1),
        "sigmoid": ("the share a(1 - a) of the blame", lambda z, a: a * (1 - a)),
        "tanh": ("the share 1 - a² of the blame", lambda z, a: 1 - a * a),
        "softplus": ("the sigmoid of z", lambda z, a: slope_of("softplus", z, a)),
    }
    claim, share = claims[unit]
    assert claim in said
    for z, a, upstream, delta in pairs:
        assert delta == pytest.approx(upstream * share(z, a), abs=1e-9)


def test_a_deeper_network_numbers_its_layers():
    def deep(*units):
        layers = tuple(Layer([[1.0]], [0.0], unit) for unit in units)
        exercise = Exercise(Network(layers), [1.0], [0.5])
        return [stage.label for stage in stages(Trace(exercise.backward())).values()]

    assert deep("relu", "tanh", "sigmoid") == [
        "1 loss",
        "2 sigmoid at y_pred",
        "3 W3, b3",
        "4 hidden 2",
        "5 tanh 2",
        "6 W2, b2",
        "7 hidden 1",
        "8 gate 1",
        "9 W1, b1",
        "10 update",
    ]
    assert deep("identity") == ["1 loss", "2 W1, b1", "3 update"]
