"""What small engines and frameworks write, as the plain formula it means. Nothing is executed.

`Value(2.0)` and `torch.tensor(2.0, requires_grad=True)` are their number, `torch.tanh(x)` and
`x.tanh()` are `tanh(x)`, `y.backward()` says of which number blame is asked; imports, prints and
what only reads or clears a gradient are passed over.
"""

from __future__ import annotations

import ast
import math

from blame.expression.operations import called
from blame.expression.reading.pasted.code_pieces import (
    MODULES,
    asked,
    asked_of_grad,
    dotted,
    how_many,
    is_read_off,
    last_name,
    of_module,
)

_IMPORTED = frozenset(
    ("torch", "numpy", "math", "micrograd", "autograd", "jax", "graphviz", "matplotlib", "random")
)
_TENSORS = ("tensor", "Tensor", "FloatTensor", "DoubleTensor", "as_tensor", "scalar_tensor")
_NUMBERS = frozenset(
    ("Value", *_TENSORS, "array", "asarray", "Variable", "Parameter", "float32", "float64", "float")
)
_SAME = frozenset(
    ("double", "float", "requires_grad_", "clone", "squeeze", "to", "cpu", "numpy", "contiguous")
)
_SET_UP = ("seed", "manual_seed", "set_default_dtype", "set_printoptions", "requires_grad_")
_PASSED_OVER = frozenset(
    ("zero_", "zero_grad", "retain_grad", "print", "draw_dot", "step", "show", *_SET_UP)
)
_NOTED = frozenset(("label", "requires_grad", "grad", "data"))
_FILLED = {"ones": 1.0, "zeros": 0.0}
_CONSTANTS = {"pi": math.pi, "e": math.e}
_SIGNS: dict[str, type[ast.operator]] = {
    "add": ast.Add,
    "sub": ast.Sub,
    "subtract": ast.Sub,
    "mul": ast.Mult,
    "multiply": ast.Mult,
    "div": ast.Div,
    "divide": ast.Div,
    "true_divide": ast.Div,
    "pow": ast.Pow,
    "power": ast.Pow,
    "dot": ast.MatMult,
    "matmul": ast.MatMult,
    "inner": ast.MatMult,
}
_LAYERS = {"ReLU": "relu", "Sigmoid": "sigmoid", "Tanh": "tanh"}
SAID = "What sets up or prints is passed over; each value stands for its number."


def mentions_a_framework(code: str) -> bool:
    """Whether a text has anything of the forms that are read here."""
    return any(mark in code for mark in (".", "Value", "import", "print", "'", '"'))


def plain_tree(tree: ast.Module) -> tuple[ast.Module, bool]:
    """Return the same statements in plain notation, and whether anything was changed.

    Each piece keeps its place in the text.
    """
    plain = _Plain()
    body: list[ast.stmt] = []
    for statement in tree.body:
        kept = plain.statement(statement)
        if kept is not None:
            body.append(plain.visit(kept))
    return ast.Module(body, []), plain.changed


