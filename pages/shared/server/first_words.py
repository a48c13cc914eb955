"""What a page is about, written into Streamlit's own page.

Over a slow line its scripts take half a minute: the title and the first sentence need not wait.
"""

from __future__ import annotations

import ast
import re
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import NamedTuple

from pages.shared.state.menu import HOME, SECTIONS, Page

PAGES = Path(__file__).parents[2]
_SCRIPTS = Path(__file__).with_name("scripts")
_STYLES, _SCRIPT = (
    (_SCRIPTS / f"first_words.{kind}").read_text(encoding="utf-8") for kind in ("css", "js")
)
_TAB = b"<title>Streamlit</title>"
_ROOT = b'<div id="root">'
_BOLD, _SLANTED = re.compile(r"\*\*([^*]+)\*\*"), re.compile(r"\*([^*]+)\*")


class FirstWords(NamedTuple):
    """What can be said of a page before it is there; `tab` is what the browser calls it."""

    tab: str
    title: str
    lead: str
    alone: bool


def with_first_words(page: bytes, path: str, query: str = "") -> bytes:
    """Return Streamlit's page with the title and the first sentence of what it will show.

    Parameters
    ----------
    path, query : of the address that was asked for.
    """
    every = first_words()
    said = every.get(path.rstrip("/").rpartition("/")[2]) or every[HOME]
    page = page.replace(_TAB, f"<title>{escape(said.tab)}</title>".encode(), 1)
    if "covered=" in query:
        # A teacher may have covered the lesson, its title too.
        return page
    beside = "" if said.alone or "embed=true" in query else ' class="beside"'
    shown = (
        f"<style>\n{_STYLES}</style>\n"
        f'<div id="first-words"{beside}>\n<p class="title">{escape(said.title)}</p>\n'
        f'<p>{_marked(said.lead)}</p>\n<p class="waits">The rest is on its way.</p>\n</div>\n'
        f"<script>\n{_SCRIPT}</script>\n"
    )
    return page.replace(_ROOT, shown.encode() + _ROOT, 1)


@lru_cache(maxsize=1)
def first_words() -> dict[str, FirstWords]:
    """Return what is known of every page by the name of its file.

    A title that is worded from the reader's numbers is the menu's here, and a first sentence of
    that kind is what Home says of the page.
    """
    return {page.file: _of(page) for pages in SECTIONS.values() for page in pages}


def _of(page: Page) -> FirstWords:
    title, lead = _opened_by(PAGES / f"{page.file}.py")
    tab = "Blame" if page.file == HOME else f"{page.title} \u2013 Blame"
    said = lead or (f"{page.invitation}." if page.invitation else "")
    return FirstWords(tab, title or page.title, said, page.alone)


def _opened_by(file: Path) -> tuple[str, str]:
    """Return the texts with which a page calls `lesson`; nothing for what is no plain text."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "lesson":
            title, lead = (_text(given) for given in node.args[:2])
            return title, lead
    return "", ""


def _text(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _marked(text: str) -> str:
    """Return a sentence with what Markdown makes bold or slanted."""
    return _SLANTED.sub(r"<em>\1</em>", _BOLD.sub(r"<strong>\1</strong>", escape(text)))
