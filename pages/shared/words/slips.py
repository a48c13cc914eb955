"""What becomes of somebody's own numbers, in words and in a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from blame.exercise.exercise import Exercise
from blame.practise.slips.pasted.arrays import compare_arrays
from blame.practise.slips.asked import NEW, ask
from blame.practise.slips.explanation import Explanation, Sorted, named
from blame.practise.slips.registry import SLIPS
from blame.practise.slips.search import setup_of
from blame.practise.slips.work import Work
from pages.shared.words.numbers import Numbers
from pages.shared.words.tables import table

_MINUS, _PRIME = "\N{MINUS SIGN}", "\N{PRIME}"


def summary(found: Sorted) -> str:
    """Return how many of somebody's numbers are right."""
    count = len(found.right) + len(found.carried) + len(found.wrong)
    if not found.wrong and not found.carried:
        return "It is right." if count == 1 else f"All {count} are right."
    if count == 1:
        return "It is not right."
    parts = [f"{len(found.right)} of {count} {_are(len(found.right))} right"]
    if found.carried:
        parts.append(
            f"{len(found.carried)} {_are(len(found.carried))} right given your earlier numbers"
        )
    if found.wrong:
        parts.append(f"{len(found.wrong)} {_are(len(found.wrong))} not")
    return f"{', '.join(parts)}."


def silence(found: Sorted, numbers: Mapping[str, str]) -> str:
    """Return that nothing known makes the wrong numbers, and what would narrow it down."""
    few = [name for name in found.wrong if len(numbers[name].lstrip("-0.").replace(".", "")) < 3]
    said = f"Nothing I know makes {named(found.wrong)}."
    if few:
        return f"{said} More digits of {named(tuple(few))} would narrow it down."
    return (
        f"{said} The numbers that come before would narrow it down: the first that is not right "
        "is where to look."
    )


def explained(found: Explanation) -> str:
    """Return an explanation as a sentence, and what it leaves and what speaks against it."""
    said = [on_screen(found.words)]
    if found.leaves:
        said.append(f"It does not make {named(found.leaves)}.")
    if found.breaks:
        said.append(f"But then {named(found.breaks)} would not be right, and here {_is(found)}.")
    return " ".join(said)


def formulas(found: Explanation) -> list[tuple[str, str]]:
    """Return the formula as it was done and as it is, for each slip."""
    return [(on_screen(SLIPS[key].as_done), on_screen(SLIPS[key].as_is)) for key in found.slips]


def arrays(exercise: Exercise, given: Mapping[str, str]) -> str:
    """Return what each whole array is beside the true one, as a list; empty if that says nothing.

    That an array is another one is said by its numbers.
    """
    telling = [each for each in compare_arrays(exercise, given) if each.kind != "other"]
    if all(each.kind == "equal" for each in telling):
        return ""
    return "\n".join(f"- {on_screen(each.words)}" for each in telling)


def true_values(exercise: Exercise, names: Sequence[str]) -> dict[str, float]:
    """Return what numbers are true, those of the update among them."""
    asked = ask(exercise, dict.fromkeys(names, 1.0))
    (values,) = asked.values(Work(setup_of(exercise)))
    return dict(zip(asked.names, values.tolist(), strict=True))


def numbers_table(
    exercise: Exercise,
    given: Mapping[str, str],
    found: Sorted,
    best: Explanation | None,
    n: Numbers,
) -> str:
    """Return every number: what was given, what is true, and what became of it."""
    true = true_values(exercise, list(given))
    rows = [
        [name, on_screen(text), on_screen(n.text(true[name])), _state(name, found, best)]
        for name, text in given.items()
    ]
    return table(["number", "yours", "true", ""], rows)


def on_screen(text: str) -> str:
    """Return a text of the code as it stands on screen."""
    return text.replace("-", _MINUS).replace("f'(", f"f{_PRIME}(")


def opens(found: Explanation) -> str:
    """Return the number whose receipt shows how the first explained one comes about."""
    name = found.explains[0]
    if not name.startswith(NEW):
        return name
    plain = name.removeprefix(NEW)
    return f"d{plain}" if plain[0] in "Wb" else plain


def _state(name: str, found: Sorted, best: Explanation | None) -> str:
    if name in found.right:
        return ":material/check_circle: right"
    if best is not None and name in best.explains:
        return ":material/lightbulb: by that slip"
    if name in found.carried:
        return ":material/subdirectory_arrow_right: right, given your earlier numbers"
    return ":material/cancel: not yet"


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _is(found: Explanation) -> str:
    return "it is" if len(found.breaks) == 1 else "they are"
