"""What simulated readers look at, and the number each of them keeps changing."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from tests.pages.app import BESIDE


@dataclass(frozen=True)
class Visit:
    """One page, and the input that its reader changes.

    Attributes
    ----------
    page : the page's name in the address; empty for the page at `/`.
    query : the rest of the address, as a link would have it.
    key : the name of the cell, or the key of the widget, that is changed.
    part : the picture whose number is changed, by its key; where empty it is the sheet's, or that
        of a widget.
    low, high, digits : the range its numbers are drawn from, and their decimals.
    """

    page: str
    query: str = ""
    key: str = "b1[0]"
    low: float = -2.0
    high: float = 2.0
    digits: int = 2
    part: str = ""

    def draw(self, chance: random.Random) -> float:
        """Return a number to change the input to."""
        return round(chance.uniform(self.low, self.high), self.digits)


_OTHERS = {
    # On these the sidebar's numbers are not what the charts show.
    "expression": Visit("expression", "", "x", part="expression_picture"),
    "depth": Visit("depth", "", "chain_seed", 0, 9999, 0),
    "playground": Visit("playground", "data=moons&play_step=100", "weights_seed", 0, 9999, 0),
}
VISITS = [_OTHERS.get(page, Visit(page)) if page != "home" else Visit("") for page in BESIDE]
"""One visit a page."""


def bare(charts: int) -> Visit:
    """Return a visit to the bare page with as many minimal charts."""
    return replace(Visit(""), query=f"charts={charts}", key="number")
