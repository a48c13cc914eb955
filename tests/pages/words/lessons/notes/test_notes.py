"""The claims of the notes: for every branch an example that reaches it, and one that must not."""

from decimal import Decimal

import pytest

from blame.exercise.presets import NOTEBOOK
from pages.shared.words.lessons.notes import (
    backward_notes,
    forward_notes,
    gate_notes,
    kink_notes,
    question,
    update_note,
)
from pages.shared.words.numbers import Numbers
from tests.exercises import notebook_with

N = Numbers()
SHUT = notebook_with(b1_1=-0.2)
OPEN = notebook_with(b1_1=0.1)
DEAD = notebook_with(b1_0=-3.0, b1_1=-1.0)
SOLVED = notebook_with(b2_0=-1.2)
EXACT = notebook_with(b1_0=-3.0, b1_1=-1.0, b2_0=1.0)
"""The bias alone makes the guess, and it is exactly right."""
FADES = notebook_with(
    x_0=0.5, x_1=0.5, W1_0_0=0.5, W1_0_1=0.5, W1_1_0=0.5, W1_1_1=0.5, b1_0=0.5, b1_1=0.5,
    W2_0_0=0.1, W2_1_0=0.1, b2_0=0.0,
)  # fmt: skip
BELOW = notebook_with(b1_1=-0.2, y_true=3.0)


def said(notes, exercise):
    return " ".join(notes(exercise.backward(), N))


def test_forward_names_the_largest_part_of_each_sum():
    # z1[0] = 0.5 + 1.6 + 0.1, z1[1] = -0.3 + 0.4 - 0.2.
    words = said(forward_notes, SHUT)
    assert "The largest part of z1[0] is x[1] W1[1, 0] = 1.6; its ReLU passes 2.2 on." in words
    assert "The largest part of z1[1] is x[1] W1[1, 1] = 0.4; its ReLU gives 0." in words
    # The largest in size, whatever its sign.
    words = said(forward_notes, DEAD)
    assert "The largest part of z1[0] is b1[0] = -3; its ReLU gives 0." in words


def test_forward_says_on_which_side_of_the_target_the_guess_lies():
    # 2.25 and 2.25 - 3.
    above, below = said(forward_notes, SHUT), said(forward_notes, BELOW)
    assert (
        "y_pred = 2.25 lies 1.25 above y_true = 1, so the loss is its square, 1.5625, and the "
        "slope is twice it, +2.5."
    ) in above
    assert "below" not in above
    assert (
        "y_pred = 2.25 lies 0.75 below y_true = 3, so the loss is its square, 0.5625, and the "
        "slope is twice it, -1.5."
    ) in below
    assert "above" not in below


def test_forward_says_about_where_the_square_does_not_agree():
    # y_pred - y_true = 1.23456 + 1 - 1, squared 1.5241383936.
    words = said(forward_notes, notebook_with(b1_0=-3, b1_1=-1, b2_0=1.23456, y_true=0))
    assert "lies 1.235 above" in words
    assert "its square, about 1.524, and the slope is twice it, about +2.469." in words
    assert "about" not in said(forward_notes, SHUT)


def test_forward_knows_a_right_guess_and_one_right_but_for_rounding():
    exact, solved, wrong = (said(forward_notes, e) for e in (EXACT, SOLVED, SHUT))
    assert "The prediction equals the target: the loss and its slope are both 0." in exact
    assert "equals the target but for rounding" in solved
    assert "equals" not in wrong
    assert "but for rounding" not in exact
    assert "lies" not in exact + solved


def test_before_there_is_blame_a_kink_is_a_zero_and_no_story_of_gates():
    words = said(forward_notes, NOTEBOOK)
    assert "z1[1] cannot be told from 0: what float64 has is no more than rounding." in words
    assert "the gate is" not in words
    assert "told from 0" not in said(forward_notes, SHUT)
    assert "told from 0" not in said(forward_notes, notebook_with(x_0=0, x_1=0, b1_0=0, b1_1=0))


