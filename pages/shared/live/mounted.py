"""Components of our own whose scripts and styles travel once, not with every answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

_SCRIPTS = Path(__file__).with_name("scripts")


@dataclass(frozen=True)
class Part:
    """A component in two: `draw` mounts one, `send_code` sends what draws all of them."""

    name: str
    draw: Callable[..., Any]
    _code: Callable[..., Any]

    def send_code(self, told: Any = None) -> None:
        """Send scripts and styles; once a page, outside what answers to a number.

        With them goes what all answers have in common, `told`: the scripts' `hear` gets it.
        """
        self._code(data=[told], key=f"{self.name}_code")


def part(
    name: str,
    scripts: Sequence[Path],
    styles: Path,
    *,
    isolated: bool = True,
    given: Mapping[str, Any] | None = None,
) -> Part:
    """Register a component. At module level only: Streamlit looks it up by its name.

    Parameters
    ----------
    name : of the component, an identifier.
    scripts : read one after the other; the last of them says `blamePart(draw)`, or
        `blamePart(draw, hear)`.
    styles : its style sheet.
    given : what the scripts know by name besides.
    isolated : whether each one lives in a shadow root, where the page's own styles end.
    """
    told = {"PART": name, "STYLES": _read(styles), **(given or {})}
    code = "\n".join(
        [
            *(f"const {key} = {json.dumps(value)};" for key, value in told.items()),
            *(_read(path) for path in (_SCRIPTS / "part.js", *scripts)),
        ]
    )
    mount = _read(_SCRIPTS / "mount.js").replace("NAME", name)
    component = st.components.v2.component
    return Part(
        name,
        component(name, js=mount, isolate_styles=isolated),
        component(f"{name}_code", js=code),
    )


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")
