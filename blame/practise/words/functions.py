"""The glossary's words for functions: activations and losses, each true in any exercise."""

from __future__ import annotations

from collections.abc import Callable

from blame.practise.now import Now, told
from blame.practise.question import written_number as n
from blame.practise.words.entry import Entry


def _where(*names: str) -> Callable[[Now], str]:
    """Return what says in which layers an activation stands, and what it gives there."""

    def said(now: Now) -> str:
        found = []
        for k, layer in enumerate(now.exercise.network.layers, start=1):
            if layer.activation.name in names:
                array = "y_pred" if k == now.depth else f"a{k}"
                found.append(told(now, array))
        return ", ".join(found)

    return said


def _loss_of(*names: str) -> Callable[[Now], str]:
    """Return what says the loss where it is one of these, with what it is worked out from."""

    def said(now: Now) -> str:
        exercise = now.exercise
        if exercise.loss not in names or exercise.target is None:
            return ""
        guess = told(now, "y_pred")
        target = told(now, "y_true").partition(" = ")[2]
        return f"{guess}, target {target}: loss {n(float(now.passes.loss))}" + (
            "" if exercise.n_samples == 1 else f" over {exercise.n_samples} samples"
        )

    return said


def _accuracy(now: Now) -> str:
    target = now.exercise.target
    probable = now.exercise.loss in ("bce", "bce_sum")
    if target is None or not probable or not ((target == 0) | (target == 1)).all():
        return ""
    right = (now.passes.forward_pass.prediction > 0.5) == (target > 0.5)
    return f"{int(right.sum())} of {right.size} on the right side of 0.5"


FUNCTIONS: dict[str, Entry] = {
    "accuracy": Entry(
        "For targets of 0 and 1, the share of guesses on the right side of 0.5. It has no slope, "
        "so no blame can be found from it: training uses a loss instead.",
        _accuracy,
        "playground",
    ),
    "BCE": Entry(
        "Binary cross-entropy, a loss for guesses from 0 to 1: for each output "
        "-(t ln p + (1 - t) ln(1 - p)), with the target t and the guess p; small where p is near "
        "t = 0 or t = 1, without bound where it is sure and wrong. Their mean, or as stated their "
        "sum.",
        _loss_of("bce", "bce_sum"),
        "forward_pass",
    ),
    "cross-entropy": Entry(
        "A loss for shares that add up to 1: -ln p of the right class, or with shares t as targets "
        "the sum of -t ln p. Over several samples their mean, or as stated their sum.",
        _loss_of("cross_entropy", "cross_entropy_sum"),
        "forward_pass",
    ),
    "identity": Entry(
        "The activation that changes nothing: it passes z on, and all blame back, for its slope "
        "is 1.",
        _where("identity"),
        "forward_pass",
    ),
    "leaky ReLU": Entry(
        "z where that is above 0, a hundredth of z elsewhere: its gate never shuts quite.",
        _where("leaky_relu"),
        "relu_gate",
    ),
    "MSE": Entry(
        "Mean squared error, a loss: each error, guess minus target, squared, and their mean over "
        "samples and outputs. No one half stands before it, unlike in half the sum of squares.",
        _loss_of("mse"),
        "forward_pass",
    ),
    "SSE": Entry(
        "Sum of squared errors, a loss; many exercises take one half of it, so that the 2 of the "
        "slope goes away.",
        _loss_of("sse", "half_sse"),
        "forward_pass",
    ),
    "sigmoid": Entry(
        "1 / (1 + e^-z): any number becomes one between 0 and 1. Its slope, a (1 - a), is at most "
        "a quarter, so each such layer shrinks the blame that passes it.",
        _where("sigmoid"),
        "depth",
    ),
    "softmax": Entry(
        "e^z of each output, divided by the sum of them all: shares above 0 that add up to 1. "
        "Each z moves every share.",
        _where("softmax"),
        "forward_pass",
    ),
    "softplus": Entry(
        "ln(1 + e^z): the ReLU without its corner. Its slope is the sigmoid of z.",
        _where("softplus"),
        "relu_gate",
    ),
    "tanh": Entry(
        "Any number becomes one between -1 and 1. Its slope, 1 - a², is 1 at z = 0 and falls to 0 "
        "on both sides.",
        _where("tanh"),
        "depth",
    ),
    "target": Entry(
        "What the guess should be, y_true; the loss measures how far it is from that.",
        lambda now: told(now, "y_true") if now.exercise.target is not None else "",
        "forward_pass",
    ),
}
