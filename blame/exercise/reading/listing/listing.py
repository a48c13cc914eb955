"""A text's lines of Python: found among its other lines, parsed by `ast`, followed on symbols."""

from __future__ import annotations

import ast
import re
import textwrap
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from blame.arrays import Array
from blame.exercise.reading.listing.found.loss_of import FoundLoss
from blame.exercise.reading.listing.found.network_of import find_network
from blame.exercise.reading.listing.found.recover import Recovered
from blame.exercise.reading.listing.loops import NONSENSE
from blame.exercise.reading.listing.run import Run
from blame.exercise.reading.listing.symbols import Node, Value
from blame.exercise.reading.listing.values import (
    UNKNOWN,
    Instance,
    Linear,
    Stack,
    TooMuch,
    UserClass,
    UserFunction,
    named,
    nodes_of,
    plain,
)

PASTED = "<pasted>"
# What Python has to say of odd literals in a text is for nobody's log.
warnings.filterwarnings("ignore", category=SyntaxWarning, module=PASTED)
MOST_NESTED = 25
MOST_PARSED = 120_000
"""Characters given to the parser altogether: a line is tried with its block and alone."""
MOST_LINES = 80
_OPERATORS = re.compile(r"[-+~*/%]|\bnot\b|\blambda\b|\bif\b|\.|=")
_NAMES = re.compile(r"[A-Za-z_]\w{0,30}(?:\.\w{1,30})*(?:\s?,\s?[A-Za-z_]\w{0,30}){0,9}")


@dataclass
class Listing:
    """What following a text's Python gave; `read` are the numbers of its lines, from 1."""

    run: Run
    read: set[int] = field(default_factory=set)
    names: dict[str, Value] = field(default_factory=dict)
    loss: FoundLoss | None = None
    network: Recovered | None = None
    models: list[Value] = field(default_factory=list)
    too_much: bool = False
    values: bool = False
    """Whether it is an expression of micrograd's Values."""


def follow(lines: list[str], given: Mapping[str, Array] | None = None) -> Listing:
    """Follow the Python among the lines of a text; `given` are numbers known before it begins."""
    run = Run()
    for name, value in (given or {}).items():
        if name.isidentifier():
            run.names[0][name] = named(plain(nodes_of(value)), name)
    found = Listing(run)
    try:
        _follow_blocks(lines, run, found)
        _ask_for_more(run)
    except (TooMuch, RecursionError):
        # What was followed until then still counts.
        found.too_much = True
    try:
        found.read -= run.failed
        found.names = {name: value for name, value in run.names[0].items() if value is not UNKNOWN}
        found.models = [value for value in _all_values(run) if isinstance(value, (Linear, Stack))]
        found.loss, found.network = find_network(run.made, run.squared_mean)
    except (TooMuch, RecursionError):
        found.too_much = True
    return found


def _follow_blocks(lines: list[str], run: Run, found: Listing) -> None:
    parsed = 0
    opens = [_opens(line) for line in lines]
    k = 0
    while k < len(lines):
        if not lines[k].strip() or lines[k].lstrip().startswith("#"):
            k += 1
            continue
        for end in _ends(lines, opens, k):
            block = textwrap.dedent("\n".join(lines[k:end])).strip("\n")
            parsed += len(block)
            if parsed > MOST_PARSED:
                raise TooMuch
            statements = _parsed(block)
            if statements is not None:
                for statement in statements:
                    # A function is followed later too, from another block.
                    ast.increment_lineno(statement, k)
                before = run.work
                run.follow(statements)
                if _said_something(statements) and run.work > before:
                    found.read |= set(range(k + 1, end + 1))
                k = end
                break
        else:
            k += 1


def _ends(lines: list[str], opens: list[int], k: int) -> list[int]:
    """Return where a block that starts in a line may end, the longest first."""
    end, depth = k, 0
    while end < min(len(lines), k + MOST_LINES):
        depth += opens[end]
        end += 1
        if depth <= 0:
            break
    if depth > 0:
        return [k + 1]
    indent = len(lines[k]) - len(lines[k].lstrip())
    whole = end
    if re.match(r"\s*(def|class|for|while|if|with|try|@|async)\b", lines[k]):
        depth = 0
        while whole < len(lines):
            line = lines[whole]
            deeper = len(line) - len(line.lstrip()) > indent
            joined = re.match(r"\s*(else|elif|except|finally)\b", line)
            if line.strip() and not deeper and not joined and depth <= 0:
                break
            depth += opens[whole]
            whole += 1
    return [whole, end] if whole > end else [end]


