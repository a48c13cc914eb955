"""Slips at the activations on the way back: their slope left out, doubled, or taken elsewhere."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from blame.activations import Activation
from blame.arrays import Array
from blame.practise.slips.desk import Change, Desk, Setup, Step
from blame.practise.slips.entries.where import EVERYWHERE, HIDDEN, PLACES, in_hidden, only
from blame.practise.slips.slip import Slip
from blame.practise.slips.steps import SLOPE_OF_A


def _times(slope: Callable[[Desk, int], Array]) -> Change:
    """Return a change that takes the blame at z as that at the activation times this slope.

    A neuron without an activation has no slope that anybody could take otherwise.
    """

    def change(work: Desk, k: int, go: Step) -> Array:
        if work.setup.activations[k - 1].name == "identity":
            return go(work, k)
        return work.get("upstream", k) * slope(work, k)

    return change


def _nothing(work: Desk, k: int) -> Array:
    return np.ones_like(work.get("z", k))


def _squared(work: Desk, k: int) -> Array:
    slope: Array = work.get("slope", k) ** 2
    return slope


def _at_a(work: Desk, k: int) -> Array:
    return work.setup.activations[k - 1].derivative(work.get("a", k))


def _formula_at_z(work: Desk, k: int, go: Step) -> Array:
    z = work.get("z", k)
    found = SLOPE_OF_A.get(work.setup.activations[k - 1].name)
    return go(work, k) if found is None else work.get("upstream", k) * found(z)


def _value(work: Desk, k: int) -> Array:
    return work.get("a", k)


def _not_squared(work: Desk, k: int, go: Step) -> Array:
    if work.setup.activations[k - 1].name != "tanh":
        return go(work, k)
    return work.get("upstream", k) * (1 - work.get("a", k))


def _of_layer(shift: int) -> Change:
    def there(work: Desk, k: int, go: Step) -> Array:
        other = k + shift
        if not 1 <= other <= work.last or work.get("z", other).shape != work.get("z", k).shape:
            return go(work, k)
        slope = work.setup.activations[k - 1].derivative(work.get("z", other))
        return work.get("upstream", k) * slope

    return there


def _kinked(activation: Activation) -> bool:
    return bool(activation.kinks) and activation.straight


def _open_at_0(work: Desk, k: int, go: Step) -> Array:
    activation = work.setup.activations[k - 1]
    if not _kinked(activation):
        return go(work, k)
    # Open as it is just above 0; on paper a sum that is 0 may have a rounding bit in floats.
    z = work.get("z", k)
    above = activation.derivative(np.where(np.abs(z) < 1e-12, 1.0, z))
    return work.get("upstream", k) * above


def _shut_at_0(work: Desk, k: int, go: Step) -> Array:
    activation = work.setup.activations[k - 1]
    if not _kinked(activation):
        return go(work, k)
    z = work.get("z", k)
    return work.get("upstream", k) * activation.derivative(np.where(np.abs(z) < 1e-12, 0.0, z))


def _by_blame(work: Desk, k: int, go: Step) -> Array:
    if not _kinked(work.setup.activations[k - 1]):
        return go(work, k)
    upstream = work.get("upstream", k)
    return upstream * work.setup.activations[k - 1].derivative(upstream)


def _forgotten(work: Desk, k: int, go: Step) -> Array:
    gated = work.setup.activations[k - 1].name == "relu"
    return work.get("upstream", k) if gated else go(work, k)


def _has_kinks(setup: Setup) -> bool:
    return any(map(_kinked, setup.activations))


def _has(*names: str) -> Callable[[Setup], bool]:
    return lambda setup: any(activation.name in names for activation in setup.activations)


def _curved(setup: Setup) -> bool:
    return any(not activation.straight for activation in setup.activations)


_DELTA = "d_z = d_a × f'(z)"

SLOPES = (
    Slip(
        "gate_forgotten",
        "the gate of the ReLU is forgotten on the way back",
        "no blame passes a neuron whose z is not above 0",
        {"delta": only(EVERYWHERE, _forgotten)},
        "d_z = d_a",
        "d_z = d_a where z > 0, else 0",
        _has("relu"),
    ),
    *(
        Slip(
            f"slope_left_out{place.key}",
            f"the slope of the activation is left out{place.words}",
            "the blame at z is the blame at a times the slope at z",
            {"delta": only(place, _times(_nothing))},
            "d_z = d_a",
            _DELTA,
            lambda setup, place=place: (
                place.fits(setup)  # type: ignore[misc]
                and any(
                    activation.name not in ("identity", "relu") for activation in setup.activations
                )
            ),
        )
        for place in PLACES
    ),
    *(
        Slip(
            f"slope_twice{place.key}",
            f"the slope of the activation is multiplied in twice{place.words}",
            "the blame at a is multiplied by it once",
            {"delta": only(place, _times(_squared))},
            "d_z = d_a × f'(z) × f'(z)",
            _DELTA,
            place.fits,
        )
        for place in PLACES
    ),
    *(
        Slip(
            f"slope_at_a{place.key}",
            f"the slope is taken at a, the activation, instead of z{place.words}",
            "the slope of an activation is that at its own z",
            {"delta": only(place, _times(_at_a))},
            "d_z = d_a × f'(a)",
            _DELTA,
            place.fits,
        )
        for place in PLACES
    ),
    *(
        Slip(
            f"slope_formula_at_z{place.key}",
            f"z is put where the formula of the slope has a{place.words}",
            "a × (1 - a) and 1 - a² are of the activation, not of z",
            {"delta": only(place, _formula_at_z)},
            "d_z = d_a × z × (1 - z), or d_a × (1 - z²)",
            "d_z = d_a × a × (1 - a), or d_a × (1 - a²)",
            lambda setup, place=place: (
                place.fits(setup)  # type: ignore[misc]
                and _has("sigmoid", "tanh", "softmax")(setup)
            ),
        )
        for place in PLACES
    ),
    *(
        Slip(
            f"value_for_slope{place.key}",
            f"the blame is multiplied by the activation itself, not by its slope{place.words}",
            "what counts is how steep the activation is there, not how large",
            {"delta": only(place, _times(_value))},
            "d_z = d_a × a",
            _DELTA,
            place.fits,
        )
        for place in PLACES
    ),
    Slip(
        "tanh_not_squared",
        "the slope of tanh is taken as 1 - a",
        "it is 1 - a²",
        {"delta": _not_squared},
        "d_z = d_a × (1 - a)",
        "d_z = d_a × (1 - a²)",
        _has("tanh"),
    ),
    Slip(
        "slope_of_next_layer",
        "the slope is taken at z of the layer after",
        "each layer's slope is that at its own z",
        {"delta": in_hidden(_of_layer(1))},
        "d_z = d_a × f'(z of the next layer)",
        _DELTA,
        HIDDEN.fits,
    ),
    Slip(
        "slope_of_layer_before",
        "the slope is taken at z of the layer before",
        "each layer's slope is that at its own z",
        {"delta": _of_layer(-1)},
        "d_z = d_a × f'(z of the layer before)",
        _DELTA,
        HIDDEN.fits,
    ),
    Slip(
        "gate_open_at_0",
        "a gate is open where z is exactly 0",
        "here, as in PyTorch and TensorFlow, the ReLU's slope at 0 is 0",
        {"delta": _open_at_0},
        "d_z = d_a where z ≥ 0",
        "d_z = d_a where z > 0",
        _has_kinks,
    ),
    Slip(
        "gate_shut_at_0",
        "a gate is shut where z is 0 on paper",
        "the computer's floats have a rounding bit there, which opens it",
        {"delta": _shut_at_0},
        "d_z = 0 where z ≈ 0",
        "d_z = d_a where z > 0, be it by one rounding bit",
        _has_kinks,
    ),
    Slip(
        "gate_by_blame",
        "the gate opens by the sign of the blame",
        "only z decides whether a gate is open",
        {"delta": in_hidden(_by_blame)},
        "d_z = d_a where d_a > 0, else 0",
        "d_z = d_a where z > 0, else 0",
        _has_kinks,
    ),
)
