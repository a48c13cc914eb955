"""What a call of an unknown function hands over: told by shapes and order, as exercises do it."""

from __future__ import annotations

from blame.exercise.reading.listing.symbols import Node, Value
from blame.exercise.reading.listing.values import NotFollowed, array_of

SETTINGS = ("bias", "learning_rate", "epochs")


def in_order(args: list[Value]) -> dict[str, Value]:
    """Return the arguments of train(features, labels, weights, bias, rate, epochs) by name.

    Nothing where they are no samples, with a target for each and a weight for each column.
    """
    try:
        arrays = [array_of(arg) for arg in args[:3]]
    except NotFollowed:
        return {}
    if len(arrays) < 3 or arrays[0].ndim != 2:
        return {}
    samples, columns = arrays[0].shape
    if len(arrays[1].shape) == 0 or len(arrays[1]) != samples or arrays[2].size != columns:
        return {}
    numbers = args[3:]
    if len(numbers) > len(SETTINGS) or not all(isinstance(one, Node) for one in numbers):
        return {}
    names = SETTINGS if len(numbers) != 2 else SETTINGS[1:]
    return dict(zip(("features", "labels", "weights", *names), args, strict=False))
