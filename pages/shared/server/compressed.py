"""Streamlit's own files, compressed once and kept."""

from __future__ import annotations

import gzip
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from anyio import to_thread
from streamlit import config, file_util

from pages.shared.server.first_visit import without_letters

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

TYPES = {
    ".js": b"text/javascript; charset=utf-8",
    ".css": b"text/css; charset=utf-8",
    ".json": b"application/json",
    ".svg": b"image/svg+xml",
}
"""What is worth compressing, by the ending of its name; fonts and pictures are so already."""
LEVEL = 6
YEAR = b"public, immutable, max-age=31536000"
"""As Streamlit says it of the same files: their names hold a hash of what is in them."""


class Compressed:
    """Answer for Streamlit's static files with compressed copies; leave all else alone.

    Streamlit sends them as they are, 9.8 MB for a first visit to a page with a chart.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request for a known file of a browser that takes gzip; pass others on."""
        file = _asked_for(scope) if scope["type"] == "http" else None
        if file is None:
            await self._app(scope, receive, send)
            return
        # In a thread: the largest takes a quarter of a second, and others are waiting.
        body = await to_thread.run_sync(_compressed, file)
        headers = [
            (b"content-type", TYPES[file.suffix]),
            (b"content-encoding", b"gzip"),
            (b"content-length", str(len(body)).encode()),
            (b"cache-control", YEAR),
            (b"vary", b"accept-encoding"),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        shown = body if scope["method"] == "GET" else b""
        await send({"type": "http.response.body", "body": shown})


def _asked_for(scope: Scope) -> Path | None:
    """Return the file that a request asks for and that can be sent compressed."""
    if scope["method"] not in ("GET", "HEAD"):
        return None
    sent = dict(scope["headers"])
    if b"gzip" not in sent.get(b"accept-encoding", b"") or b"range" in sent:
        return None
    base = str(config.get_option("server.baseUrlPath") or "").strip("/")
    return _files().get(str(scope["path"]).removeprefix(f"/{base}" if base else ""))


@lru_cache(maxsize=1)
def _files() -> dict[str, Path]:
    """Return every file worth compressing by its address.

    Only what is listed here is ever read, so no address leads to any other file.
    """
    root = Path(file_util.get_static_dir())
    return {
        f"/{path.relative_to(root).as_posix()}": path
        for path in (root / "static").rglob("*")
        if path.suffix in TYPES and path.is_file()
    }


# As many as there are files: about 320, 8 MB once every one of them has been asked for.
@lru_cache(maxsize=512)
def _compressed(file: Path) -> bytes:
    content = file.read_bytes()
    if file.suffix == ".css":
        content = without_letters(content)
    return gzip.compress(content, LEVEL, mtime=0)
