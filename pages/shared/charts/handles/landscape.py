"""Handles of the landscape: the point where the run starts goes along each of the two axes."""

from __future__ import annotations

from blame.exercise.exercise import Exercise
from blame.exercise.names import array_of
from blame.probe.landscape import Landscape
from pages.shared.charts.handles.handle import Handle
from pages.shared.words.numbers import short


def start_handles(exercise: Exercise, found: Landscape, *, on_surface: bool) -> list[Handle]:
    """Return a handle for each of the two numbers; both lie on the point, but on a surface.

    That one turns: there each has a track of its own below it, as long as its axis.

    Parameters
    ----------
    found : the map at step 0, whose two numbers are the exercise's own.
    """
    numbers = exercise.numbers()
    here = numbers[found.first], numbers[found.second]
    loss = short(float(exercise.backward().loss))
    both = (found.first, "x", found.across), (found.second, "y", found.up)
    text = f"{found.first} = {short(here[0])}, {found.second} = {short(here[1])}, loss {loss}"
    return [
        Handle(
            along,
            name,
            f"The start of the run along {name}"
            + (f", with all of {array_of(name)}" if array_of(name) in exercise.tied else ""),
            text,
            numbers[name],
            *exercise.bounds_of(name),
            here[0],
            here[1],
            along="x" if on_surface else along,
            dark=not on_surface,
            knob=on_surface,
            track=(float(values[0]), float(values[-1])) if on_surface else None,
        )
        for name, along, values in both
    ]
