"""The registry of operations. A new one is one entry in its file; all else reads it from here."""

from __future__ import annotations

from blame.expression.operations.gathering import GATHERING
from blame.expression.operations.kinked import KINKED
from blame.expression.operations.operation import Operation
from blame.expression.operations.signs import SIGNS
from blame.expression.operations.smooth import SMOOTH

OPERATIONS: dict[str, Operation] = {
    operation.name: operation for operation in (*SIGNS, *SMOOTH, *KINKED, *GATHERING)
}
"""Every operation by name."""


def written_as(sign: str, arity: int) -> Operation:
    """Return the operation that a sign stands for, between two inputs or before one."""
    return next(
        operation
        for operation in OPERATIONS.values()
        if operation.sign == sign and operation.arity == arity
    )


def called(name: str) -> Operation | None:
    """Return the operation that a text calls by this name, None if there is none."""
    return next(
        (
            operation
            for operation in OPERATIONS.values()
            if not operation.sign and name in (operation.name, *operation.also)
        ),
        None,
    )


def of_entries(operation: Operation) -> Operation | None:
    """Return what an operation of two is of all entries of one vector, as max is; else None."""
    found = (one for one in OPERATIONS.values() if one.gathers and one.shown == operation.name)
    return next(found, None)


def functions() -> tuple[str, ...]:
    """Return what a text may call."""
    plain = (one for one in OPERATIONS.values() if not one.sign and not one.shown)
    return tuple(one.name for one in plain)
