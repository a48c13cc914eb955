"""One change of a file, and where in its bytes a change is made."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Mutant:
    """One change: bytes `start` to `end` of a file become `new`."""

    path: str
    start: int
    end: int
    new: str
    operator: str
    line: int
    rows: tuple[int, int]
    """First and last line of the statement it stands in, to find the tests that run it."""
    in_function: bool

    def apply(self, source: bytes) -> bytes:
        """Return the file with the change made."""
        return source[: self.start] + self.new.encode() + source[self.end :]

    def shown(self, source: bytes) -> tuple[str, str]:
        """Return the changed lines before and after."""
        first = source.rfind(b"\n", 0, self.start) + 1
        last = source.find(b"\n", self.end)
        last = len(source) if last < 0 else last
        tail = source[self.end : last]
        after = source[first : self.start] + self.new.encode() + tail
        return tuple(" ".join(part.decode().split()) for part in (source[first:last], after))  # type: ignore[return-value]


class Places(ast.NodeVisitor):
    """Walks through a file, knows where each node is written, and collects changes."""

    def __init__(self, path: str, source: bytes) -> None:
        self.path, self.source = path, source
        self.pages = path.startswith("pages/")
        self.starts = [0]
        for line in source.splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(line))
        self.found: set[Mutant] = set()
        self.rows, self.depth, self.looks, self.index = (1, 1), 0, False, False

    def span(self, node: ast.AST) -> tuple[int, int]:
        """Return a node's first byte and the one after its last."""
        start = self.starts[node.lineno - 1] + node.col_offset
        return start, self.starts[node.end_lineno - 1] + node.end_col_offset

    def text(self, node: ast.AST) -> str:
        """Return a node as it is written."""
        start, end = self.span(node)
        return self.source[start:end].decode()

    def add(self, operator: str, start: int, end: int, new: str) -> None:
        """Collect a change."""
        line = self.source.count(b"\n", 0, start) + 1
        self.found.add(
            Mutant(self.path, start, end, new, operator, line, self.rows, self.depth > 0)
        )

    def add_between(
        self, operator: str, left: ast.AST, right: ast.AST, written: str, new: str
    ) -> None:
        """Change an operator, which has no place of its own in the tree, between its operands."""
        start = self.span(left)[1]
        gap = self.source[start : self.span(right)[0]]
        gap = re.sub(rb"#[^\n]*", lambda comment: b" " * len(comment[0]), gap)
        if match := re.search(written.encode(), gap):
            self.add(operator, start + match.start(), start + match.end(), new)

    @contextmanager
    def within(self, **state: object) -> Iterator[None]:
        """Set what holds for a part of the file only."""
        before = {name: getattr(self, name) for name in state}
        self.__dict__.update(state)
        yield
        self.__dict__.update(before)


def is_same(text: str, expected: str, *, blank: bool) -> bool:
    """Whether an expression is the one of this dump."""
    try:
        return dump(text, blank=blank) == expected
    except SyntaxError:
        return False


def dump(text: str, *, blank: bool) -> str:
    """Return an expression without its places; with `blank`, without its words too."""
    tree = ast.parse(text, mode="eval").body
    for node in ast.walk(tree):
        if blank and isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = ""
    return ast.dump(tree)
