"""Sentences take the number they name, where the notebook's own numbers cannot tell it apart."""

import pytest

from blame import Layer, Network, backward, forward
from blame.exercise.presets import PRESETS
from blame.probe.every_nudge import nudge_every
from pages.shared.charts.lessons.what_if import curve_nudges, gap_nudges
from pages.shared.words import formulas
from pages.shared.words.agreeing import beside_promise
from pages.shared.words.lessons import notes, what_if
from pages.shared.words.numbers import Numbers

N = Numbers()


def lesson(w2, b1=(0.1, -0.2), target=1.0):
    """The notebook's network with W2[0, 0], b1 and the target changed: z1 = [2.1, 0.1] + b1."""
    layers = (
        Layer([[0.5, -0.3], [0.8, 0.2]], list(b1), "relu"),
        Layer([[w2], [-1.5]], [0.05], "identity"),
    )
    return backward(forward(Network(layers), [1.0, 2.0]), [target])


def test_the_blame_at_the_output_is_not_the_one_at_neuron_0():
    # y_pred = 2 (2.2) + 0.05, 3.45 above the target: d_loss_y is 6.9, and dW1[1, 0] 2 (2) (6.9).
    said = " ".join(notes.backward_notes(lesson(2.0), N))
    assert "up to 27.6 in dW1 against 6.9 at the output" in said
    # y_pred = 0.25 (2.2) + 0.05, 0.4 below: d_loss_y is -0.8, and dW1[1, 0] 2 (0.25) (-0.8).
    said = " ".join(notes.backward_notes(lesson(0.25), N))
    assert "at most 0.4 in dW1 against 0.8 at the output" in said


def test_at_a_stage_only_what_is_found_by_then_is_blamed_most():
    # y_pred = 0.25 (2.2) + 0.05, 0.4 below: dW2[0, 0] is -0.8 (2.2), dW1[1, 1] -0.8 (-1.5) (2)
    # behind an open gate, with z1[1] = 0.1 - 0.05; dW2[1, 0] is -0.8 (0.05).
    passes = lesson(0.25, b1=(0.1, -0.05))
    first = ["dW1[0, 0]", "dW1[0, 1]", "dW1[1, 0]", "dW1[1, 1]"]
    y_pred = 0.25 * 2.2 - 1.5 * 0.05 + 0.05
    seed = 2 * (y_pred - 1)
    said = notes.blamed_so_far(passes, [*first, "d_a1[0]"], N)
    assert said == (
        "The most blamed weight so far is W2[0, 0]: growing it a little would lower the loss "
        f"{-seed * 2.2:.4g} times as fast as the weight grows."
    )
    assert "most blamed weight is W1[1, 1]" in " ".join(notes.backward_notes(passes, N))
    said = notes.blamed_so_far(passes, [*first, "dW2[0, 0]", "dW2[1, 0]"], N)
    assert said == (
        "Blame begins at y_pred: growing it a little would lower the loss "
        f"{-seed:.4g} times as fast as y_pred grows."
    )
    shut = lesson(0.25, b1=(-3.0, -1.0))
    assert notes.blamed_so_far(shut, first, N) == "No blame has reached a weight so far."


def test_a_neuron_that_gets_no_blame_does_not_make_the_prediction_right():
    said = " ".join(notes.backward_notes(lesson(0.0), N))
    assert "The prediction is right" not in said
    said = " ".join(notes.forward_notes(lesson(0.0), N))
    assert "lies 0.95 below y_true = 1" in said
    assert "the slope is twice it, -1.9." in said


def test_a_nudge_too_small_is_told_to_be_made_larger():
    exercise = PRESETS["gate_shut"].exercise
    found = nudge_every(exercise.backward(), "W1[1, 0]", 1e-6, curve_nudges(1e-6), gap_nudges(1e-6))
    assert (
        "From this nudge down the gap is too close to rounding to see how it shrinks; a larger "
        "nudge shows it."
    ) in what_if.notes(found, N)


@pytest.mark.parametrize(("n_in", "lines"), [(2, [3]), (3, [3, 1]), (6, [3, 3, 1])])
def test_a_long_sum_is_broken_after_three_products_and_its_symbols_after_two(n_in, lines):
    layers = (Layer([[0.5]] * n_in, [0.25], "relu"), Layer([[1.0]], [0.0], "identity"))
    passes = backward(forward(Network(layers), [2.0] * n_in), [0.0])
    shown = formulas.neuron(passes, 1, 0, N)
    rows = shown.split(r"\\")
    symbols = [row.count("W1") for row in rows if "W1" in row]
    # Of many, one product stands for all: of the row of inputs and the neuron's column.
    assert symbols == ([2] * (n_in // 2) + [1] * (n_in % 2) if n_in <= 4 else [1])
    assert (r"\texttt{x} \cdot \texttt{W1[:, 0]}" in shown) == (n_in > 4)
    # Each product is 2 x 0.5; the bias stands alone on the last line, or after two products.
    numbers = [row.count("0.5") + row.count("0.25") for row in rows if "W1" not in row]
    assert [count for count in numbers if count] == lines


def test_what_lies_between_0_and_1_is_open_and_counts():
    # z1 = [0.5, -0.1]: far below 1, and still passed on and the largest activation.
    passes = lesson(1.0, b1=(-1.6, -0.2))
    said = " ".join(notes.forward_notes(passes, N))
    assert "its ReLU passes 0.5 on" in said
    assert said.count("its ReLU gives 0") == 1
    said = " ".join(notes.backward_notes(passes, N))
    assert "In W2, row 0 takes the most blame because a1[0] = 0.5 is the largest" in said
    # z1 = [0.1, 0.9].
    said = " ".join(notes.backward_notes(lesson(1.0, b1=(-2.0, 0.8)), N))
    assert "In W2, row 1 takes the most blame because a1[1] = 0.9 is the largest" in said
    # Where all are 0 no row takes any.
    assert "In W2" not in " ".join(notes.backward_notes(lesson(1.0, b1=(-3.0, -1.0)), N))


@pytest.mark.parametrize(
    ("after", "promised", "by", "size"),
    [(2.1025, 0.5, "+0.54", "0.54"), (1.1025, -0.5, "-0.46", "0.46")],
)
def test_the_size_of_a_change_is_that_of_the_change_not_of_the_promise(after, promised, by, size):
    found = beside_promise(1.5625, after, promised)
    assert (found.change.by, found.change.size) == (by, size)
    assert found.gap == "0.04"


@pytest.mark.parametrize(("start", "nudge", "crosses"), [
    (0.0, 0.125, False), (0.0, -0.125, False),
    (0.25, -0.25, False), (0.25, -0.5, True), (-0.25, 0.25, False), (-0.25, 0.5, True),
])  # fmt: skip
def test_a_gate_is_crossed_only_between_the_start_and_the_end_of_a_nudge(start, nudge, crosses):
    # z1[1] is b1[1] alone, in numbers that floats hold exactly.
    layers = (
        Layer([[0.5, 0.0], [0.75, 0.0]], [0.125, start], "relu"),
        Layer([[1.0], [-1.5]], [0.0], "identity"),
    )
    passes = backward(forward(Network(layers), [1.0, 2.0]), [1.0])
    along = [nudge * k / 4 for k in range(-4, 9)]
    found = nudge_every(passes, "b1[1]", nudge, along, gap_nudges(nudge))
    assert [flip.neuron for flip in found.curve.flips] == ["z1[1]"]
    said = " ".join(what_if.notes(found, N))
    assert ("On the way z1[1] crosses 0 at b1[1] = 0:" in said) == crosses
    assert ("crosses" in said) == crosses
