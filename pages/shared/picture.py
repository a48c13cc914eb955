"""The network as a picture: what stands at each node and edge, and in which colour.

Python decides every text, width and meaning; the script beside this file only places and draws
them. It writes text as text nodes, so nothing a reader or a link says can become markup.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import streamlit as st

from blame import BackwardPass
from pages.shared.numbers import Numbers, brief

View = Literal["forward", "blame", "both"]
Line = dict[str, str]

_HERE = Path(__file__).parent
_draw = st.components.v2.component(
    "blame_picture",
    css=(_HERE / "picture.css").read_text(encoding="utf-8"),
    js=(_HERE / "picture.js").read_text(encoding="utf-8"),
)
WIDEST = 11.0
NARROWEST = 1.5


def network_picture(passes: BackwardPass, view: View, numbers: Numbers, key: str) -> None:
    """Draw the network with its first sample's numbers.

    Parameters
    ----------
    passes : the backward pass of a single network.
    view : "forward" shows weights, z and a; "blame" the gradients; "both" both.
    numbers : how the description writes its numbers; the picture itself has room for few digits.
    """
    # In a list: Streamlit looks for data frames in a dictionary, and imports pandas to do so.
    _draw(data=[picture_data(passes, view, numbers)], key=key)


def picture_data(passes: BackwardPass, view: View, numbers: Numbers) -> dict[str, Any]:
    """Return everything the picture shows, as plain JSON."""
    return {
        "label": describe_picture(passes, view, numbers),
        "columns": [
            _inputs(passes),
            *(_layer(passes, k, view) for k in range(len(passes.deltas))),
            [_loss(passes)],
        ],
        "edges": _edges(passes, view),
    }


def describe_picture(passes: BackwardPass, view: View, numbers: Numbers) -> str:
    """Say in words what the picture shows."""
    forward = passes.forward_pass
    x = ", ".join(numbers.text(value) for value in forward.x[0])
    said = [f"Network of widths {', '.join(map(str, forward.network.sizes))}. Input {x}."]
    for k, (z, a) in enumerate(zip(forward.z, forward.a, strict=True), start=1):
        for j in range(z.shape[-1]):
            gate = passes.local_gradients[k - 1][0, j] != 0
            text = f"Layer {k} neuron {j}: z {numbers.text(z[0, j])}, a {numbers.text(a[0, j])}"
            if view != "forward":
                text += f", blame {numbers.signed(passes.deltas[k - 1][0, j])}"
            said.append(text + ("." if gate else ", gate shut."))
    said.append(f"Loss {numbers.text(float(passes.loss))}.")
    return " ".join(said)


def _signed(value: float) -> str:
    return ("+" if value > 0 else "") + brief(value)


def _line(text: str, tone: str = "ink") -> Line:
    return {"text": text, "tone": tone}


def _tone(gradient: float) -> str:
    return "shut" if gradient == 0 else "raises" if gradient > 0 else "lowers"


def _inputs(passes: BackwardPass) -> list[dict[str, Any]]:
    nodes = []
    for i, value in enumerate(passes.forward_pass.x[0]):
        nodes.append(
            {
                "name": f"x[{i}]",
                "shape": "circle",
                "lines": [_line(brief(value))],
                "below": [],
                "shut": False,
            }
        )
    return nodes


def _layer(passes: BackwardPass, k: int, view: View) -> list[dict[str, Any]]:
    forward = passes.forward_pass
    last = k == len(passes.deltas) - 1
    bias = forward.network.layers[k].bias
    nodes = []
    for j in range(bias.shape[-1]):
        z, a = float(forward.z[k][0, j]), float(forward.a[k][0, j])
        upstream = float(passes.activation_gradients[k][0, j])
        delta = float(passes.deltas[k][0, j])
        shut = not last and passes.local_gradients[k][0, j] == 0
        if last:
            lines = [_line(brief(a), "value")]
        else:
            lines = [_line(f"z {brief(z)}"), _line(f"a {brief(a)}", "value")]
        blame = [_line(_signed(delta), _tone(delta))]
        if not last:
            blame = [
                _line(f"d_a1 {_signed(upstream)}".replace("a1", f"a{k + 1}"), _tone(upstream)),
                _line(f"d_z1 {_signed(delta)}".replace("z1", f"z{k + 1}"), _tone(delta)),
            ]
        below = []
        if view != "blame":
            below.append(_line(f"b{k + 1} {brief(bias[j])}", "muted"))
        if view != "forward":
            gradient = float(passes.bias_gradients[k][j])
            below.append(_line(f"db{k + 1} {_signed(gradient)}", _tone(gradient)))
        if view == "blame" and not last:
            lines = blame
        elif view == "both" and not last:
            lines = [*lines, blame[1]]
        nodes.append(
            {
                "name": "y_pred" if last else f"neuron {j}" + (", shut" if shut else ""),
                "shape": "circle" if last else "box",
                "lines": lines,
                "below": below,
                "shut": bool(shut),
            }
        )
    return nodes


def _loss(passes: BackwardPass) -> dict[str, Any]:
    targets = ", ".join(brief(value) for value in passes.target[0])
    return {
        "name": "loss",
        "shape": "box",
        "lines": [_line(brief(float(passes.loss)))],
        "below": [_line(f"y_true {targets}", "muted")],
        "shut": False,
    }


def _edges(passes: BackwardPass, view: View) -> list[dict[str, Any]]:
    layers = passes.forward_pass.network.layers
    gradients = passes.weight_gradients
    seed = passes.activation_gradients[-1][0]
    if view == "forward":
        largest = max(float(abs(layer.weights).max()) for layer in layers)
    else:
        largest = max(
            *(float(abs(gradient).max()) for gradient in gradients), float(abs(seed).max())
        )
    edges = []
    for k, layer in enumerate(layers):
        for i in range(layer.n_in):
            for j in range(layer.n_out):
                weight, gradient = float(layer.weights[i, j]), float(gradients[k][i, j])
                strength = weight if view == "forward" else gradient
                lines = [] if view == "blame" else [_line(brief(weight))]
                if view != "forward":
                    lines.append(_line(_signed(gradient), _tone(gradient)))
                edges.append(
                    {
                        "from": [k, i],
                        "to": [k + 1, j],
                        "tone": "muted" if view == "forward" else _tone(gradient),
                        **_stroke(strength, largest),
                        "lines": lines,
                        "title": f"W{k + 1}[{i}, {j}] = {weight!r}, gradient {gradient!r}",
                    }
                )
    for j, gradient in enumerate(seed):
        shown = view != "forward"
        edges.append(
            {
                "from": [len(layers), j],
                "to": [len(layers) + 1, 0],
                "tone": _tone(gradient) if shown else "muted",
                **_stroke(float(gradient) if shown else 0.0, largest),
                "dashed": bool(shown and gradient == 0),
                "lines": [_line(_signed(gradient), _tone(gradient))] if shown else [],
                "title": f"d_loss_y = {float(gradient)!r}",
            }
        )
    return edges


def _stroke(strength: float, largest: float) -> dict[str, Any]:
    share = abs(strength) / largest if largest else 0.0
    # Under a thousandth of the widest edge a line would be invisible: a dashed hairline says so.
    return {"width": max(NARROWEST, WIDEST * share), "dashed": bool(share < 1e-3)}
