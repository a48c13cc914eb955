"""What became of blame along chains of layers, in words and as a product."""

from __future__ import annotations

import math

from blame.backward import BackwardPass
from blame.probe.chains import STRONG, Chains
from pages.shared.words.numbers import Numbers, short


def sentence(found: Chains) -> str:
    """Say what became of the blame in the middle chain."""
    layers = found.blame.shape[1]
    if layers == 1:
        return "With one layer there is no way back: layer 1 is the output."
    said = {
        "dies": "In most chains **no blame at all** arrives: some layer has every gate shut.",
        "fades": f"Blame **fades**: of the output's, a share of {short(found.arriving)} arrives.",
        "holds": f"Blame **holds** to within a factor of {STRONG:g}: {short(found.arriving)} times "
        "the output's arrives.",
        "explodes": f"Blame **explodes**: {short(found.arriving)} times the output's arrives.",
    }
    return said[found.fate]


def product(found: Chains) -> str:
    """Return the factors of the first chain and their product, as LaTeX."""
    factors = found.factors[0][::-1]
    shown = [_tex(float(factor)) for factor in factors[:6]]
    if len(factors) > 6:
        shown.append(rf"\cdots \times {_tex(float(factors[-1]))}")
    joined = r" \times ".join(["1", *shown])
    return f"{joined} = {_tex(float(found.blame[0, 0]))}"


def _tex(value: float) -> str:
    return Numbers().factor(float(f"{value:.3g}"))


def notes(found: Chains, passes: BackwardPass, numbers: Numbers) -> list[str]:
    """Say what is true of these chains, and of the reader's own network."""
    n, layers = numbers, found.blame.shape[1]
    said = []
    if layers > 1:
        arrived = found.blame[:, 0]
        kept = arrived[arrived > 0]
        if len(kept):
            mean = math.exp(sum(math.log(float(b)) for b in kept) / len(kept) / (layers - 1))
            said.append(
                f"Where blame arrives, each layer on the way back multiplies it by {mean:.2f} on "
                f"average. Over {layers - 1} of them that makes {short(mean ** (layers - 1), 2)}."
            )
        dead = len(arrived) - len(kept)
        if dead:
            said.append(f"In {dead} of {len(arrived)} chains no blame reaches layer 1.")
        grew = int((arrived > 1).sum())
        said.append(
            f"In {grew} of {len(arrived)} chains the first layer gets more blame than the output."
        )
    shut = float(found.shut[:, :-1].mean()) if layers > 1 else 0.0
    if shut:
        said.append(f"{shut:.0%} of the gates are shut; a shut gate takes its neuron's blame to 0.")
    said.append(own_numbers(passes, n))
    return said


def own_numbers(passes: BackwardPass, numbers: Numbers) -> str:
    """Say whether blame faded on the way back through the reader's own network."""
    n, ahead = numbers, passes.forward_pass
    samples, depth = ahead.prediction.shape[0], len(ahead.network.layers)
    at_output = abs(passes.activation_gradients[-1])
    seed = float(at_output.max())
    if seed == 0:
        if not passes.loss_function.of_difference:
            return "In your own numbers there is no blame at the output."
        right = "the prediction is" if at_output.size == 1 else "all predictions are"
        return f"In your own numbers there is no blame: {right} right."
    if depth == 1:
        return (
            "Your own network has one layer: nothing lies before it for blame to fade on the way "
            "to."
        )
    if samples == 1:
        largest = float(abs(passes.weight_gradients[0]).max())
        blame = "the output's blame is" if at_output.size == 1 else "the outputs' blame reaches"
        measured = f"dW1 reaches {n.text(largest)}, {blame} {n.text(seed)}"
    else:
        # dW1 is a sum over the samples, which is another thing than the blame of one.
        largest, seed = (float(abs(passes.deltas[k]).max()) for k in (0, -1))
        measured = (
            f"of all samples, blame reaches {n.text(largest)} at layer 1 and {n.text(seed)} at "
            f"layer {depth}"
        )
    verdict = (
        "does not hold: blame grew"
        if largest > seed
        else "holds this time, because its factors are small"
    )
    return (
        f'"Earlier layers get weaker signals", tested on your own numbers: {measured}. The '
        f"sentence {verdict}. It is not a law: blame is a product, and goes where its factors "
        "take it."
    )
