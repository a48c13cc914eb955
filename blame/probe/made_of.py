"""The formula of each number of a pass, from what the graph says it is made of."""

from __future__ import annotations

import re

from blame.formula import Formula
from blame.probe.graph import Graph, Node

Made = tuple[Formula, dict[str, str]]
"""A formula, and for each of its variables the number that it stands for."""


def made_of(graph: Graph, name: str) -> Made:
    """Return a number's formula, and what each of its variables stands for, in reading order.

    Raises
    ------
    ValueError
        If there is no such number, it is given, or what makes it has no formula in its registry.
    """
    node = graph.node(name)
    kind, k, i, _ = graph.place(name)
    if node.operation == "given":
        raise ValueError(f"{name} is given and has no formula; ask for what is worked out")
    if node.operation == "activation":
        made = _said(graph.activations[k - 1].formula, node.function)
        return Formula(made), {"z": node.terms[0][0].opens}
    if node.operation == "loss":
        return _loss(graph, node)
    if node.operation == "loss slope":
        fused = graph.loss.fused if kind == "d_z" else None
        made = _said(fused.slope if fused else graph.loss.slope, node.function)
        guess, target = node.terms[0]
        return Formula(_averaged(graph, made)), {"y": guess.opens, "t": target.opens}
    if kind == "d_z":
        return _through_activation(graph, node, k, i)
    names: dict[str, str] = {}
    terms = []
    for term in node.terms:
        variables = [f"v{len(names) + m}" for m in range(len(term))]
        names |= {v: part.opens for v, part in zip(variables, term, strict=True)}
        terms.append(" * ".join(variables))
    return Formula(" + ".join(terms)), names


def loss_entry(graph: Graph) -> Formula:
    """Return what one output gives to the loss, of its prediction y and its target t."""
    return Formula(_said(graph.loss.each, graph.loss.name))


def _loss(graph: Graph, node: Node) -> Made:
    each = loss_entry(graph).source
    names: dict[str, str] = {}
    terms = []
    for j, (guess, target) in enumerate(node.terms):
        names |= {f"y{j}": guess.opens, f"t{j}": target.opens}
        terms.append(re.sub(r"\b([yt])\b", rf"\g<1>{j}", each))
    return Formula(_averaged(graph, " + ".join(terms))), names


def _averaged(graph: Graph, source: str) -> str:
    n = graph.sizes[-1]
    return f"({source}) / {n}" if graph.loss.averages and n > 1 else source


def _through_activation(graph: Graph, node: Node, k: int, i: int) -> Made:
    (upstream, slope), activation = node.terms[0], graph.activations[k - 1]
    local = _said(activation.slope, activation.name)
    after = graph.output("y_pred", i) if k == graph.depth else f"a{k}[{i}]"
    names = {"d": upstream.opens, "z": slope.opens, "a": after}
    made = "d" if local == "1" else f"d * ({local})"
    return Formula(made), {v: n for v, n in names.items() if re.search(rf"\b{v}\b", made)}


def _said(formula: str, owner: str) -> str:
    if not formula:
        raise ValueError(f"{owner} has no formula; give its entry in the registry one")
    return formula
