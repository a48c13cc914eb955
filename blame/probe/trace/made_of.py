"""The formula of each number of a pass, from what the graph says it is made of."""

from __future__ import annotations

import re

from blame.formula import Formula
from blame.probe.trace.graph import Graph
from blame.probe.trace.node import Node

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
    s = graph.sample(name) or 0
    if node.operation == "given":
        raise ValueError(f"{name} is given and has no formula; ask for what is worked out")
    if node.operation == "activation":
        return _activation(graph, node, k, i, s)
    if node.operation == "loss":
        return _loss(graph, node)
    if node.operation == "loss slope":
        return _loss_slope(graph, node, kind == "d_z", s)
    if kind == "d_z":
        joint = graph.activations[k - 1].joint
        return (_through_layer if joint else _through_activation)(graph, node, k, i, s)
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
    for j, ends in enumerate(node.terms):
        names |= {f"{end}{j}": part.opens for end, part in zip("yt", ends, strict=False)}
        terms.append(_numbered(each, "yt", j))
    return Formula(_averaged(graph, " + ".join(terms))), names


def _loss_slope(graph: Graph, node: Node, at_z: bool, s: int) -> Made:
    """Return the slope of the loss at an output or, where it is fused to that, at its z."""
    loss = graph.loss
    made, whole = loss.slope, True
    if at_z and loss.fused:
        whole = graph.whole_targets or not loss.fused.slope_of_any
        made = loss.fused.slope if whole else loss.fused.slope_of_any
    names = {end: part.opens for end, part in zip("yt", node.terms[0], strict=False)}
    made = _said(made, node.function)
    if not whole:
        targets = {f"t{j}": graph.output("y_true", j, s) for j in graph.width(graph.depth)}
        made, names = re.sub(r"\bs\b", f"({' + '.join(targets)})", made), names | targets
    return _used(_averaged(graph, made), names)


def _averaged(graph: Graph, source: str) -> str:
    return f"({source}) / {graph.shares}" if graph.shares > 1 else source


def _activation(graph: Graph, node: Node, k: int, i: int, s: int) -> Made:
    activation = graph.activations[k - 1]
    made, joint = _said(activation.formula, node.function), activation.joint
    if joint is None:
        return Formula(made), {"z": node.terms[0][0].opens}
    places = graph.width(k)
    summands = " + ".join(_numbered(_said(joint.summand, node.function), "z", j) for j in places)
    made = re.sub(r"\bs\b", f"({summands})", _numbered(made, "z", i))
    return _used(made, {f"z{j}": graph.entry(f"z{k}", j, s) for j in places})


def _through_layer(graph: Graph, node: Node, k: int, i: int, s: int) -> Made:
    """Return blame on its way through an activation that mixes its layer: a sum over outputs."""
    activation, places = graph.activations[k - 1], graph.width(k)
    assert activation.joint is not None
    own = _said(activation.slope, activation.name)
    cross = _said(activation.joint.cross_slope, activation.name)
    terms = []
    for j in places:
        slope = own if j == i else re.sub(r"\bb\b", f"a{i}", cross)
        terms.append(f"d{j} * ({_numbered(_numbered(slope, 'a', j), 'z', i)})")
    names = {f"d{j}": graph.output("d_loss_y", j, s) for j in places}
    names |= {f"z{j}": graph.entry(f"z{k}", j, s) for j in places}
    names |= {f"a{j}": graph.output("y_pred", j, s) for j in places}
    return _used(" + ".join(terms), names)


def _through_activation(graph: Graph, node: Node, k: int, i: int, s: int) -> Made:
    (upstream, slope), activation = node.terms[0], graph.activations[k - 1]
    local = _said(activation.slope, activation.name)
    last = k == graph.depth
    after = graph.output("y_pred", i, s) if last else graph.entry(f"a{k}", i, s)
    names = {"d": upstream.opens, "z": slope.opens, "a": after}
    made = "d" if local == "1" else f"d * ({local})"
    return _used(made, names)


def _used(made: str, names: dict[str, str]) -> Made:
    """Return a formula with those of the variables that stand in it."""
    return Formula(made), {v: n for v, n in names.items() if re.search(rf"\b{v}\b", made)}


def _numbered(source: str, variables: str, j: int) -> str:
    """Return a formula whose single-letter variables carry a number."""
    return re.sub(rf"\b([{variables}])\b", rf"\g<1>{j}", source)


def _said(formula: str, owner: str) -> str:
    if not formula:
        raise ValueError(f"{owner} has no formula; give its entry in the registry one")
    return formula
