"""What the pages need is imported while the first reader's browser still loads its own files."""

from __future__ import annotations

import ast
import threading
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

PAGES = Path(__file__).parents[2]


class Early:
    """Begin to import what `shell` imports with the first request, and a page's with its address.

    Not before: the server would answer the first one later by as much as that takes.
    """

    def __init__(self, app: ASGIApp, shell: Path) -> None:
        self._app = app
        self._files = {"": shell} | {file.stem: file for file in PAGES.glob("*.py")}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Begin with what is new, and pass each request on."""
        if scope["type"] != "lifespan":
            new = {self._files.pop(name, None) for name in ("", scope["path"].rpartition("/")[2])}
            for file in new - {None}:
                threading.Thread(target=import_early, args=(file,), daemon=True).start()
        await self._app(scope, receive, send)


def import_early(script: Path) -> None:
    """Import what stands at the top of a script, in its order."""
    for name in imports_of(script):
        import_module(name)


def imports_of(script: Path) -> list[str]:
    """Return the modules that a script imports, in its order."""
    names = []
    for node in ast.parse(script.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.append(node.module)
    return names
