"""What a piece of pasted code is called, and what it asks. Nothing is executed."""

from __future__ import annotations

import ast

from blame.expression.limits import MOST_WIDE

MODULES = frozenset(("torch", "np", "numpy", "math", "F", "nn", "jnp", "anp", "functional"))
_CUTS = frozenset(("detach", "item", "data"))


def asked(call: ast.Call) -> ast.expr:
    """Return what `.backward()` asks the blame of; with an upstream the sum of both products."""
    assert isinstance(call.func, ast.Attribute)
    of = call.func.value
    upstream = [*call.args, *(one.value for one in call.keywords if one.arg == "gradient")]
    if not upstream:
        return of
    product = ast.copy_location(ast.BinOp(of, ast.Mult(), upstream[0]), call)
    total = ast.copy_location(ast.Name("sum", ast.Load()), call)
    return ast.copy_location(ast.Call(total, [product], []), call)


def asked_of_grad(value: ast.expr) -> ast.expr | None:
    """Return what `torch.autograd.grad(L, w)` asks the blame of."""
    while isinstance(value, ast.Subscript):
        value = value.value
    call = isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and value.args
    if call and dotted(value.func)[-2:] == ["autograd", "grad"]:  # type: ignore[attr-defined]
        return value.args[0]  # type: ignore[attr-defined]
    return None


def is_read_off(value: ast.expr) -> bool:
    """Whether it only reads what is there: `x.grad`, `L.data`, `L.item()`."""
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and not value.args:
        return value.func.attr in _CUTS and bool(dotted(value.func))
    return isinstance(value, ast.Attribute) and value.attr in ("grad", "data")


def how_many(tree: ast.expr) -> int:
    """Return how many entries `ones(3)` or `ones((3,))` has, 0 for anything else."""
    if isinstance(tree, ast.Tuple | ast.List) and len(tree.elts) == 1:
        tree = tree.elts[0]
    small = isinstance(tree, ast.Constant) and type(tree.value) is int
    return tree.value if small and 0 < tree.value <= MOST_WIDE else 0  # type: ignore[attr-defined]


def dotted(func: ast.expr) -> list[str]:
    """Return a dotted name piece by piece."""
    found: list[str] = []
    while isinstance(func, ast.Attribute):
        found.insert(0, func.attr)
        func = func.value
    return [func.id, *found] if isinstance(func, ast.Name) else found


def last_name(func: ast.expr) -> str:
    if isinstance(func, ast.Attribute):
        return func.attr
    return func.id if isinstance(func, ast.Name) else ""


def of_module(func: ast.expr) -> bool:
    """Whether a function is looked up in a module such as torch or torch.nn.functional."""
    if not isinstance(func, ast.Attribute):
        return False
    inner = func.value
    return last_name(inner) in MODULES
