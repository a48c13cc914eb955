"""A whole run on a throwaway package finds the planted survivors and kills the rest."""

import json
import time
from pathlib import Path

import pytest

from tests.mutation.__main__ import summary
from tests.mutation.pool import Worker
from tests.mutation.run import run_mutants, sample_mutants
from tests.mutation.tree import Tree, copy_tree

CODE = '''"""More or less."""

from functools import lru_cache

FIRST = {"a": 5}


def sign(x: float) -> str:
    return "above" if x > 0 else "below"


def count(n: int) -> int:
    seen = 0
    while n:
        n -= 1
        seen += 1
    return seen


@lru_cache(maxsize=1)
def kept() -> int:
    return 7


def helped() -> int:
    return 8


def untested() -> bool:
    return 3
'''
FILE = "tests/test_maths.py"
TESTS = """from functools import lru_cache

import pytest

from small.maths import FIRST, count, helped, kept, sign

WORKED_OUT = count(2)
helper = lru_cache(helped)


def test_sign():
    assert sign(1.0) == "above"
    assert sign(-1.0) == "below"


def test_count():
    assert WORKED_OUT == 2


def test_table():
    assert FIRST["a"] == 5


def test_first_to_fill_the_cache():
    kept()


def test_served_from_the_cache():
    assert kept() == 7


def test_first_to_ask_the_helper():
    helper()


def test_served_by_the_helper():
    assert helper() == 8


@pytest.mark.skip
def test_skipped():
    assert False


def test_that_fails_anyway():
    assert sign(1.0) == "below"
"""


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    pytest.importorskip("coverage")
    root = tmp_path_factory.mktemp("tree")
    for name, text in {
        "small/__init__.py": "from small.table import NAMES",
        "small/table.py": "NAMES = {1}",
        "small/maths.py": CODE,
        "tests/__init__.py": "",
        FILE: TESTS,
        "tests/test_names.py": "from small import NAMES\ndef test_it(): assert 1 in NAMES",
        "pyproject.toml": "[tool.pytest.ini_options]\n",
    }.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text)
    return Tree(root, ("small",), ("small",), ("tests",))


@pytest.fixture(scope="module")
def run(tree):
    return run_mutants(tree, sample_mutants(tree, ["small/maths.py"]), workers=2, patience=1)


def outcomes(tree, run, what):
    source = tree.read("small/maths.py")
    return sorted(o.mutant.shown(source)[1] for o in run.outcomes if o.what == what)


def test_the_planted_survivors_are_found(tree, run):
    assert outcomes(tree, run, "survived") == [
        'return "above" if x >= 0 else "below"',
        "return 4",
    ]
    assert summary(run)[-1] == "2 survivors of 15 tried (13.3 %)"


def test_what_loops_for_ever_is_stopped(tree, run):
    assert outcomes(tree, run, "time") == ["n += 1"]


def test_the_others_are_killed(tree, run):
    assert outcomes(tree, run, "killed") == [
        'FIRST = {"a": 6}',
        "n -= 2",
        'return "above" if x <= 0 else "below"',
        'return "above" if x > 0 else "above"',
        'return "above" if x > 1 else "below"',
        'return "below" if x > 0 else "below"',
        "return -(seen)",
        "return 8",
        "return 9",
        "seen += 2",
        "seen -= 1",
        "seen = 1",
    ]


def test_only_what_runs_the_line_or_may_be_served_from_it_is_run(tree, run):
    by = {o.mutant.shown(tree.read("small/maths.py"))[1]: o for o in run.outcomes}
    sign = by['return "above" if x <= 0 else "below"']
    assert (sign.what, sign.by) == ("killed", f"{FILE}::test_sign")
    assert sign.choice.tests[0] == f"{FILE}::test_sign"
    filled, served = (
        f"{FILE}::test_{n}" for n in ("first_to_fill_the_cache", "served_from_the_cache")
    )
    assert by["return 8"].by == served
    # The app's caches are emptied, so both are seen to use the line; a test's own are not.
    assert {*by["return 8"].choice.tests[:2]} == {filled, served}
    assert by["return 9"].by == f"{FILE}::test_served_by_the_helper"
    assert run.failing == [f"{FILE}::test_that_fails_anyway"]
    assert not any("skipped" in t or "fails" in t for o in by.values() for t in o.choice.tests)


def test_the_tree_itself_is_never_touched(tree, run):
    assert tree.read("small/maths.py").decode() == CODE
    made = {path.relative_to(tree.root).parts[0] for path in tree.root.rglob("*")}
    assert made == {"small", "tests", "pyproject.toml", ".mutation"}


def test_a_worker_puts_the_file_back(tree, tmp_path):
    root = copy_tree(tree.root, tmp_path / "copy")
    code = root / "small/maths.py"
    job = {"path": "small/maths.py", "tests": [f"{FILE}::test_count"], "cpu": 60, "wall": 60}
    worker = Worker(root)
    try:
        answer = worker.do({**job, "source": CODE.replace("seen = 0", "seen = 1")})
        assert (answer["outcome"], code.read_text()) == ("failed", CODE)
        # So it does when it is told to end, and its fork ends with it.
        loop = {**job, "source": CODE.replace("n -= 1", "n += 1")}
        worker.process.stdin.write(json.dumps(loop) + "\n")
        worker.process.stdin.flush()
        children = Path(f"/proc/{worker.process.pid}/task/{worker.process.pid}/children")
        while not (fork := children.read_text().split()):
            time.sleep(0.01)
        assert code.read_text() == loop["source"]
    finally:
        worker.process.terminate()
        worker.process.wait(timeout=30)
    assert code.read_text() == CODE
    assert not Path(f"/proc/{fork[0]}").exists()


def test_a_sample_is_repeated_by_its_seed(tree):
    samples = [[m.start for m in sample_mutants(tree, count=6, seed=s)] for s in (1, 1, 2)]
    assert samples[0] == samples[1]
    assert samples[0] != samples[2]
    assert len({*samples[0]}) == 6


def test_only_some_files_are_mutated_if_asked(tree):
    assert sample_mutants(tree, ["small/__init__.py"]) == []
    [found] = sample_mutants(tree, ["small/table.py"])
    assert found.apply(b"NAMES = {1}") == b"NAMES = {2}"


def test_a_table_is_met_by_those_who_import_it_from_the_package(tree):
    [outcome] = run_mutants(tree, sample_mutants(tree, ["small/table.py"]), workers=1).outcomes
    assert outcome.by == "tests/test_names.py::test_it"
    assert outcome.choice.tests == ["tests/test_names.py::test_it"]
