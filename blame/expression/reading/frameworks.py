"""What small engines and frameworks write, as the plain formula it means. Nothing is executed.

`Value(2.0)` and `torch.tensor(2.0, requires_grad=True)` are their number, `torch.tanh(x)` and
`x.tanh()` are `tanh(x)`, `y.backward()` says of which number blame is asked; imports, prints and
what only reads or clears a gradient are passed over.
"""

from __future__ import annotations

import ast

from blame.expression.operations import called

_MODULES = frozenset(("torch", "np", "numpy", "math", "F", "nn", "jnp", "anp", "functional"))
_IMPORTED = frozenset(("torch", "numpy", "math", "micrograd", "autograd", "jax", "graphviz"))
_NUMBERS = frozenset(("Value", "tensor", "Tensor", "FloatTensor", "DoubleTensor", "array"))
_SAME = frozenset(("double", "float", "requires_grad_", "detach", "clone", "squeeze", "item"))
_PASSED_OVER = frozenset(
    ("zero_", "zero_grad", "retain_grad", "requires_grad_", "print", "draw_dot")
)
_NOTED = frozenset(("label", "requires_grad", "grad"))
SAID = "What sets up or prints is passed over; each value stands for its number."


def mentions_a_framework(code: str) -> bool:
    """Whether a text has anything of the forms that are read here."""
    return "." in code or "Value" in code or "import" in code or "print" in code


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
        if isinstance(statement, ast.Assign):
            noted = all(
                isinstance(one, ast.Attribute) and one.attr in _NOTED for one in statement.targets
            )
            return self._passed(statement, noted)
        if not isinstance(statement, ast.Expr):
            return statement
        value = statement.value
        if isinstance(value, ast.Attribute):
            return self._passed(statement, value.attr in ("grad", "data"))
        if not isinstance(value, ast.Call):
            return statement
        name = _last_name(value.func)
        if name == "backward" and isinstance(value.func, ast.Attribute):
            self.changed = True
            return ast.copy_location(ast.Expr(_asked(value)), statement)
        return self._passed(statement, name in _PASSED_OVER)

    def _passed(self, statement: ast.stmt, over: bool) -> ast.stmt | None:
        self.changed |= over
        return None if over else statement

    def visit_Call(self, node: ast.Call) -> ast.expr:
        """Return a call in plain notation."""
        name = _last_name(node.func)
        first = node.args[0] if node.args else None
        attribute = isinstance(node.func, ast.Attribute)
        if name in _NUMBERS and first is not None and (not attribute or _of_module(node.func)):
            self.changed = True
            return self._visited(first)
        if isinstance(node.func, ast.Attribute) and not _of_module(node.func):
            inner = node.func.value
            if name in _SAME:
                self.changed = True
                return self._visited(inner)
            if name == "pow" and first is not None:
                return self._changed(ast.BinOp(self._visited(inner), ast.Pow(), first), node)
            if called(name):
                return self._call(name, [inner, *node.args], node)
        elif attribute and name == "pow" and len(node.args) == 2:
            left, right = map(self._visited, node.args)
            return self._changed(ast.BinOp(left, ast.Pow(), right), node)
        elif attribute and called(name):
            return self._call(name, node.args, node)
        self.generic_visit(node)
        return node

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        """Return the number of `x.data`."""
        if node.attr == "data":
            self.changed = True
            return self._visited(node.value)
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


def _asked(call: ast.Call) -> ast.expr:
    """Return what `.backward()` asks the blame of; with an upstream the sum of both products."""
    assert isinstance(call.func, ast.Attribute)
    of = call.func.value
    upstream = [*call.args, *(one.value for one in call.keywords if one.arg == "gradient")]
    if not upstream:
        return of
    product = ast.copy_location(ast.BinOp(of, ast.Mult(), upstream[0]), call)
    total = ast.copy_location(ast.Name("sum", ast.Load()), call)
    return ast.copy_location(ast.Call(total, [product], []), call)


def _last_name(func: ast.expr) -> str:
    if isinstance(func, ast.Attribute):
        return func.attr
    return func.id if isinstance(func, ast.Name) else ""


def _of_module(func: ast.expr) -> bool:
    """Whether a function is looked up in a module such as torch or torch.nn.functional."""
    if not isinstance(func, ast.Attribute):
        return False
    inner = func.value
    return _last_name(inner) in _MODULES
