"""What an update did to the loss, and what a nudge of the most blamed weight would do."""

from __future__ import annotations

from blame.exercise.exercise import Exercise
from blame.exercise.typed.bounds import LARGEST
from blame.probe.trace import trace_of
from pages.shared.words.agreeing import agreeing, multiplied
from pages.shared.words.lessons.notes.back import weight_gradients
from pages.shared.words.lessons.rises import DECAYS, TOO_LARGE
from pages.shared.words.numbers import NOTHING_SAID, Numbers


def update_note(
    before: float, after: float, rate: float, numbers: Numbers, *, decays: bool = False
) -> str:
    """Say what one update did to the loss.

    `decays` is whether weight decay moved the parameters too: then blame alone explains no rise.
    """
    if rate == 0:
        return "With a learning rate of 0 nothing moves."
    change = agreeing(before, after, numbers)
    if numbers.is_nothing(before) and numbers.is_nothing(after):
        # Which of the two is larger is the rounding's doing.
        return f"The update leaves the loss at {NOTHING_SAID}."
    if after < before:
        return (
            f"The update lowers the loss from {change.before} to {change.after}, by {change.size}."
        )
    if after > before:
        said = (
            f"The update raises the loss from {change.before} to {change.after}, by {change.size}."
        )
        if decays:
            return f"{said} {DECAYS}"
        return f"{said} {TOO_LARGE}"
    return f"The update leaves the loss at {numbers.text(before)}."


def question(exercise: Exercise, numbers: Numbers, nudge: float = 0.01) -> str:
    """Answer the notebook's question for the most blamed weight: what blame promises, what is."""
    passes = exercise.backward()
    n = numbers.of(passes)
    named = weight_gradients(trace_of(passes))
    top = max(named, key=lambda name: abs(named[name]))
    before = float(passes.loss)
    value = exercise.numbers()[top]
    nudged = exercise.with_numbers({top: min(value + nudge, LARGEST)})
    after = float(nudged.backward().loss)
    blame = 0.0 if n.is_nothing(named[top]) else named[top]
    change = agreeing(before, after, n)
    promised = multiplied([blame, nudge], blame * nudge, n).product
    sign = "+" if blame > 0 else ""
    return (
        f"Take {top}, with a blame of {n.signed(named[top])}. Grow it by {nudge:g} and blame "
        f"promises {sign}{promised}; the loss really goes from {change.before} to "
        f"{change.after}, a change of {change.by}."
    )
