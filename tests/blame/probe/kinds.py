"""Exercises of every kind, and every number of theirs under its name, by autograd.

Nothing here comes from `blame` but the network as it takes it: names are spelled out once more.
"""

from dataclasses import dataclass

import numpy as np

from blame import Layer, Network, backward, forward
from tests.blame.oracles import independent


@dataclass
class Kind:
    """An exercise: `bare` says which layers have no bias."""

    sizes: tuple[int, ...]
    activations: tuple[str, ...]
    loss: str
    samples: int = 1
    bare: tuple[int, ...] = ()
    whole: bool = True
    seed: int = 0

    def __post_init__(self):
        generator = np.random.default_rng(self.seed)
        draw = lambda *shape: np.round(generator.uniform(-1.2, 1.2, shape), 2)  # noqa: E731
        self.x = draw(self.samples, self.sizes[0])
        pairs = list(zip(self.sizes, self.sizes[1:], strict=False))
        self.weights = [draw(*pair) for pair in pairs]
        self.biases = [None if k in self.bare else draw(m) for k, (_, m) in enumerate(pairs, 1)]
        self.target = abs(draw(self.samples, self.sizes[-1])) / 2
        if self.loss.startswith("cross") and self.whole:
            self.target = self.target / self.target.sum(1, keepdims=True)

    def __str__(self):
        bare = f" bare {self.bare}" if self.bare else ""
        whole = "" if self.whole else " any"
        shape = "-".join(map(str, self.sizes))
        return f"{shape} {' '.join(self.activations)} {self.loss} x{self.samples}{bare}{whole}"

    @property
    def network(self):
        """The network as `blame` takes it."""
        return Network(tuple(map(Layer, self.weights, self.biases, self.activations)))

    def backward(self):
        """Return the pass as `blame` works it out: what is to be judged."""
        target = None if self.loss == "output" else self.target
        return backward(forward(self.network, self.x), target, self.loss)

    def numbers(self):
        """Return every number by its name."""
        own = self.weights, self.biases, self.activations, self.x, self.target, self.loss
        z, a = independent.layer_by_layer(*own[:4])
        blame = independent.blame_of(*own)
        depth, found = len(z), {}

        def rows(name, values, end=False):
            for s, row in enumerate(values):
                for j, value in enumerate(row):
                    bare = end and len(row) == 1
                    index = [s] * (self.samples > 1) + [j] * (not bare)
                    found[f"{name}{index}" if index else name] = float(value)

        rows("x", self.x)
        rows("d_x", blame["x"])
        for k in range(depth):
            last = k == depth - 1
            for name, values in (("W", self.weights), ("dW", blame["weights"])):
                for (i, j), value in np.ndenumerate(values[k]):
                    found[f"{name}{k + 1}[{i}, {j}]"] = float(value)
            if self.biases[k] is not None:
                for name, values in (("b", self.biases), ("db", blame["biases"])):
                    for j, value in enumerate(values[k]):
                        found[f"{name}{k + 1}[{j}]"] = float(value)
            if not (last and self.activations[k] == "identity"):
                rows(f"z{k + 1}", z[k])
                rows(f"d_z{k + 1}", blame["z"][k])
            rows("y_pred" if last else f"a{k + 1}", a[k], end=last)
            rows("d_loss_y" if last else f"d_a{k + 1}", blame["a"][k], end=last)
        if self.loss != "output":
            rows("y_true", self.target, end=True)
        found["loss"] = float(independent.loss_of(*own))
        return found


KINDS = [
    Kind((2, 3, 1), ("relu", "identity"), "mse", samples=3),
    Kind((2, 3, 2), ("tanh", "identity"), "mse", samples=2),
    Kind((2, 2, 2), ("tanh", "identity"), "sse", samples=1, bare=(1, 2)),
    Kind((3, 2, 1), ("sigmoid", "sigmoid"), "half_sse", samples=4, bare=(1,)),
    Kind((2, 3, 1), ("softplus", "identity"), "sse"),
    Kind((2, 2, 2), ("leaky_relu", "sigmoid"), "bce", samples=2),
    Kind((2, 2, 1), ("tanh", "sigmoid"), "bce_sum", samples=3, bare=(2,)),
    Kind((3, 2, 3), ("tanh", "softmax"), "cross_entropy"),
    Kind((3, 2, 3), ("tanh", "softmax"), "cross_entropy", samples=3, bare=(2,)),
    Kind((2, 3), ("softmax",), "cross_entropy_sum", samples=2, bare=(1,)),
    Kind((2, 3), ("softmax",), "cross_entropy_sum", whole=False),
    Kind((2, 3), ("softmax",), "cross_entropy", samples=2, whole=False),
    Kind((2, 2, 3), ("softplus", "softmax"), "mse", samples=2),
    Kind((2, 4), ("softmax",), "half_sse"),
    Kind((2, 2, 2), ("tanh", "sigmoid"), "cross_entropy", samples=2),
    Kind((3, 1), ("relu",), "output", seed=2),
    Kind((2, 2, 2), ("tanh", "identity"), "output", samples=2, bare=(1,)),
    Kind((1, 2, 2, 1), ("relu", "leaky_relu", "identity"), "half_sse", samples=8),
]
"""Without biases, with softmax, each loss, several samples: what `complex_step.CASES` has not."""
