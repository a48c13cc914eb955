"""Imports run one way: pages -> pages/shared -> blame -> NumPy."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from pages.shared.server.around import SCRIPT

ROOT = Path(__file__).resolve().parents[1]


def imported(path: Path) -> set[str]:
    """Return the modules a file imports, as dotted names."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def allowed(path: Path, module: str) -> bool:
    """Whether the file may import the module."""
    top = module.split(".")[0]
    place = path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.as_posix()
    if top in sys.stdlib_module_names:
        return True
    if place.startswith("blame/"):
        return top in {"blame", "numpy"}
    if module == "pages" or module == "pages.shared":
        return True
    room = place.split("/")[2] if place.startswith("pages/shared/") else ""
    if module.startswith("pages.shared.state.menu") and room == "server":
        # The names of the pages, before there is anything of them.
        return True
    if module.startswith("pages.shared."):
        return room not in BELOW or module.split(".")[2] in {room, *BELOW[room]}
    if room == "server":
        # What Streamlit's own server is made of.
        return top in {"streamlit", "starlette", "anyio"}
    if room == "charts":
        return top in {"blame", "numpy", "plotly"}
    if room == "words":
        return top in {"blame", "numpy"}
    # Lessons and the Streamlit side of what they are made of: no Plotly, no NumPy.
    return top in {"blame", "streamlit"} and not (place in NO_STREAMLIT and top == "streamlit")


BELOW = {
    "server": set(),
    "words": set(),
    "charts": {"words"},
    "address": set(),
    "state": {"address", "words"},
    "live": {"state", "charts", "words"},
    "picture": {"live", "state", "charts", "words"},
    "path": {"state", "words"},
    "teachers": {"state", "words"},
    "shell": {"path", "picture", "live", "state", "charts", "teachers", "words"},
}
"""What each room of `pages/shared` may import beside itself; the parts of pages may import all."""
NO_STREAMLIT = {
    f"pages/shared/{place}.py"
    for place in (
        "address/query",
        "expression/data",
        "expression/flow",
        "expression/layout",
        "expression/names",
        "expression/paths",
        "expression/receipt",
        "expression/ways",
        "live/sheet_data",
        "live/sheet_replies",
        "picture/data",
        "picture/described",
        "picture/flow",
        "picture/flow_words",
        "picture/receipt",
        "picture/receipt_formulas",
        "picture/receipt_steps",
        "picture/receipt_words",
        "picture/samples",
        "picture/written",
        "state/choices/__init__",
        "state/choices/choices",
        "state/choices/kinds",
        "state/computed",
        "state/links",
        "state/menu",
        "teachers/handed_in",
        "teachers/plan",
        "tour/exercises",
        "tour/steps",
        "tour/walk",
    )
}
"""Files of rooms that show something, which themselves only work out what."""


FILES = sorted(
    path
    for pattern in ("blame/**/*.py", "pages/**/*.py", "streamlit_app.py")
    for path in ROOT.glob(pattern)
)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_file_imports_only_what_stands_below_it(path):
    assert [module for module in imported(path) if not allowed(path, module)] == []


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("blame/forward.py", "import streamlit"),
        ("blame/forward.py", "from pages.shared import links"),
        ("pages/shared/charts/bars.py", "import streamlit as st"),
        ("pages/shared/shell/sidebar.py", "import plotly.graph_objects as go"),
        ("pages/shared/shell/sidebar.py", "from pages import home"),
        ("pages/home.py", "import numpy as np"),
        ("pages/shared/words/lessons/notes.py", "import streamlit as st"),
        ("pages/shared/words/lessons/notes.py", "from pages.shared.state.computed import run_of"),
        ("pages/shared/words/lessons/notes.py", "from pages.shared.charts import bars"),
        ("pages/shared/charts/bars.py", "from pages.shared.picture.data import tone_of"),
        ("pages/shared/state/links.py", "import streamlit as st"),
        ("pages/shared/state/settings.py", "from pages.shared.shell import page_frame"),
        ("pages/shared/picture/receipt.py", "import streamlit as st"),
        ("pages/shared/server/around.py", "import blame"),
        ("pages/shared/server/around.py", "from pages.shared.state import navigation"),
        ("pages/shared/shell/script.py", "import starlette"),
    ],
)
def test_the_check_can_fail(tmp_path, place, line):
    file = tmp_path / "module.py"
    file.write_text(line, encoding="utf-8")
    assert not all(allowed(ROOT / place, module) for module in imported(file))


def test_the_first_page_does_not_import_pandas():
    code = (
        "import sys; from streamlit.testing.v1 import AppTest;"
        f"app = AppTest.from_file({str(SCRIPT)!r}).run();"
        "assert not app.exception; assert app.title; sys.exit(9 if 'pandas' in sys.modules else 0)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, timeout=120).returncode == 0
