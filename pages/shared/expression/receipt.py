"""The receipt of one number of an expression: how it came about, in words. Knows no Streamlit."""

from __future__ import annotations

from typing import Any

from blame.arrays import Array
from blame.expression.expression import Expression
from blame.expression.graph import CONSTANT, GIVEN
from blame.expression.kinks import kinks_of
from blame.expression.operations import OPERATIONS
from blame.expression.passes import Part
from pages.shared.expression.data import tone_of_blame
from pages.shared.expression.names import blame_name, edge_name, find, has_blame
from pages.shared.expression.paths import paths_data
from pages.shared.words.expression.formulas import (
    formula,
    slope_formula,
    vector_text,
    with_numbers,
)
from pages.shared.words.numbers import Numbers

LARGEST = 1e300


def receipt_data(expression: Expression, opened: str, numbers: Numbers) -> dict[str, Any] | None:
    """Return the receipt of a number as plain JSON, every text ready to be shown."""
    found = find(expression, opened)
    if found is None:
        return None
    k, is_blame = found
    return _blame(expression, k, numbers) if is_blame else _value(expression, k, numbers)


def lit_by(expression: Expression, opened: str) -> list[str]:
    """Return what lights up with a number: what it is made of, or its ways to the result."""
    found = find(expression, opened)
    if found is None:
        return []
    k, is_blame = found
    nodes = expression.graph.nodes
    if not is_blame:
        edges = [edge_name(expression, source, k) for source in nodes[k].inputs]
        return [nodes[k].name, *(nodes[source].name for source in nodes[k].inputs), *edges]
    reached, edges = {k}, []
    for node in range(k, expression.graph.result + 1):
        if node in reached:
            for part in expression.backward().parts[node]:
                reached.add(part.user)
                edges.append(edge_name(expression, node, part.user))
    return [*(nodes[node].name for node in sorted(reached)), *edges]


def _value(expression: Expression, k: int, numbers: Numbers) -> dict[str, Any]:
    node = expression.graph.nodes[k]
    value = vector_text(expression.node_values[k], numbers)
    lines: list[str] = []
    said = "A number that you can change." if node.operation == GIVEN else ""
    if node.inputs:
        lines = [
            f"{node.name} = {formula(expression, k)}",
            f"= {with_numbers(expression, k, numbers)}",
            f"= {value}",
        ]
        said = OPERATIONS[node.operation].words
    made_of = [
        (expression.graph.nodes[source].name, source)
        for source in dict.fromkeys(node.inputs)
        if expression.graph.nodes[source].operation != CONSTANT
    ]
    blamed = has_blame(expression, k)
    name = blame_name(expression, k)
    return _receipt(
        name=node.name,
        value=value,
        tone="ink",
        said=said,
        formula=lines,
        why=_kink(expression, node.name),
        factors=_factors(
            [(n, n, expression.node_values[s], "", "value") for n, s in made_of], numbers
        ),
        movable=node.operation == GIVEN,
        related={"name": name, "text": f"its blame: {_blame_text(expression, k, numbers)}"}
        if blamed
        else None,
        nudge="" if blamed else f"{expression.result} does not depend on it.",
    )


