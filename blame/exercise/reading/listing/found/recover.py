"""The network in a computation: read off its sums of products, whatever way it was written.

Since each product names its weight and its source, nothing has to be guessed about the way in which
a matrix lies.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from blame.arrays import Array
from blame.exercise.reading.listing.found.units import MOST_LAYERS, NotANetwork, Unit, UnitReader
from blame.exercise.reading.listing.symbols import Node


@dataclass
class Recovered:
    """The layers found, the inputs (n_samples, n_in), and the listing's names for ours."""

    weights: list[Array]
    biases: list[Array | None]
    activations: list[str]
    x: Array
    samples: list[list[Node]]
    """The outputs, sample by sample."""
    sources: list[Node] = field(default_factory=list)
    """What the first sample's inputs are."""
    slopes: dict[int, float] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    """Weights that are nowhere in the sums: 0, and not to be trained."""
    tied: list[str] = field(default_factory=list)
    turned: bool = False
    """Whether matrices are written one row a neuron, the transposes of ours."""


def spelled(name: str, index: tuple[int, ...]) -> str:
    """Return a leaf's name as the listing would write it."""
    return name + (f"[{', '.join(map(str, index))}]" if index else "")


def recover(outputs: list[Node]) -> Recovered:
    """Return the network whose outputs these are, of one sample or several.

    Raises NotANetwork where the sums are no fully connected layers.
    """
    reader = UnitReader()
    if not outputs or len(outputs) > 80:
        raise NotANetwork
    groups: dict[frozenset[Any], list[Node]] = {}
    for output in outputs:
        groups.setdefault(reader.inputs_of(output), []).append(output)
    nets = [_one(reader, group) for group in groups.values()]
    first = nets[0]
    for other in nets[1:]:
        same = other.activations == first.activations and all(
            a.shape == b.shape and np.array_equal(a, b)
            for a, b in zip(first.weights, other.weights, strict=True)
        )
        if not same or other.names != first.names:
            raise NotANetwork
        first.samples += other.samples
    first.x = np.vstack([net.x for net in nets])
    return first


def _one(reader: UnitReader, outputs: list[Node]) -> Recovered:
    found = Recovered([], [], [], np.empty(0), [outputs])
    layers: list[tuple[list[Unit], list[Any]]] = []
    nodes = outputs
    if nodes[0].op == "softmax" and len(nodes) != len(nodes[0].args) - 1:
        raise NotANetwork
    while True:
        units = [reader.unit(one) for one in nodes]
        sources: dict[Any, Node] = {}
        for unit in units:
            sources.update({key: part[1] for key, part in unit.weights.items()})
        if len({(unit.activation, unit.slope) for unit in units}) != 1 or len(layers) > MOST_LAYERS:
            raise NotANetwork
        leaves = {source.op == "leaf" for source in sources.values()}
        if len(leaves) != 1:
            raise NotANetwork
        if leaves == {True}:
            sources = dict(sorted(sources.items(), key=lambda pair: _place(pair[1])))
        layers.append((units, list(sources)))
        nodes = list(sources.values())
        if leaves == {True}:
            break
    found.x, found.sources = np.array([[source.value for source in nodes]]), nodes
    names_of_x = [spelled(*source.args) for source in nodes]
    for j, name in enumerate(names_of_x):
        if re.fullmatch(r"\w+", name):
            found.names[name] = f"x[{j}]"
    for k, (units, keys) in enumerate(layers[::-1], start=1):
        _fill(found, k, units, keys)
    return found


def _place(leaf: Node) -> tuple[Any, ...]:
    stem, digits = re.fullmatch(r"(.*?)(\d*)", leaf.args[0], re.S).groups()  # type: ignore[union-attr]
    return stem, int(digits or 0), leaf.args[1]


def _fill(found: Recovered, k: int, units: list[Unit], keys: list[Any]) -> None:
    weights = np.zeros((len(keys), len(units)))
    for j, unit in enumerate(units):
        for i, key in enumerate(keys):
            if key not in unit.weights:
                found.missing.append(f"W{k}[{i}, {j}]")
                continue
            weight = unit.weights[key][0]
            weights[i, j] = weight.value
            if weight.op == "leaf":
                _name(found, weight, f"W{k}", f"[{i}, {j}]")
    biases = [unit.bias for unit in units]
    found.weights.append(weights)
    found.activations.append(units[0].activation)
    if units[0].activation == "leaky_relu":
        found.slopes[k] = units[0].slope
    if all(bias is None for bias in biases):
        found.biases.append(None)
        return
    found.biases.append(np.array([0.0 if bias is None else bias.value for bias in biases]))
    leaves = {spelled(*bias.args) for bias in biases if bias is not None and bias.op == "leaf"}
    if len(leaves) == 1 and len(units) > 1:
        found.tied.append(f"b{k}")
        found.names[leaves.pop()] = f"b{k}"
        found.names.pop("", None)
        return
    for j, bias in enumerate(biases):
        if bias is None:
            found.missing.append(f"b{k}[{j}]")
        elif bias.op == "leaf":
            _name(found, bias, f"b{k}", f"[{j}]")


def _name(found: Recovered, leaf: Node, array: str, place: str) -> None:
    """Note what the listing calls a number of ours; a matrix of several by its name alone."""
    name, index = leaf.args
    if name:
        found.names[name] = array if index else array + place
        turned = len(index) == 2 and place == f"[{index[1]}, {index[0]}]" and index[0] != index[1]
        if turned:
            found.turned = True
