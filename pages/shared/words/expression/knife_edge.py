"""The knife edge of an expression in words: who stands on a kink, and what both sides say there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from blame.expression.expression import Expression
from blame.expression.kinks import Kink, kinks_of
from blame.expression.knife_edge import Distance, Sides, distances, sides_of
from blame.expression.operations import OPERATIONS
from blame.expression.operations.operation import Kinked
from pages.shared.words import tables
from pages.shared.words.expression.formulas import formula, minus, number_text
from pages.shared.words.numbers import Numbers, short

KINKED = ", ".join(name for name, one in OPERATIONS.items() if one.kink and not one.shown)


def knife_edge(expression: Expression, numbers: Numbers) -> str:
    """Return as Markdown where the expression stands beside its kinks, and what that does."""
    found = distances(expression)
    kinks = kinks_of(expression)
    if not found:
        return (
            "No operation of this expression has a kink: from below and from above each number "
            f"has one and the same slope. Those with a kink are {KINKED}."
        )
    if not kinks:
        return _beside(expression, found)
    sides = sides_of(expression)
    said = [*(_stands(expression, kink) for kink in kinks), *_judged(expression, sides, numbers)]
    frameworks = dict.fromkeys(_rule(kink.operation).frameworks for kink in kinks)
    told = "\n".join(f"- {one}" for one in frameworks)
    return f"{' '.join(said)}\n\n{_table(sides, numbers)}\n\nExactly on a kink:\n\n{told}"


def _beside(expression: Expression, found: Sequence[Distance]) -> str:
    nearest = min(found, key=lambda one: one.distance)
    others = "" if len(found) == 1 else f", the nearest of {len(found)}"
    rule = _rule(nearest.operation)
    return (
        f"Nothing stands on a kink here. {_named(expression, nearest.name)} is "
        f"{minus(short(nearest.distance))} away from its own{others}. There {rule.sides}, and "
        f"exactly on it {rule.hands}. Until then each number has the same slope from below and "
        "from above."
    )


def _stands(expression: Expression, kink: Kink) -> str:
    rule = _rule(kink.operation)
    where = "exactly on its kink" if kink.exact else "on its kink but for rounding"
    said = f"{_named(expression, kink.name)} stands {where}: {rule.sides}."
    if kink.exact:
        return f"{said} Exactly there {rule.hands}."
    return f"{said} Here the last bit decides which of them counts."


def _judged(expression: Expression, sides: Sequence[Sides], numbers: Numbers) -> Iterator[str]:
    """Say of the numbers in the table what is most worth knowing."""
    result = expression.result
    bent = [one for one in sides if not one.smooth]
    if bent:
        yield (
            f"So `{result}` has no single slope at {_listed([one.name for one in bent])}: blame "
            "names one number where there are two."
        )
    for one in sides:
        if one.smooth and not one.true:
            yield (
                f"From both sides the slope of `{result}` at `{one.name}` is "
                f"{number_text(one.below, numbers, signed=True)}, and blame says "
                f"{number_text(one.blame, numbers, signed=True)}: the pieces handed back on a kink "
                "need not add up to any slope."
            )
            return
    if not bent:
        yield f"For `{result}` it makes no difference: both sides have the same slopes."


def _table(sides: Sequence[Sides], numbers: Numbers) -> str:
    rows = [
        [
            one.name,
            number_text(one.below, numbers, signed=True),
            number_text(one.blame, numbers, signed=True),
            number_text(one.above, numbers, signed=True),
            _verdict(one),
        ]
        for one in sides
    ]
    head = ["number", "slope from below", "blame here", "slope from above", "blame is"]
    return tables.table(head, rows)


def _verdict(one: Sides) -> str:
    if one.smooth:
        return "both" if one.true else "neither"
    if one.true:
        return "that of one side"
    return "between both" if one.between else "neither"


def _named(expression: Expression, name: str) -> str:
    """Return an operation with its formula; one that the reader did not name is only that."""
    k = expression.place_of(name)
    written = formula(expression, k)
    return f"`{name} = {written}`" if expression.graph.nodes[k].own else f"`{written}`"


def _rule(operation: str) -> Kinked:
    found = OPERATIONS[operation].kink
    assert found is not None
    return found


def _listed(names: Sequence[str]) -> str:
    shown = [f"`{name}`" for name in names]
    return f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else shown[0]
