"""`read_expression`: a formula in Python's notation in, a graph with its numbers out.

The text is parsed with `ast` and never executed: what is not one of the few forms below is refused.
"""

from __future__ import annotations

import ast

import numpy as np

from blame.arrays import Array
from blame.expression.errors import ExpressionError
from blame.expression.expression import Expression
from blame.expression.graph import Graph, Place
from blame.expression.limits import DEEPEST, MOST_OPERATIONS, MOST_TEXT
from blame.expression.operations import called, functions, of_entries, written_as
from blame.expression.reading.build import Builder
from blame.expression.reading.numbers import number_of
from blame.expression.reading.parse import parsed, without_frameworks
from blame.expression.reading.pasted.frameworks import SAID as FRAMEWORK_SAID
from blame.expression.reading.pasted.latex import from_latex, latex_said, looks_like_latex, place_in
from blame.expression.reading.source import Source
from blame.expression.reading.statements import RESULT, asked_name, check_entries, statements_of
from blame.expression.reading.subscripts import entry_of, subscript_name
from blame.expression.reading.trouble import listed, meant, why_no_call, why_not

_SIGNS: dict[type[ast.AST], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.Pow: "**",
    ast.USub: "-",
}
_DEEPEST = MOST_OPERATIONS + 2 * DEEPEST


def read_expression(text: str) -> Expression:
    """Return the expression that a text writes, with its numbers.

    Assignments, one a line or parted by semicolons: `f = (x + y) * z; x = -2; y = 5; z = -4`. A
    name may be used before the line that gives it, where it is given once; where it is given
    several times, each use means the last before it. A name alone in its line is the one that
    blame is asked of. Numbers are `3`, `-0.5`, `1/3`, `1e-3`, and vectors `[2, 3]`. A line without
    a name is called `result`. `Value(...)` code, scalars of PyTorch and LaTeX are read as the
    formula they mean.

    Raises
    ------
    ExpressionError
        A ValueError that names the line, the column, the piece and the remedy.
    """
    if len(text) > MOST_TEXT or not looks_like_latex(text):
        return _read(text)
    plain = from_latex(text)
    try:
        return _read(plain, latex_said(plain))
    except ExpressionError as error:
        # Where the piece stands in the LaTeX, if it stands there as it is.
        raise ExpressionError(place_in(text, error.place), error.why, error.remedy) from None


def _read(text: str, said: str = "") -> Expression:
    source = Source(text)
    reader = Reader(source)
    graph, given = reader.read()
    return Expression(graph, given, text, ((said,) if said else source.said) + reader.said)


