"""What must hold on every page after everything a stranger does."""

from __future__ import annotations

import base64
import json
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from streamlit.testing.v1 import AppTest

from tests.pages.app import charts

NO_NUMBER = re.compile(r"(?<![A-Za-z])[-+]?(nan|inf|infinity)(?![A-Za-z])", re.IGNORECASE)
"""A number that is none, as a word of its own. No page means to say any of them: a run that leaves
the floats ends before, and is said to have "left the floats"."""
MINUS_ZERO = re.compile(r"(?<![\w.])-0(\.0)?(?![.\d])")
WRITTEN = (
    "title", "header", "subheader", "markdown", "caption", "latex", "code", "metric", "error",
    "warning", "info", "success",
)  # fmt: skip
"""What the app writes itself. `text` is left out: as text, the app quotes what a reader wrote."""
LABELLED = (
    "button", "selectbox", "slider", "select_slider", "number_input", "text_input", "text_area",
    "toggle", "radio", "button_group", "download_button",
)  # fmt: skip


class NotANumberError(ValueError):
    """A token that JSON does not have."""


@contextmanager
def listening() -> Iterator[list[str]]:
    """Collect every warning, of the thread that the script runs in as well."""
    heard: list[str] = []
    with warnings.catch_warnings(record=True) as caught:
        # Streamlit sets its script off in a thread of its own; the filters are the process's.
        warnings.simplefilter("always")
        yield heard
    heard += [f"{w.category.__name__}: {w.message} ({w.filename}:{w.lineno})" for w in caught]


def troubles(app: AppTest) -> list[str]:
    """Return a sentence for everything on the page that must not be there."""
    found = [
        f"exception: {element.message} {' '.join(element.stack_trace[-2:])}"
        for element in app.exception
    ]
    for where, text in written(app):
        # A link that a teacher composes carries the question as it was typed.
        if bad := NO_NUMBER.search(re.sub(r"ask=[^&\s]*", "", text)):
            found.append(f"{where} says {bad[0]!r}: {text[max(0, bad.start() - 60) :][:140]!r}")
        if bad := MINUS_ZERO.search(text):
            found.append(f"{where} says -0: {text[max(0, bad.start() - 60) :][:140]!r}")
    for kind in ("plotly_chart", "bidi_component"):
        for k, element in enumerate(app.get(kind)):
            data = element.proto.spec if kind == "plotly_chart" else carried(element.proto)
            found += [f"{kind} {k}: {said}" for said in bad_tokens(data)]
    return found


def written(app: AppTest) -> Iterator[tuple[str, str]]:
    """Yield all that the app has written, and where."""
    for kind in WRITTEN:
        for element in app.get(kind):
            yield kind, str(element.value)
    for kind in LABELLED:
        for element in app.get(kind):
            yield f"label of {kind}", str(element.label)
            yield f"help of {kind}", str(getattr(element.proto, "help", ""))
    for chart in charts(app):
        yield "words of a chart", chart["alt"]


def carried(proto: Any) -> str:
    """Return the data of a component as the JSON that the browser gets."""
    return proto.json or proto.mixed.json or "null"


def bad_tokens(text: str) -> list[str]:
    """Return what in a JSON text is no number: a token, a word or an entry of an array."""
    try:
        value = json.loads(text, parse_constant=_refuse)
    except NotANumberError as error:
        return [f"holds the token {error}"]
    return list(_bad_entries(value, ""))


def _refuse(token: str) -> Any:
    raise NotANumberError(token)


def _bad_entries(value: Any, path: str) -> Iterator[str]:
    if isinstance(value, dict):
        if "bdata" in value:
            array = np.frombuffer(base64.b64decode(value["bdata"]), value["dtype"])
            if not np.isfinite(array).all():
                yield f"{path} holds a number that is not finite"
            return
        for key, entry in value.items():
            if key == "said":
                # As text, the sheet quotes what was typed.
                continue
            yield from _bad_entries(entry, f"{path}.{key}")
    elif isinstance(value, list):
        for entry in value:
            yield from _bad_entries(entry, f"{path}[]")
    elif isinstance(value, str) and NO_NUMBER.search(value):
        yield f"{path} says {value[:80]!r}"