def _opens(line: str) -> int:
    """Return how many brackets a line opens more than it closes."""
    line = _bare(line)
    return sum(map(line.count, "([{")) - sum(map(line.count, ")]}"))


def _bare(line: str) -> str:
    """Return a line without its strings and its comment, for counting brackets."""
    return re.sub(r"'[^'\n]*'|\"[^\"\n]*\"", "''", line).partition("#")[0]


def _parsed(block: str) -> list[ast.stmt] | None:
    # At its end a comma or a point belongs to the sentence.
    block = block.rstrip(" ,.") if re.match(r"\s*\w{1,20}\s?=[^=]", block) else block
    if not re.search(r"[=(\[]", block) and not _NAMES.fullmatch(block.strip()):
        return None
    depth = deepest = 0
    for sign in block:
        depth += (sign in "([{") - (sign in ")]}")
        deepest = max(deepest, depth)
    longest = max((len(_OPERATORS.findall(part)) for part in re.split(r"[\n,;]", block)), default=0)
    if deepest > MOST_NESTED or longest > 150:
        return None
    try:
        tree = ast.parse(block, PASTED)
    except (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError):
        return None
    return None if any(map(_not_meant, tree.body)) else tree.body


def _not_meant(statement: ast.stmt) -> bool:
    """Whether a line is Python by chance: b = 0,35 is a number, `in: 3` an input."""
    if isinstance(statement, ast.AnnAssign) and statement.value is None:
        return True
    return (
        isinstance(statement, ast.Assign)
        and isinstance(statement.value, ast.Tuple)
        and bool(statement.value.elts)
        and isinstance(statement.targets[0], ast.Name)
        and all(isinstance(part, ast.Constant) for part in statement.value.elts)
        and ast.unparse(statement.value).startswith("(")
        and statement.value.col_offset == statement.value.elts[0].col_offset
    )


def _said_something(statements: list[ast.stmt]) -> bool:
    return any(
        not isinstance(one, ast.Expr)
        or isinstance(one.value, (ast.Call, ast.List, ast.Dict, ast.BinOp))
        or (
            isinstance(one.value, ast.Tuple)
            and any(isinstance(e, ast.Call) for e in one.value.elts)
        )
        for one in statements
    )


def _all_values(run: Run) -> list[Value]:
    found = []
    for value in run.names[0].values():
        found.append(value)
        if isinstance(value, Instance):
            found.append(Stack([one for one in value.holds.values() if isinstance(one, Linear)]))
    return [value for value in found if not (isinstance(value, Stack) and not value.layers)]


def _ask_for_more(run: Run) -> None:
    """Call what a listing defines and never calls, where the names of its arguments are known."""
    scope = run.names[0]
    for name, value in list(scope.items()):
        if isinstance(value, UserClass) and not any(
            isinstance(one, Instance) and one.of is value for one in scope.values()
        ):
            _tried(run, lambda value=value: run.called(value, [], {}), f"{name}()")
    xs = [scope[name] for name in ("x", "X", "inputs", "input", "features") if name in scope]
    for value in list(scope.values()):
        if isinstance(value, (Stack, Instance)) and xs:
            _tried(run, lambda value=value: run.called(value, [xs[0]], {}), "")
        if isinstance(value, UserFunction) and not value.called:
            words = [one.arg for one in value.parameters.args]
            if words and all(
                isinstance(scope.get(word), (Node, np.ndarray, list)) for word in words
            ):
                _tried(
                    run,
                    lambda value=value, words=words: run.user(
                        value, [scope[word] for word in words], {}
                    ),
                    "",
                )


def _tried(run: Run, call: Any, name: str) -> None:
    try:
        found = call()
    except NONSENSE:
        return
    if name:
        run.names[0][name] = found
    elif isinstance(found, (Node, np.ndarray)):
        run.made.append(("", found, 0))
