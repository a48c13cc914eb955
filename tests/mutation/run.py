"""The run: a repeatable sample of the mutants, each met by the tests that matter for it."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.mutation.covering import Choice, Chooser, follow_tests
from tests.mutation.mutant import Mutant
from tests.mutation.operators import find_mutants
from tests.mutation.pool import open_pool
from tests.mutation.tree import Tree

WARM_UP = 300
"""How many tests are run on the unchanged code, in the manner of a mutant, before the first."""


@dataclass(frozen=True)
class Outcome:
    """What became of a mutant: "killed", "time" for one that was stopped, "survived"."""

    mutant: Mutant
    what: str
    by: str | None
    choice: Choice


@dataclass(frozen=True)
class Run:
    """Every outcome, and the tests left out because they fail on unchanged code."""

    outcomes: list[Outcome]
    failing: list[str]


def sample_mutants(
    tree: Tree, places: Sequence[str] = (), count: int | None = None, seed: int = 0
) -> list[Mutant]:
    """Return mutants of these files or folders (all targets by default), `count` at random."""
    files = tree.files(tuple(places) or tree.targets)
    found = [mutant for file in files for mutant in find_mutants(file, tree.read(file))]
    if count is None or count >= len(found):
        return found
    return random.Random(seed).sample(found, count)


def run_mutants(
    tree: Tree,
    mutants: Sequence[Mutant],
    *,
    workers: int = 2,
    seconds: float = float("inf"),
    budget: float = 20,
    patience: float = 20,
    on_outcome: Callable[[Outcome], None] = lambda outcome: None,
) -> Run:
    """Try every mutant, beginning none after so many seconds.

    `budget` is what the tests for one mutant may take, `patience` how much longer a mutant may make
    them before it is stopped; both in processor seconds.
    """

    def job(mutant: Mutant | None, choice: Choice) -> dict[str, Any]:
        # Generous: only what loops or has become many times slower is stopped.
        cpu = patience + 4 * choice.seconds
        asked: dict[str, Any] = {"tests": choice.tests, "cpu": cpu, "wall": 6 * cpu + 10}
        if mutant:
            changed = mutant.apply(tree.read(mutant.path)).decode()
            asked |= {"path": mutant.path, "source": changed}
        return asked

    outcomes: list[Outcome] = []
    with open_pool(tree.root, workers) as pool:
        kept = tree.root / ".mutation" / "lines.json"
        chooser = Chooser(tree, follow_tests(tree, pool, kept), budget)
        _leave_out_failing(chooser, lambda choice: pool.workers[0].do(job(None, choice)))
        choices = {mutant: chooser.choose(mutant) for mutant in mutants}
        tried = pool.do_all(mutants, lambda m: job(m, choices[m]), seconds)
        for mutant, answer in tried:
            what = {"passed": "survived", "failed": "killed"}.get(answer["outcome"], "time")
            outcomes.append(Outcome(mutant, what, answer.get("by"), choices[mutant]))
            on_outcome(outcomes[-1])
    return Run(outcomes, chooser.failing)


def _leave_out_failing(chooser: Chooser, run: Callable[[Choice], dict[str, Any]]) -> None:
    """Find tests that fail without a mutant, in another order than usual: they would kill all."""
    warm = sorted(chooser.seconds, key=lambda name: chooser.seconds[name])[:WARM_UP]
    while warm:
        answer = run(Choice(warm, sum(chooser.seconds[name] for name in warm), 0))
        if answer["outcome"] == "passed":
            return
        if not (bad := answer.get("by")):
            raise RuntimeError(f"the tests do not run on unchanged code: {answer}")
        chooser.leave_out(bad)
        warm.remove(bad)


def room(mutant: Mutant) -> str:
    """Return the folder a mutant stands in."""
    return Path(mutant.path).parent.as_posix()
