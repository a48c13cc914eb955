"""A sentence that follows the hand: words, bold ones and names, with the numbers in their place.

Streamlit's own Markdown waits for the hand to rest: each of its elements costs the browser more
than a frame has time for.
"""

from __future__ import annotations

from pathlib import Path

from pages.shared.live.mounted import part
from pages.shared.words.numbers import printed

_SCRIPTS = Path(__file__).with_name("scripts")
SENTENCE = part(
    "blame_sentence", [_SCRIPTS / "sentence.js"], _SCRIPTS / "sentence.css", isolated=False
)


def sentence(text: str, key: str, *, spoken: bool = False) -> None:
    """Show a sentence, in a part that `live` draws.

    Parameters
    ----------
    text : may hold `**bold**` and names in backticks, and no other Markdown.
    key : names it; the same key is the same sentence.
    spoken : whether a change of it is spoken, once the reader's own voice or machine is silent.
    """
    SENTENCE.draw({"text": printed(text), "spoken": spoken}, f"sentence_{key}")
