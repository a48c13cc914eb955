"""Streamlit's Runtime in a worker of the browser; the page's messages come and go through here."""

from __future__ import annotations

import asyncio
import base64
import gc
import importlib
import os
import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

# What is imported stays: to look for garbage in it only makes the reader wait.
gc.disable()
# Protobuf's compiled half is not there; it is not looked for either.
os.environ["PROTOCOL_BUFFERS_PYTHON_IMPLEMENTATION"] = "python"

import patches

patches.apply_all()

from streamlit import config
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.runtime import Runtime, RuntimeConfig
from streamlit.runtime.caching.storage.dummy_cache_storage import MemoryCacheStorageManager
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.runtime_util import serialize_forward_msg

SCRIPT = "pages/shared/shell/script.py"
"""What Streamlit runs for every reader, as on the server (pages/shared/server/around.py)."""
SETTLED = 10.0
"""Seconds after which the first lesson is there, and Python may look for garbage again."""
OPTIONS = {
    "server.fileWatcherType": "none",
    "server.headless": True,
    "browser.gatherUsageStats": False,
    "global.developmentMode": False,
}


def prepare(app: Path) -> None:
    """Import what every visit needs; what the memory holds after it may be kept for the next."""
    script = str(app / SCRIPT)
    os.chdir(app)
    sys.path.insert(0, str(app))
    sys.argv = [script]
    config._main_script_path = script
    config.get_config_options(force_reparse=True, options_from_flags=OPTIONS)
    _carry_the_icon()
    _draw_no_other_charts()


def come_back(app: Path) -> None:
    """Go on with a memory that was kept: neither the files nor chance are those of that visit."""
    os.chdir(app)
    importlib.invalidate_caches()
    random.seed()


class Client:
    """One page that is connected."""

    client_context = None

    def __init__(self, send: Callable[[bytes], None]) -> None:
        self._send = send

    def write_forward_msg(self, msg: Any) -> None:
        """Hand a message to the page."""
        self._send(serialize_forward_msg(msg))


class Server:
    """What stands for the web server: it connects pages with Streamlit's Runtime."""

    def __init__(self, app: Path) -> None:
        self._media = MemoryMediaFileStorage("/media")
        self._runtime = Runtime(
            RuntimeConfig(
                script_path=str(app / SCRIPT),
                media_file_storage=self._media,
                uploaded_file_manager=MemoryUploadedFileManager("/_stcore/upload_file"),
                cache_storage_manager=MemoryCacheStorageManager(),
            )
        )
        self._clients: dict[int, tuple[str, Client]] = {}
        self._inbox: asyncio.Queue[tuple[int, bytes]] = asyncio.Queue()

    async def start(self) -> None:
        """Begin to take connections."""
        await self._runtime.start()
        self._pumping = asyncio.ensure_future(self._pump())
        asyncio.get_running_loop().call_later(SETTLED, _collect_again)

    def connect(self, socket: int, send: Callable[[bytes], None], session: str) -> None:
        """Take a page's connection; `session` is the one it had before, or empty."""
        client = Client(send)
        given = self._runtime.connect_session(
            client=client, user_info={}, existing_session_id=session or None
        )
        self._clients[socket] = (given, client)

    def receive(self, socket: int, data: Any) -> None:
        """Take what a page says."""
        self._inbox.put_nowait((socket, bytes(data)))

    def disconnect(self, socket: int) -> None:
        """Let a page go."""
        if socket in self._clients:
            session, client = self._clients.pop(socket)
            self._runtime.disconnect_session(session, client=client)

    def media_file(self, name: str) -> tuple[bytes, str, str]:
        """Return a file made for the reader: its content, its type, its name."""
        file = self._media.get_file(name)
        return file.content, file.mimetype, file.filename or ""

    async def _pump(self) -> None:
        """Hand over what the pages say, each when all that comes of the one before is done.

        A script runs here in one go, so messages pile up behind it. Of two that wait together
        Streamlit makes one run: what a page says that is just being left would take the reader
        back to it. And one that were taken before the session has heard of the script's end would
        make it forget what the script has said.
        """
        while True:
            socket, data = await self._inbox.get()
            session_id, client = self._clients.get(socket, (None, None))
            info = session_id and self._runtime._session_mgr.get_active_session_info(session_id)
            if not info:
                continue
            while info.session._scriptrunner is not None:
                await asyncio.sleep(0)
            message = BackMsg()
            message.ParseFromString(data)
            self._runtime.handle_backmsg(session_id, message, client=client)


def _collect_again() -> None:
    gc.freeze()
    gc.enable()


def _carry_the_icon() -> None:
    """Let the tab's icon travel with the page: a browser fetches it past all that we answer."""
    import pages.shared.state.navigation as navigation

    content = base64.b64encode(navigation.ICON.read_bytes()).decode()
    navigation.ICON = f"data:image/png;base64,{content}"


def _draw_no_other_charts() -> None:
    """Leave a chart that got no Plotly as it is: Streamlit's own would ask for the same script."""
    from pages.shared.live import chart

    chart._go_native = lambda said: None
