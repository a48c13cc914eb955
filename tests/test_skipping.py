"""A test that could not run is named; with BLAME_REQUIRE_ALL=1 it fails, PyTorch's excepted."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

ONE_FILE = """
import pytest
pytest.importorskip("no_such_tool", reason="needs no_such_tool")
"""

ONE_TEST = """
import pytest

def test_asked_for():
    pytest.skip("no_such_browser is missing")

@pytest.mark.torch
@pytest.mark.parametrize("n", range(3))
@pytest.mark.skipif(True, reason="PyTorch is not installed")
def test_not_asked_for(n):
    raise AssertionError

def test_that_runs():
    pass
"""

WITHOUT = """
import sys, pytest

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == sys.argv[1]:
            raise ModuleNotFoundError(f"No module named {name}", name=name)

sys.meta_path.insert(0, Missing())
sys.exit(pytest.main(sys.argv[2:]))
"""
"""Runs pytest where importing one module fails, as it does where it is not installed."""


def pytest_run(*arguments, folder, program=("-m", "pytest"), require_all):
    """Run pytest in a process of its own; return its exit status and what it printed."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("BLAME_", "PYTEST_"))}
    if require_all:
        environment["BLAME_REQUIRE_ALL"] = "1"
    command = [sys.executable, *program, *arguments, "-ra", "-p", "no:cacheprovider"]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    return done.returncode, done.stdout


@pytest.fixture
def folder(tmp_path):
    """A folder with this project's conftest, a file and a test that cannot run."""
    shutil.copy(ROOT / "tests" / "conftest.py", tmp_path)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_file.py").write_text(ONE_FILE)
    (tmp_path / "tests" / "test_single.py").write_text(ONE_TEST)
    return tmp_path


def test_what_could_not_run_is_named_on_one_line_each(folder):
    status, printed = pytest_run(folder=folder, require_all=False)
    assert status == 0
    skipped = [line for line in printed.splitlines() if line.startswith("SKIPPED")]
    assert len(skipped) == 3
    assert any("needs no_such_tool" in line for line in skipped)
    assert any("no_such_browser is missing" in line for line in skipped)
    assert any("SKIPPED [3]" in line and "PyTorch is not installed" in line for line in skipped)


def test_where_everything_is_required_only_pytorch_may_be_missing(folder):
    status, printed = pytest_run("--continue-on-collection-errors", folder=folder, require_all=True)
    assert status == 1
    assert "1 failed, 1 passed, 3 skipped, 1 error" in printed
    assert "test_asked_for was skipped, but BLAME_REQUIRE_ALL=1" in printed
    assert "test_file.py was skipped, but BLAME_REQUIRE_ALL=1: Skipped: needs no_such_to" in printed
    assert "SKIPPED [3]" in printed


@pytest.mark.parametrize("module", ["autograd", "hypothesis"])
def test_gradients_that_were_not_compared_are_told(module):
    arguments = (module, "tests/blame/oracles/test_autograd.py", "-p", "no:hypothesispytest", "-q")
    for require_all, expected in ((False, "SKIPPED [1]"), (True, "ERROR tests/blame/")):
        status, printed = pytest_run(
            *arguments, folder=ROOT, program=("-c", WITHOUT), require_all=require_all
        )
        assert expected in printed
        assert "pip install -r requirements-dev.txt" in printed
        # 5: nothing was left to run.
        assert status == (2 if require_all else 5)
