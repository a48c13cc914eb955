"""Print the notebook's whole trace: `python -m blame [--set NAME=VALUE] [--steps N]`.

`python -m blame --library` lists the public exercises, `--library mazur` opens one.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import NoReturn

from blame.exercise.bounds import parse_number
from blame.exercise.library.library import LIBRARY
from blame.exercise.library.listing import entry_text, library_text
from blame.exercise.names import link_name, name_in_link
from blame.exercise.presets import NOTEBOOK, PRESETS
from blame.exercise.trace_text import trace_text
from blame.exercise.typed_numbers import read_number

NAMES = tuple(map(link_name, NOTEBOOK.names()))


class _OneLine(argparse.ArgumentParser):
    """A parser that says what is wrong in one line, without the usage before it."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {' '.join(message.split())}\n")


def _setting(text: str) -> tuple[str, float]:
    name, equals, value = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not NAME=VALUE; NAME is one of {', '.join(NAMES)}"
        )
    try:
        number = NOTEBOOK.parse_number(name_in_link(name), value)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    if said := read_number(value).said:
        print(f"{name}: {said}", file=sys.stderr)
    return name_in_link(name), number


def _steps(text: str) -> int:
    try:
        return int(parse_number("steps", text))
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status."""
    parser = _OneLine(
        prog="python -m blame",
        description="Print every number of the notebook's forward pass, blame and update.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "--preset", choices=PRESETS, default="notebook", help="the numbers to start from"
    )
    parser.add_argument(
        "--set",
        type=_setting,
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help=f"change one number, again and again if need be; names: {', '.join(NAMES)}",
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
    settings = dict(options.set)
    steps = options.steps
    if steps is None and "steps" in settings:
        steps = int(settings["steps"])
    exercise = PRESETS[options.preset].exercise.with_numbers(settings)
    print(trace_text(exercise, steps))
    return 0


if __name__ == "__main__":
    sys.exit(main())
