"""Components of our own whose scripts and styles travel once, not with every answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from pages.shared.state.wire import wire

_SCRIPTS = Path(__file__).with_name("scripts")


@dataclass(frozen=True)
class Part:
    """A component in two: `draw` mounts one, `send_code` sends what draws all of them."""

    name: str
    code: str
    """All its scripts, as a page is sent them."""
    _mount: Callable[..., Any]
    _code: Callable[..., Any]

    def draw(self, told: Any, key: str, **heard: Callable[[Any], None]) -> None:
        """Show a part, or what has changed in it where the lesson has mounted it (wire.py).

        Parameters
        ----------
        told : what its script gets.
        key : names the part; the same key is the same part.
        heard : what it may say, and who is told what it said.
        """
        of = wire()
        if of.take(key, told, heard):
            return
        # In a list: Streamlit looks for data frames in a dictionary, and imports pandas to do so.
        data = [{"key": key, "told": told, **of.address()}]
        events = {f"on_{what}_change": _teller(key, what, tell) for what, tell in heard.items()}
        self._mount(data=data, key=key, **events)

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
            *(_read(path) for path in (_SCRIPTS / "paper.js", _SCRIPTS / "part.js", *scripts)),
        ]
    )
    mount = _read(_SCRIPTS / "mount.js").replace("NAME", name)
    component = st.components.v2.component
    return Part(
        name,
        code,
        component(name, js=mount, isolate_styles=isolated),
        component(f"{name}_code", js=code),
    )


def _teller(key: str, what: str, tell: Callable[[Any], None]) -> Callable[[], None]:
    return lambda: tell(getattr(st.session_state.get(key), what, None))


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")
