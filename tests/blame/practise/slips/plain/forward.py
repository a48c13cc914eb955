"""The forward pass with a slip, up to the loss."""

from math import exp

from tests.blame.practise.slips.plain.exercise import Slipped
from tests.blame.practise.slips.plain.units import VALUES, log, sigmoid


class Forward(Slipped):
    """From the input to the loss."""

    def forward(self):
        self.z, self.a = [], []
        inputs = self.x
        for k in range(self.K):
            self.z.append(self.keep([[self.sum(k, j, row) for j in range(len(self.W[k][0]))]
                                     for row in inputs]))  # fmt: skip
            self.a.append(self.keep([self.values(k, row) for row in self.z[k]]))
            inputs = self.a[k]

    def sum(self, k, j, row):
        W, b = self.W[k], self.b[k]
        turned = self.at("rows_for_columns", k) and len(W) == len(W[0])
        total = 0.0
        for i, value in enumerate(row):
            total += value * (W[j][i] if turned else W[i][j])
        if b is None or self.at("no_bias", k):
            return total
        if self.key == "bias_subtracted":
            return total - b[j]
        return total + (b[0] if self.key == "first_bias_for_all" else b[j])

    def values(self, k, row):
        last = k == self.K - 1
        if (self.key == "no_activation" and not last) or (
            self.key == "no_output_activation" and last
        ):
            return list(row)
        if self.units[k] != "softmax":
            return [VALUES[self.units[k]](z) for z in row]
        if self.key == "softmax_without_exp":
            return [z / sum(row) for z in row]
        if self.key == "softmax_without_sum":
            return [exp(z) for z in row]
        if self.key == "sigmoid_for_softmax":
            return [sigmoid(z) for z in row]
        return [exp(z) / sum(exp(other) for other in row) for z in row]

    def loss_of(self):
        total = 0.0
        for row, targets in zip(self.a[-1], self.t, strict=True):
            for y, t in zip(row, targets, strict=True):
                if self.key == "error_for_loss":
                    total += abs(y - t)
                elif self.loss_name in ("mse", "sse"):
                    total += (y - t) ** 2
                elif self.loss_name == "half_sse":
                    total += (y - t) ** 2 / 2
                elif self.loss_name == "output":
                    total += y
                elif "bce" in self.loss_name:
                    total -= t * log(y) + (1 - t) * log(1 - y)
                elif t:
                    total -= t * log(y)
        return total / self.shares()