class Reader:
    """Follows the statements of one text."""

    def __init__(self, source: Source) -> None:
        self.source = source
        tree, framework = without_frameworks(parsed(source), source.code)
        self.said = (FRAMEWORK_SAID,) if framework or source.passed else ()
        self.asked = asked_name(tree)
        self.statements = statements_of(source, tree)
        check_entries(self.statements)
        names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        self.built = Builder(frozenset(names | {s.name for s in self.statements}))
        self.done: set[int] = set()
        self.doing: list[int] = []

    def read(self) -> tuple[Graph, dict[int, Array]]:
        """Return the graph and its numbers."""
        for k in range(len(self.statements)):
            self._do(k)
        graph = self.built.graph(self._result())
        given = {k: np.array(graph.nodes[k].number) for k in graph.given}
        return graph, given

    def _do(self, k: int) -> None:
        """Work out one statement, unless a use before it has asked for it already."""
        if k in self.done:
            return
        statement = self.statements[k]
        self.doing.append(k)
        if len(self.doing) > DEEPEST:
            raise ExpressionError(
                statement.place, "waits for too many lines below it", "give the numbers first"
            )
        number = number_of(statement.value) if statement.operation is None else None
        if number is not None and statement.name != RESULT:
            node = self.built.given(statement.name, number, statement.place)
        else:
            node = self._node(statement.value, 0)
            if statement.operation is not None:
                # c += a is c = c + a, with the c of before.
                before = self._named(statement.name, statement.place)
                node = self.built.operate(
                    written_as(_SIGNS[statement.operation], 2), (before, node), statement.place
                )
        self.built.assign(statement.name, node)
        self.doing.pop()
        self.done.add(k)

    def _node(self, tree: ast.expr, depth: int) -> int:
        place = self._place(tree)
        if depth > _DEEPEST:
            raise ExpressionError(place, "is nested too deep", "give a part a name of its own")
        number = number_of(tree)
        if number is not None:
            return self.built.constant(number, place)
        if isinstance(tree, ast.Name):
            return self._named(tree.id, place)
        if isinstance(tree, ast.Subscript):
            return self._subscript(tree, place, depth)
        if isinstance(tree, ast.BinOp) and type(tree.op) in _SIGNS:
            inputs = self._node(tree.left, depth + 1), self._node(tree.right, depth + 1)
            return self.built.operate(written_as(_SIGNS[type(tree.op)], 2), inputs, place)
        if isinstance(tree, ast.BinOp) and isinstance(tree.op, ast.MatMult):
            inputs = self._node(tree.left, depth + 1), self._node(tree.right, depth + 1)
            return self.built.dot(*inputs, place)
        if isinstance(tree, ast.UnaryOp) and isinstance(tree.op, ast.USub | ast.UAdd):
            inner = self._node(tree.operand, depth + 1)
            if isinstance(tree.op, ast.UAdd):
                return inner
            return self.built.operate(written_as("-", 1), (inner,), place)
        if isinstance(tree, ast.Call):
            return self._call(tree, place, depth)
        raise ExpressionError(place, *why_not(tree))

    def _call(self, tree: ast.Call, place: Place, depth: int) -> int:
        if not isinstance(tree.func, ast.Name):
            raise ExpressionError(self._place(tree.func), *why_no_call(tree.func))
        operation = called(tree.func.id)
        if operation is None:
            raise ExpressionError(
                self._place(tree.func),
                "is no function that can be worked out here",
                meant(tree.func.id, functions()) or f"functions are {listed(functions())}",
            )
        if tree.keywords or any(isinstance(one, ast.Starred) for one in tree.args):
            raise ExpressionError(place, "takes plain numbers", "write them one after the other")
        asked, args = operation.arity, tree.args
        whole = of_entries(operation)
        if whole is not None and len(args) == 1:
            # max([a, b]) is that of two, max(v) that of all entries of v.
            if isinstance(args[0], ast.List | ast.Tuple) and number_of(args[0]) is None:
                args = args[0].elts
            else:
                vector = self._node(args[0], depth + 1)
                if self.built.widths[vector] > 1:
                    return self.built.operate(whole, (vector,), place)
        if len(args) < asked or (len(args) > asked and asked == 1):
            needs = f"{operation.name} takes {'one' if asked == 1 else 'two or more'}"
            needs += ", or a vector" if whole is not None else ""
            raise ExpressionError(place, f"has {len(args)} in its brackets", needs)
        first, *others = [self._node(one, depth + 1) for one in args]
        if asked == 1:
            return self.built.operate(operation, (first,), place)
        for other in others:
            first = self.built.operate(operation, (first, other), place)
        return first

    def _subscript(self, tree: ast.Subscript, place: Place, depth: int) -> int:
        """Return the number of that name, or an entry of the vector before the brackets."""
        name = subscript_name(tree)
        if name is not None and any(statement.name == name for statement in self.statements):
            return self._named(name, place)
        entry = entry_of(tree)
        if entry is None:
            raise ExpressionError(
                place, "is no entry", "write whole numbers in the brackets, such as v[0]"
            )
        if name is not None and not self._gives(name.partition("[")[0]):
            # As a name of its own it has no number.
            return self._named(name, place)
        vector = self._node(tree.value, depth + 1)
        width = self.built.widths[vector]
        if width == 1:
            raise ExpressionError(place, "looks into one number", "take the brackets away")
        if not -width <= entry < width:
            raise ExpressionError(
                place, "is not there", f"its entries are 0 to {width - 1}, counted from 0"
            )
        taken = written_as(f"[{entry % width}]", 1)
        return self.built.operate(taken, (vector,), place)

    def _gives(self, name: str) -> bool:
        return any(statement.name == name for statement in self.statements)

    def _named(self, name: str, place: Place) -> int:
        if name in self.built.latest:
            return self.built.latest[name]
        given = [k for k, statement in enumerate(self.statements) if statement.name == name]
        if not given:
            if called(name):
                raise ExpressionError(place, "is a function", f"call it with a number: {name}(...)")
            known = tuple(statement.name for statement in self.statements)
            entry = next((one for one in known if one.startswith(f"{name}[")), "")
            if entry:
                raise ExpressionError(
                    place, "is no single number", f"use its entries, such as {entry}"
                )
            raise ExpressionError(
                place, "has no number", meant(name, known) or f"give it one: {name} = 1"
            )
        if given[0] in self.doing:
            raise ExpressionError(
                place, "is needed to work itself out", f"give {name} a number before this line"
            )
        if len(given) > 1:
            raise ExpressionError(
                place,
                f"is used before it is given, and given {len(given)} times",
                f"give {name} its number above this line",
            )
        self._do(given[0])
        return self.built.latest[name]

    def _result(self) -> int:
        if self.asked is not None:
            return self._named(self.asked.id, self._place(self.asked))
        nodes, used = self.built.nodes, {k for node in self.built.nodes for k in node.inputs}
        assigned = [self.built.latest[statement.name] for statement in self.statements]
        ends = [k for k in assigned if k not in used and nodes[k].inputs]
        if not ends:
            raise ExpressionError(
                self.statements[-1].place if self.statements else Place(),
                "computes nothing",
                "write a formula, such as f = (x + y) * z; x = -2; y = 5; z = -4",
            )
        return ends[-1]

    def _place(self, tree: ast.expr) -> Place:
        return self.source.place_of(tree)
