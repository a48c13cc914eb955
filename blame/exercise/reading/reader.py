"""`read_exercise`: a pasted text in, an exercise out, with what was assumed or not read."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np

from blame.arrays import Array
from blame.exercise.limits import MOST_LAYERS, MOST_UNITS
from blame.exercise.reading.assumptions import Assumed
from blame.exercise.reading.by_hand import say_slips, with_rate_of_update
from blame.exercise.reading.draft import Draft, Reading
from blame.exercise.reading.listing.listing import Listing, follow
from blame.exercise.reading.listing.symbols import Value
from blame.exercise.reading.parts import Parts
from blame.exercise.reading.text.hints import read_hints
from blame.exercise.reading.text.loose import read_loose
from blame.exercise.reading.text.loose_numbers import Loose, canonical
from blame.exercise.reading.text.prose import read_prose
from blame.exercise.reading.text.text_lines import MOST_TEXT, plain_text
from blame.exercise.reading.together.described import numbers_of_description
from blame.exercise.reading.together.matrices import known_numbers
from blame.exercise.reading.together.out_of_reach import leak_said, one_by_one_said
from blame.exercise.reading.together.shown import shown_values
from blame.exercise.reading.together.to_exercise import to_exercise
from blame.exercise.reading.together.together import UNFIT, put_together
from blame.expression.reading.read import read_expression

_DATA_LINE = re.compile(r"^\s{0,40}[\w.\[\]]{1,30}\s{0,9}=[^=\n]{0,200}?(?<![\w.])\d")
MOST_GIVEN = 60
"""So many numbers found in sentences are put into a listing that has none of its own."""
MANY_COMMAS = 3
_COMMA_READ = re.compile(r"-?\d+,\d+ is read as -?\d+\.\d+\.")
NOTHING = "No network was found: the text needs weights, such as W1 = [[0.1, 0.2], [0.3, 0.4]]."
_STEP = re.compile(
    r"\b1(?:\.0)? if [^\n]{1,80} else -?[01]\b|\bheaviside\(|\bstep function\b", re.I
)
STEP = (
    "No network was found: the text's neuron seems to end in a step, which has no slope to send "
    "blame through. An exercise needs a sigmoid, a tanh or another activation with a slope."
)
EXPRESSION = (
    "This is an expression of single values and no network of layers: the page Any expression "
    "reads it."
)


def read_exercise(text: str, choices: Mapping[str, str] | None = None) -> Reading:
    """Return the exercise that a pasted text gives.

    Nothing in the text is executed. `choices` answer what a reading assumed, by the keys of
    `Reading.assumed`: `{"layout": "rows", "loss": "half_sse"}`; what is none of the choices is
    passed over. No text raises: what is wrong is told in `Reading.problems`.
    """
    if len(text) > MOST_TEXT:
        return Reading(None, problems=(f"The text is longer than {MOST_TEXT:,} characters.",))
    if not text.strip():
        return Reading(None, problems=("Nothing is written here.",))
    parts = _parts(text, Assumed(choices or {}))
    draft = put_together(parts)
    if draft is None:
        if parts.form == "expression" or _is_expression(text):
            parts.problems.insert(0, EXPRESSION)
        elif not any(problem.startswith(UNFIT) for problem in parts.problems):
            parts.problems.insert(0, STEP if _STEP.search(text) else NOTHING)
        return _reading(parts, None, None)
    leak_said(parts, list(draft.activations))
    one_by_one_said(parts, len(draft.x))
    exercise = None
    too_large = _too_large(draft)
    if too_large:
        parts.problems.append(too_large)
    else:
        try:
            exercise = to_exercise(draft)
            if parts.listing.network is not None:
                draft = with_rate_of_update(parts, draft, exercise)
                exercise = to_exercise(draft)
                say_slips(parts, exercise)
        except ValueError as error:
            parts.problems.append(f"The parts do not make an exercise: {error}.")
    return _reading(parts, draft, exercise)


def _is_expression(text: str) -> bool:
    try:
        read_expression(text)
    except ValueError:
        return False
    return True


def _reading(parts: Parts, draft: Draft | None, exercise: object) -> Reading:
    return Reading(
        exercise,
        tuple(parts.assumed.kept.values()) if draft else (),
        tuple(dict.fromkeys(parts.problems)),
        tuple(dict.fromkeys(parts.said)),
        {
            name: ours
            for name, ours in parts.named.items()
            if len(name) > 2 or re.search(rf"(?<![A-Za-z]){name[0]}", parts.text)
        },
        parts.form,
        draft,
    )


def _parts(text: str, assumed: Assumed) -> Parts:
    plain = plain_text(text)
    lines = plain.split("\n")
    listing = follow(lines)
    loose = read_loose(lines, listing.read)
    read_prose(lines, listing.read, loose)
    if listing.network is None and listing.run.failed and len(loose.values) <= MOST_GIVEN:
        # Formulas may stand before the numbers that they are of.
        again = follow(lines, loose.values)
        if again.network is not None:
            listing = again
            loose.unread = {k: line for k, line in loose.unread.items() if k not in again.read}
    values: dict[str, Array] = {}
    for name, value in listing.names.items():
        numbers = known_numbers(value)
        if numbers is not None:
            values.setdefault(canonical(name), numbers)
    for name, value, _ in listing.run.made:
        # What a class or a function holds, where no name of the listing's own is the same.
        numbers = known_numbers(value) if name else None
        if numbers is not None:
            values.setdefault(canonical(name), numbers)
    named, shown = shown_values(listing)
    for value in [*shown, *listing.names.values()]:
        for name, numbers in numbers_of_description(value).items():
            values.setdefault(canonical(name), numbers)
    for name, value in [*named.items(), *loose.values.items()]:
        values.setdefault(name, np.asarray(value, dtype=float))
    parts = Parts(plain, listing, values, shown, read_hints(plain), assumed)
    if loose.columns or re.search(r"\bcoefs_", plain):
        parts.hints.layout = "x_at_W"
    parts.form = _form(text, plain, listing, values, shown)
    parts.said += _together(list(dict.fromkeys(loose.said)))
    parts.named |= loose.renamed
    _tell(parts, text, lines, loose)
    return parts


def _together(said: list[str]) -> list[str]:
    """Return what was said of odd numbers, of many decimal commas once."""
    commas = [one for one in said if _COMMA_READ.fullmatch(one)]
    if len(commas) < MANY_COMMAS:
        return said
    others = [one for one in said if one not in commas]
    return [f"Decimal commas are read as points: {commas[0]}", *others]


def _form(
    text: str, plain: str, listing: Listing, values: dict[str, Array], shown: list[Value]
) -> str:
    """Return what kind of text it is, in a word."""
    if re.search(r"\bValue\(", text) and not any(name.startswith("x") for name in values):
        listing.network = listing.loss = None
        return "expression"
    if re.search(r"\btorch\b|\btensor\(|nn\.|state_dict|Linear\(", text):
        return "PyTorch"
    if re.search(r"(?i)keras|\bDense\(|get_weights", text):
        return "Keras"
    if "\\begin{" in text or "\\frac" in text or "$" in text:
        return "LaTeX"
    if re.search(r"(?m)\[[^\[\]\n]*\d;\s?[-\d]|^\s*%|\w'\s?\*", text):
        return "MATLAB"
    if listing.network is not None or listing.names:
        return "listing"
    if any(isinstance(value, list) for value in shown):
        return "Keras"
    return "names" if (values and "=" in plain) or "\t" in text else "prose"


def _tell(parts: Parts, text: str, lines: list[str], loose: Loose) -> None:
    """Say which lines could not be read, and which generator drew numbers."""
    for generator in parts.listing.run.generators:
        parts.said.append(
            f"Random numbers are those of {generator.kind} with seed {generator.seed}."
        )
    for line in dict.fromkeys(parts.listing.run.undrawn):
        parts.problems.append(
            f"Line {line} draws random numbers that cannot be worked out here: write them out."
        )
    if parts.listing.too_much and parts.listing.network is None:
        parts.problems.append("The listing asks for more work than an exercise takes.")
    for line, written in loose.unread.items():
        # A line without a digit is none of the exercise's numbers: an update, a call.
        if line not in loose.read and re.search(r"\d", written):
            parts.problems.append(f"Line {line} could not be read: {_short(written)}")
    for line, written in enumerate(text.split("\n"), start=1):
        if line in parts.listing.read or line in loose.read or line in loose.unread:
            continue
        if parts.hints.loss and re.search(r"\bsum\(|\bmean\(", written):
            # A formula of the loss, which its words have told.
            continue
        if parts.listing.network is None and _DATA_LINE.search(written):
            parts.problems.append(f"Line {line} could not be read: {_short(written)}")


def _short(written: str) -> str:
    written = " ".join(written.split())
    written = "".join(sign if sign.isprintable() else "\ufffd" for sign in written)
    return written if len(written) <= 60 else f"{written[:60]}..."


def _too_large(draft: Draft) -> str:
    widths = [draft.weights[0].shape[0], *(matrix.shape[1] for matrix in draft.weights)]
    if len(draft.weights) > MOST_LAYERS or max(widths) > MOST_UNITS:
        sizes = "-".join(map(str, widths))
        return (
            f"A network of {sizes} is too large: an exercise has at most {MOST_LAYERS} layers "
            f"of {MOST_UNITS} units."
        )
    return ""
