"""A class that arrives before anything is imported: every thread imports at the same time.

Python locks every module while it is being imported, so two threads that go through `blame` in
different orders would wait for each other, and one of the two readers would see an error.
"""

import ast
import graphlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pages.shared.server.around import SCRIPT
from tests.test_imports import FILES, ROOT, imported

ENTRIES = [ROOT / "streamlit_app.py", SCRIPT, *sorted((ROOT / "pages").glob("*.py"))]
"""The files that Streamlit runs."""

ARRIVE = """
import ast, importlib.machinery, pathlib, sys, threading, time
import streamlit

load = importlib.machinery.SourceFileLoader.exec_module

def slowly(self, module):
    # Long enough for another thread to come in between.
    time.sleep(0.002 if module.__name__.startswith(("blame", "pages")) else 0)
    load(self, module)

importlib.machinery.SourceFileLoader.exec_module = slowly
wrong, ready = [], threading.Barrier(len(sys.argv) - 1)

def read(path):
    tree = ast.parse(pathlib.Path(path).read_text(encoding="utf-8"))
    tree.body = [line for line in tree.body if isinstance(line, (ast.Import, ast.ImportFrom))]
    ready.wait()
    try:
        exec(compile(tree, path, "exec"), {})
    except BaseException as error:
        wrong.append(f"{path}: {error!r}")

threads = [threading.Thread(target=read, args=(path,)) for path in sys.argv[1:]]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
sys.exit("\\n".join(wrong) or 0)
"""


@pytest.mark.parametrize("attempt", range(3))
def test_all_pages_can_be_imported_at_the_same_time(attempt):
    # From another page first each time.
    turned = [*ENTRIES[attempt:], *ENTRIES[:attempt]]
    done = subprocess.run(
        [sys.executable, "-c", ARRIVE, *map(str, turned)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def name_of(path: Path) -> str:
    """Return a file's dotted name."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def test_a_server_that_starts_waits_for_nothing_of_blame():
    code = "import sys, streamlit_app; assert 'numpy' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


@pytest.mark.parametrize("path", ENTRIES[1:], ids=name_of)
def test_what_streamlit_runs_imports_all_of_blame_before_a_part_of_it(path):
    lines = ast.parse(path.read_text(encoding="utf-8")).body
    ours = [
        ast.unparse(line)
        for line in lines
        if isinstance(line, ast.Import | ast.ImportFrom)
        and re.match(r"(import|from) (blame|pages)\b", ast.unparse(line))
    ]
    assert ours[0] == "import blame"


def test_no_page_s_imports_go_in_a_circle():
    names = {name_of(path): path for path in FILES}
    outside = {
        name: {module for module in imported(path) if module in names} - {name}
        for name, path in names.items()
        if not name.startswith("blame")
    }
    assert len(outside) > len(ENTRIES)
    # Raises CycleError, with the circle, if there is one.
    graphlib.TopologicalSorter(outside).prepare()
