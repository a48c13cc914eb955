"""What the picture of the network shows: what stands at each node and edge, in which colour."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from blame.exercise.exercise import Exercise
from blame.exercise.typed.bounds import bounds_of
from blame.probe.trace import Trace
from blame.probe.trace.graph import array_of
from pages.shared.picture.described import View, describe_picture, is_shut
from pages.shared.words.numbers import Numbers, short

Item = dict[str, Any]

WIDEST = 11.0
NARROWEST = 1.5
MOST_NODES = 4
MOST_EDGES = 12
"""A layer of more nodes, or a gap of more edges, has room for one number a node."""
DENSE_DIGITS = 2
HELD_SAID = "held: not trained"
TIED_SAID = "one number for the whole layer"


def picture_data(
    trace: Trace,
    view: View,
    numbers: Numbers,
    *,
    editable: bool = True,
    sample: int = 0,
    exercise: Exercise | None = None,
    unknown: Collection[str] = (),
    movable: Collection[str] | None = None,
) -> dict[str, Any]:
    """Return everything the drawing needs, as plain JSON.

    Parameters
    ----------
    trace : the opened pass of a single network.
    view : "forward" shows weights, z and a; "blame" the gradients; "both" both.
    numbers : how spoken numbers are written; the picture itself has room for few digits.
    editable : whether the numbers of the lesson's network may be moved in the picture.
    sample : the sample that is drawn; the blame of weights and biases is that of all together.
    exercise : what says which parameters are held or tied, and how far a number may go.
    unknown : what is not found yet at the stage that is looked at; it is hidden, not left out, so
        that nothing moves when it comes.
    movable : the names that may be moved of what is `editable`; all of them if None.
    """
    own = numbers.of(trace.passes)
    picture = _Picture(trace, view, own, editable, sample, exercise, movable)
    picture.unknown = frozenset(unknown)
    return picture.data()


def is_dense(sizes: Sequence[int]) -> bool:
    """Whether a network of these widths has room for one number a node, and none on its edges."""
    return max(sizes) > MOST_NODES or any(
        before * after > MOST_EDGES for before, after in pairwise(sizes)
    )


def tone_of(gradient: float) -> str:
    """Return the meaning of a gradient's sign, which decides its colour."""
    return "shut" if gradient == 0 else "raises" if gradient > 0 else "lowers"


