"""What becomes of somebody's own numbers, in words and in a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from blame.exercise.exercise import Exercise
from blame.practise.slips.asked import NEW, ask
from blame.practise.slips.explanation import Explanation, Sorted, named
from blame.practise.slips.pasted.arrays import ArrayVerdict
from blame.practise.slips.search import setup_of
from blame.practise.slips.work import Work
from blame.practise.slips.written.shown import Shown, Side
from pages.shared.words.numbers import Numbers
from pages.shared.words.tables import table

NONE_YET = (
    "One number is enough; three to six say more. Each counts as right to its last digit, rounded "
    "or cut off."
)
HOW_TO_ENTER = (
    "Names go as on every page: z1[0], y_pred, d_loss_y, dW1[0, 1]; new W1[0, 1] is after one "
    "update. Arrays may stand as NumPy or PyTorch prints them, or as JSON. They go into the link."
)
_MARKS = {
    "equal": ":material/check_circle:",
    "turned": ":material/sync:",
    "multiple": ":material/close:",
    "elsewhere": ":material/swap_vert:",
    "slip": ":material/lightbulb:",
    "other": ":material/cancel:",
}
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


def formulas(shown: Shown, n: Numbers) -> str:
    """Return a slip at one number as a table: as it was done and as it is, both in numbers."""
    rows = [
        [head, *_side(side, shown.name, n)]
        for head, side in (("as you did it", shown.done), ("as it is", shown.is_so))
    ]
    return table(["", "formula", f"here, for {shown.name}"], rows)


def _side(side: Side, name: str, n: Numbers) -> tuple[str, str]:
    # The asterisks and bars of a formula are none of Markdown's.
    formula = on_screen(side.formula).replace("|", "\\|").replace("*", "\\*")
    value = on_screen(n.text(side.value))
    numbers = on_screen(side.numbers)
    if numbers in ("", value):
        return formula, f"= {value}"
    return formula, f"{numbers} = {value}"


def following(best: Explanation, found: Sorted) -> str:
    """Return what falls into place once the slip is mended; nothing where nothing does."""
    made = [name for name in best.explains if name in found.carried]
    names = (*made, *(name for name in found.carried if name not in made))
    if not names or best.leaves:
        return ""
    verb = "follows" if len(names) == 1 else "follow"
    return f"Mend that, and the rest falls into place: {named(names)} {verb} from it."


def all_right(found: Sorted) -> bool:
    """Return whether there is nothing to mend."""
    return not found.wrong and not found.carried


def verdict_table(verdicts: Sequence[ArrayVerdict]) -> str:
    """Return what each array of somebody's code is."""
    return table(
        ["array", ""],
        [[each.array, f"{_MARKS[each.kind]} {on_screen(each.words)}"] for each in verdicts],
    )


def arrays(verdicts: Sequence[ArrayVerdict]) -> str:
    """Return what each whole array is beside the true one, as a list; empty if that says nothing.

    That an array is another one, or made by a slip, is said by its numbers.
    """
    telling = [each for each in verdicts if each.kind not in ("other", "slip")]
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


def opens(name: str) -> str:
    """Return the number whose receipt shows how this one comes about."""
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