class _Plain(ast.NodeTransformer):
    def __init__(self) -> None:
        self.changed = False

    def statement(self, statement: ast.stmt) -> ast.stmt | None:
        """Return a statement as it is meant; None for one that computes nothing."""
        if isinstance(statement, ast.Import):
            names = [alias.name.partition(".")[0] for alias in statement.names]
            return self._passed(statement, all(name in _IMPORTED for name in names))
        if isinstance(statement, ast.ImportFrom):
            return self._passed(statement, (statement.module or "").partition(".")[0] in _IMPORTED)
        if isinstance(statement, ast.Assign | ast.AugAssign | ast.AnnAssign):
            return self._assignment(statement)
        if not isinstance(statement, ast.Expr):
            return statement
        value = statement.value
        if isinstance(value, ast.Tuple | ast.List) and value.elts:
            return self._passed(statement, all(map(is_read_off, value.elts)))
        if isinstance(value, ast.Constant):
            # A note in quotes, or what a session answered.
            return self._passed(statement, True)
        if is_read_off(value):
            return self._passed(statement, True)
        if of := asked_of_grad(value):
            self.changed = True
            return ast.copy_location(ast.Expr(of), statement)
        if not isinstance(value, ast.Call):
            return statement
        name = last_name(value.func)
        if name == "backward" and isinstance(value.func, ast.Attribute):
            self.changed = True
            return ast.copy_location(ast.Expr(asked(value)), statement)
        return self._passed(statement, name in _PASSED_OVER)

    def _assignment(self, statement: ast.Assign | ast.AugAssign | ast.AnnAssign) -> ast.stmt | None:
        """Pass over notes, what is read off, steps along a gradient and who will take them."""
        value = statement.value
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        noted = all(isinstance(one, ast.Attribute) and one.attr in _NOTED for one in targets)
        if value is None:
            return self._passed(statement, noted)
        if of := asked_of_grad(value):
            self.changed = True
            return ast.copy_location(ast.Expr(of), statement)
        pieces = [one for one in ast.walk(value) if isinstance(one, ast.Attribute)]
        steps = any(one.attr == "grad" for one in pieces)
        takes = isinstance(value, ast.Call) and "optim" in dotted(value.func)
        return self._passed(statement, noted or steps or takes or is_read_off(value))

    def _passed(self, statement: ast.stmt, over: bool) -> ast.stmt | None:
        self.changed |= over
        return None if over else statement

    def visit_Call(self, node: ast.Call) -> ast.expr:
        """Return a call in plain notation."""
        name = last_name(node.func)
        module = of_module(node.func)
        method = isinstance(node.func, ast.Attribute) and not module
        args = [*node.args, *(one.value for one in node.keywords if one.arg == "data")]
        if name in _NUMBERS and args and not method:
            self.changed = True
            return self._visited(args[0])
        if module and name in _FILLED and len(args) == 1 and how_many(args[0]):
            entries = [ast.Constant(_FILLED[name]) for _ in range(how_many(args[0]))]
            whole = [ast.copy_location(entry, node) for entry in entries]
            return self._changed(ast.List(list(whole), ast.Load()), node)
        layer = node.func.func if isinstance(node.func, ast.Call) and not node.func.args else None
        if layer is not None:
            name = last_name(layer)
            module, args = True, node.args
        if method:
            assert isinstance(node.func, ast.Attribute)
            inner = node.func.value
            if name in _SAME:
                self.changed = True
                return self._visited(inner)
            args = [inner, *args]
        elif not module:
            self.generic_visit(node)
            return node
        found = self._operation(_LAYERS.get(name, name) if layer is not None else name, args, node)
        if found is None:
            self.generic_visit(node)
            return node
        return found

    def _operation(self, name: str, args: list[ast.expr], node: ast.Call) -> ast.expr | None:
        """Return what a function of a framework works out, None for one that is none of ours."""
        if called(name):
            return self._call(name, args, node)
        if name in _SIGNS and len(args) == 2:
            left, right = map(self._visited, args)
            return self._changed(ast.BinOp(left, _SIGNS[name](), right), node)
        if name in ("neg", "negative") and len(args) == 1:
            return self._changed(ast.UnaryOp(ast.USub(), self._visited(args[0])), node)
        if name == "square" and len(args) == 1:
            return self._square(self._visited(args[0]), node)
        if name == "reciprocal" and len(args) == 1:
            one = ast.copy_location(ast.Constant(1.0), node)
            return self._changed(ast.BinOp(one, ast.Div(), self._visited(args[0])), node)
        if name in ("mse_loss", "MSELoss") and len(args) == 2:
            left, right = map(self._visited, args)
            apart = ast.copy_location(ast.BinOp(left, ast.Sub(), right), node)
            func = ast.copy_location(ast.Name("mean", ast.Load()), node)
            return self._changed(ast.Call(func, [self._square(apart, node)], []), node)
        return None

    def _square(self, of: ast.expr, node: ast.Call) -> ast.expr:
        two = ast.copy_location(ast.Constant(2), node)
        return self._changed(ast.BinOp(of, ast.Pow(), two), node)

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        """Return the number of `math.pi`."""
        if node.attr in _CONSTANTS and last_name(node.value) in MODULES:
            return self._changed(ast.Constant(_CONSTANTS[node.attr]), node)
        return node

    def _call(self, name: str, arguments: list[ast.expr], node: ast.Call) -> ast.expr:
        func = ast.copy_location(ast.Name(name, ast.Load()), node)
        made = ast.Call(func, [self._visited(one) for one in arguments], node.keywords)
        return self._changed(made, node)

    def _changed(self, made: ast.expr, node: ast.expr) -> ast.expr:
        self.changed = True
        return ast.copy_location(made, node)

    def _visited(self, node: ast.expr) -> ast.expr:
        found: ast.expr = self.visit(node)
        return found
