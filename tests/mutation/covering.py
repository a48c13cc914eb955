"""Which tests run which lines, followed once and kept; and the tests that matter for a mutant."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from tests.mutation.mutant import Mutant
from tests.mutation.pool import Pool
from tests.mutation.tree import Tree

LONGEST = 3600
"""Seconds that one test file may take while it is followed."""


class Choice(NamedTuple):
    """The tests for a mutant in the order to run them."""

    tests: list[str]
    seconds: float
    left_out: int
    """How many slower ones were beyond the budget."""


def follow_tests(tree: Tree, pool: Pool, kept: Path) -> dict[str, Any]:
    """Return for every test its seconds, whether it passes and the lines it runs.

    Kept in a file between runs: of unchanged code only changed test files are followed again.
    """
    files = tree.files(tree.tests, "test_*.py")
    sources = tree.files(tree.sources)
    others = {*tree.files(("tests",))} - {*tree.files(("tests",), "test_*.py")}
    app = tree.files(tuple({place.partition("/")[0] for place in tree.sources}))
    same = hashlib.sha256()
    for name in [*app, *sorted(other for other in others if "/mutation/" not in other)]:
        same.update(name.encode() + tree.read(name))
    keys = {file: hashlib.sha256(same.digest() + tree.read(file)).hexdigest() for file in files}
    known = json.loads(kept.read_text()) if kept.exists() else {}
    known = {file: entry for file, entry in known.items() if entry["key"] == keys.get(file)}
    stale = [file for file in files if file not in known]

    def job(file: str) -> dict[str, Any]:
        return {"map": file, "sources": sources, "cpu": LONGEST, "wall": 4 * LONGEST}

    for file, answer in pool.do_all(stale, job):
        if "tests" not in answer:
            raise RuntimeError(f"{file} did not end while its lines were followed")
        known[file] = {"key": keys[file], "tests": answer["tests"]}
        done = len(known) - len(files) + len(stale)
        print(f"following which lines the tests run: {done} of {len(stale)} files", flush=True)
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(json.dumps(known))
    return {name: test for file in files for name, test in known[file]["tests"].items()}


class Chooser:
    """Chooses the tests for a mutant from what was followed."""

    def __init__(self, tree: Tree, tests: dict[str, Any], budget: float) -> None:
        self.tree, self.budget = tree, budget
        self.failing = [name for name, test in tests.items() if not test["passed"]]
        self.seconds = {
            name: test["seconds"]
            for name, test in tests.items()
            if test["passed"] and not test["skipped"]
        }
        self.by_line: dict[tuple[str, int], set[str]] = defaultdict(set)
        self.by_file: dict[str, set[str]] = defaultdict(set)
        for name in self.seconds:
            for file, lines in tests[name]["lines"].items():
                self.by_file[file].add(name)
                for line in lines:
                    self.by_line[file, line].add(name)
        self.of_test_file: dict[str, set[str]] = defaultdict(set)
        for name in self.seconds:
            self.of_test_file[name.partition("::")[0]].add(name)
        self.importers: dict[str, list[str]] = defaultdict(list)
        for file in [*tree.files(tree.sources), *self.of_test_file]:
            for imported in tree.imported(file):
                self.importers[imported].append(file)

    def choose(self, mutant: Mutant) -> Choice:
        """Return the tests that run the statement, the fastest first.

        Then the others of their files, which may be served from what those worked out. What runs
        on import, a table say, or in a process of its own belongs to no test: there it is those
        that run its file or test it by name, then those that run a file that imports it.
        """
        first, last = mutant.rows
        runs = {t for row in range(first, last + 1) for t in self.by_line[mutant.path, row]}
        if runs and mutant.in_function:
            more = {t for name in runs for t in self.of_test_file[name.partition("::")[0]]}
            return self._within_budget(runs, more)
        importers = self.importers[mutant.path]
        mirror = f"test_{Path(mutant.path).stem.strip('_')}.py"
        by_name = {
            name
            for file, names in self.of_test_file.items()
            if file in importers or file.endswith(f"/{mirror}")
            for name in names
        }
        more = {t for file in importers for t in self.by_file[file]}
        return self._within_budget(runs | self.by_file[mutant.path] | by_name, more)

    def _within_budget(self, first: Iterable[str], then: Iterable[str]) -> Choice:
        tiers = [
            *((0, self.seconds[name], name) for name in first),
            *((1, self.seconds[name], name) for name in {*then} - {*first}),
        ]
        chosen: list[str] = []
        total = 0.0
        for _, seconds, name in sorted(tiers):
            if not chosen or total + seconds <= self.budget:
                chosen.append(name)
                total += seconds
        return Choice(chosen, total, len(tiers) - len(chosen))

    def leave_out(self, name: str) -> None:
        """Choose a test no more."""
        self.failing.append(name)
        del self.seconds[name]
        for names in (self.by_line, self.by_file, self.of_test_file):
            for tests in names.values():
                tests.discard(name)
