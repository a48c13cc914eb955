"""What a number of a receipt is, and where each of its factors comes from, in words."""

from __future__ import annotations

from blame.exercise.exercise import Exercise
from blame.probe.trace import Factor, Trace
from blame.probe.trace.graph import array_of
from pages.shared.words.numbers import Numbers

MOST_NAMED = 4
"""So many numbers are named one by one; of more, all are spoken of."""


def what_it_is(trace: Trace, name: str) -> str:
    """Say in one sentence what a number is; of several samples, also which it belongs to."""
    sample = trace.sample(name)
    of_one = trace.n_samples > 1 and sample is not None
    return _is(trace, name) + (f" Sample {sample}." if of_one else "")


def _is(trace: Trace, name: str) -> str:
    kind, k, i, j = trace.place(name)
    last = trace.depth
    out = lambda j: "the guess" if trace.sizes[-1] == 1 else f"output {j}"  # noqa: E731
    named = f"neuron {i}" if trace.depth == 2 else f"neuron {i} of layer {k}"
    neuron = named if k < last else out(i)
    if kind.startswith("d"):
        owner = owner_of(trace, name)
        said = f"Blame of {owner}, its gradient: how fast the loss changes as {owner} grows."
        if trace.n_samples > 1 and kind in ("dW", "db"):
            said += f" It is the sum over all {trace.n_samples} samples{_mean_within(trace)}."
        return said
    several = trace.n_samples > 1 or trace.sizes[-1] > 1
    source = f"x[{i}]" if k == 1 else f"neuron {i}"
    goal = f"neuron {j}" if k < last else out(j)
    biased = k > 0 and trace.network.layers[k - 1].bias is not None
    share = trace.activations[-1].joint is not None
    whole = trace.loss.title or trace.loss.name
    return {
        "x": "An input: what the network is given.",
        "W": f"A weight: how much of {source} goes into {goal}.",
        "b": f"A bias: added to {neuron}, whatever comes in.",
        "z": f"The pre-activation of {neuron}: what comes in times the weights"
        f"{', and the bias' if biased else ''}.",
        "a": f"The activation of {neuron}: what it passes on.",
        "y_pred": f"The share of output {i}: its exponential over the sum of all."
        if share
        else "The prediction: the network's guess."
        if trace.sizes[-1] == 1
        else f"The prediction: output {i} of the network.",
        "y_true": f"The target: what {out(i)} should have been.",
        "loss": f"What is blamed here: {whole}."
        if not trace.loss.asks_target
        else f"How wrong the guesses are: {whole}."
        if several
        else "How wrong the guess is.",
    }[kind]


def _mean_within(trace: Trace) -> str:
    """Say where the mean is, of a loss that is one over several samples."""
    return "; the mean is in each d_loss_y" if trace.loss.averages and trace.shares > 1 else ""


def owner_of(trace: Trace, name: str) -> str:
    """Return the name of the number that a gradient belongs to."""
    kind, _, i, _ = trace.place(name)
    if kind == "d_loss_y":
        return trace.output("y_pred", i, trace.sample(name) or 0)
    return name.removeprefix("d_").removeprefix("d")


def why(trace: Trace, name: str) -> str:
    """Say why blame at the last z is the guess minus the target, where loss and activation meet."""
    kind, k, _, _ = trace.place(name)
    fused = trace.loss.fused
    if not (kind == "d_z" and k == trace.depth and trace.fused and fused):
        return ""
    mean = f", here over {trace.shares} for the mean" if trace.shares > 1 else ""
    if fused.activation == "sigmoid" and fused.slope == "y - t":
        return (
            "Why so short: the loss has the slope (p - y) / (p (1 - p)) at the guess p, and the "
            f"sigmoid the slope p (1 - p); multiplied, p - y is left{mean}."
        )
    if fused.activation == "softmax" and fused.slope == "y - t":
        total = ", which is 1," if trace.whole_targets else ""
        left = "p - y" if trace.whole_targets else "that difference"
        return (
            "Why so short: -y / p of every output comes back through the softmax, and adds up to "
            f"p times the sum of the targets{total} minus y: {left} is left{mean}."
        )
    return ""


def training_of(trace: Trace, name: str, exercise: Exercise | None, numbers: Numbers) -> str:
    """Say that a parameter is held, or is one number with others; nothing of any other number."""
    kind, k, _, _ = trace.place(name)
    if exercise is None or kind not in ("W", "b", "dW", "db"):
        return ""
    owner = name.removeprefix("d")
    said = ""
    if array_of(owner) in exercise.tied:
        gradients = trace.entries(f"db{k}")
        total = numbers.signed(sum(map(trace.value, gradients)))
        each = " + ".join(gradients) if len(gradients) <= MOST_NAMED else f"every db{k} together"
        said = f" One number for the whole layer: its blame is {each}, {total}."
    if owner in exercise.held or array_of(owner) in exercise.held:
        said += f" {owner} is held: training leaves it as it is."
    return said.strip()


def origin(trace: Trace, factor: Factor, of: str) -> str:
    """Say where a factor of the number `of` comes from."""
    kind, k, i, _ = trace.place(factor.opens)
    if factor.name != factor.opens:
        if not factor.name.startswith("relu'"):
            return "slope there"
        return f"gate {'open' if factor.value else 'shut'}"
    sample = trace.sample(factor.opens)
    if trace.sample(of) is None and of != "loss" and sample is not None and trace.n_samples > 1:
        return f"sample {sample}"
    end = "the guess" if trace.sizes[-1] == 1 else f"output {i}"
    if kind == "d_z" and k == trace.depth:
        return f"blame at {end}"
    if kind == "d_a" or kind == "d_z":
        return f"blame from layer {k}" if trace.depth > 2 else f"blame at neuron {i}"
    return {
        "x": "input",
        "W": "weight",
        "b": "bias",
        "z": "sum",
        "a": f"from neuron {i}",
        "y_pred": end,
        "y_true": "the target",
        "d_loss_y": f"blame at {end}",
    }.get(kind, "")
