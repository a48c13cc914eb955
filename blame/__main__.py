"""Print an exercise's whole trace: `python -m blame [EXERCISE] [--set NAME=VALUE] [--steps N]`.

The exercise is a key of the library, a preset, or the link of a page. `python -m blame --library`
lists the public exercises, `--library mazur` shows what the source of one prints.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import NoReturn
from urllib.parse import parse_qs

from blame.exercise.exercise import Exercise
from blame.exercise.library.library import LIBRARY
from blame.exercise.library.listing import entry_text, library_text
from blame.exercise.links import read_link
from blame.exercise.names import link_name, name_in_link
from blame.exercise.presets import NOTEBOOK, PRESETS
from blame.exercise.starts import STARTS
from blame.exercise.trace_text import trace_text
from blame.exercise.typed.bounds import parse_number
from blame.exercise.typed.numbers import read_number

NAMES = tuple(map(link_name, NOTEBOOK.names()))


class _OneLine(argparse.ArgumentParser):
    """A parser that says what is wrong in one line, without the usage before it."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {' '.join(message.split())}\n")


def _setting(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not NAME=VALUE; NAME is one of {', '.join(NAMES)}, or as the exercise "
            "at hand has it"
        )
    return name_in_link(name), value


def _exercise(text: str) -> Exercise:
    """Return what a key, or the address or query of a link, is about."""
    if text in STARTS:
        return STARTS[text].exercise
    query = text.rpartition("?")[2]
    if "=" not in query:
        raise argparse.ArgumentTypeError(
            f"{text[:40]!r} is no exercise; choose one of {', '.join(STARTS)}, or give a link"
        )
    read = read_link(parse_qs(query, keep_blank_values=True))
    for problem in read.problems:
        print(f"In the link, {problem.rstrip('.')}.", file=sys.stderr)
    return read.exercise


def _with(exercise: Exercise, settings: Sequence[tuple[str, str]]) -> Exercise:
    numbers = {}
    for name, text in settings:
        numbers[name] = exercise.parse_number(name, text)
        if said := read_number(text).said:
            print(f"{link_name(name)}: {said}", file=sys.stderr)
    return exercise.with_numbers(numbers)


def _steps(text: str) -> int:
    try:
        return int(parse_number("steps", text))
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status."""
    parser = _OneLine(
        prog="python -m blame",
        description="Print every number of an exercise's forward pass, blame and update.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "exercise",
        nargs="?",
        type=_exercise,
        metavar="EXERCISE",
        help="a key of the library, a preset, or the link of a page; the notebook if there is none",
    )
    parser.add_argument(
        "--exercise", type=_exercise, dest="named", metavar="EXERCISE", help="the same, by name"
    )
    parser.add_argument("--preset", choices=PRESETS, help="the numbers to start from")
    parser.add_argument(
        "--set",
        type=_setting,
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help=f"change one number, again and again if need be; the notebook's: {', '.join(NAMES)}",
    )
    parser.add_argument("--steps", type=_steps, metavar="N", help="train on for N steps")
    parser.add_argument(
        "--library",
        nargs="?",
        const=True,
        choices=LIBRARY,
        metavar="KEY",
        help="list the public exercises, or show one with its published and its true numbers",
    )
    options = parser.parse_args(arguments)
    if options.library is not None:
        key = options.library
        print(library_text(LIBRARY.values()) if key is True else entry_text(LIBRARY[key]))
        return 0
    starts = [PRESETS[options.preset].exercise] if options.preset else []
    starts += [start for start in (options.exercise, options.named) if start is not None]
    if len(starts) > 1:
        parser.error("give one exercise to start from, not several")
    try:
        exercise = _with(starts[0] if starts else NOTEBOOK, options.set)
    except ValueError as error:
        parser.error(str(error))
    steps = options.steps
    if steps is None and "steps" in dict(options.set):
        steps = exercise.steps
    print(trace_text(exercise, steps))
    return 0


if __name__ == "__main__":
    sys.exit(main())
