"""A sum, a gate, and two paths that meet: what becomes of blame on its way back."""

from __future__ import annotations

from pages.shared.words.agreeing import ALMOST, adds_up, multiplied
from pages.shared.words.numbers import short
from pages.shared.words.tour.hand import Hand, factor, loss, minus, product, said, value

OUT = "d_loss_y"
DELTA = "d_z1[0]"
ARRIVES = "d_a1[0]"


def silenced(hand: Hand) -> int | None:
    """Return which input the hand has set to 0; None where it is none, or both."""
    zero = [i for i in (0, 1) if value(hand.now, f"x[{i}]") == 0]
    return zero[0] if len(zero) == 1 else None


def sum_state(hand: Hand) -> str:
    """Say what each weight's blame is."""
    listed = " and ".join(
        f"`dW1[{i}, 0]` is **{said(hand.now, f'dW1[{i}, 0]')}** at an input of "
        f"{said(hand.now, f'x[{i}]')}"
        for i in (0, 1)
    )
    return f"{listed}."


def sum_learned(hand: Hand) -> str:
    """Say what a sum does to blame."""
    i = silenced(hand)
    assert i is not None
    now, out = hand.now, value(hand.now, OUT)
    shares = []
    for k in (i, 1 - i):
        found = multiplied((value(now, f"x[{k}]"), out), value(now, f"dW1[{k}, 0]"))
        shares.append(product(found))
    return (
        "The guess adds up each input times its weight. So the blame of a weight is that of the "
        f"guess, {said(now, OUT)}, times its own input: {shares[0]} where the input is 0, "
        f"{shares[1]} at the other."
    )


def gate_shut(hand: Hand) -> bool:
    """Whether the neuron's sum is below 0."""
    return value(hand.now, "z1[0]") < 0


def gate_state(hand: Hand) -> str:
    """Say where the neuron's sum is, and what comes back."""
    z = value(hand.now, "z1[0]")
    where = "below 0" if z < 0 else "above 0" if z > 0 else "exactly 0, on the edge: a little more"
    return (
        f"z is **{said(hand.now, 'z1[0]')}**, {where}. Blame that comes back through the neuron, "
        f"`{DELTA}`: **{said(hand.now, DELTA)}**."
    )


def gate_learned(hand: Hand) -> str:
    """Say what a ReLU does to blame."""
    now = hand.now
    both = " and ".join(f"`{name}` is {said(now, name)}" for name in ("dW1[0, 0]", "db1[0]"))
    return (
        f"A ReLU hands on what is above 0, and else 0: of z = {said(now, 'z1[0]')} it makes a = "
        f"{said(now, 'a1[0]')}. Shut, it lets {said(now, DELTA)} pass of the "
        f"{said(now, ARRIVES)} that arrives at the neuron, so that {both}."
    )


def turned(hand: Hand) -> bool:
    """Whether the blame that arrives at the neuron has the other sign by now."""
    return value(hand.start, ARRIVES) * value(hand.now, ARRIVES) < 0


def _ways(hand: Hand) -> tuple[list[str], list[str], str]:
    """Return what is multiplied along each path, what it hands back, and the sum, as written."""
    products, parts = [], []
    for j in (0, 1):
        w, d = value(hand.now, f"W2[0, {j}]"), value(hand.now, f"{OUT}[{j}]")
        found = multiplied((w, d), w * d)
        products.append(product(found))
        parts.append(found.product)
    total = value(hand.now, ARRIVES)
    for text in (short(total), short(total, 8)):
        if adds_up([[part] for part in parts], text):
            return products, parts, f"= {minus(text)}"
    return products, parts, f"{ALMOST} {minus(short(total))}"


def paths_state(hand: Hand) -> str:
    """Say what comes back along each path, and what arrives."""
    _, (one, other), total = _ways(hand)
    return (
        f"Back along the two paths: {minus(one)} + {factor(minus(other))} {total}, which is "
        f"`{ARRIVES}`."
    )


def paths_learned(hand: Hand) -> str:
    """Say what the chain rule is."""
    (one, other), parts, total = _ways(hand)
    return (
        f"Along a path blame is multiplied: {one} through the first guess, {other} through the "
        f"second. Where paths meet it is added: {minus(parts[0])} + {factor(minus(parts[1]))} "
        f"{total}."
    )


def update_state(hand: Hand) -> str:
    """Say what the last step did to the loss."""
    now = f"The loss is **{said(hand.now, 'loss')}**"
    if not hand.pressed:
        return f"{now}."
    before, after = loss(hand.before), loss(hand.now)
    how = "fell" if after < before else "rose" if after > before else "stayed"
    kept = f"It {how}" if how == "stayed" else f"It {how} from {said(hand.before, 'loss')}"
    return f"{now} after {count(hand.presses, 'step')}. {kept}."


def update_learned(hand: Hand) -> str:
    """Say what gradient descent is."""
    rate, name = hand.now.learning_rate, "W2[0, 0]"
    blame = value(hand.before, f"d{name}")
    moved = multiplied((rate, blame), rate * blame)
    return (
        f"Each step takes from every weight and bias its blame times {minus(short(rate))}, the "
        f"**learning rate**: from `{name}` the last one took "
        f"{product(moved)}."
    )


def count(n: int, what: str) -> str:
    """Return how many there are of something."""
    plural = "es" if what.endswith("s") else "s"
    return f"{n} {what}{plural * (n != 1)}"
