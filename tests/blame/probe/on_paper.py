"""Every number of an exercise in decimals of 80 digits, its gradients by differences of the loss.

A nudge of 1e-25 leaves an error of 1e-50: what float64 is compared with is as good as exact.
"""

from decimal import Decimal, localcontext

import numpy as np

NUDGE = Decimal("1e-25")
ONE = Decimal(1)


def _tanh(z):
    up, down = z.exp(), (-z).exp()
    return (up - down) / (up + down)


def _softmax(row):
    total = sum(z.exp() for z in row)
    return [z.exp() / total for z in row]


ROWS = {
    "relu": lambda row: [max(z, 0 * z) for z in row],
    "leaky_relu": lambda row: [z if z > 0 else z * Decimal(repr(0.01)) for z in row],
    "identity": list,
    "sigmoid": lambda row: [1 / (1 + (-z).exp()) for z in row],
    "tanh": lambda row: [_tanh(z) for z in row],
    "softplus": lambda row: [(1 + z.exp()).ln() for z in row],
    "softmax": _softmax,
}


def _surprise(t, p):
    return t * p.ln() if t else Decimal(0)


ENTRIES = {
    "mse": lambda y, t: (y - t) ** 2,
    "half_sse": lambda y, t: (y - t) ** 2 / 2,
    "sse": lambda y, t: (y - t) ** 2,
    "bce": lambda y, t: -_surprise(t, y) - _surprise(1 - t, 1 - y),
    "bce_sum": lambda y, t: -_surprise(t, y) - _surprise(1 - t, 1 - y),
    "cross_entropy": lambda y, t: -_surprise(t, y),
    "cross_entropy_sum": lambda y, t: -_surprise(t, y),
    "output": lambda y, t: y,
}


def _typed(values):
    return np.array([Decimal(repr(float(v))) for v in np.ravel(values)]).reshape(np.shape(values))


def run(kind, moved="", index=(), by=0):
    """Return every array of the forward pass by its name, one number of one array moved."""
    found = {}

    def keep(name, values):
        values = np.array(values, dtype=object)
        if name == moved:
            values[index] += by
        found[name] = values
        return values

    a = keep("x", _typed(kind.x))
    for k, (w, b, name) in enumerate(
        zip(kind.weights, kind.biases, kind.activations, strict=True), 1
    ):
        z = a @ keep(f"W{k}", _typed(w))
        z = keep(f"z{k}", z if b is None else z + keep(f"b{k}", _typed(b)))
        a = keep(f"a{k}", [ROWS[name](list(row)) for row in z])
    target = _typed(kind.target)
    entries = [ENTRIES[kind.loss](y, t) for y, t in zip(a.ravel(), target.ravel(), strict=True)]
    shares = {"mse": a.size, "bce": a.size, "cross_entropy": len(a)}.get(kind.loss, 1)
    found["loss"] = np.array(sum(entries) / shares, dtype=object)
    return found


def on_paper(kind):
    """Return every array of both passes by the names of `blame`, a gradient under d_ and its own.

    The activation of the last layer is y_pred, and its gradient d_loss_y.
    """
    with localcontext() as context:
        context.prec = 80
        found = run(kind)
        last = f"a{len(kind.weights)}"
        slopes = {}
        for name, values in found.items():
            if name == "loss":
                continue
            slope = np.empty(values.shape, dtype=object)
            for index in np.ndindex(values.shape):
                up, down = (run(kind, name, index, by)["loss"].item() for by in (NUDGE, -NUDGE))
                slope[index] = (up - down) / (2 * NUDGE)
            plain = "d_loss_y" if name == last else f"d_{name}"
            slopes[f"d{name}" if name[0] in "Wb" else plain] = slope
        found["y_pred"] = found.pop(last)
        return found | slopes
