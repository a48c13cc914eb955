"""What a first visit over a slow line waits for: letters last, and few icons."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from streamlit import file_util

from pages.shared.server.icons import FONT, replaced

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

_FACE = re.compile(rb"@font-face\{[^}]*font-family:Source[^}]*\}")
_FONT = re.compile(rb'<link\s+rel="preload"\s+href="[\w./-]+"\s+as="font"[^>]*>')
_SCRIPTS = Path(__file__).with_name("scripts")
_SCRIPT = (_SCRIPTS / "late_fonts.js").read_text(encoding="utf-8")


def without_letters(styles: bytes) -> bytes:
    """Return Streamlit's styles without the faces of its letters, which `letters_last` brings.

    Those of icons and formulas stay: in other letters an icon would be a word.
    """
    return _FACE.sub(b"", styles)


def letters_last(page: bytes) -> bytes:
    """Return Streamlit's page with its letters fetched after its scripts, not beside them."""
    faces = _faces()
    if not faces or not _FONT.search(page):
        return page
    script = _SCRIPT.replace("FACES", json.dumps(faces).replace("<", "\\u003c"))
    return _FONT.sub(lambda link: f"<script>\n{script}</script>".encode(), page, count=1)


@lru_cache(maxsize=1)
def _faces() -> str:
    """Return what names the files of Streamlit's letters, from where the page stands."""
    styles = (Path(file_util.get_static_dir()) / "static" / "css").glob("*.css")
    found = [face for path in sorted(styles) for face in _FACE.findall(path.read_bytes())]
    text = b"".join(found).replace(b"url(../media/", b"url(./static/media/")
    return text.replace(b"font-display:block", b"font-display:swap").decode()


class FewIcons:
    """Send the icons that the app shows where the browser asks for all of Streamlit's."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._body = FONT.read_bytes()
        self._tag = f'"{sha256(self._body).hexdigest()[:16]}"'.encode()
        self._name = replaced()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request for the font of icons, and pass all others on."""
        asked = scope["type"] == "http" and scope["method"] in ("GET", "HEAD")
        if not asked or not self._name or not scope["path"].endswith(f"/media/{self._name}"):
            await self._app(scope, receive, send)
            return
        # Not for a year, as Streamlit says it of its own: the same name may hold more tomorrow.
        headers = [(b"etag", self._tag), (b"cache-control", b"no-cache")]
        if dict(scope["headers"]).get(b"if-none-match") == self._tag:
            await send({"type": "http.response.start", "status": 304, "headers": headers})
            await send({"type": "http.response.body", "body": b""})
            return
        headers += [
            (b"content-type", b"font/woff2"),
            (b"content-length", str(len(self._body)).encode()),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        body = self._body if scope["method"] == "GET" else b""
        await send({"type": "http.response.body", "body": body})
