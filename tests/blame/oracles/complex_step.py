"""Every number of a pass and its gradient, without the chain rule and without `blame`.

The forward pass is written out once, entry by entry, in complex numbers. A gradient is the
imaginary part of the loss after a tiny imaginary nudge (Squire and Trapp 1998, SIAM Review 40),
exact to the last digits: no backward pass is there to be wrong in the same way.
"""

import cmath
from dataclasses import dataclass, field, replace

import numpy as np

from blame import Layer, Network, backward, forward
from blame.exercise.exercise import Exercise

STEP = 1e-30

ACTIVATIONS = {
    "relu": lambda z: z if z.real > 0 else 0 * z,
    "leaky_relu": lambda z: z if z.real > 0 else 0.01 * z,
    "identity": lambda z: z,
    "sigmoid": lambda z: 1 / (1 + cmath.exp(-z)),
    "tanh": cmath.tanh,
}
LOSSES = {
    "mse": lambda y, t: sum((a - b) ** 2 for a, b in zip(y, t, strict=True)) / len(y),
    "half_sse": lambda y, t: sum((a - b) ** 2 for a, b in zip(y, t, strict=True)) / 2,
    "bce": lambda y, t: (
        -sum(b * cmath.log(a) + (1 - b) * cmath.log(1 - a) for a, b in zip(y, t, strict=True))
        / len(y)
    ),
}


@dataclass
class Case:
    """An exercise of one sample: its arrays, activations and loss."""

    sizes: tuple[int, ...]
    activations: tuple[str, ...]
    loss: str
    seed: int = 0
    given: dict = field(default_factory=dict)

    def __post_init__(self):
        rng = np.random.default_rng(self.seed)
        # Two decimals, so that the numbers can be read; seeds with a z near a kink are not used.
        draw = lambda *shape: np.round(rng.uniform(-1.2, 1.2, shape), 2)  # noqa: E731
        self.given["x"] = draw(self.sizes[0])
        for k, (n_in, n_out) in enumerate(zip(self.sizes, self.sizes[1:], strict=False), 1):
            self.given[f"W{k}"], self.given[f"b{k}"] = draw(n_in, n_out), draw(n_out)
        self.given["y_true"] = draw(self.sizes[-1])
        if self.loss == "bce":
            self.given["y_true"] = (self.given["y_true"] > 0).astype(float)

    def __str__(self):
        return f"{'-'.join(map(str, self.sizes))} {' '.join(self.activations)} {self.loss}"

    @property
    def network(self):
        """The network as `blame` takes it."""
        return Network(
            tuple(
                Layer(self.given[f"W{k}"], self.given[f"b{k}"], activation)
                for k, activation in enumerate(self.activations, 1)
            )
        )

    @property
    def exercise(self):
        """The exercise as `blame` takes it."""
        return Exercise(self.network, self.given["x"], self.given["y_true"], self.loss)

    def after(self, rate):
        """Return the numbers of the update at this rate, and the loss it leads to."""
        arrays, moved = self.arrays(), replace(self, given={})
        moved.given = dict(self.given)
        new = {}
        for name in (name for name in self.given if name[0] in "Wb"):
            moved.given[name] = self.given[name] - rate * arrays[f"d{name}"]
            for index in np.ndindex(moved.given[name].shape):
                entry = f"new {name}[{', '.join(map(str, index))}]"
                new[entry] = float(moved.given[name][index])
        return {**new, "loss after": moved.numbers()["loss"]}

    def backward(self):
        """Return the pass as `blame` works it out: what is to be judged."""
        return backward(forward(self.network, self.given["x"]), self.given["y_true"], self.loss)

    def run(self, nudged=None, index=None):
        """Return every array of the forward pass, complex, with one number nudged."""
        found = {}

        def keep(name, values):
            values = np.array(values, dtype=complex)
            if name == nudged:
                values[index] += STEP * 1j
            found[name] = values
            return values

        a = keep("x", self.given["x"])
        last = len(self.activations)
        for k, activation in enumerate(self.activations, 1):
            W, b = keep(f"W{k}", self.given[f"W{k}"]), keep(f"b{k}", self.given[f"b{k}"])
            z = keep(f"z{k}", [sum(v * w for v, w in zip(a, W[:, j], strict=True)) + b[j]
                               for j in range(len(b))])  # fmt: skip
            a = keep("y_pred" if k == last else f"a{k}", [ACTIVATIONS[activation](v) for v in z])
        t = keep("y_true", self.given["y_true"])
        found["loss"] = np.array(LOSSES[self.loss](list(a), list(t)))
        return found

    def arrays(self):
        """Return every array of both passes by its name; a single output is a bare number."""
        found = {name: values.real for name, values in self.run().items()}
        for name in list(found):
            if name in ("loss", "y_true"):
                continue
            slope = np.zeros(found[name].shape)
            for index in np.ndindex(slope.shape):
                slope[index] = self.run(name, index)["loss"].imag / STEP
            known = {"y_pred": "d_loss_y"}.get(name)
            found[known or (f"d_{name}" if name[0] in "xza" else f"d{name}")] = slope
        return found

    def numbers(self):
        """Return every number by its name."""
        found = {}
        for name, values in self.arrays().items():
            bare = values.ndim == 0 or (
                name in ("y_pred", "y_true", "d_loss_y") and self.sizes[-1] == 1
            )
            if bare:
                found[name] = float(values.reshape(()))
                continue
            for index in np.ndindex(values.shape):
                found[f"{name}[{', '.join(map(str, index))}]"] = float(values[index])
        return found


CASES = [
    Case((2, 2, 1), ("relu", "identity"), "mse", 1),
    Case((2, 2, 1), ("relu", "identity"), "half_sse", 1),
    Case((3, 4, 2), ("relu", "identity"), "mse", 0),
    Case((3, 4, 2), ("tanh", "identity"), "half_sse", 0),
    Case((2, 2, 1), ("relu", "sigmoid"), "bce", 1),
    Case((2, 3, 2), ("leaky_relu", "sigmoid"), "bce", 0),
    Case((2, 3, 2), ("identity", "sigmoid"), "mse", 0),
    Case((2, 3, 2, 3), ("leaky_relu", "sigmoid", "tanh"), "mse", 0),
    Case((4, 1), ("identity",), "mse", 0),
    Case((1, 3, 3, 2, 1), ("tanh", "relu", "leaky_relu", "identity"), "mse", 2),
    Case((5, 2), ("sigmoid",), "bce", 0),
    Case((2, 2, 2), ("sigmoid", "relu"), "half_sse", 0),
]
"""One layer to four, one output to three, every activation and every loss of today."""
