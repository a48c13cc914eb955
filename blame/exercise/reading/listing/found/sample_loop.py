"""Whether a loop trains sample by sample: its body updates what all its turns share."""

from __future__ import annotations

import ast
import re

_RATE = re.compile(r"(?i)(?:lr|eta|η|alpha|α|\w*rate|step_?size)")
_WEIGHT = re.compile(r"(?:self\.)?(?:[wWvVbB]\d{0,2}|weights?|bias(?:es)?)\b")


def sample_by_sample(target: ast.expr, iterable: ast.expr, body: list[ast.stmt]) -> bool:
    """Return whether each turn takes another sample and ends in an update of the weights.

    A loop over the layers updates what belongs to its turn: `for p, g in zip(params, grads)`.
    """
    turns = _names(target)
    counted = isinstance(iterable, ast.Call) and getattr(iterable.func, "id", "") == "range"
    parts = [part for line in body for part in ast.walk(line)]
    if counted:
        taken = any(
            isinstance(part, ast.Subscript) and turns & _names(part.slice) for part in parts
        )
    else:
        taken = any(isinstance(part, ast.Name) and part.id in turns for part in parts)
    return taken and any(_updates(part, turns) for part in parts)


def _updates(part: ast.AST, turns: set[str]) -> bool:
    if isinstance(part, ast.Call):
        function = part.func
        return isinstance(function, ast.Attribute) and function.attr == "step"
    if isinstance(part, ast.AugAssign):
        changed: ast.expr = part.target
        by, op = part.value, part.op
    elif (
        isinstance(part, ast.Assign)
        and isinstance(part.value, ast.BinOp)
        and ast.unparse(part.targets[0]) == ast.unparse(part.value.left)
    ):
        changed, by, op = part.targets[0], part.value.right, part.value.op
    else:
        return False
    rate = any(_RATE.fullmatch(name) for name in _names(by))
    rate = rate or bool(_WEIGHT.match(ast.unparse(changed)))
    # Errors and gradients are added up without a rate, in names of their own.
    steps = isinstance(op, ast.Sub) or (isinstance(op, ast.Add) and rate)
    return steps and not turns & _names(changed)


def _names(expression: ast.AST) -> set[str]:
    found = {part.id for part in ast.walk(expression) if isinstance(part, ast.Name)}
    return found | {part.attr for part in ast.walk(expression) if isinstance(part, ast.Attribute)}
