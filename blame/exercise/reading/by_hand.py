"""Gradients and updates that a listing works out itself, held against the true ones."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from blame.arrays import Array
from blame.exercise.exercise import Exercise
from blame.exercise.reading.draft import Draft
from blame.exercise.reading.listing.values import NotFollowed, numbers_of
from blame.exercise.reading.parts import Parts

_GRADIENT = re.compile(r"(?:d_?[LEJC]_?d_?|d_?|grad_?|g_)(\w+?)(?:_grad)?|(\w+)_grad")
_OURS = re.compile(r"([Wb])(\d)(?:\[(\d), (\d)\]|\[(\d)\])?")


def gradients_of(exercise: Exercise) -> dict[str, Array]:
    """Return the gradient of each array of parameters, by its name."""
    back = exercise.backward()
    found = {}
    for k, (weights, bias) in enumerate(
        zip(back.weight_gradients, back.bias_gradients, strict=True), start=1
    ):
        found[f"W{k}"] = weights
        if bias is not None:
            found[f"b{k}"] = bias
    return found


def _true(ours: str, gradients: dict[str, Array]) -> Array | None:
    match = _OURS.fullmatch(ours)
    if match is None or f"{match[1]}{match[2]}" not in gradients:
        return None
    whole = gradients[f"{match[1]}{match[2]}"]
    places = [int(part) for part in match.groups()[2:] if part is not None]
    return np.asarray(whole[tuple(places)] if places else whole)


def times(written: Array, true: Array) -> float | None:
    """Return what the true numbers are multiplied by in the written ones, None if nothing is."""
    for turned in (True, False) if written.ndim == 2 else (False,):
        one, other = (written.T if turned else written).ravel(), true.ravel()
        alive = np.abs(other) > 1e-12
        if one.shape != other.shape or not alive.any():
            continue
        with np.errstate(all="ignore"):
            factor = float(np.median(one[alive] / other[alive]))
            if factor and np.allclose(one, factor * other, rtol=1e-6, atol=1e-12):
                return factor
    return None


def say_slips(parts: Parts, exercise: Exercise) -> None:
    """Say which gradients the listing has wrong by a factor that is easily lost."""
    gradients = gradients_of(exercise)
    count = exercise.n_samples
    lost = {0.5: "the 2 of the square is missing", -1.0: "the sign is the other way"}
    if count > 1:
        lost[float(count)] = "the division by the number of samples is missing"
    told: dict[str, list[str]] = {}
    for name, value, _ in parts.listing.run.made:
        match = _GRADIENT.fullmatch(name)
        stem = (match[1] or match[2]) if match else ""
        true = _true(parts.named.get(stem, stem), gradients)
        written = _numbers(value)
        if true is None or written is None or not stem:
            continue
        factor = times(written, true)
        for size, why in lost.items():
            later = size == count and re.search(rf"\b{re.escape(name)}\s*/", parts.text)
            # What an update divides later is not forgotten.
            if factor is not None and np.isclose(factor, size, rtol=1e-6) and not later:
                told.setdefault(why, []).append(name)
    for why, names in told.items():
        listed = ", ".join(dict.fromkeys(names))
        parts.said.append(f"Worked out by hand in the text, {listed}: {why}.")


def with_rate_of_update(parts: Parts, draft: Draft, exercise: Exercise) -> Draft:
    """Return the draft with the rate that the listing's own update takes, where it names none."""
    if "learning_rate" not in parts.assumed.kept or "learning_rate" in parts.assumed.choices:
        return draft
    gradients = gradients_of(exercise)
    first: dict[str, Array] = {}
    rates: list[float | None] = []
    for name, value, _ in parts.listing.run.made:
        numbers = _numbers(value)
        true = _true(parts.named.get(name, name), gradients)
        if numbers is None or true is None or len(rates) > 20:
            continue
        if name in first and not np.array_equal(numbers, first[name]):
            if numbers.shape == first[name].shape:
                rates.append(times(first[name] - numbers, true))
            first.pop(name)
        else:
            first.setdefault(name, numbers)
    known = [rate for rate in rates if rate is not None]
    if not known or len(known) < len(rates) or not np.allclose(known, known[0], rtol=1e-6):
        return draft
    rate = float(f"{known[0]:.9g}")
    if not 0 < rate <= 100:
        return draft
    del parts.assumed.kept["learning_rate"]
    parts.said.append(f"The text's own update takes a learning rate of {rate:g}.")
    return replace(draft, learning_rate=rate)


def _numbers(value: object) -> Array | None:
    try:
        numbers: Array = numbers_of(value)
    except NotFollowed:
        return None
    return numbers if np.isfinite(numbers).all() else None
