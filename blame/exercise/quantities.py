"""Every quantity of both passes by its name, of one sample or of several."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from blame.arrays import Array
from blame.backward import BackwardPass
from blame.exercise.names import entry_names


def quantities(back: BackwardPass) -> dict[str, float]:
    """Return every quantity of one network's passes by its name: z1[0], loss, dW1[0, 1], ...

    With several samples the sample comes first, z1[1, 0]; with a single output y_pred and d_loss_y
    have no index of it. A last layer without an activation has no z of its own: it is y_pred.
    """
    named: dict[str, float] = {}
    for name, array in _arrays(back):
        named |= zip(entry_names(name, array.shape), array.ravel().tolist(), strict=True)
    return named


def _arrays(back: BackwardPass) -> Iterator[tuple[str, Array]]:
    fwd = back.forward_pass
    last = len(fwd.network.layers)
    curved = fwd.network.layers[-1].activation.name != "identity"
    for k in range(1, last + 1):
        if k < last or curved:
            yield f"z{k}", _rows(fwd.z[k - 1])
        if k < last:
            yield f"a{k}", _rows(fwd.a[k - 1])
    yield "y_pred", _outputs(fwd.prediction)
    yield "loss", np.asarray(back.loss)
    yield "d_loss_y", _outputs(back.activation_gradients[-1])
    gradients = back.parameter_gradients()
    for k in range(last, 0, -1):
        if k < last:
            yield f"d_a{k}", _rows(back.activation_gradients[k - 1])
        if k < last or curved:
            yield f"d_z{k}", _rows(back.deltas[k - 1])
        for name in (f"W{k}", f"b{k}"):
            if name in gradients:
                yield f"d{name}", gradients[name]
    yield "d_x", _rows(back.input_gradient)


def _rows(values: Array) -> Array:
    return values[0] if len(values) == 1 else values


def _outputs(values: Array) -> Array:
    rows = _rows(values)
    return rows[..., 0] if rows.shape[-1] == 1 else rows
