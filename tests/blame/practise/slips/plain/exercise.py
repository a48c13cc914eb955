"""The numbers of an exercise as lists, and which slip is made with them."""

from math import trunc

from tests.blame.practise.slips.plain.units import MEANS


class Slipped:
    """An exercise and the key of a slip."""

    def __init__(self, exercise, key=""):
        self.key = key
        layers = exercise.network.layers
        self.W = [layer.weights.tolist() for layer in layers]
        self.b = [None if layer.bias is None else layer.bias.tolist() for layer in layers]
        self.units = [layer.activation.name for layer in layers]
        rows = exercise.x.reshape(exercise.n_samples, -1).tolist()
        n_out = len(self.W[-1][0])
        self.x = rows
        self.t = (
            [[0.0] * n_out for _ in rows]
            if exercise.target is None
            else exercise.target.reshape(len(rows), -1).tolist()
        )
        self.loss_name = exercise.loss
        self.rate, self.decay = exercise.learning_rate, exercise.weight_decay
        self.held, self.tied = set(exercise.held), set(exercise.tied)
        self.K = len(layers)
        self.fused = (self.units[-1] == "softmax" and "cross" in self.loss_name) or (
            self.units[-1] == "sigmoid" and "bce" in self.loss_name
        )
        self.run()

    # Which layers a slip is made in: k counts from 0.
    def at(self, slip, k):
        if self.key == slip:
            return True
        last = k == self.K - 1
        return (self.key == f"{slip}_at_output" and last) or (
            self.key == f"{slip}_before_output" and not last
        )

    def keep(self, value):
        if isinstance(value, list):
            return [self.keep(each) for each in value]
        kind, _, decimals = self.key.rpartition("_")
        if kind == "rounded_to":
            return round(value, int(decimals))
        if kind == "cut_after":
            return trunc(value * 10 ** int(decimals)) / 10 ** int(decimals)
        return value

    def shares(self):
        over = MEANS.get(self.loss_name, "")
        return (len(self.x) if over else 1) * (len(self.t[0]) if "outputs" in over else 1)

    def factor(self, where):
        """How much the loss, or its slope, is taken too large."""
        n, m = len(self.x), len(self.t[0])
        found = {"half": 0.5, "no_half": 2.0}
        for share, count in (("samples", n), ("outputs", m), ("both", n * m)):
            found |= {f"sum_over_{share}": count, f"mean_over_{share}": 1 / count}
        for slip, by in found.items():
            if self.key in (slip, f"{slip}_{where}"):
                return by
        turned = {"in_loss": "loss_turned", "in_slope": "sign_turned"}
        return -1.0 if self.key == turned[where] else 1.0
