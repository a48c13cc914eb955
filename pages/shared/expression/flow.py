"""Watch it flow: each operation forward, then each piece of blame back. Knows no Streamlit."""

from __future__ import annotations

from typing import Any

from blame.expression.expression import Expression
from blame.expression.graph import GIVEN
from blame.expression.operations import OPERATIONS
from blame.expression.programs.code_names import code_names
from blame.expression.programs.numpy_program import blame_line
from pages.shared.expression.names import blame_name, edge_name, has_blame
from pages.shared.words.expression.formulas import formula, vector_text, with_numbers
from pages.shared.words.numbers import Numbers


def flow_data(expression: Expression, numbers: Numbers) -> list[dict[str, Any]]:
    """Return the stages in order, as the picture's scripts take them."""
    graph = expression.graph
    forward = [_forward(expression, k, numbers) for k, n in enumerate(graph.nodes) if n.inputs]
    back = [
        _back(expression, k, numbers)
        for k in range(graph.result, -1, -1)
        if has_blame(expression, k)
    ]
    return [*forward, *back]


def _forward(expression: Expression, k: int, numbers: Numbers) -> dict[str, Any]:
    node = expression.graph.nodes[k]
    operation = OPERATIONS[node.operation]
    value = vector_text(expression.node_values[k], numbers)
    names = code_names(expression)
    edges = [edge_name(expression, source, k) for source in node.inputs]
    inputs = [names[source] for source in node.inputs]
    return {
        "title": f"Forward, {node.name}",
        "said": f"{node.name} = {formula(expression, k)} = "
        f"{with_numbers(expression, k, numbers)} = {value}.",
        "code": f"{names[k]} = {operation.write(operation.formula, *inputs)}",
        "shows": [node.name],
        "lit": [node.name, *(expression.graph.nodes[s].name for s in node.inputs), *edges],
        "moves": edges,
        "back": False,
        "texts": {},
    }


def _back(expression: Expression, k: int, numbers: Numbers) -> dict[str, Any]:
    node, name = expression.graph.nodes[k], blame_name(expression, k)
    parts = expression.backward().parts[k]
    blamed = expression.backward().blame[k]
    assert blamed is not None
    value = vector_text(blamed, numbers, signed=True)
    edges = list(dict.fromkeys(edge_name(expression, k, part.user) for part in parts))
    users = [expression.graph.nodes[part.user].name for part in parts]
    if not parts:
        said = f"Blame begins at the result: {name} = 1."
    elif len(parts) == 1:
        said = f"{users[0]} hands back its blame times its slope: {name} = {value}."
    else:
        shares = " and ".join(vector_text(part.share, numbers, signed=True) for part in parts)
        said = f"It is used {len(parts)} times and gets {shares}, added: {name} = {value}."
    code = code_names(expression)[k]
    ends = " This number is given: here blame arrives." if node.operation == GIVEN else ""
    return {
        "title": f"Back, {name}",
        "said": said + ends,
        "code": f"d_{code} = {blame_line(expression, k) if parts else '1.0'}",
        "shows": [name, *(f"{e}.{i}" if i else e for e in edges for i in range(2))],
        "lit": [node.name, *users, *edges],
        "moves": edges,
        "back": True,
        "texts": {},
    }
