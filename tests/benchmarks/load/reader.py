"""A simulated reader: speaks Streamlit's own WebSocket protocol, draws nothing.

The messages are those of Streamlit 1.67, from the definitions that it is installed with. A reader
says what a browser would say: the address, the fragment that holds the changed input, and the
value of every number, tick box and choice on the page. It keeps large elements and names them by
their hashes, so the server need not send them twice.
"""

from __future__ import annotations

import asyncio
import json
import time
from types import TracebackType
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from tests.benchmarks.load.answer import Answer, WrongAnswerError
from tests.benchmarks.load.screen import FILM, SHEET, Screen
from tests.benchmarks.load.visits import Visit

PATIENCE = 30.0
"""Seconds after which an answer that has not come is an error."""
RETRY = 0.5
"""Seconds between two attempts to connect anew."""
AGE = 2
"""For so many runs a browser keeps an element that has not been named again."""
_DONE = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)


class Reader(Screen):
    """One session. Use as `async with Reader(url, visit) as reader`."""

    def __init__(self, url: str, visit: Visit, session: str = "") -> None:
        super().__init__(visit)
        self.session = session
        """The session's name; a given one is taken up again, as a browser that reconnects does."""
        self._url = url.replace("http", "ws", 1) + "/_stcore/stream"
        self._connection: ClientConnection | None = None
        self._page_hash = ""
        self._kept: dict[str, tuple[int, ForwardMsg]] = {}
        """Large elements by their hash, with the run that named them last."""
        self._runs = 0
        self._cookie = ""
        self._query = visit.query

    async def __aenter__(self) -> Reader:
        return await self.arrive()

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        await self.leave()

    async def arrive(self) -> Reader:
        """Open the page and wait until it is whole."""
        # As a browser does: the protocol's name, a token against forgery, the session there was.
        protocols = ["streamlit", "none", self.session] if self.session else ["streamlit"]
        self._connection = await connect(
            self._url,
            subprotocols=protocols,
            additional_headers={"Cookie": self._cookie} if self._cookie else None,
            max_size=None,
            proxy=None,
            open_timeout=PATIENCE,
        )
        # A proxy tells by its cookie which process a reader belongs to.
        given = self._connection.response
        cookie = given.headers.get("Set-Cookie") if given else None
        self._cookie = cookie.partition(";")[0] if cookie else self._cookie
        self.first = await self._ask(BackMsg(), "")
        return self

    async def change(self, value: float, *, rest: bool = True) -> Answer:
        """Change this visit's input, and wait for the answer; one in a picture may still move."""
        if self.visit.part:
            self._said += 1
            said = {"number": self._said, "name": self.visit.key, "value": value, "rest": rest}
            return await self.say(f"{self.visit.part}__moved", said)
        if self.visit.key in self._sheet:
            return await self._ask_sheet(value)
        identity, fragment = self._inputs[self.visit.key]
        self._values[identity] = (
            int(value) if isinstance(self._values[identity], int) else float(value)
        )
        given = f"{self.visit.key}={self._values[identity]}"
        self._query = f"{self.visit.query}&{given}" if self.visit.query else given
        return await self._ask(BackMsg(), fragment)

    async def _ask_sheet(self, value: float) -> Answer:
        """Type a number into a cell of the sheet, as its script says it."""
        self._said += 1
        said = {"number": self._said, "name": self.visit.key, "text": str(value)}
        return await self.say(self._sheet_says, said)

    async def say(self, event: str, said: Any) -> Answer:
        """Say what a part's script says; where the sheet is wired, over the wire as all parts."""
        return await self._trigger(SHEET, event, said)

    async def film(self, name: str, values: list[float]) -> Answer:
        """Ask for a piece of a film, as its script does."""
        self._said += 1
        asked = {"name": name, "values": values, "number": self._said}
        return await self._trigger(FILM, "ask", asked)

    async def _trigger(self, part: str, event: str, said: Any) -> Answer:
        identity, fragment = self._inputs[part]
        message = BackMsg()
        widgets = message.rerun_script.widget_states.widgets
        widgets.add(id=identity, json_value="{}")
        widgets.add(
            id=f"$$STREAMLIT_INTERNAL_KEY_{identity}__events",
            json_trigger_value=json.dumps([{"event": event, "value": said}]),
        )
        return await self._ask(message, fragment)

    async def come_back(self) -> None:
        """Connect anew after the server has gone, as a browser does, until it is there again.

        Raises
        ------
        WrongAnswerError
            If the number that was set before is not the one on the page now.
        """
        until = time.monotonic() + PATIENCE
        wanted = self._shown()
        self._kept.clear()
        while True:
            try:
                await self.arrive()
                break
            except (OSError, WebSocketException):
                if time.monotonic() > until:
                    raise
                await asyncio.sleep(RETRY)
        # An input keeps what it holds, unless the server tells it otherwise.
        if self._shown() != wanted:
            raise WrongAnswerError(f"came back to {self._shown()}, not to {wanted}")

    async def leave(self) -> None:
        """Close the connection."""
        if self._connection:
            await self._connection.close()

    async def _ask(self, message: BackMsg, fragment: str) -> Answer:
        assert self._connection
        run = message.rerun_script
        run.query_string = self._query
        run.fragment_id = fragment
        if self._page_hash:
            run.page_script_hash = self._page_hash
        else:
            run.page_name = self.visit.page
        self._runs += 1
        oldest = self._runs - AGE
        self._kept = {name: kept for name, kept in self._kept.items() if kept[0] >= oldest}
        run.cached_message_hashes.extend(self._kept)
        run.context_info.url = self._url
        for identity, value in self._values.items():
            state = run.widget_states.widgets.add(id=identity)
            if isinstance(value, bool):
                state.bool_value = value
            elif isinstance(value, int):
                state.int_value = value
            else:
                state.double_value = value
        for identity, chosen in self._chosen.items():
            run.widget_states.widgets.add(id=identity).string_array_value.data.extend(chosen)
        for identity, listed in self._listed.items():
            run.widget_states.widgets.add(id=identity).string_value = listed
        await self._connection.send(message.SerializeToString())
        return await asyncio.wait_for(self._listen(), PATIENCE)

    async def _listen(self) -> Answer:
        assert self._connection
        answer = Answer()
        while True:
            data = await self._connection.recv()
            assert isinstance(data, bytes)
            answer.size += len(data)
            message = ForwardMsg.FromString(data)
            kind = message.WhichOneof("type")
            if kind == "ref_hash":
                _, message = self._kept[message.ref_hash]
                kind = message.WhichOneof("type")
            if message.metadata.cacheable:
                self._kept[message.hash] = self._runs, message
            if kind == "new_session":
                answer.runs += 1
                self._page_hash = message.new_session.page_script_hash
                self.session = message.new_session.initialize.session_id or self.session
            elif kind == "page_info_changed":
                self._query = message.page_info_changed.query_string
            elif kind == "delta":
                self._see(message, answer)
            elif kind == "script_finished":
                if message.script_finished in _DONE:
                    answer.ended = time.perf_counter()
                    answer.charted = answer.charted or answer.ended
                    return answer
                if message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    raise WrongAnswerError("the script could not be compiled")
                # Another run follows, and it says everything again.
                answer.charts, answer.charted, answer.texts = 0, 0.0, []
                answer.elements, answer.told = [], {}
            elif kind in ("page_not_found",):
                raise WrongAnswerError("page not found")
