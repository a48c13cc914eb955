"""What a sheet answers to a text that was typed or pasted. Knows no Streamlit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from blame.exercise.exercise import Exercise
from blame.exercise.names import title_of
from blame.exercise.typed.numbers import TypedNumber, read_number, read_numbers

MOST_PASTED = 1000
"""So many numbers are looked for in what is pasted."""


@dataclass
class Reply:
    """The numbers that a text sets, and what is to be said at each cell and of them all.

    Attributes
    ----------
    changes : the new numbers by name.
    said : name -> what stands beside the cell; nothing where the number is read as written.
    refused : the names of the cells whose number of before stays.
    words : what became of several numbers.
    """

    changes: dict[str, float] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    words: str = ""


def typed(exercise: Exercise, name: str, text: str) -> Reply:
    """Read what was typed into one cell."""
    reply = Reply()
    _take(reply, exercise, name, read_number(text))
    return reply


def pasted(exercise: Exercise, name: str, text: str, order: Sequence[str]) -> Reply:
    """Read several numbers, into the cells from `name` on.

    Parameters
    ----------
    order : the cells one after the other, as numbers fill them.
    """
    found = read_numbers(text, MOST_PASTED)
    if len(found) <= 1:
        return typed(exercise, name, text)
    cells = order[order.index(name) :]
    reply = Reply()
    for cell, number in zip(cells, found, strict=False):
        _take(reply, exercise, cell, number)
    reply.words = _words(reply, len(found), len(cells))
    return reply


def _take(reply: Reply, exercise: Exercise, name: str, number: TypedNumber) -> None:
    reply.said[name] = number.said
    if number.value is None:
        reply.refused.append(name)
        return
    try:
        reply.changes[name] = exercise.check_number(name, number.value)
    except ValueError as error:
        reply.refused.append(name)
        why, _, _ = str(error).replace(name, title_of(name), 1).partition(", got ")
        reply.said[name] = f"{why}.".replace("-", "\u2212")


def _words(reply: Reply, found: int, cells: int) -> str:
    filled = [title_of(name) for name in reply.changes]
    if not filled:
        said = "No cell is filled"
    elif len(filled) == 1:
        said = f"1 cell is filled, {filled[0]}"
    else:
        said = f"{len(filled)} cells are filled, {filled[0]} to {filled[-1]}"
    if reply.refused:
        said += f"; {_count(len(reply.refused), 'entry', 'entries')} could not be read"
    if found > cells:
        said += f"; {_count(found - cells, 'number is', 'numbers are')} left over"
    return f"{said}."


def _count(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"
