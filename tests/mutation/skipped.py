"""What is left alone, so that the figure speaks of claims; everything else is mutated.

Docstrings, type hints, decorators, `__all__`, and what runs only as a script or for the type
checker are left alone everywhere. On the pages' side so are numbers, switches and arithmetic that
set looks: conditions under the same keys are not, for a colour chosen by a sign is a claim.
"""

from __future__ import annotations

import ast

_KEYS = """
    width height size color colour margin opacity pad padding gap bargap xshift yshift ax ay
    standoff namelength smoothing dash font line legend fixedrange automargin zeroline showgrid
    showline showticklabels showlegend showarrow showscale cliponaxis responsive
    hoverinfo hoverlabel hovertemplate hovermode dragmode thickness xpad ypad tickangle ticklen
    nticks zorder
"""
LOOKS = frozenset(_KEYS.split())
"""Keys of a figure's dictionaries, and last parts of keywords such as `line_width`."""

SIZES = frozenset({"ROW", "LOW_ROW", "TITLE", "GAP", "LABELS"})
"""Names of lengths in pixels."""

LAID_OUT = frozenset({"base_layout"})
"""Functions whose arguments are pixels."""


def is_looks(key: str) -> bool:
    """Whether what stands under this key or name sets looks only."""
    return key in SIZES or key.lower().rpartition("_")[2] in LOOKS


def names_looks(target: ast.expr) -> bool:
    """Whether an assignment sets looks: `WIDTH = 3`, `layout["margin"]["t"] = 34`."""
    if isinstance(target, ast.Name):
        return is_looks(target.id)
    if isinstance(target, ast.Subscript):
        key = target.slice
        named = isinstance(key, ast.Constant) and isinstance(key.value, str)
        return (named and is_looks(key.value)) or names_looks(target.value)
    return False


def is_left_alone(statement: ast.stmt) -> bool:
    """Whether a whole statement is no claim of the running code."""
    if isinstance(statement, ast.Expr):
        return isinstance(statement.value, ast.Constant)
    if isinstance(statement, ast.Assign):
        return any(
            isinstance(name, ast.Name) and name.id == "__all__" for name in statement.targets
        )
    if isinstance(statement, ast.If):
        test = ast.unparse(statement.test)
        return "TYPE_CHECKING" in test or test.startswith("__name__ ==")
    return False
