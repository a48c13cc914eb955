"""The statements of a text: names, and what each is given."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from blame.expression.errors import ExpressionError
from blame.expression.graph import Place
from blame.expression.reading.source import Source
from blame.expression.reading.subscripts import named, subscript_name, table

RESULT = "result"
"""What a formula without a name is called."""
LONGEST_NAME = 24


@dataclass(frozen=True)
class Statement:
    """One name, what it is given, and the operation that `c += a` joins it with before."""

    name: str
    value: ast.expr
    place: Place
    operation: type[ast.operator] | None = None


def statements_of(source: Source, tree: ast.Module) -> list[Statement]:
    """Return the statements in order; `a, b = 2, 3` and `a = b = 2` are two each.

    Raises
    ------
    ExpressionError
        If a statement is anything but an assignment to names or a formula.
    """
    found: list[Statement] = []
    for statement in tree.body:
        if isinstance(statement, ast.Assign):
            # a = b = 3 gives b the number, and a is b: one place in the text, one number.
            *others, last = statement.targets
            found += _assigned(source, last, statement.value)
            for target in others:
                alias = last if isinstance(last, ast.Name) else statement.value
                found += _assigned(source, target, alias)
        elif isinstance(statement, ast.AugAssign):
            name = _name(source, statement.target)
            place = source.place_of(statement)
            found.append(Statement(name, statement.value, place, type(statement.op)))
        elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
            found += _assigned(source, statement.target, statement.value)
        elif isinstance(statement, ast.Expr):
            # A bare name only points at what is there.
            if not isinstance(statement.value, ast.Name):
                found.append(Statement(RESULT, statement.value, source.place_of(statement)))
        else:
            raise ExpressionError(
                source.place_of(statement),
                "is no assignment and no formula",
                "write a name, then =, then its number or formula",
            )
    return found


def asked_name(tree: ast.Module) -> ast.Name | None:
    """Return the last name that stands alone in its line: the one that blame is asked of."""
    alone = (one.value for one in tree.body if isinstance(one, ast.Expr))
    return next((one for one in [*alone][::-1] if isinstance(one, ast.Name)), None)


def check_entries(statements: list[Statement]) -> None:
    """Refuse an entry that is given beside the whole vector it is of."""
    whole = {statement.name for statement in statements}
    for statement in statements:
        name, bracket, _ = statement.name.partition("[")
        if bracket and name in whole:
            raise ExpressionError(
                statement.place,
                f"is given to {statement.name}, and {name} is given whole",
                f"give all entries in the brackets of {name}, or each by itself",
            )


def _assigned(source: Source, target: ast.expr, value: ast.expr) -> list[Statement]:
    if isinstance(target, ast.Tuple | ast.List) and isinstance(value, ast.Tuple | ast.List):
        if len(target.elts) != len(value.elts):
            raise ExpressionError(
                source.place_of(target),
                f"has {len(target.elts)} names for {len(value.elts)} numbers",
                "give each name one",
            )
        pairs = zip(target.elts, value.elts, strict=True)
        return [one for name, part in pairs for one in _assigned(source, name, part)]
    numbers = table(value)
    if numbers is not None:
        whole = _name(source, target)
        return [Statement(named(whole, index), one, source.place_of(one)) for index, one in numbers]
    return [Statement(_name(source, target), value, source.place_of(value))]


def _name(source: Source, target: ast.expr) -> str:
    indexed = subscript_name(target)
    if indexed is not None and len(indexed.partition("[")[0]) <= LONGEST_NAME:
        return indexed
    if not isinstance(target, ast.Name):
        raise ExpressionError(
            source.place_of(target),
            "cannot be given a number",
            "write a plain name before the =, such as x, w1 or W1[0, 1]",
        )
    name = target.id
    if len(name) > LONGEST_NAME or name.startswith("__"):
        raise ExpressionError(
            source.place_of(target),
            "is no name for a number",
            f"take a name of at most {LONGEST_NAME} letters, such as x or w1",
        )
    return name
