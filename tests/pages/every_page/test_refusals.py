"""Charts, sentences and stages refuse the networks they do not hold for."""

import pytest

from blame import train
from pages.shared.charts.lessons import (
    backward_pass,
    bias_sweep,
    forward_pass,
    loss,
    relu_gate,
    training,
)
from pages.shared.words.lessons import notes, training_notes
from pages.shared.words.numbers import Numbers
from tests.blame.oracles.complex_step import Case
from tests.blame.test_refusals import LESSON, PASSES, SAID
from tests.exercises import notebook_with

N = Numbers()
STACK = {"a stack"}

REFUSE = {
    "kink notes": (lambda p: notes.kink_notes(p, N), STACK),
    "forward notes": (lambda p: notes.forward_notes(p, N), STACK),
    "backward notes": (lambda p: notes.backward_notes(p, N), STACK),
    "gate notes": (lambda p: notes.gate_notes(p, N), STACK),
    "all gradients": (
        lambda p: backward_pass.gradient_chart(p, "all", common_scale=True),
        STACK,
    ),
    "all gradients, told": (lambda p: backward_pass.describe_gradients(p, "all"), STACK),
    "sums": (forward_pass.waterfall_chart, STACK),
    "sums, told": (forward_pass.describe_waterfall, STACK),
    "activations": (forward_pass.activation_chart, STACK),
    "activations, told": (forward_pass.describe_activations, STACK),
    "loss curve": (loss.loss_chart, STACK),
    "loss curve, told": (loss.describe_loss, STACK),
    "shares of the loss": (loss.shares_chart, STACK),
    "activation": (relu_gate.activation_chart, STACK),
    "activation, told": (relu_gate.describe_activation, STACK),
    "before and after": (relu_gate.before_after_chart, STACK),
    "before and after, told": (relu_gate.describe_before_after, STACK),
}
"""Who refuses -> how it is called, and what it must refuse."""


@pytest.mark.parametrize("who", REFUSE)
@pytest.mark.parametrize("kind", SAID)
def test_what_does_not_hold_is_refused_and_all_else_is_shown(who, kind):
    call, refused = REFUSE[who]
    if kind in refused:
        with pytest.raises(ValueError, match=SAID[kind] + r"\w.* \w"):
            call(PASSES[kind])
        assert call(LESSON) is not None
    elif kind == "a stack":
        pytest.fail("a stack is never shown here")
    else:
        assert call(PASSES[kind]) is not None


def test_a_stack_of_runs_is_not_told_as_one():
    own = notebook_with(b1_1=0.3)
    rates = [0.1, 0.2]
    runs = train(own.network, own.x, own.target, rates, 3)
    with pytest.raises(ValueError, match="what is said of a run needs a single network"):
        training_notes.training_notes(runs, 3, N)
    assert training_notes.training_notes(own.train(), 50, N)
    assert training.loss_curve(own.train(), 0, log=False) is not None


def test_the_sweep_of_a_bias_refuses_where_no_activation_stands_between():
    case = Case((2, 2, 1), ("tanh", "identity"), "mse")
    swept = train(case.network, case.given["x"], case.given["y_true"], 0.1, 3, "mse").backward
    ahead = "the sweep of a bias needs an activation .*, got identity in layer 2; draw"
    with pytest.raises(ValueError, match=ahead):
        bias_sweep.sweep_chart(swept, 0, swept.loss, 0.0, 0.0, layer=2)
    with pytest.raises(ValueError, match=ahead):
        bias_sweep.describe_sweep(swept, 0, swept.loss, 0.0, layer=2)
    assert bias_sweep.sweep_chart(swept, 0, swept.loss, 0.0, 0.0, layer=1)
