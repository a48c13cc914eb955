"""The loss in a computation: what is compared with what, and which of the known losses it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from blame.arrays import Array
from blame.exercise.reading.listing.found.recover import Recovered, recover
from blame.exercise.reading.listing.symbols import Node

MOST_WALKED = 4000


@dataclass
class FoundLoss:
    """A loss, its network and its target; `key` is empty where it is none of the known ones."""

    key: str
    network: Recovered
    target: Array
    times: float = 1.0
    """For an unknown multiple of the squared errors, what multiplies their sum."""
    total: Node | None = None
    target_names: dict[str, int] | None = None
    cells: tuple[Node, ...] = ()
    """What the listing holds of it: one number, or several whose sum it is."""


def find_loss(total: Node, mean: bool) -> FoundLoss | None:
    """Return the loss that a number is, None where it is none.

    Raises NotANetwork where it is one of something that is no network.
    """
    if total.op == "loss":
        return _of_library(total)
    pairs, squared = _pairs(total)
    if not pairs:
        return None
    outputs = [pair[0] for pair in pairs.values()]
    if all(one.op == "softmax" for one in outputs):
        outputs, pairs = _whole_shares(pairs)
    network = recover(outputs)
    targets = np.array([[pairs[id(one)][1].value for one in sample] for sample in network.samples])
    predicted = np.array([[one.value for one in sample] for sample in network.samples])
    names = {
        pairs[id(one)][1].args[0]: k
        for sample in network.samples
        for k, one in enumerate(sample)
        if pairs[id(one)][1].op == "leaf" and not pairs[id(one)][1].args[1]
    }
    key = _kind(total.value, predicted, targets, mean, outputs[0].op == "softmax")
    squares = float(np.sum((predicted - targets) ** 2))
    if not key and not squared:
        return None
    times = total.value / squares if squares else 1.0
    return FoundLoss(key, network, targets, times, total, names)


def goes_on(later: FoundLoss, earlier: FoundLoss) -> bool:
    """Whether a loss is an earlier one that went on: over more samples, or out of its total.

    A loop adds a sample's share at each turn, and the last line may take the mean.
    """
    before, after = _outputs(earlier), _outputs(later)
    if before < after:
        return True
    return before == after and later.total is not None and _holds(later.total, earlier.cells)


def _outputs(found: FoundLoss) -> set[int]:
    """Return which sums the outputs are: the shares that no loss has are made anew each time."""
    every = [one for sample in found.network.samples for one in sample]
    return {id(one.args[1 + one.args[0]] if one.op == "softmax" else one) for one in every}


def _holds(total: Node, cells: Sequence[Node]) -> bool:
    """Whether a number is worked out from all of some others."""
    left, wanted = [total], {id(cell) for cell in cells}
    for _ in range(MOST_WALKED):
        if not left or not wanted:
            break
        one = left.pop()
        if one.op in ("add", "neg", "mul", "div"):
            wanted -= {id(inner) for inner in one.args}
            left += one.args
    return not wanted


def _of_library(total: Node) -> FoundLoss:
    key, cells, wanted, _ = total.args
    network = recover(list(cells.ravel()))
    n_samples, n_out = len(network.samples), len(network.samples[0])
    if key.startswith("cross_entropy") and wanted.size == n_samples and n_out > 1:
        classes = [int(k) for k in wanted.ravel()]
        if not all(0 <= k < n_out for k in classes):
            return FoundLoss("", network, np.zeros((n_samples, n_out)))
        target = np.eye(n_out)[classes]
    else:
        order = {id(cell): k for k, cell in enumerate(cells.ravel())}
        flat = (
            np.broadcast_to(wanted.reshape(-1), (cells.size,))
            if wanted.size == 1
            else wanted.ravel()
        )
        if flat.size != cells.size:
            return FoundLoss("", network, np.zeros((n_samples, n_out)))
        target = np.array([[flat[order[id(one)]] for one in sample] for sample in network.samples])
    return FoundLoss(key, network, target)


def _pairs(total: Node) -> tuple[dict[int, tuple[Node, Node]], bool]:
    """Return each prediction with what it is compared with, and whether a square was on the way."""
    pairs: dict[int, tuple[Node, Node]] = {}
    squared = False
    seen: set[int] = set()
    left = [total]
    while left and len(seen) < MOST_WALKED:
        part = left.pop()
        if id(part) in seen:
            continue
        seen.add(id(part))
        difference = _difference(part)
        if difference:
            pairs.setdefault(id(difference[0]), difference)
            continue
        if part.op == "mul":
            logs = [one for one in part.args if one.op in ("log", "neg")]
            other = [one for one in part.args if one.op == "leaf"]
            inside = _inside_log(logs[0]) if len(logs) == 1 and len(other) == 1 else None
            if inside is not None:
                pairs.setdefault(id(inside), (inside, other[0]))
                continue
        inside = _inside_log(part)
        if inside is not None:
            pairs.setdefault(id(inside), (inside, Node("num", (), 1.0)))
            continue
        squared |= part.op == "pow" or (part.op == "mul" and part.args[0] is part.args[1])
        if part.op in ("add", "neg", "mul", "div", "pow"):
            left += reversed(part.args)
    return pairs, squared


def _composite(part: Node) -> bool:
    return part.op not in ("leaf", "num", "log")


def _difference(part: Node) -> tuple[Node, Node] | None:
    """Return prediction and target of prediction - target, either way round."""
    if part.op != "add":
        return None
    a, b = part.args
    if a.op == "neg" and b.op != "neg":
        pair = (b, a.args[0])
    elif b.op == "neg" and a.op != "neg":
        pair = (a, b.args[0])
    elif (a.op == "num" or b.op == "num") and _composite(a if b.op == "num" else b):
        # out - 1.0 with the target written as a number.
        output, number = (a, b) if b.op == "num" else (b, a)
        return (output, Node("num", (), -number.value)) if output.op != "neg" else None
    else:
        return None
    for output, wanted in (pair, pair[::-1]):
        if wanted.op in ("leaf", "num") and _composite(output):
            return output, wanted
    return None


def _inside_log(part: Node) -> Node | None:
    """Return p of log(p) or log(1 - p)."""
    if part.op == "neg":
        part = part.args[0]
    if part.op != "log":
        return None
    inside: Node = part.args[0]
    while inside.op == "add":
        numbers = [one for one in inside.args if one.op == "num"]
        others = [one for one in inside.args if one.op != "num"]
        if len(numbers) != 1:
            return inside
        if abs(numbers[0].value) < 1e-3:
            inside = others[0]
        elif numbers[0].value == 1 and others[0].op == "neg":
            inside = others[0].args[0]
        else:
            return inside
    return inside


def _whole_shares(
    pairs: dict[int, tuple[Node, Node]],
) -> tuple[list[Node], dict[int, tuple[Node, Node]]]:
    """Return all shares of a softmax where only that of the right class is in the loss."""
    groups: dict[int, dict[int, tuple[Node, Node]]] = {}
    for share, wanted in pairs.values():
        groups.setdefault(id(share.args[1]), {})[share.args[0]] = (share, wanted)
    whole = []
    for group in groups.values():
        zs = next(iter(group.values()))[0].args[1:]
        for k, z in enumerate(zs):
            made = Node("softmax", (k, *zs), _share(list(zs), z))
            whole.append(group.get(k, (made, Node("num", (), 0.0))))
    return [one for one, _ in whole], {id(pair[0]): pair for pair in whole}


def _share(zs: list[Node], z: Node) -> float:
    values = np.array([one.value for one in zs])
    return float(1 / np.exp(values - z.value).sum())


def _bce(p: Array, t: Array) -> float:
    return float(-np.sum(t * np.log(p) + (1 - t) * np.log(1 - p)))


def _cross_entropy(p: Array, t: Array) -> float:
    return float(-np.sum(np.where(t == 0, 0.0, t * np.log(np.where(t == 0, 1.0, p)))))


def _squares(p: Array, t: Array) -> float:
    return float(np.sum((p - t) ** 2))


def _kind(value: float, p: Array, t: Array, mean: bool, shares: bool) -> str:
    """Return the loss that has this value; where two have, the one that the listing's words say."""
    squared: list[tuple[str, Callable[[Array, Array], float], float]] = [
        ("mse", _squares, 1 / p.size),
        ("half_sse", _squares, 0.5),
        ("sse", _squares, 1.0),
    ]
    if not mean and p.size == 2:
        squared = squared[1:]
    # A sum of per-sample losses over their number is the mean over samples; one output alike.
    logs = [
        ("bce", _bce, 1 / p.size),
        ("bce_sum", _bce, 1.0),
        ("cross_entropy", _cross_entropy, 1 / p.shape[0]),
        ("cross_entropy_sum", _cross_entropy, 1.0),
    ]
    if shares:
        logs = logs[2:] if mean or p.shape[0] > 1 else logs[:1:-1]
    with np.errstate(all="ignore"):
        for key, function, times in squared + logs:
            if np.isclose(function(p, t) * times, value, rtol=1e-7, atol=1e-12):
                return key
    return ""
