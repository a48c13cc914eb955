"""Readers share a process: nothing in it may keep what one of them typed for another to see.

No module of the app changes anything that outlives a run, apart from caches that are bounded and
keyed by the very numbers they answer for.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.test_imports import FILES, ROOT

CHANGERS = {
    "append", "extend", "insert", "remove", "pop", "popitem", "clear", "update", "setdefault",
    "add", "discard", "sort", "reverse", "appendleft", "popleft", "difference_update", "fill",
    "intersection_update", "symmetric_difference_update", "move_to_end", "put", "__setitem__",
}  # fmt: skip
SESSION = {"session_state", "query_params"}
"""Streamlit keeps these apart, one for each reader."""
SEEDED = {"default_rng", "Generator", "SeedSequence", "RandomState"}
"""What NumPy's random numbers may be drawn with; the rest shares one generator."""
_Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


def shared_state(source: str) -> list[str]:
    """Return a sentence for everything in a module that could carry a value between readers."""
    tree = ast.parse(source)
    found = [*_caches(tree), *_statements(tree), *_classes(tree)]
    # A lower-case import is a module or a function: `choosing.put(...)` calls, and changes nothing.
    modules = {
        f"call of {alias.asname or alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
        if (alias.asname or alias.name).islower()
    }
    for function in _outer_functions(tree):
        found += _changes(function, modules)
    return sorted(found)


def _outer_functions(tree: ast.AST) -> Iterator[_Function]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, _Function):
            yield node
        else:
            yield from _outer_functions(node)


def _statements(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Global):
            yield f"line {node.lineno}: global {', '.join(node.names)}"
        elif isinstance(node, _Function):
            for default in [*node.args.defaults, *filter(None, node.args.kw_defaults)]:
                if _is_mutable(default):
                    yield f"line {default.lineno}: a mutable default"
        elif isinstance(node, ast.Attribute) and ast.unparse(node.value) == "np.random":
            if node.attr not in SEEDED:
                yield f"line {node.lineno}: {ast.unparse(node)} is everyone's generator"
        elif isinstance(node, ast.Import) and any(alias.name == "random" for alias in node.names):
            yield f"line {node.lineno}: random is everyone's generator"


