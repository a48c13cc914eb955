"""`python -m tests.mutation`: change one thing at a time and see whether a test notices."""

from __future__ import annotations

import argparse
import signal
import sys
from collections import Counter

from tests.mutation.mutant import Mutant
from tests.mutation.run import Outcome, Run, room, run_mutants, sample_mutants
from tests.mutation.tree import Tree


def main() -> None:
    """Print each survivor as it is found, then a table by room and the one figure."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("--only", nargs="+", default=[], metavar="PATH", help="files or folders")
    parser.add_argument("--sample", type=int, metavar="N", help="so many mutants, at random")
    parser.add_argument("--seed", type=int, default=0, help="of the sample")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=float("inf"), help="begin none after")
    parser.add_argument(
        "--budget", type=float, default=20, help="processor seconds of tests for a mutant"
    )
    parser.add_argument("--list", action="store_true", help="only list the mutants")
    given = parser.parse_args()
    # Told to end, it takes its workers and their copies with it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    tree = Tree()
    if missing := [place for place in given.only if not (tree.root / place).exists()]:
        parser.error(f"there is no {', '.join(missing)}")
    mutants = sample_mutants(tree, given.only, given.sample, given.seed)
    if given.list:
        for mutant in mutants:
            print(describe(tree, mutant))
        print(f"{len(mutants)} mutants")
        return

    tried: list[Outcome] = []

    def show(outcome: Outcome) -> None:
        tried.append(outcome)
        if len(tried) % 50 == 0:
            print(f"... {len(tried)} of {len(mutants)} tried", flush=True)
        if outcome.what == "survived":
            print(describe(tree, outcome.mutant), *_ran(outcome), sep="\n", flush=True)

    run = run_mutants(
        tree,
        mutants,
        workers=given.workers,
        seconds=given.seconds,
        budget=given.budget,
        on_outcome=show,
    )
    print("", *summary(run), sep="\n")
    if left := len(mutants) - len(run.outcomes):
        print(f"({left} more not tried in {given.seconds:.0f} s)")


def describe(tree: Tree, mutant: Mutant) -> str:
    """Return where a mutant stands and its lines before and after."""
    before, after = mutant.shown(tree.read(mutant.path))
    return f"{mutant.path}:{mutant.line}  {mutant.operator}\n  - {before}\n  + {after}"


def _ran(outcome: Outcome) -> list[str]:
    tests, _, left_out = outcome.choice
    if not tests:
        return ["    no test runs it"]
    return [f"    {len(tests)} tests passed" + (f", {left_out} slower not run" * bool(left_out))]


def summary(run: Run) -> list[str]:
    """Return the table by room, the tests left out, and the one figure."""
    counts = Counter((room(outcome.mutant), outcome.what) for outcome in run.outcomes)
    lines = [f"{'':32}{'tried':>8}{'killed':>8}{'stopped':>8}{'survived':>9}"]
    for name in sorted({name for name, _ in counts}):
        each = [counts[name, what] for what in ("killed", "time", "survived")]
        lines.append(f"{name:32}{sum(each):8}{each[0]:8}{each[1]:8}{each[2]:9}")
    lines += [f"left out, fails on unchanged code: {name}" for name in run.failing]
    tried, survived = len(run.outcomes), sum(o.what == "survived" for o in run.outcomes)
    share = f" ({100 * survived / tried:.1f} %)" if tried else ""
    return [*lines, f"{survived} survivors of {tried} tried{share}"]


if __name__ == "__main__":
    main()
