"""What is put into Streamlit's page: what it will be about, a word for readers whose browser does
not reach the server, a link that skips to the menu, what keeps translated sentences whole, and what
reads numbers as hands type them into the browser's own fields."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from pages.shared.server.first_visit import letters_last
from pages.shared.server.first_words import with_first_words

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SCRIPT, *_OTHERS = (
    (Path(__file__).with_name("scripts") / name).read_text(encoding="utf-8")
    for name in ("connection_word.js", "skip_link.js", "translated.js", "number_fields.js")
)
SETTING = "BLAME_WITHOUT_SERVER"
"""An environment variable: the address of the edition that needs no server, if there is one. It is
offered with the reader's page and numbers."""


def word(address: str = "") -> bytes:
    """Return the scripts as they go into the page, with the address that one may offer.

    Raises
    ------
    ValueError
        If the address is none that a page may lead to.
    """
    if address and not address.startswith(("https://", "http://", "/")):
        raise ValueError(
            f"{SETTING} is {address!r}: give an address that begins with https:// or /"
        )
    # Nothing in it may end the script.
    told = json.dumps(address).replace("<", "\\u003c")
    scripts = (_SCRIPT.replace("WITHOUT_SERVER", told), *_OTHERS)
    return ("".join(f"<script>\n{script}</script>\n" for script in scripts) + "</body>").encode()


class ConnectionWord:
    """Put scripts into Streamlit's page, of which one says when no WebSocket comes through.

    The page itself then shows grey bars and nothing else.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._word = word(os.environ.get(SETTING, ""))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and put the script into its answer if that is the page."""
        sent = dict(scope["headers"]) if scope["type"] == "http" else {}
        if b"text/html" not in sent.get(b"accept", b"") or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        start: Message | None = None
        parts: list[bytes] = []

        async def with_word(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start" and _is_page(message):
                start = message
            elif start is None:
                await send(message)
            else:
                parts.append(message.get("body", b""))
                if not message.get("more_body"):
                    query = scope.get("query_string", b"").decode("latin-1")
                    body = with_first_words(letters_last(b"".join(parts)), scope["path"], query)
                    body = body.replace(b"</body>", self._word, 1)
                    zipped = b"gzip" in sent.get(b"accept-encoding", b"")
                    # Twenty kilobytes of text, half a second of a slow line: a millisecond here.
                    body = gzip.compress(body, mtime=0) if zipped else body
                    headers = _headers(start, len(body), zipped=zipped)
                    await send({**start, "headers": headers})
                    await send({"type": "http.response.body", "body": body})

        # Not compressed yet: what is put in must find its place.
        plain = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
        await self._app({**scope, "headers": plain}, receive, with_word)


def _is_page(message: Message) -> bool:
    headers = dict(message["headers"])
    return message["status"] == 200 and headers.get(b"content-type", b"").startswith(b"text/html")


def _headers(message: Message, length: int, *, zipped: bool) -> list[tuple[bytes, bytes]]:
    # What names the version of the file does not name what is sent here.
    gone = (b"content-length", b"etag", b"last-modified", b"accept-ranges")
    kept = [(name, value) for name, value in message["headers"] if name not in gone]
    kept += [(b"content-encoding", b"gzip")] if zipped else []
    return [*kept, (b"content-length", str(length).encode()), (b"vary", b"accept-encoding")]
