"""What tells several examples apart, and a short text that holds an example."""

from __future__ import annotations

from collections.abc import Sequence

from blame.exercise.example import NAMES, Example, parse_number

MARK = ";"


def differing_names(examples: Sequence[Example]) -> tuple[str, ...]:
    """Return the names whose numbers are not the same in all examples, in the order of links."""
    each = [example.numbers() for example in examples]
    return tuple(name for name in NAMES if len({numbers[name] for numbers in each}) > 1)


def write_examples(examples: Sequence[Example]) -> str:
    """Return examples as one text: of each what differs from the notebook's, `b1_1:-0.2,steps:9`.

    Examples are parted by a semicolon; the notebook's own is a minus sign. No number has a comma
    here, for commas part the numbers: a decimal comma is refused, never read as two.
    """
    defaults = Example().numbers()
    return MARK.join(
        ",".join(f"{n}:{v!r}" for n, v in example.numbers().items() if v != defaults[n]) or "-"
        for example in examples
    )


def read_examples(text: str, most: int) -> tuple[tuple[Example, ...], list[str]]:
    """Return the examples a text holds, at most so many, and a sentence for each part left out."""
    found: list[Example] = []
    problems: list[str] = []
    parts = text.split(MARK) if text else []
    for number, part in enumerate(parts[: most + 1], start=1):
        if number > most:
            problems.append(f"only the first {most} kept runs are used")
            break
        try:
            example = _read(part)
        except ValueError as error:
            problems.append(f"kept run {number} is left out: {error}")
            continue
        if example not in found:
            found.append(example)
    return tuple(found), problems


def _read(part: str) -> Example:
    changes: dict[str, float] = {}
    for piece in [] if part == "-" else part.split(","):
        name, colon, value = piece.partition(":")
        if not colon:
            raise ValueError(f"{piece[:40]!r} is not a name and a number")
        changes[name] = parse_number(name[:40], value)
    return Example(**{**Example().numbers(), **changes})
