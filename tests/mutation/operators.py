"""Finds every mutant of a file; each changes a few bytes and keeps the rest as it is written."""

from __future__ import annotations

import ast
import re

from tests.mutation import swaps
from tests.mutation.mutant import Mutant, Places, dump, is_same
from tests.mutation.skipped import LAID_OUT, is_left_alone, is_looks, names_looks

NUMERIC = re.compile(r"(float|int|\w*Array|np\.ndarray|NDArray\[.*\]|Fraction)")
"""Return types of which the negative is of the same type; others would fail for a cheap reason."""


def find_mutants(path: str, source: bytes) -> list[Mutant]:
    """Return the mutants of a file in the order of the text."""
    finder = _Finder(path, source)
    finder.visit(ast.parse(source))
    return sorted(finder.found)


class _Finder(Places):
    returned = ""
    """What the function around says it returns."""

    # Statements

    def visit(self, node: ast.AST) -> None:
        if not isinstance(node, ast.stmt):
            super().visit(node)
        elif not is_left_alone(node):
            body = getattr(node, "body", None)
            last = max(node.lineno, body[0].lineno - 1) if body else node.end_lineno
            with self.within(rows=(node.lineno, last)):
                super().visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        for default in (*node.args.defaults, *filter(None, node.args.kw_defaults)):
            self.visit(default)
        returned = ast.unparse(node.returns) if node.returns else ""
        with self.within(depth=self.depth + 1, returned=returned):
            for statement in node.body:
                self.visit(statement)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        for statement in node.body:
            self.visit(statement)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        self.assigned([node.target], node.value)

    def visit_Assign(self, node: ast.Assign) -> None:
        self.assigned(node.targets, node.value)

    def assigned(self, targets: list[ast.expr], value: ast.expr | None) -> None:
        for target in targets:
            self.visit(target)
        if value:
            looks = self.pages and any(map(names_looks, targets))
            with self.within(looks=self.looks or looks):
                self.visit(value)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        self.arithmetic(node.op, node.target, node.value, "=")
        self.generic_visit(node)

    def visit_Return(self, node: ast.Return) -> None:
        # A constant has its own mutants.
        if node.value and not isinstance(node.value, ast.Constant):
            start, end = self.span(node.value)
            if NUMERIC.fullmatch(self.returned):
                self.add("return negated", start, end, f"-({self.text(node.value)})")
            elif self.returned == "bool":
                self.negated("return negated", node.value)
        self.generic_visit(node)

    # Conditions

    def negated(self, operator: str, test: ast.expr) -> None:
        # A lone comparison is turned round and a lone `not` removed anyway.
        alone = isinstance(test, ast.Compare) and len(test.ops) == 1
        if not alone and not (isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not)):
            self.add(operator, *self.span(test), f"(not ({self.text(test)}))")

    def visit_If(self, node: ast.If) -> None:
        self.negated("if negated", node.test)
        self.generic_visit(node)

    def visit_IfExp(self, node: ast.IfExp) -> None:
        self.negated("if negated", node.test)
        self.generic_visit(node)

    def visit_comprehension(self, node: ast.comprehension) -> None:
        for test in node.ifs:
            self.negated("if negated", test)
        self.generic_visit(node)

    def visit_Compare(self, node: ast.Compare) -> None:
        sides = [node.left, *node.comparators]
        for left, operator, right in zip(sides, node.ops, sides[1:], strict=False):
            written, others = swaps.COMPARISONS[type(operator)]
            for other in others:
                self.add_between("comparison", left, right, written, other)
        self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        written, other = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
        for left, right in zip(node.values, node.values[1:], strict=False):
            self.add_between("and/or", left, right, rf"\b{written}\b", other)
        self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> None:
        start = self.span(node)[0]
        if isinstance(node.op, ast.Not):
            length = len(re.match(rb"not\s*", self.source[start:])[0])  # type: ignore[index]
            self.add("not removed", start, start + length, "")
        elif isinstance(node.op, ast.USub) and not self.looks:
            self.add("minus removed", start, start + 1, "")
        self.generic_visit(node)

    # Arithmetic and functions

    def arithmetic(
        self, operator: ast.operator, left: ast.expr, right: ast.expr, tail: str = ""
    ) -> None:
        texts = any(
            isinstance(side, ast.JoinedStr)
            or (isinstance(side, ast.Constant) and isinstance(side.value, str))
            for side in (left, right)
        )
        if type(operator) in swaps.ARITHMETIC and not texts and not self.looks:
            written, other = swaps.ARITHMETIC[type(operator)]
            self.add_between("arithmetic", left, right, re.escape(written + tail), other + tail)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        self.arithmetic(node.op, node.left, node.right)
        self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> None:
        if node.id in swaps.FUNCTIONS and isinstance(node.ctx, ast.Load) and not self.looks:
            self.add("function", *self.span(node), swaps.FUNCTIONS[node.id])

    def visit_Attribute(self, node: ast.Attribute) -> None:
        end = self.span(node)[1]
        if self.source[end - 2 : end] == b".T":
            self.add("transpose dropped", end - 2, end, "")
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        func = node.func
        name = func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "")
        start, end = self.span(node)
        if isinstance(func, ast.Attribute) and name in swaps.METHODS and not self.looks:
            stop = self.span(func)[1]
            self.add("function", stop - len(name), stop, swaps.METHODS[name])
        if name in swaps.DROPPED and node.args and not self.looks:
            if isinstance(func, ast.Name) or self.text(func.value) == "np":
                self.add("function dropped", start, end, f"({self.text(node.args[0])})")
            else:
                self.add("function dropped", self.span(func)[1] - len(name) - 1, end, "")
        self.visit(func)
        with self.within(looks=self.looks or (self.pages and name in LAID_OUT)):
            for argument in node.args:
                self.visit(argument)
        for keyword in node.keywords:
            self.under(keyword.arg or "", keyword.value)

    # Values

    def under(self, key: str, value: ast.expr) -> None:
        with self.within(looks=self.looks or (self.pages and is_looks(key))):
            self.visit(value)

    def visit_Dict(self, node: ast.Dict) -> None:
        for key, value in zip(node.keys, node.values, strict=True):
            name = key.value if isinstance(key, ast.Constant) else None
            if isinstance(name, str):
                self.under(name, value)
            else:
                if key:
                    self.visit(key)
                self.visit(value)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        self.visit(node.value)
        parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        for part in parts:
            if not (isinstance(part, ast.Constant) and isinstance(part.value, str)):
                with self.within(index=isinstance(part, ast.Constant)):
                    self.visit(part)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str):
            self.words(node)
        elif isinstance(node.value, bool):
            if not self.looks:
                self.add("constant", *self.span(node), str(not node.value))
        elif isinstance(node.value, int | float) and not self.looks:
            new = swaps.number(node.value, index=self.index)
            self.add("constant", *self.span(node), new)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        self.words(node)
        for value in node.values:
            # Where Python misplaces an expression inside of a string, it is left alone.
            if isinstance(value, ast.FormattedValue) and self.placed(value.value):
                self.visit(value.value)

    def placed(self, node: ast.expr) -> bool:
        return is_same(f"({self.text(node)})", ast.dump(node), blank=False)

    def words(self, node: ast.expr) -> None:
        start, end = self.span(node)
        text = self.source[start:end]
        before = dump(f"({text.decode()})", blank=True)
        for match in swaps.WORD.finditer(text):
            other = swaps.opposite(match[0].decode())
            changed = (text[: match.start()] + other.encode() + text[match.end() :]).decode()
            # The words of a sentence are meant, not the code that stands in its braces.
            if is_same(f"({changed})", before, blank=True):
                self.add("word", start + match.start(), start + match.end(), other)
