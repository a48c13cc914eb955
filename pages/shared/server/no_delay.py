"""Answers leave at once instead of waiting for an acknowledgement."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send


class NoDelay:
    """Turn Nagle's algorithm off on every connection.

    Streamlit binds its socket in a way that asyncio does not recognise as TCP, so the algorithm
    stays on: the messages of an answer after the first wait until the browser has acknowledged
    that one, 40 ms on one machine and a whole round trip over a network.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, its connection made prompt."""
        if scope["type"] in ("http", "websocket"):
            be_prompt(send)
        await self._app(scope, receive, send)


def be_prompt(send: Any) -> bool:
    """Turn Nagle's algorithm off on the connection behind `send`; return whether it is off.

    ASGI has no word for the socket. Under uvicorn `send` is a method of what holds the transport;
    elsewhere nothing is found, and nothing changes.
    """
    transport = getattr(getattr(send, "__self__", None), "transport", None)
    ask = getattr(transport, "get_extra_info", None)
    connection = ask("socket") if callable(ask) else None
    if connection is None or connection.family not in (socket.AF_INET, socket.AF_INET6):
        return False
    try:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except OSError:
        # The browser has gone in between.
        return False
    return True
