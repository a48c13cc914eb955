"""What the static edition puts aside of Streamlit is still as it was when that was written."""

import ast
import asyncio
import hashlib
import inspect
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
import streamlit

from tests.static.place import STATIC, module

patches = module("patches")
SHAPES = [
    (patch.module, name, shape) for patch in patches.PATCHES for name, shape in patch.shapes.items()
]


def shape(text):
    return hashlib.sha256("".join(text.split()).encode()).hexdigest()[:12]


def found(place, name):
    thing = import_module(place)
    for step in name.split("."):
        thing = getattr(thing, step)
    return thing


@pytest.mark.parametrize(("place", "name", "known"), SHAPES)
def test_what_is_patched_is_as_it_was(place, name, known):
    now = shape(inspect.getsource(found(place, name)))
    assert now == known, f"{name} has changed: look at its patch, then write its new shape, {now}"


def test_a_change_of_one_word_is_noticed():
    source = inspect.getsource(found("streamlit.runtime.app_session", "_close_script_event_loop"))
    assert shape(source.replace("loop.close()", "loop.stop()")) != shape(source)
    assert shape(source.replace("\n", "\n\n")) == shape(source)


@pytest.mark.parametrize("patch", patches.PATCHES, ids=lambda patch: patch.name)
def test_each_says_why_and_replaces_something_that_is_there(patch):
    assert patch.reason.endswith(".")
    assert patch.shapes
    found(patch.module, patch.name)


def test_a_patch_of_what_is_gone_refuses():
    gone = patches.Patch("streamlit.runtime.app_session", "no_such_thing", "", {}, lambda: None)
    with pytest.raises(AttributeError, match="no_such_thing"):
        gone.apply()


def test_only_the_package_itself_imports_the_server():
    top = Path(streamlit.__file__).parent
    importing = set()
    for path in top.rglob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ImportFrom) and node.module == patches.SERVER:
                importing.add((path.relative_to(top).as_posix(), *(a.name for a in node.names)))
    assert importing == {("__init__.py", "App")}


def test_a_session_has_all_that_the_pump_reads():
    text = inspect.getsource(import_module("streamlit.runtime.runtime"))
    assert "self._session_mgr" in text
    assert "self._scriptrunner" in inspect.getsource(
        found("streamlit.runtime.app_session", "AppSession")
    )
    manager = import_module("streamlit.runtime.websocket_session_manager").WebsocketSessionManager
    assert callable(manager.get_active_session_info)


def test_patched_streamlit_answers_a_page_without_a_thread():
    """All of boot.py under this Python: a page connects, the script runs, a page comes back."""
    code = f"""
import asyncio, sys, threading
sys.path[:0] = [{str(STATIC / "edition")!r}]
import boot
from pathlib import Path
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

async def main():
    app = Path({str(STATIC.parents[2])!r})
    boot.prepare(app)
    server = boot.Server(app)
    await server.start()
    told = []
    server.connect(1, told.append, "")
    ask = BackMsg()
    ask.rerun_script.query_string = "b1_1=-0.2"
    ask.rerun_script.page_name = "backward_pass"
    server.receive(1, ask.SerializeToString())
    kinds = []
    for _ in range(600):
        await asyncio.sleep(0.05)
        messages = [ForwardMsg.FromString(bytes(data)) for data in told]
        kinds = [message.WhichOneof("type") for message in messages]
        if "script_finished" in kinds:
            break
    text = " ".join(str(message) for message in messages)
    assert "script_finished" in kinds, kinds
    assert "Blame flows backward" in text
    assert "exception" not in [m.delta.new_element.WhichOneof("type") for m in messages]
    # The way to another page, and at once what the page that is left still says.
    fragment = next(m.delta.fragment_id for m in messages if m.delta.fragment_id)
    old = next(m.new_session.page_script_hash for m in messages if m.HasField("new_session"))
    told.clear()
    for name, hash, of in (("relu_gate", "", ""), ("", old, fragment)):
        ask = BackMsg()
        ask.rerun_script.page_name = name
        ask.rerun_script.page_script_hash = hash
        ask.rerun_script.fragment_id = of
        server.receive(1, ask.SerializeToString())
    for _ in range(100):
        await asyncio.sleep(0.05)
    text = " ".join(str(ForwardMsg.FromString(bytes(data))) for data in told)
    assert "The ReLU gate" in text
    assert "Blame flows backward" not in text
    assert threading.active_count() == 1, threading.enumerate()
    assert "starlette" not in sys.modules
    print("well")

asyncio.run(main())
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120)
    assert done.stdout.strip().endswith("well"), done.stderr[-3000:]


def test_the_loop_a_script_finds_is_never_run():
    loop = patches._OneLoop()
    assert loop.sleep is asyncio.sleep
    mine = loop.new_event_loop()
    loop.set_event_loop(mine)
    assert not mine.is_running()
    assert not mine.is_closed()
    mine.close()
    assert mine.is_closed()