def _blame(expression: Expression, k: int, numbers: Numbers) -> dict[str, Any]:
    graph = expression.graph
    name, node = blame_name(expression, k), graph.nodes[k]
    blamed = expression.backward().blame[k]
    assert blamed is not None
    value = vector_text(blamed, numbers, signed=True)
    parts = expression.backward().parts[k]
    result = expression.result
    if not parts:
        lines, steps = [f"{name} = 1"], []
        said = f"The result's own blame: as {result} grows by 1, {result} grows by 1."
    else:
        terms = [f"{_upstream(expression, p)} \u00d7 {_slope(expression, p)}" for p in parts]
        products = [_product(part, numbers) for part in parts]
        for i, part in enumerate(parts):
            if graph.widths[part.user] > graph.widths[k]:
                # One number in all entries of a vector: what each hands back is added.
                terms[i], products[i] = f"sum({terms[i]})", f"sum({products[i]})"
        lines = [f"{name} = {' + '.join(terms)}", f"= {' + '.join(products)}"]
        if len(parts) > 1:
            shares = [vector_text(part.share, numbers, signed=True) for part in parts]
            lines.append(f"= {' '.join(shares)}")
        lines.append(f"= {value}")
        steps = [_step(expression, part, numbers) for part in parts]
        said = f"How fast {result} grows when {node.name} does: d{result}/d{node.name}."
    rows = []
    for part in parts:
        user = graph.nodes[part.user].name
        upstream = _upstream(expression, part)
        rows.append((upstream, upstream, part.upstream, "upstream", ""))
        rows.append((f"slope of {user}", user, part.slope, f"at {node.name}", "value"))
    return _receipt(
        name=name,
        value=value,
        tone=tone_of_blame(blamed),
        said=said,
        formula=lines,
        steps=steps,
        why=_why(expression, parts),
        factors=_factors(rows, numbers),
        related={
            "name": node.name,
            "text": f"belongs to: {node.name} = {vector_text(expression.node_values[k], numbers)}",
        },
        paths=paths_data(expression, k, numbers),
    )


def _receipt(**told: Any) -> dict[str, Any]:
    empty = {"steps": [], "why": "", "factors": [], "more": None, "movable": False}
    return {**empty, "related": None, "paths": None, "nudge": "", "made": "", **told}


def _blame_text(expression: Expression, k: int, numbers: Numbers) -> str:
    blamed = expression.backward().blame[k]
    assert blamed is not None
    return f"{blame_name(expression, k)} = {vector_text(blamed, numbers, signed=True)}"


def _upstream(expression: Expression, part: Part) -> str:
    return blame_name(expression, part.user)


def _slope(expression: Expression, part: Part) -> str:
    written = slope_formula(expression, part.user, part.place)
    return f"({written})" if " " in written or written.startswith("\u2212") else written


def _product(part: Part, numbers: Numbers) -> str:
    both = (vector_text(value, numbers) for value in (part.upstream, part.slope))
    return " \u00d7 ".join(f"({text})" if text.startswith("\u2212") else text for text in both)


def _step(expression: Expression, part: Part, numbers: Numbers) -> str:
    user = expression.graph.nodes[part.user]
    share = vector_text(part.share, numbers, signed=True)
    return f"{user.name} = {formula(expression, part.user)} hands back {share}"


def _why(expression: Expression, parts: tuple[Part, ...]) -> str:
    if not parts:
        return "From here blame goes back, operation by operation."
    if len(parts) > 1:
        return f"It is used {len(parts)} times: each use hands back a part, and they are added."
    user = expression.graph.nodes[parts[0].user]
    kink = _kink(expression, user.name)
    return f"{OPERATIONS[user.operation].words} {kink}".strip()


def _kink(expression: Expression, name: str) -> str:
    """Say where an operation stands on its kink; nothing for one that does not."""
    for kink in kinks_of(expression):
        if kink.name == name:
            rule = OPERATIONS[kink.operation].kink
            assert rule is not None
            if kink.exact:
                return f"It stands exactly on its kink, where {rule.hands}."
            return (
                "It stands on its kink but for rounding: the last bits decide, and blame may "
                "take the other side on paper."
            )
    return ""


def _factors(
    rows: list[tuple[str, str, Array, str, str]], numbers: Numbers
) -> list[dict[str, Any]]:
    """Return bars: what it is called, what it opens, its value, its origin, its tone."""
    found = {row[0]: row for row in rows}
    sizes = {name: min(float(abs(row[2]).max()), LARGEST) for name, row in found.items()}
    largest = max(sizes.values(), default=0.0) or 1.0
    return [
        {
            "name": name,
            "opens": opens,
            "text": vector_text(value, numbers),
            "tone": tone or tone_of_blame(value),
            "share": sizes[name] / largest,
            "negative": bool(value.reshape(-1)[0] < 0),
            "origin": origin,
        }
        for name, opens, value, origin, tone in found.values()
    ]
