"""What of Streamlit is put aside in the browser, where there is one thread, one loop and no server.

Each patch says what it replaces and why. `shape` is a hash of the replaced code as it was when the
patch was written; a test compares it with the installed Streamlit, so that an upgrade which changes
that code asks for a look.
"""

from __future__ import annotations

import asyncio
import sys
import threading
import types
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any


@dataclass(frozen=True)
class Patch:
    """One piece of Streamlit that another takes the place of.

    Attributes
    ----------
    module, name : where it is; a name with a dot is a method.
    shapes : name in the module -> hash of its code, for all that the patch counts on.
    reason : why it cannot stay.
    make : returns what takes its place.
    """

    module: str
    name: str
    reason: str
    shapes: dict[str, str]
    make: Callable[[], Any]

    def apply(self) -> None:
        """Put the other in its place."""
        place: Any = import_module(self.module)
        *way, last = self.name.split(".")
        for step in way:
            place = getattr(place, step)
        if not hasattr(place, last):
            raise AttributeError(f"{self.module} has no {self.name} to be replaced")
        setattr(place, last, self.make())


def apply_all() -> None:
    """Apply every patch; before anything else imports Streamlit."""
    leave_out_the_server()
    for patch in PATCHES:
        patch.apply()


def leave_out_the_server() -> None:
    """Let `import streamlit` find no web server.

    Its package imports `App` from here, and with it Starlette, AnyIO and Uvicorn, none of which the
    browser has or needs.
    """
    stand_in = types.ModuleType(SERVER)
    stand_in.App = type("App", (), {})  # type: ignore[attr-defined]
    sys.modules[SERVER] = stand_in


SERVER = "streamlit.starlette"


class _Loop:
    """What a script finds as its event loop; nothing ever runs on it."""

    def __init__(self) -> None:
        self._closed = False

    def is_closed(self) -> bool:
        return self._closed

    def is_running(self) -> bool:
        return False

    def close(self) -> None:
        self._closed = True


class _OneLoop:
    """asyncio as a module sees it that would install a loop: the browser's own one stays."""

    def __getattr__(self, name: str) -> Any:
        return getattr(asyncio, name)

    def new_event_loop(self) -> _Loop:
        return _Loop()

    def set_event_loop(self, loop: object) -> None:
        pass


def _start_as_task() -> Callable[[Any], None]:
    from streamlit.runtime.scriptrunner_utils.script_run_context import (
        SCRIPT_RUN_CONTEXT_ATTR_NAME,
    )

    def start(self: Any) -> None:
        async def run() -> None:
            try:
                self._run_script_thread()
            finally:
                # A thread that ends takes its context along; this one goes on.
                thread = threading.current_thread()
                if hasattr(thread, SCRIPT_RUN_CONTEXT_ATTR_NAME):
                    delattr(thread, SCRIPT_RUN_CONTEXT_ATTR_NAME)

        self._script_thread = asyncio.ensure_future(run())

    return start


def _is_its_task() -> Callable[[Any], bool]:
    return lambda self: self._script_thread is asyncio.current_task()


def _close_plainly() -> Callable[[Any], None]:
    return lambda loop: loop.close()


def _no_manifests() -> Callable[..., list[Any]]:
    return lambda *given, **named: []


_RUNNER = "streamlit.runtime.scriptrunner.script_runner"
_SESSION = "streamlit.runtime.app_session"

PATCHES = (
    Patch(
        _RUNNER,
        "ScriptRunner.start",
        "It starts a thread; in the browser a script runs as a task of the one loop.",
        {"ScriptRunner.start": "7b83275a2709", "ScriptRunner._run_script_thread": "7d9c4cff500c"},
        _start_as_task,
    ),
    Patch(
        _RUNNER,
        "ScriptRunner._is_in_script_thread",
        "All runs in one thread; what tells a script from the rest is its task.",
        {"ScriptRunner._is_in_script_thread": "eae25a7ea792"},
        _is_its_task,
    ),
    Patch(
        _RUNNER,
        "asyncio",
        "A runner installs a loop for its thread and takes it away; the browser's must stay.",
        {
            "ScriptRunner._install_event_loop": "05a1ed34ad9a",
            "ScriptRunner._run_script_thread": "7d9c4cff500c",
        },
        _OneLoop,
    ),
    Patch(
        _SESSION,
        "asyncio",
        "A session makes a loop for its scripts; there is no second loop in the browser.",
        {"AppSession.__init__": "b2720a987b5c", "AppSession._create_scriptrunner": "de404659d283"},
        _OneLoop,
    ),
    Patch(
        _SESSION,
        "_close_script_event_loop",
        "It drives what is left on a session's loop to its end; nothing ever ran on ours.",
        {"_close_script_event_loop": "49eff190fb8d"},
        _close_plainly,
    ),
    Patch(
        "streamlit.components.v2.manifest_scanner",
        "scan_component_manifests",
        "It looks through all installed packages with a pool of threads; there are none.",
        {"scan_component_manifests": "4a33cb404693"},
        _no_manifests,
    ),
)
"""In the order they are applied."""