def test_a_kink_is_told_with_its_gate_and_only_there():
    # float64 makes 2.8e-17 of it, float arithmetic in another order something below 0 or 0.
    stands = said(kink_notes, NOTEBOOK)
    assert "z1[1] cannot be told from 0: what float64 has is within" in stands
    opened = " ".join(kink_notes(NOTEBOOK.backward(), Numbers(all_digits=True)))
    assert "told from 0: the 2.7755575615628914e-17 that float64 has is within" in opened
    assert "the gate is open because of it" in stands
    below = notebook_with(x_0=3, x_1=1, W1_0_1=0.1, W1_1_1=-0.3, b1_1=-5.6e-17)
    assert below.forward().z[0][0, 1] <= 0
    assert "the gate is shut" in said(kink_notes, below)
    exact = said(kink_notes, notebook_with(x_0=0, x_1=0, b1_0=0, b1_1=0))
    assert "z1[0] is exactly 0" in exact
    assert "the gate is shut" in exact
    assert "cannot be told" not in exact
    assert kink_notes(SHUT.backward(), N) == []


def test_backward_names_the_most_blamed_weight_and_its_way():
    # d_loss_y = 2.5; dW2[0, 0] = 2.2 x 2.5, dW1[1, 0] = 2 x 2.5.
    words = said(backward_notes, SHUT)
    assert "most blamed weight is W2[0, 0]: growing it a little would raise the loss 5.5 times" in (
        words
    )
    # Below the target every sign turns.
    words = said(backward_notes, BELOW)
    assert "most blamed weight is W2[0, 0]: growing it a little would lower the loss 3.3 times" in (
        words
    )
    assert "No weight receives blame" not in words


def test_backward_knows_when_nothing_is_blamed():
    assert said(backward_notes, EXACT) == (
        "The prediction is right, so the blame starts at 0 and every gradient is 0."
    )
    solved = said(backward_notes, SOLVED)
    assert "right but for rounding" in solved
    assert "what float64 has to start from is no more than that" in solved
    assert "most blamed" not in solved
    dead = said(backward_notes, DEAD)
    assert "No weight receives blame: both gates are shut" in dead
    assert "most blamed" not in dead
    assert "rounding" not in dead


def test_backward_says_whether_blame_grew_or_shrank():
    # dW1 reaches 7.5 where the output has 2.5; with a gate shut 5; FADES: 0.05 of the output's.
    grew, shrank = said(backward_notes, NOTEBOOK), said(backward_notes, FADES)
    assert "Blame grew on its way back: up to 7.5 in dW1 against 2.5 at the output" in grew
    assert "shrank" not in grew
    assert "Blame shrank or held on its way back: at most 0.08" in shrank
    assert "grew" not in shrank
    # Neither: none arrives.
    assert "on its way back" not in said(backward_notes, DEAD)
    # As large as the output's is no growth: x = 1, W2 = 1.
    held = said(backward_notes, notebook_with(b1_1=-3, x_0=1, x_1=1))
    assert "shrank or held" in held


def test_backward_tells_each_shut_gate_and_no_open_one():
    words = said(backward_notes, SHUT)
    assert "The gate of neuron 1 is shut: its -3.75 of blame stops there" in words
    assert "column 1 of dW1 is 0" in words
    assert "gate of neuron 0 is shut" not in words
    assert "is shut" not in said(backward_notes, OPEN)


def test_backward_names_the_row_of_the_largest_activation():
    assert "row 0 takes the most blame because a1[0] = 2.2 is the largest" in (
        said(backward_notes, SHUT)
    )
    # a1 = (0.2, 3).
    assert "row 1 takes the most blame because a1[1] = 3 is the largest" in said(
        backward_notes, notebook_with(b1_0=-1.9, b1_1=2.9)
    )
    assert "largest activation" not in said(backward_notes, DEAD)


