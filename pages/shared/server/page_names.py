"""Page names as messengers and mail programs leave them: the browser is sent where was meant."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

_PAGES = Path(__file__).parents[2]
_LONGEST = 2000
_MARKS = re.compile(r"[^a-z0-9]+")
_QUERY_BEGINS = re.compile(r"[?&]|%3F", re.IGNORECASE)


class PageNames:
    """Send a browser that asks for `/backward_pass).` to `/backward_pass`, with its query.

    Streamlit itself shows its first page for a name it does not know, and says "not found".
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._pages = {_plain(path.stem): path.stem for path in _PAGES.glob("*.py")}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer where a page of another spelling was meant."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        sent = dict(scope["headers"])
        place = ""
        if b"text/html" in sent.get(b"accept", b""):
            place = self.place(scope["path"], scope.get("query_string", b"").decode("latin-1"))
        if not place:
            await self._app(scope, receive, send)
            return
        headers = [(b"location", place.encode("ascii")), (b"content-length", b"0")]
        await send({"type": "http.response.start", "status": 307, "headers": headers})
        await send({"type": "http.response.body", "body": b""})

    def place(self, path: str, query: str = "") -> str:
        """Return where a path should have led, from the folder it stands in; nothing if right.

        Relative, so that it stays on this host and below whatever the app is served under.
        """
        begins = _QUERY_BEGINS.search(path[:_LONGEST])
        path, rest = (path[: begins.start()], path[begins.end() :]) if begins else (path, "")
        bare = path.rstrip("/")
        up = "../" if bare != path else ""
        name = bare.rpartition("/")[2]
        page = self._pages.get(_plain(_decoded(name[:_LONGEST])))
        if page is None or (name == page != "home" and not begins):
            return ""
        # The first page stands at the folder's own address.
        page = "" if page == "home" else page
        both = "&".join(part for part in (quote(rest, safe="=&,;.+%-_"), query) if part)
        return f"{up}{page or './'}{'?' if both else ''}{both}"


def _plain(name: str) -> str:
    """Return a name's letters: what is left of it whatever was put around or between them."""
    return _MARKS.sub("", name.lower())


def _decoded(name: str) -> str:
    for _ in range(3):
        name = unquote(name)
    return name
