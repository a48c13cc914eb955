"""The icons that the app shows, cut out of Streamlit's font of four thousand (.ci/icons.py)."""

from __future__ import annotations

from pathlib import Path

from streamlit import file_util

FONT = Path(__file__).with_name("icons.woff2")
NAMES = Path(__file__).with_name("icons.txt")
"""The file it was cut out of, then the name of each icon."""


def original() -> Path | None:
    """Return Streamlit's own font of icons, if there is one by that name."""
    media = Path(file_util.get_static_dir()) / "static" / "media"
    return next(iter(sorted(media.glob("MaterialSymbols-Rounded*.woff2"))), None)


def replaced() -> str:
    """Return the name of the file that `FONT` may be sent for; nothing after another Streamlit."""
    (name, *_), font = NAMES.read_text(encoding="utf-8").split(), original()
    return name if font is not None and font.name == name else ""
