"""Numbers with one slip in them, to see what is said of such."""

from __future__ import annotations

import numpy as np

from blame.exercise.exercise import Exercise
from blame.practise.slips.asked import NEW, ask, known_places
from blame.practise.slips.pasted.own_numbers import arrays_of, row_of
from blame.practise.slips.registry import SLIPS
from blame.practise.slips.search import setup_of
from blame.practise.slips.work import Work
from blame.probe.trace.rounding import made_by_rounding

_FIRST = ("slope_left_out", "half", "gate_forgotten", "sign_turned", "no_bias", "input_forgotten")
"""Which slips make a good example, the best first."""
_DIGITS = 5


def example_text(exercise: Exercise, *, code: bool = False) -> str:
    """Return a sheet with one slip in it, as a text; its gradients alone where it is of `code`."""
    setup = setup_of(exercise)
    asked = ask(exercise, dict.fromkeys(known_places(exercise), 1.0))
    (right,) = asked.values(Work(setup))
    fitting = [SLIPS[key] for key in _FIRST if SLIPS[key].fits(setup)]
    for slip in fitting:
        (values,) = asked.values(Work(setup, [(slip.changes, np.array([0]))]))
        if np.isfinite(values).all() and not np.allclose(values, right, rtol=1e-3):
            break
    # What rounding alone made is 0 to whoever works by hand.
    made = made_by_rounding(exercise.backward())
    numbers = {
        name: "0" if name in made and abs(value) < 1e-9 else f"{value + 0.0:.{_DIGITS}g}"
        for name, value in zip(asked.names, values, strict=True)
        if not name.startswith(NEW)
    }
    lines = []
    for array, names in arrays_of(exercise).items():
        if code and not array.startswith(("dW", "db")):
            continue
        if row := row_of(names, numbers):
            lines.append(f"{array.removeprefix('d') if code else array} = [{row}]")
    return "\n".join(lines)
