"""Small tables as Markdown: a data frame would import pandas."""

from __future__ import annotations

from collections.abc import Sequence


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table; each row starts with its name, which is set in bold."""
    lines = [heads, ["---"] * len(heads)]
    # A name must not break at its space, nor a number at its minus sign.
    lines += [[f"**{name}**".replace(", ", ",\u00a0"), *cells] for name, *cells in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines).replace("e-", "e\u2011")
