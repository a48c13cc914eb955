"""A film: what the parts of a page show along one axis, worked out before the hand gets there.

Each frame is drawn by what draws the page at rest, and sent as its differences from the page as it
is. The scripts in `scripts/film/` ask for places along an axis and show the frame that the hand is
at.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Any

import streamlit as st

from pages.shared.charts.packed import FEW, Shared, between
from pages.shared.state.axes import Axis, NotYetError, axis_of, filmed, stamp
from pages.shared.state.settings.parts import Parts
from pages.shared.state.wire import wire

MOST_FRAMES = 60
SECONDS = 0.045
AT_FIRST = 8
SECONDS_OF_RUN = 0.13
BYTES = 50_000
"""Bounds of one piece of a film: how many frames, how long the server draws, what is sent.

The first piece is asked for with few frames and has a quarter of the time, so that one comes at
once; with two more before the hand moves: 100 ms, 150 kB. A run is asked for to its end, piece by
piece: no hand waits for any but the first.
"""

_HERE = Path(__file__).with_name("scripts") / "film"
_SCRIPTS = ("restored", "frames", "asks", "projector")
_COMPONENT = st.components.v2.component(
    "blame_film", js="\n".join((_HERE / f"{name}.js").read_text("utf-8") for name in _SCRIPTS)
)
_KEY = "blame_film"
_ASKED = "film_asked_for"

Change = tuple[tuple[str | int, ...], Any]
"""Where something differs, and what stands there instead."""


def film(parts: Parts) -> None:
    """Send the piece of a film that was asked for; in a fragment of its own, within a lesson."""
    asked = st.session_state.pop(_ASKED, None)
    of = wire()
    head: dict[str, Any] = {"session": of.session, "lesson": of.lesson}
    body = b""
    if asked:
        told, body = _piece(parts, *asked)
        head |= told
    # As bytes: anything else Streamlit writes out twice, once to tell it from the one before.
    sent = json.dumps(head, separators=(",", ":")).encode() + b"\n" + body
    _COMPONENT(data=sent, key=_KEY, on_ask_change=_hear)


def _hear() -> None:
    said = getattr(st.session_state.get(_KEY), "ask", None)
    if not isinstance(said, Mapping):
        return
    name, values, number = said.get("name"), said.get("values"), said.get("number")
    if isinstance(name, str) and isinstance(values, list) and isinstance(number, int):
        places = [float(value) for value in values[:MOST_FRAMES] if isinstance(value, int | float)]
        st.session_state[_ASKED] = (name, places, number)


def _piece(
    parts: Parts, name: str, values: Sequence[float], number: int
) -> tuple[dict[str, Any], bytes]:
    """Return what is said of a piece, and the piece."""
    head: dict[str, Any] = {"number": number, "name": name}
    axis = axis_of(name)
    if axis is None:
        return head, b""
    shown = parts.showing(axis.run) if axis.run else parts
    rest = shown.imagine()
    if rest is None:
        return head, b""
    filmed(name)
    most = SECONDS / 4 if len(values) <= AT_FIRST else SECONDS
    until = perf_counter() + (SECONDS_OF_RUN if axis.run else most)
    still: list[float] = []
    body = packed(rest, frames(shown, axis, values, until, still))
    return {**head, "stamp": stamp(axis), "still": bool(still)}, body


def frames(
    parts: Parts,
    axis: Axis,
    values: Sequence[float],
    until: float,
    still: list[float] | None = None,
) -> Iterator[tuple[float, dict[str, Any]]]:
    """Yield what the parts are told at each place, as long as there is time; at least at one.

    A place where other parts would be on screen than now is left out. One that is still being
    worked out ends the piece, and goes into `still`.
    """
    for count, value in enumerate(values):
        if count and perf_counter() > until:
            return
        try:
            with axis.at(value):
                told = parts.imagine()
        except NotYetError:
            if still is not None:
                still.append(value)
            return
        except ValueError:
            continue
        if told is not None:
            yield value, told


def packed(rest: Mapping[str, Any], taken: Iterator[tuple[float, dict[str, Any]]]) -> bytes:
    """Return frames as they are sent, as many of them as the bound on bytes lets through.

    Parameters
    ----------
    rest : what the parts are told at rest.
    taken : a place and what they are told there, for each frame.
    """
    paths: dict[tuple[str | int, ...], int] = {}
    values: list[float] = []
    rows: list[str] = []
    shared = Shared()
    beginning = _text(shared.shrunk(rest))
    # How many are shared by the beginning and all frames up to each.
    shares = [len(shared.texts)]
    # What will come of it, roughly: frames that would be left out again need not be drawn.
    meter = zlib.compressobj(1)
    size = len(meter.compress((beginning + "".join(shared.texts)).encode()))
    for value, told in taken:
        row: list[Any] = []
        for path, there in differences(rest, told):
            row += [paths.setdefault(path, len(paths)), shared.shrunk(there)]
        values.append(value)
        rows.append(_text(row))
        more = [rows[-1], *islice(shared.texts, shares[-1], None)]
        shares.append(len(shared.texts))
        size += len(meter.compress("".join(more).encode()))
        if size > BYTES:
            break
    while True:
        whole = (
            f'{{"rest":{beginning},"rows":[{",".join(rows)}],'
            f'"shared":[{",".join(islice(shared.texts, shares[len(rows)]))}],'
            f'"paths":{_text(list(paths))},"values":{_text(values)}}}'
        )
        sent = _compressed(whole.encode())
        if len(sent) <= BYTES or not rows:
            return sent if len(sent) <= BYTES else b""
        # Those last asked for are the farthest.
        fewer = min(len(rows) - 1, len(rows) * BYTES // len(sent))
        values, rows = values[:fewer], rows[:fewer]


def _text(told: Any) -> str:
    return json.dumps(told, separators=(",", ":"))


def _compressed(text: bytes) -> bytes:
    made = zlib.compressobj(5, wbits=31)
    return made.compress(text) + made.flush()


def differences(rest: Any, told: Any, path: tuple[str | int, ...] = ()) -> Iterator[Change]:
    """Yield where what is told differs from what is told at rest.

    What has other names is told whole. So is what is of another length, and a row or a map of
    which most differs, but for a beginning and an end that are the same.
    """
    if rest is told:
        # What many frames share, as a map, is large.
        return
    if isinstance(rest, dict) and isinstance(told, dict) and rest.keys() == told.keys():
        for name in rest:
            yield from differences(rest[name], told[name], (*path, name))
    elif isinstance(rest, list) and isinstance(told, list) and rest and told:
        if len(rest) >= FEW and rest == told:
            return
        if len(rest) != len(told) or _mostly_other(rest, told):
            yield path, between(rest, told) or told
            return
        for k, (before, now) in enumerate(zip(rest, told, strict=True)):
            yield from differences(before, now, (*path, k))
    elif rest != told or type(rest) is not type(told):
        yield path, told


def _mostly_other(rest: list[Any], told: list[Any]) -> bool:
    """Return whether a row of plain things, or a map, is told in fewer bytes than differences."""
    if len(rest) < FEW or isinstance(rest[0], dict) or not _is_plain(rest[0]):
        return False
    return 2 * sum(a != b for a, b in zip(rest, told, strict=True)) > len(rest)


def _is_plain(one: Any) -> bool:
    return not isinstance(one, list) or not one or not isinstance(one[0], dict | list)