class _Picture:
    def __init__(
        self,
        trace: Trace,
        view: View,
        numbers: Numbers,
        editable: bool,
        sample: int,
        exercise: Exercise | None,
        movable: Collection[str] | None,
    ) -> None:
        self.trace, self.view, self.numbers = trace, view, numbers
        self.editable, self.only = editable, movable
        self.at_rest = replace(numbers, all_digits=False)
        self.sample, self.exercise = sample, exercise
        self.unknown: frozenset[str] = frozenset()
        self.held = exercise.held if exercise else ()
        self.tied = exercise.tied if exercise else ()
        self.dense = is_dense(trace.sizes)
        self.values = view != "blame" or self.dense
        self.blame = view != "forward"
        layers = trace.network.layers
        self.largest_weight = max(float(abs(layer.weights).max()) for layer in layers)

    def data(self) -> dict[str, Any]:
        inner = range(1, self.trace.depth + 1)
        return {
            "label": describe_picture(
                self.trace, self.view, self.numbers, self.sample, self.unknown
            ),
            "columns": [
                [self._input(i) for i in self.trace.width(0)],
                *([self._neuron(k, j) for j in self.trace.width(k)] for k in inner),
                [self._loss()],
            ],
            "edges": self._edges(),
            "dense": self.dense,
        }

    def _entry(self, array: str, j: int) -> str:
        return self.trace.entry(array, j, self.sample)

    def _output(self, array: str, j: int) -> str:
        return self.trace.output(array, j, self.sample)

    def _item(self, name: str, prefix: str = "", tone: str | None = None) -> Item:
        """Return one number of the picture: how it is written, spoken, and whether it can move."""
        value = self.trace.value(name)
        gradient = name.startswith("d")
        nothing = self.numbers.is_nothing(value)
        text = self.at_rest.signed(value) if gradient else self.at_rest.text(value)
        if self.dense and not nothing:
            text = f"{'+' if gradient and value > 0 else ''}{short(value, DENSE_DIGITS)}"
        item: Item = {
            "id": name,
            "text": f"{prefix} {text}".strip(),
            "prefix": prefix,
            "tone": tone or (tone_of(0.0 if nothing else value) if gradient else "ink"),
            "say": self.numbers.said(name, value)
            if nothing
            else f"{name} = {self.numbers.text(value)}",
        }
        if name in self.held or array_of(name) in self.held:
            item |= {"held": True, "say": f"{item['say']}, {HELD_SAID}"}
        if array_of(name) in self.tied:
            item["say"] += f", {TIED_SAID}"
        if self._moves(name):
            low, high = self.exercise.bounds_of(name) if self.exercise else bounds_of(name)
            item |= {"set": name, "value": value, "low": low, "high": high}
        return item

    def _moves(self, name: str) -> bool:
        chosen = self.editable and (self.only is None or name in self.only)
        return chosen and self.trace.node(name).operation == "given"

    def _node(self, name: str, ids: Sequence[str], lines: Sequence[Item], **more: Any) -> Item:
        node = {"name": name, "ids": list(ids), "lines": list(lines), "below": [], "shut": False}
        node = {**node, "shape": "box", **more}
        # What a gate does is known once its z is.
        told = f"{name}, shut" if node["shut"] and name.startswith("neuron") else name
        return {**node, "name": told, "before": name}

    def _input(self, i: int) -> Item:
        name = self._entry("x", i)
        return self._node("" if self.dense else name, [name], [self._item(name)], shape="circle")

    def _neuron(self, k: int, j: int) -> Item:
        trace, last = self.trace, k == self.trace.depth
        z = self._entry(f"z{k}", j)
        a = self._output("y_pred", j) if last else self._entry(f"a{k}", j)
        delta = trace.delta(k, j, self.sample).name
        shut = is_shut(trace, k, j, self.sample)
        if self.dense:
            only = self._item(delta if self.view == "blame" else a)
            return self._node("", [z, a], [only], shut=shut)
        more = {"below": self._below(k, j), "shut": shut}
        if last and trace.plain_output:
            return self._node(a, [z, a], [self._item(a, tone="value")], shape="circle", **more)
        lines = []
        if self.values:
            lines.append(self._item(z, f"z{k}" if last else "z"))
        if self.values or last:
            lines.append(self._item(a, "" if last else "a", "value"))
        if self.blame and not last:
            lines.append(self._item(self._entry(f"d_a{k}", j), f"d_a{k}"))
        if self.blame:
            lines.append(self._item(delta, f"d_z{k}"))
        name = a if last else f"neuron {j}"
        return self._node(name, [z, a], lines, **more)

    def _below(self, k: int, j: int) -> list[Item]:
        """Return what stands under a neuron: its bias, and at one of several outputs its target."""
        below = []
        if self.trace.network.layers[k - 1].bias is not None:
            tied = f"b{k}" in self.tied
            if not (tied and j):
                # One number for the whole layer is shown once.
                below.append(self._item(f"b{k}[{j}]", f"b{k} all" if tied else f"b{k}", "muted"))
            if self.blame:
                below.append(self._item(f"db{k}[{j}]", f"db{k}"))
        if k == self.trace.depth and self.trace.sizes[-1] > 1:
            below += self._target(j)
        return below

    def _target(self, j: int) -> list[Item]:
        if not self.trace.loss.asks_target:
            return []
        return [self._item(self._output("y_true", j), "y_true", "muted")]

    def _loss(self) -> Item:
        several = self.trace.n_samples > 1
        one = self.trace.sizes[-1] == 1 and not self.dense
        return self._node(
            "loss of all samples" if several and not self.dense else "loss",
            ["loss"],
            [self._item("loss")],
            below=self._target(0) if one else [],
        )

    def _edges(self) -> list[Item]:
        trace, passes = self.trace, self.trace.passes
        seed = passes.activation_gradients[-1][self.sample]
        if self.blame:
            sizes = [*(abs(g).max() for g in passes.weight_gradients), abs(seed).max()]
        else:
            sizes = [self.largest_weight]
        largest = float(max(sizes))
        edges = []
        for k in range(1, trace.depth + 1):
            for i in trace.width(k - 1):
                for j in trace.width(k):
                    weight = f"W{k}[{i}, {j}]"
                    moving = trace.value(f"d{weight}" if self.blame else weight)
                    items = [] if self.dense else [self._item(weight)]
                    if self.blame and not self.dense:
                        items.append(self._item(f"d{weight}"))
                    edges.append(self._edge(weight, (k - 1, i), (k, j), moving, largest, items))
        for j, gradient in enumerate(seed):
            name = self._output("d_loss_y", j)
            items = [self._item(name)] if self.blame and not self.dense else []
            strength = float(gradient) if self.blame else 0.0
            unmoved = gradient == 0 or self.numbers.is_nothing(float(gradient))
            ends = (trace.depth, j), (trace.depth + 1, 0)
            edges.append(self._edge(name, *ends, strength, largest, items))
            edges[-1]["dashed"] = bool(self.blame and unmoved)
        return edges

    def _edge(
        self,
        name: str,
        start: tuple[int, int],
        end: tuple[int, int],
        strength: float,
        largest: float,
        items: list[Item],
    ) -> Item:
        if self.numbers.is_nothing(strength):
            strength = 0.0
        share = abs(strength) / largest if largest else 0.0
        return {
            "id": name,
            "from": list(start),
            "to": list(end),
            "tone": tone_of(strength) if self.blame else "muted",
            # Under a thousandth of the widest a line would be invisible: a dashed hairline says so.
            "width": round(max(NARROWEST, WIDEST * share), 2),
            "dashed": bool(share < 1e-3),
            "items": items,
            "title": self._title(name),
            **({"plain": self._plain(name)} if self.blame else {}),
        }

    def _plain(self, name: str) -> Item:
        """Return how an edge looks while its blame is not found yet, and what it is called."""
        if name.startswith("d"):
            return {
                "blame": name,
                "tone": "muted",
                "width": NARROWEST,
                "dashed": False,
                "title": "",
            }
        value = self.trace.value(name)
        share = abs(value) / self.largest_weight if self.largest_weight else 0.0
        return {
            "blame": f"d{name}",
            "tone": "muted",
            "width": round(max(NARROWEST, WIDEST * share), 2),
            "dashed": share < 1e-3,
            "title": self.numbers.said(name, value),
        }

    def _title(self, name: str) -> str:
        value = self.trace.value(name)
        gradient = self.trace.gradient_name(name)
        said = self.numbers.said(name, value)
        if gradient:
            said += f", {self.numbers.said(gradient, self.trace.value(gradient))}"
        return said
