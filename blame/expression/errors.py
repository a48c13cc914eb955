"""What is wrong with a text, and where."""

from __future__ import annotations

from blame.expression.graph import Place

MOST_QUOTED = 40


class ExpressionError(ValueError):
    """A text that is no expression, or one without a value; it names the place and the remedy.

    Attributes
    ----------
    place : the line and column from 1, and the piece that is wrong.
    why : what is wrong with it, after the piece.
    remedy : what to do instead.
    """

    def __init__(self, place: Place, why: str, remedy: str) -> None:
        piece = quoted(place.written)
        self.place, self.why, self.remedy = place, why, remedy
        said = f"{piece} {why}" if piece else why
        super().__init__(f"line {place.line}, column {place.column}: {said}; {remedy}")


def quoted(written: str) -> str:
    """Return a piece of the text as one short line in quotes that every screen can show."""
    plain = " ".join(written[: 4 * MOST_QUOTED].split())
    plain = "".join(sign if sign.isprintable() else "\ufffd" for sign in plain)
    if len(plain) > MOST_QUOTED:
        plain = f"{plain[:MOST_QUOTED]}..."
    return f"'{plain}'" if plain else ""
