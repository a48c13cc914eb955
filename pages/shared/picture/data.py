"""What the picture of the network shows: what stands at each node and edge, in which colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any, Literal

from blame.exercise.bounds import bounds_of
from blame.probe.trace import Trace
from pages.shared.words.numbers import NOTHING_SAID, Numbers, full, short

View = Literal["forward", "blame", "both"]
Item = dict[str, Any]

WIDEST = 11.0
NARROWEST = 1.5
MOST_NODES = 4
MOST_EDGES = 12
"""A layer of more nodes, or a gap of more edges, has room for one number a node."""
DENSE_DIGITS = 2


def picture_data(
    trace: Trace, view: View, numbers: Numbers, *, editable: bool = True
) -> dict[str, Any]:
    """Return everything the drawing needs, as plain JSON.

    Parameters
    ----------
    trace : the opened pass of a single network and sample.
    view : "forward" shows weights, z and a; "blame" the gradients; "both" both.
    numbers : how spoken numbers are written; the picture itself has room for few digits.
    editable : whether the numbers of the lesson's network may be moved in the picture.
    """
    return _Picture(trace, view, numbers.of(trace.passes), editable).data()


def describe_picture(trace: Trace, view: View, numbers: Numbers) -> str:
    """Say in words what the picture shows."""
    passes, forward = trace.passes, trace.passes.forward_pass
    numbers = numbers.of(passes)
    x = ", ".join(numbers.text(value) for value in forward.x[0])
    said = [f"Network of widths {', '.join(map(str, trace.sizes))}. Input {x}."]
    for k, (z, a) in enumerate(zip(forward.z, forward.a, strict=True), start=1):
        for j in trace.width(k):
            text = f"Layer {k} neuron {j}: z {numbers.text(z[0, j])}, a {numbers.text(a[0, j])}"
            if view != "forward":
                text += f", blame {numbers.signed(passes.deltas[k - 1][0, j])}"
            shut = trace.slope(k, j).value == 0
            said.append(text + (", gate shut." if shut else "."))
    said.append(f"Loss {numbers.text(float(passes.loss))}.")
    return " ".join(said)


def tone_of(gradient: float) -> str:
    """Return the meaning of a gradient's sign, which decides its colour."""
    return "shut" if gradient == 0 else "raises" if gradient > 0 else "lowers"


class _Picture:
    def __init__(self, trace: Trace, view: View, numbers: Numbers, editable: bool) -> None:
        self.trace, self.view, self.numbers, self.editable = trace, view, numbers, editable
        sizes = trace.sizes
        self.dense = max(sizes) > MOST_NODES or any(
            before * after > MOST_EDGES for before, after in pairwise(sizes)
        )
        self.values = view != "blame" or self.dense
        self.blame = view != "forward"

    def data(self) -> dict[str, Any]:
        inner = range(1, self.trace.depth + 1)
        return {
            "label": describe_picture(self.trace, self.view, self.numbers),
            "columns": [
                [self._input(i) for i in self.trace.width(0)],
                *([self._neuron(k, j) for j in self.trace.width(k)] for k in inner),
                [self._loss()],
            ],
            "edges": self._edges(),
            "dense": self.dense,
        }

    def _item(self, name: str, prefix: str = "", tone: str | None = None) -> Item:
        """Return one number of the picture: how it is written, spoken, and whether it can move."""
        value = self.trace.value(name)
        gradient = name.startswith("d")
        nothing = self.numbers.is_nothing(value)
        at_rest = replace(self.numbers, all_digits=False)
        text = at_rest.signed(value) if gradient else at_rest.text(value)
        if self.dense and not nothing:
            text = f"{'+' if gradient and value > 0 else ''}{short(value, DENSE_DIGITS)}"
        item: Item = {
            "id": name,
            "text": f"{prefix} {text}".strip(),
            "prefix": prefix,
            "tone": tone or (tone_of(0.0 if nothing else value) if gradient else "ink"),
            "say": f"{name} = {full(value)}, {NOTHING_SAID}"
            if nothing
            else f"{name} = {self.numbers.text(value)}",
        }
        if self.editable and self.trace.node(name).operation == "given":
            low, high = bounds_of(name)
            item |= {"set": name, "value": value, "low": low, "high": high}
        return item

    def _node(self, name: str, ids: Sequence[str], lines: Sequence[Item], **more: Any) -> Item:
        node = {"name": name, "ids": list(ids), "lines": list(lines), "below": [], "shut": False}
        return {**node, "shape": "box", **more}

    def _input(self, i: int) -> Item:
        name = f"x[{i}]"
        return self._node("" if self.dense else name, [name], [self._item(name)], shape="circle")

    def _neuron(self, k: int, j: int) -> Item:
        trace, last = self.trace, k == self.trace.depth
        z, a = f"z{k}[{j}]", trace.output("y_pred", j) if last else f"a{k}[{j}]"
        upstream, delta = f"d_{a}", trace.delta(k, j).name
        below = []
        if not self.dense:
            below.append(self._item(f"b{k}[{j}]", f"b{k}", "muted"))
            if self.blame:
                below.append(self._item(f"db{k}[{j}]", f"db{k}"))
        shut = trace.slope(k, j).value == 0 and not last
        more = {"below": below, "shut": shut}
        if self.dense:
            only = self._item(delta if self.view == "blame" else a)
            return self._node("", [z, a], [only], **more)
        if last:
            return self._node(a, [z, a], [self._item(a, tone="value")], shape="circle", **more)
        lines = []
        if self.values:
            lines += [self._item(z, "z"), self._item(a, "a", "value")]
        if self.blame:
            lines += [self._item(upstream, f"d_a{k}"), self._item(delta, f"d_z{k}")]
        return self._node(f"neuron {j}" + (", shut" if shut else ""), [z, a], lines, **more)

    def _loss(self) -> Item:
        targets = []
        if not self.dense:
            targets = [
                self._item(self.trace.output("y_true", j), self.trace.output("y_true", j), "muted")
                for j in self.trace.width(self.trace.depth)
            ]
        return self._node("loss", ["loss"], [self._item("loss")], below=targets)

    def _edges(self) -> list[Item]:
        trace, passes = self.trace, self.trace.passes
        layers = trace.network.layers
        seed = passes.activation_gradients[-1][0]
        if self.blame:
            sizes = [*(abs(g).max() for g in passes.weight_gradients), abs(seed).max()]
        else:
            sizes = [abs(layer.weights).max() for layer in layers]
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
            name = trace.output("d_loss_y", j)
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
        }

    def _title(self, name: str) -> str:
        value = self.trace.value(name)
        gradient = self.trace.gradient_name(name)
        said = f"{name} = {full(value)}"
        if gradient:
            blame = self.trace.value(gradient)
            made = f", {NOTHING_SAID}" if self.numbers.is_nothing(blame) else ""
            said += f", {gradient} = {full(blame)}{made}"
        return said