def _classes(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        for statement in node.body if isinstance(node, ast.ClassDef) else []:
            value = getattr(statement, "value", None)
            if isinstance(statement, ast.Assign | ast.AnnAssign) and value and _is_mutable(value):
                yield f"line {statement.lineno}: all objects of {node.name} share this"


def _is_mutable(node: ast.AST) -> bool:
    if isinstance(node, ast.Call):
        return ast.unparse(node.func).split(".")[-1] in (
            "dict", "list", "set", "defaultdict", "Counter", "deque", "OrderedDict",
            "zeros", "empty",
        )  # fmt: skip
    kinds = ast.Dict | ast.List | ast.Set | ast.ListComp | ast.DictComp | ast.SetComp
    return isinstance(node, kinds)


def _caches(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        name = ast.unparse(node) if isinstance(node, ast.Attribute | ast.Name) else ""
        # A cached_property is kept with its object, and goes with it.
        if name in ("cache", "functools.cache"):
            yield f"line {node.lineno}: {name} has no bound"
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            keys = {key.arg: key.value for key in node.keywords}
            if called.endswith("lru_cache"):
                size = keys.get("maxsize", node.args[0] if node.args else ast.Constant(128))
                if isinstance(size, ast.Constant) and not isinstance(size.value, int):
                    yield f"line {node.lineno}: lru_cache has no bound"
            if called in ("st.cache_data", "st.cache_resource") and "max_entries" not in keys:
                yield f"line {node.lineno}: {called} has no max_entries"
        for decorator in getattr(node, "decorator_list", []):
            if ast.unparse(decorator) in ("st.cache_data", "st.cache_resource"):
                yield f"line {decorator.lineno}: {ast.unparse(decorator)} has no max_entries"


def _changes(function: _Function, around: set[str]) -> Iterator[str]:
    """Yield every change that a function makes to a name that is not its own."""
    body = function.body if isinstance(function.body, list) else [function.body]
    arguments = {node.arg for node in ast.walk(function.args) if isinstance(node, ast.arg)}
    own = around | arguments | {name for part in body for name in _bound(part)}
    for part in body:
        yield from _changed_in(part, own)


def _bound(node: ast.AST) -> Iterator[str]:
    """Yield the names that a statement binds, those of functions inside it left out."""
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        yield node.id
    if isinstance(node, _Function):
        return
    for child in ast.iter_child_nodes(node):
        yield from _bound(child)


def _changed_in(node: ast.AST, own: set[str]) -> Iterator[str]:
    if isinstance(node, _Function):
        yield from _changes(node, own)
        return
    changed: ast.expr | None = None
    if isinstance(node, ast.Attribute | ast.Subscript) and not isinstance(node.ctx, ast.Load):
        changed = node.value
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        called = node.func.value
        if node.func.attr in CHANGERS and f"call of {ast.unparse(called)}" not in own:
            changed = called
    if changed is not None and (text := _of_others(changed, own)):
        yield f"line {node.lineno}: changes {text}, which outlives the run"
    for child in ast.iter_child_nodes(node):
        yield from _changed_in(child, own)


def _of_others(node: ast.expr, own: set[str]) -> str:
    """Return what is changed if it is reached from a name of the module, else nothing."""
    text, root = ast.unparse(node), node
    while isinstance(root, ast.Attribute | ast.Subscript):
        if isinstance(root, ast.Attribute) and root.attr in SESSION:
            return ""
        root = root.value
    return text if isinstance(root, ast.Name) and root.id not in own else ""


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_nothing_is_kept_between_readers(path: Path):
    assert shared_state(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("SEEN = {}\ndef f(x):\n    SEEN[x] = 1", "changes SEEN"),
        ("SEEN = []\ndef f(x):\n    SEEN.append(x)", "changes SEEN"),
        ("SEEN = set()\ndef f(x):\n    g = lambda: SEEN.add(x)", "changes SEEN"),
        ("from a import SEEN\ndef f(x):\n    del SEEN[x]", "changes SEEN"),
        ("import a\ndef f(x):\n    a.SEEN['last'] = x", "changes a.SEEN"),
        ("import a\ndef f(x):\n    a.last = x", "changes a"),
        ("class A:\n    def f(self, x):\n        A.last = x", "changes A"),
        ("class A:\n    seen: list = []", "all objects of A"),
        ("def f(x):\n    f.last = x", "changes f"),
        ("N = 0\ndef f():\n    global N\n    N += 1", "global N"),
        ("def f(x, seen=[]):\n    return seen", "mutable default"),
        ("from functools import cache\n@cache\ndef f(x): ...", "cache has no bound"),
        ("@lru_cache(maxsize=None)\ndef f(x): ...", "lru_cache has no bound"),
        ("@lru_cache(None)\ndef f(x): ...", "lru_cache has no bound"),
        ("@st.cache_data\ndef f(x): ...", "no max_entries"),
        ("@st.cache_data(ttl=5)\ndef f(x): ...", "no max_entries"),
        ("def f():\n    return np.random.normal()", "everyone's generator"),
        ("import random", "everyone's generator"),
    ],
)
def test_the_scan_can_fail(source, told):
    found = shared_state(source)
    assert any(told in said for said in found), found


def test_what_a_run_owns_may_change():
    assert not shared_state(
        "@lru_cache(maxsize=8)\ndef f(x):\n    seen = {}\n    seen[x] = 1\n"
        "    st.session_state['x'] = 1\n    st.query_params.pop('x')\n"
        "    def g():\n        seen.update(y=1)\n    x.append(np.random.default_rng(1))\n"
    )
