"""A network between browser and server that is slow, or is not there for a while."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

_CHUNK = 1 << 16


class Network:
    """Passes on whatever comes, both ways, late by `delay` seconds."""

    def __init__(self, url: str, delay: float) -> None:
        self.delay = delay
        self._server_port = urlsplit(url).port
        self._loop = asyncio.new_event_loop()
        self._writers: set[asyncio.StreamWriter] = set()
        self._there = True

    @property
    def url(self) -> str:
        """The address of the server by way of this network."""
        return f"http://127.0.0.1:{self._port}"

    def drop(self) -> None:
        """Cut every connection, and take no new one until `back`."""
        self._call(self._drop())

    def back(self) -> None:
        """Take connections again."""
        self._there = True

    async def _drop(self) -> None:
        self._there = False
        for writer in self._writers:
            writer.transport.abort()

    async def _open(self) -> None:
        self._listening = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        self._port = self._listening.sockets[0].getsockname()[1]

    async def _close(self) -> None:
        """End all that runs here: what is left open would warn in some later test."""
        self._listening.close()
        await self._drop()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if not self._there:
            writer.transport.abort()
            return
        there = await asyncio.open_connection("127.0.0.1", self._server_port)
        ours = {writer, there[1]}
        self._writers |= ours
        # Cancelled when the network ends; asyncio would log that as an error of its own.
        with suppress(asyncio.CancelledError):
            await asyncio.gather(self._pass_on(reader, there[1]), self._pass_on(there[0], writer))
        self._writers -= ours

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # Each piece is on its way by itself: a delay, not a narrow pipe.
        loop, on_the_way = self._loop, asyncio.Queue[tuple[float, bytes]]()

        async def deliver() -> None:
            while True:
                due, data = await on_the_way.get()
                await asyncio.sleep(due - loop.time())
                if not data:
                    break
                writer.write(data)
                await writer.drain()
            writer.close()

        delivery = loop.create_task(deliver())
        try:
            while data := await reader.read(_CHUNK):
                on_the_way.put_nowait((loop.time() + self.delay, data))
            on_the_way.put_nowait((loop.time() + self.delay, b""))
            await delivery
        except ConnectionError:
            delivery.cancel()
            writer.transport.abort()

    def _call(self, work) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=10)


@contextmanager
def behind_network(url: str, delay: float = 0.0) -> Iterator[Network]:
    """Put a network in front of a server until the block ends."""
    network = Network(url, delay)
    thread = threading.Thread(target=network._loop.run_forever, daemon=True)
    thread.start()
    network._call(network._open())
    try:
        yield network
    finally:
        network._call(network._close())
        network._loop.call_soon_threadsafe(network._loop.stop)
        thread.join(timeout=10)
        network._loop.close()
