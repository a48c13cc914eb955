"""What is true of an expression's current numbers, in sentences computed from them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from blame.expression.errors import ExpressionError, quoted
from blame.expression.exact import exact_distance
from blame.expression.expression import Expression
from blame.expression.kinks import kinks_of
from blame.expression.knife_edge import sides_of
from blame.expression.library.entry import Entry
from blame.expression.operations import OPERATIONS
from blame.expression.what_if import Checked
from pages.shared.words import tables
from pages.shared.words.expression.formulas import minus, number_text
from pages.shared.words.numbers import Numbers, full, short


def notes(expression: Expression, numbers: Numbers) -> list[str]:
    """Return what to notice in it."""
    return [*_noticed(expression)] or [
        f"No value is used twice: from each number at most one way leads to `{expression.result}`."
    ]


def found(expression: Expression, numbers: Numbers) -> str:
    """Say what the result is, and whose blame is largest."""
    result = expression.result
    value = number_text(float(expression.values[result].reshape(-1)[0]), numbers)
    slopes = _slopes(expression)
    most = max(slopes, key=lambda name: abs(slopes[name]))
    blamed = number_text(slopes[most], numbers, signed=True)
    bent = _bent(expression)
    if slopes[most] == 0 and bent:
        return (
            f"`{result}` is **{value}**, and every blame is 0. But it stands on a kink, and moves "
            f"with {_listed(bent)} all the same: see the knife edge below."
        )
    if slopes[most] == 0:
        return f"`{result}` is {value}, and no given number moves it here: every blame is 0."
    way = "rises" if slopes[most] > 0 else "falls"
    whose = f"The largest blame is that of `{most}`, {blamed}"
    if len(slopes) == 1:
        whose = f"The blame of its only number, `{most}`, is {blamed}"
    elif equal := [n for n, s in slopes.items() if abs(s) == abs(slopes[most]) and n != most]:
        whose += f", and {_listed(equal)} {'has' if len(equal) == 1 else 'have'} as much"
    if most in bent:
        return (
            f"`{result}` is **{value}**. {whose}. It stands on a kink: that is not the slope on "
            "both sides, see the knife edge below."
        )
    return (
        f"`{result}` is **{value}**. {whose}: raise `{most}` a little, and `{result}` {way} about "
        f"{_times(abs(slopes[most]))}as much."
    )


def _times(slope: float) -> str:
    return "" if slope == 1 else f"{short(slope)} times "


def halted(name: str, value: float, error: ValueError) -> str:
    """Say why a number that is moved stops short of a value."""
    why = str(error)
    if isinstance(error, ExpressionError):
        why = f"{quoted(error.place.written)} {error.why}"
    return minus(f"{name} stops before {full(value)}: {why}.")


def _bent(expression: Expression) -> list[str]:
    """Return the numbers whose blame is not the slope on both sides, as on a kink."""
    if not kinks_of(expression):
        return []
    return [one.name for one in sides_of(expression) if not (one.smooth and one.true)]


def _slopes(expression: Expression) -> dict[str, float]:
    return {name: float(slope) for name, slope in expression.gradient().items()}


def _noticed(expression: Expression) -> Iterator[str]:
    slopes = _slopes(expression)
    shared = _shared(expression)
    if shared:
        name, count = shared
        yield f"`{name}` is used {count} times. Each use hands back a part, and they are added."
    spread = _spread(expression)
    if spread:
        name, count = spread
        yield (
            f"`{name}` is one number that goes into all {count} entries of a vector. Each of them "
            "hands back a part, and they are added."
        )
    still = [name for name, slope in slopes.items() if slope == 0 and any(slopes.values())]
    if still:
        yield f"{_listed(still)} {'gets' if len(still) == 1 else 'get'} no blame at these numbers."
    for kink in kinks_of(expression):
        operation = OPERATIONS[kink.operation]
        assert operation.kink is not None
        words = operation.kink.hands
        if kink.exact:
            yield f"`{kink.name}` stands exactly on the kink of {operation.title}: there {words}."
        else:
            yield (
                f"`{kink.name}` stands on the kink of {operation.title} but for rounding: it is "
                f"{minus(short(kink.distance))} away, and rounding may have moved it by "
                f"{minus(short(kink.bound))}. {_on_paper(expression, kink.name, words)}"
            )


def _on_paper(expression: Expression, name: str, words: str) -> str:
    """Say what exact fractions make of a kink that rounding decides."""
    distance = exact_distance(expression, name)
    if distance is None:
        return "The last bits decide which way blame goes."
    if distance == 0:
        return f"In exact fractions it stands on it: there {words}. The floats' last bit decides."
    return f"In exact fractions it is {minus(short(float(distance)))} away."


def check_table(checks: Sequence[Checked], numbers: Numbers) -> str:
    """Return each number's blame beside its quotient of differences as a Markdown table."""
    rows = [
        [
            check.name,
            number_text(check.blame, numbers, signed=True),
            "no value on one side"
            if check.quotient is None
            else minus(full(check.quotient) if numbers.all_digits else short(check.quotient, 7)),
            _verdict(check),
        ]
        for check in checks
    ]
    return tables.table(["number", "blame", "by nudging", "verdict"], rows)


def check_sentence(checks: Sequence[Checked]) -> str:
    """Say how the checks came out."""
    agree = sum(check.agrees for check in checks)
    said = f"{agree} of {len(checks)} agree."
    kinked = [check.name for check in checks if check.crosses]
    if kinked:
        said += (
            f" A kink lies between the two nudges of {_listed(kinked)}: the slope is not the same "
            "on both sides."
        )
    return said


def _verdict(check: Checked) -> str:
    if check.quotient is None:
        return "cannot be compared"
    if check.crosses:
        return "agrees, across a kink" if check.agrees else "across a kink"
    return "agrees" if check.agrees else "differs"


def published_table(entry: Entry, numbers: Numbers) -> str:
    """Return what an entry's source prints beside what is true, as a Markdown table."""
    rows = [
        [
            row.name,
            minus(full(row.published)),
            number_text(row.true, numbers),
            "as published" if row.agrees else row.why,
        ]
        for row in entry.compared()
    ]
    return tables.table(["number", "published", "worked out", "verdict"], rows)


def _shared(expression: Expression) -> tuple[str, int] | None:
    """Return the value with most uses on the way to the result, where one has several."""
    parts = expression.backward().parts
    k = max(range(len(parts)), key=lambda node: len(parts[node]))
    return (expression.graph.nodes[k].name, len(parts[k])) if len(parts[k]) > 1 else None


def _spread(expression: Expression) -> tuple[str, int] | None:
    """Return the first single number that a vector is made with, and how long that is."""
    graph = expression.graph
    for k, parts in enumerate(expression.backward().parts):
        wide = max((graph.widths[part.user] for part in parts), default=1)
        if graph.widths[k] == 1 and wide > 1:
            return graph.nodes[k].name, wide
    return None


def _listed(names: Sequence[str]) -> str:
    shown = [f"`{name}`" for name in names[:4]]
    if len(names) > 4:
        return f"{', '.join(shown)} and {len(names) - 4} more"
    return f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else shown[0]
