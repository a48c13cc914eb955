"""Headers that narrow what a browser lets this page do, and leave it embeddable."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = (
    # A file is what its type says, whatever a browser may guess from its contents.
    (b"x-content-type-options", b"nosniff"),
    # A link holds the reader's numbers: other sites learn which host, not which numbers.
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    # No plugin, and no other base for the page's relative addresses.
    (b"content-security-policy", b"object-src 'none'; base-uri 'self'"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
)


class Headers:
    """Add `HEADERS` to every answer that does not have them already."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and put the headers on its answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = {name.lower() for name, _ in message["headers"]}
                added = [pair for pair in HEADERS if pair[0] not in given]
                message = {**message, "headers": [*message["headers"], *added]}
            await send(message)

        await self._app(scope, receive, with_headers)
