"""What a reader has on screen: the inputs with what they hold, the sheet, the picture."""

from __future__ import annotations

import json
import time
from typing import Any

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.benchmarks.load.answer import Answer, WrongAnswerError
from tests.benchmarks.load.visits import Visit

SHEET, FILM = "sheet", "film"
_WRONG = ("exception",)


class Screen:
    """What has been sent so far, as a browser holds it."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        self._inputs: dict[str, tuple[str, str]] = {}
        self._values: dict[str, float | int | bool] = {}
        self._chosen: dict[str, list[str]] = {}
        """What is chosen in each row of choices, of which more than one may be."""
        self._listed: dict[str, str] = {}
        """What is chosen in each list."""
        self._sheet: dict[str, str] = {}
        self._sheet_says = ""
        self._pictured = float("nan")
        self._said = 0

    def _see(self, message: ForwardMsg, answer: Answer) -> None:
        delta = message.delta
        if delta.WhichOneof("type") != "new_element":
            return
        kind = delta.new_element.WhichOneof("type")
        element: Any = getattr(delta.new_element, kind)
        answer.elements.append(element)
        if kind in _WRONG:
            raise WrongAnswerError(f"{element.type}: {element.message}")
        ours = kind == "bidi_component" and element.component_name == "blame_chart"
        if ours or kind == "plotly_chart":
            answer.charts += 1
            answer.charted = time.perf_counter()
        elif kind == "bidi_component" and element.component_name == "blame_sheet":
            (own,) = json.loads(element.json)
            self._see_sheet(own["told"])
            self._sheet_says = f"{own['key']}__said" if own["wired"] else "said"
            if not own["wired"]:
                self._inputs[SHEET] = element.id, delta.fragment_id
        elif self.visit.part and kind == "bidi_component" and self.visit.part in element.json:
            self._see_picture(json.loads(element.json)[0]["told"])
        elif kind == "bidi_component" and element.component_name == "blame_film":
            self._inputs[FILM] = element.id, delta.fragment_id
            answer.film = element.bytes.partition(b"\n")[2]
        elif kind == "bidi_component" and element.component_name == "blame_wire":
            told = json.loads(element.bytes)["told"]
            if self._sheet_says.partition("__")[2]:
                self._inputs[SHEET] = element.id, delta.fragment_id
            for key, shown in told.items():
                answer.told[key] = shown
                if key == self.visit.part:
                    self._see_picture(shown)
                if key == self._sheet_says.partition("__")[0]:
                    self._see_sheet(shown)
                elif "figure" in shown:
                    answer.charts += 1
                    answer.charted = time.perf_counter()
        elif kind in ("markdown", "heading"):
            answer.texts.append(element.body)
        elif kind == "button_group":
            # What the session or the link sets is kept, as a browser keeps it.
            self._chosen.setdefault(
                element.id, [element.options[k].content for k in element.default]
            )
            if element.set_value:
                self._chosen[element.id] = [*element.raw_values]
        elif kind == "selectbox":
            self._listed.setdefault(element.id, element.options[element.default])
            if element.set_value:
                self._listed[element.id] = element.raw_value
        elif kind in ("number_input", "checkbox"):
            self._inputs[_key(element.id)] = element.id, delta.fragment_id
            if kind == "checkbox":
                self._values.setdefault(element.id, bool(element.default))
            else:
                whole = element.data_type == element.INT
                value = element.value if element.set_value else element.default
                if element.set_value or element.id not in self._values:
                    self._values[element.id] = int(value) if whole else float(value)

    def _see_picture(self, told: dict[str, Any]) -> None:
        nodes = [node for column in told["columns"] for node in column]
        items = [line for node in nodes for line in (*node["lines"], *node["below"])]
        items += [item for edge in told["edges"] for item in edge["items"]]
        self._pictured = next(line["value"] for line in items if line.get("set") == self.visit.key)

    def _see_sheet(self, told: dict[str, Any]) -> None:
        self._sheet = told["texts"]
        self._said = max(self._said, told["seen"])

    @property
    def number(self) -> float:
        """The number of the picture that is changed."""
        return self._pictured

    def _shown(self) -> float:
        """Return the number that the visit's input shows."""
        if self.visit.part:
            return self._pictured
        if self.visit.key in self._sheet:
            return float(self._sheet[self.visit.key])
        return float(self._values[self._inputs[self.visit.key][0]])


def _key(identity: str) -> str:
    """Return the key of an input; Streamlit puts it at the end of its name."""
    return identity.split("-", 2)[2]
