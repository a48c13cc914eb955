"""What is imported ahead of the first run: the shell's with the first request, then each page's."""

import asyncio
import subprocess
import sys
from pathlib import Path

from pages.shared.server import early
from pages.shared.server.around import SCRIPT
from pages.shared.server.early import PAGES, Early, imports_of
from tests.pages.app import ROOT


def asked_for(monkeypatch, *scopes):
    """Return what is begun for each of these requests in turn."""
    begun = []

    class Now:
        def __init__(self, target, args, daemon):
            assert (target, daemon) == (early.import_early, True)
            self.start = lambda: begun.append(args[0])

    monkeypatch.setattr(early.threading, "Thread", Now)
    passed = []

    async def inner(scope, receive, send):
        passed.append(scope)

    app = Early(inner, SCRIPT)
    counts = []
    for scope in scopes:
        asyncio.run(app(scope, None, None))
        counts.append(sorted(file.stem for file in begun))
        begun.clear()
    assert passed == list(scopes)
    return counts


def test_each_script_once_and_nothing_before_the_first_request(monkeypatch):
    page = {"type": "http", "path": "/under/a/path/backward_pass"}
    asked = [
        {"type": "lifespan"},
        {"type": "http", "path": "/_stcore/health"},
        page,
        page,
        {"type": "websocket", "path": "/no_such_page"},
        {"type": "http", "path": "/../streamlit_app"},
    ]
    expected = [[], ["script"], ["backward_pass"], [], [], []]
    assert asked_for(monkeypatch, *asked) == expected


def test_a_page_that_is_asked_for_first_comes_with_the_shell(monkeypatch):
    found = asked_for(monkeypatch, {"type": "http", "path": "/training"})
    assert found == [["script", "training"]]


def test_the_shell_and_every_page_can_be_imported_for_ahead():
    assert {"blame", "pages.shared.state.settings"} <= set(imports_of(SCRIPT))
    files = sorted(PAGES.glob("*.py"))
    assert Path(ROOT, "pages", "backward_pass.py") in files
    scripts = [str(file) for file in (SCRIPT, *files)]
    code = (
        "import sys, pathlib; from pages.shared.server.early import import_early\n"
        "assert 'numpy' not in sys.modules\n"
        "for name in sys.argv[1:]: import_early(pathlib.Path(name))\n"
        "assert 'numpy' in sys.modules and 'pages.shared.playground' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code, *scripts], cwd=ROOT, check=True)