@pytest.mark.parametrize(
    ("before", "after", "rate", "sentence"),
    [
        (1.5625, 0.7832, 0.1, "The update lowers the loss from 1.5625 to 0.7832, by 0.7793."),
        (0.7832, 1.5625, 0.1, "The update raises the loss from 0.7832 to 1.5625, by 0.7793."),
        (1.5625, 1.5625, 0.1, "The update leaves the loss at 1.5625."),
        (1.5625, 1.5625, 0.0, "With a learning rate of 0 nothing moves."),
    ],
)
def test_an_update_lowers_raises_or_leaves(before, after, rate, sentence):
    words = update_note(before, after, rate, N)
    assert words.startswith(sentence)
    assert ("too large" in words) == (after > before)


def test_an_update_between_two_losses_that_rounding_made_leaves_it():
    losses = [4.93e-32, 1.23e-30]
    for before, after in (losses, losses[::-1]):
        words = update_note(before, after, 0.1, Numbers(nothing=frozenset(losses)))
        assert words == "The update leaves the loss at 0 but for rounding."
    one = Numbers(nothing=frozenset(losses[:1]))
    assert update_note(losses[0], 0.5, 0.1, one).startswith("The update raises the loss from ≈0 to")
    assert update_note(0.5, losses[0], 0.1, one).startswith(
        "The update lowers the loss from 0.5 to"
    )


def test_gates_open_and_shut():
    words = said(gate_notes, SHUT)
    assert "Neuron 0 is open (z1[0] = 2.2): all of its +2.5 of blame passes." in words
    assert "Neuron 1 is shut (z1[1] = -0.1): its -3.75 of blame stops" in words
    assert "column 1 of dW1 and db1[1] are 0; a1[1] = 0 makes dW2[1, 0] 0" in words
    assert "shut" not in said(gate_notes, OPEN)
    assert "open (" not in said(gate_notes, DEAD)
    # What rounding made is no number, and the gate is as float64 has it.
    assert "Neuron 1 is open (z1[1] ≈ 0): all of its -3.75 of blame passes." in said(
        gate_notes, NOTEBOOK
    )


def _numbers_of(words):
    """Return blame, promise, the losses and the change that the answer shows."""
    blame = words.split("with a blame of ")[1].split(". Grow")[0]
    promise = words.split("blame promises ")[1].split(";")[0]
    before, rest = words.split("really goes from ")[1].split(" to ")
    after, change = rest.removesuffix(".").split(", a change of ")
    return blame, promise, before, after, change


@pytest.mark.parametrize(
    "exercise", [NOTEBOOK, SHUT, OPEN, BELOW, FADES, notebook_with(W1_0_0=0.123456)]
)
def test_the_question_adds_up(exercise):
    words = question(exercise, N)
    blame, promise, before, after, change = _numbers_of(words)
    assert Decimal(after) - Decimal(before) == Decimal(change)
    assert float(promise) == pytest.approx(float(blame) * 0.01, rel=2e-3)
    assert Decimal(promise) * Decimal(blame) > 0
    # It takes the most blamed weight.
    gradients = exercise.backward().parameter_gradients()
    most = max(abs(gradients[name]).max() for name in ("W1", "W2"))
    assert abs(float(blame)) == pytest.approx(most, rel=1e-3)


def test_the_question_of_the_notebook():
    # W1[1, 1] by 0.01: z1[1] = 0.02, y_pred = 2.22, the loss 1.22 squared.
    assert question(NOTEBOOK, N) == (
        "Take W1[1, 1], with a blame of -7.5. Grow it by 0.01 and blame promises -0.075; the loss "
        "really goes from 1.5625 to 1.4884, a change of -0.0741."
    )


def test_the_question_where_rounding_made_all_blame():
    words = question(SOLVED, N)
    assert "with a blame of ≈0. Grow it by 0.01 and blame promises 0;" in words
    assert "from ≈0 to 0.0009, a change of +0.0009." in words
