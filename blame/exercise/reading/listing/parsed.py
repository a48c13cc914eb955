"""What a statement is, told by its parse alone."""

from __future__ import annotations

import ast


def whole_of_attribute(target: ast.Subscript) -> bool:
    parts = target.slice
    whole = isinstance(parts, ast.Slice) and not (parts.lower or parts.upper or parts.step)
    return isinstance(target.value, ast.Attribute) and (
        whole or (isinstance(parts, ast.Constant) and parts.value is Ellipsis)
    )


def names_main(test: ast.Compare) -> bool:
    return isinstance(test.left, ast.Name) and test.left.id == "__name__"


def asked(expression: ast.expr) -> list[str]:
    """Return the names that a session asks for: x, y or print(x)."""
    if isinstance(expression, ast.Call) and getattr(expression.func, "id", "") == "print":
        return [name for arg in expression.args for name in asked(arg)]
    if isinstance(expression, (ast.Tuple, ast.List)):
        return [name for part in expression.elts for name in asked(part)]
    if isinstance(expression, ast.Name):
        return [expression.id]
    return [ast.unparse(expression)] if isinstance(expression, ast.Attribute) else []


def last(statement: ast.stmt) -> int:
    # A block's own lines are told one by one.
    return statement.lineno if hasattr(statement, "body") else statement.end_lineno or 0


def assigned(statement: ast.stmt) -> list[str]:
    targets = getattr(statement, "targets", [getattr(statement, "target", None)])
    return [target.id for target in targets if isinstance(target, ast.Name)]


def updates(statement: ast.stmt, name: str) -> bool:
    """Whether a name is worked out from what it holds: what it held before still counts."""
    value = getattr(statement, "value", None)
    return isinstance(value, ast.expr) and any(
        isinstance(part, ast.Name) and part.id == name for part in ast.walk(value)
    )
