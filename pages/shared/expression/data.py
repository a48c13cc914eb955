"""What the picture of an expression shows at each node and edge. Knows no Streamlit."""

from __future__ import annotations

from typing import Any

from blame.arrays import Array
from blame.expression.expression import Expression
from blame.expression.graph import GIVEN
from blame.expression.limits import LARGEST
from blame.expression.operations import OPERATIONS
from blame.expression.passes import Part
from pages.shared.expression.layout import Layout, lay_out
from pages.shared.expression.names import blame_name, edge_name, has_blame
from pages.shared.picture.data import NARROWEST, tone_of
from pages.shared.words.expression.formulas import short_formula, vector_text
from pages.shared.words.numbers import Numbers

Item = dict[str, Any]
WIDEST = 7.0
KIND = "expression"
"""The kind of axis that its numbers are, not the exercise's (current.py)."""


def picture_data(
    expression: Expression, numbers: Numbers, *, editable: bool = True
) -> dict[str, Any]:
    """Return everything the drawing needs, as plain JSON.

    `columns` holds the nodes, `slots` the order in each column: the node's place in it, or -1
    where an edge passes through; the edges say by which slots they go.
    """
    layout = lay_out(expression.graph)
    at_rest = Numbers(False, numbers.nothing)
    columns = [
        [_node(expression, slot[0], at_rest, numbers, editable) for slot in column if slot[1] < 0]
        for column in layout.columns
    ]
    slots = []
    for column in layout.columns:
        count = iter(range(len(column)))
        slots.append([next(count) if slot[1] < 0 else -1 for slot in column])
    return {
        "label": describe(expression, numbers),
        # Another one has another flow.
        "graph": " ".join(node.name for node in expression.graph.nodes),
        "columns": columns,
        "slots": slots,
        "kind": KIND,
        "edges": _edges(expression, layout, at_rest),
    }


def describe(expression: Expression, numbers: Numbers) -> str:
    """Say in words what the picture shows."""
    said = []
    for k, node in enumerate(expression.graph.nodes):
        if node.operation == GIVEN or node.inputs:
            value = vector_text(expression.node_values[k], numbers)
            text = f"{short_formula(expression, k)}: {value}"
            if has_blame(expression, k):
                blamed = expression.backward().blame[k]
                assert blamed is not None
                text += f", blame {vector_text(blamed, numbers, signed=True)}"
            said.append(text)
    return f"Graph of {expression.graph.operations} operations. {'; '.join(said)}."


def _node(
    expression: Expression, k: int, at_rest: Numbers, numbers: Numbers, editable: bool
) -> Item:
    node = expression.graph.nodes[k]
    given = node.operation == GIVEN
    lines = _given(expression, k, at_rest, numbers, editable) if given else []
    if not lines:
        value = expression.node_values[k]
        tone = "value" if expression.graph.moves[k] else "muted"
        lines = [_item(node.name, value, at_rest, numbers, tone)]
    blamed = expression.backward().blame[k]
    if blamed is not None and has_blame(expression, k):
        name = blame_name(expression, k)
        lines.append(
            _item(name, blamed, at_rest, numbers, tone_of_blame(blamed), prefix="d", signed=True)
        )
    return {
        "name": short_formula(expression, k),
        "ids": [node.name, blame_name(expression, k)],
        "lines": lines,
        "below": [],
        "shut": _shut(expression, k),
        "shape": "circle" if node.operation == GIVEN and len(lines) <= 2 else "box",
    }


def _given(
    expression: Expression, k: int, at_rest: Numbers, numbers: Numbers, editable: bool
) -> list[Item]:
    name, width = expression.graph.nodes[k].name, expression.graph.widths[k]
    items = []
    for i in range(width):
        entry = name if width == 1 else f"{name}[{i}]"
        value = expression.given[k][i : i + 1]
        item = _item(entry, value, at_rest, numbers, "ink", prefix="" if width == 1 else f"[{i}]")
        if editable:
            item |= {"set": entry, "value": float(value[0]), "low": -LARGEST, "high": LARGEST}
        items.append(item)
    return items


def _item(
    name: str,
    value: Array,
    at_rest: Numbers,
    numbers: Numbers,
    tone: str,
    *,
    prefix: str = "",
    signed: bool = False,
) -> Item:
    text = vector_text(value, at_rest, signed=signed)
    return {
        "id": name,
        "text": f"{prefix} {text}".strip(),
        "prefix": prefix,
        "wide": value.shape[-1] > 1,
        "tone": tone,
        "say": f"{name} = {vector_text(value, numbers)}",
    }


def tone_of_blame(blamed: Array) -> str:
    """Return the colour of blame: that of its sign; of a vector with several signs none."""
    tones = {tone_of(entry) for entry in blamed.ravel().tolist()} - {"shut"}
    return tones.pop() if len(tones) == 1 else "ink" if tones else "shut"


def _shut(expression: Expression, k: int) -> bool:
    """Whether an operation hands nothing back to any of its inputs, as a shut ReLU."""
    node = expression.graph.nodes[k]
    if not node.inputs or OPERATIONS[node.operation].kink is None:
        return False
    parts = [part for source in set(node.inputs) for part in _uses(expression, source, k)]
    return bool(parts) and not any(part.slope.any() for part in parts)


def _uses(expression: Expression, source: int, user: int) -> list[Part]:
    return [part for part in expression.backward().parts[source] if part.user == user]


def _edges(expression: Expression, layout: Layout, numbers: Numbers) -> list[Item]:
    graph = expression.graph
    sizes = [float(abs(part.share).max()) for of in expression.backward().parts for part in of]
    largest = max(sizes, default=0.0)
    edges = []
    pairs = {(source, k): None for k, node in enumerate(graph.nodes) for source in node.inputs}
    for source, user in pairs:
        if not graph.nodes[source].inputs and graph.nodes[source].operation != GIVEN:
            continue
        parts = _uses(expression, source, user)
        share = max((float(abs(part.share).max()) for part in parts), default=0.0)
        several = len(expression.backward().parts[source]) > 1
        shares = [vector_text(part.share, numbers, signed=True) for part in parts]
        name = edge_name(expression, source, user)
        edges.append(
            {
                "id": name,
                "from": list(layout.place(source)),
                "to": list(layout.place(user)),
                "via": layout.via(source, user),
                "tone": tone_of_blame(sum(part.share for part in parts)) if parts else "muted",  # type: ignore[arg-type]
                "width": round(max(NARROWEST, WIDEST * (share / largest if largest else 0)), 2),
                "dashed": bool(parts) and share == 0,
                # Where blame comes back by several ways, each part stands on its own.
                "items": [
                    {
                        "id": f"{name}.{i}" if i else name,
                        "text": text,
                        "prefix": "",
                        "wide": graph.widths[source] > 1,
                        "tone": tone_of_blame(part.share),
                        "say": f"part of {blame_name(expression, source)}: {text}",
                    }
                    for i, (part, text) in enumerate(zip(parts, shares, strict=True))
                ]
                if several
                else [],
                # Before blame is found.
                "plain": {
                    "blame": blame_name(expression, source),
                    "tone": "muted",
                    "width": NARROWEST,
                    "dashed": False,
                    "title": name.replace(">", " into "),
                },
                "title": f"{name.replace('>', ' into ')}"
                + "".join(f", hands back {text}" for text in shares),
            }
        )
    return edges
