"""The gradients of the parameters and their update, with a slip."""

from tests.blame.practise.slips.plain.slopes import Slopes


class Update(Slopes):
    """What each layer learns."""

    def gradients(self, k):
        inputs = self.x if k == 0 else self.a[k - 1]
        if self.key == "z_for_input" and k:
            inputs = self.z[k - 1]
        if self.key == "own_activation" and len(self.a[k][0]) == len(inputs[0]):
            inputs = self.a[k]
        if self.key == "input_forgotten":
            inputs = [[1.0] * len(self.W[k]) for _ in self.x]
        samples = range(len(self.x))
        if self.key == "last_sample":
            samples = samples[-1:]
        delta = self.delta[k]
        dW = [
            [sum(inputs[s][i] * delta[s][j] for s in samples) for j in range(len(self.W[k][0]))]
            for i in range(len(self.W[k]))
        ]
        if self.key == "weight_for_input":
            dW = [[w * sum(delta[s][j] for s in samples) for j, w in enumerate(row)]
                  for row in self.W[k]]  # fmt: skip
        if self.key == "gradient_transposed" and len(dW) == len(dW[0]):
            dW = [list(column) for column in zip(*dW, strict=True)]
        db = [sum(delta[s][j] for s in samples) for j in range(len(self.W[k][0]))]
        by = {"gradients_averaged": 1 / len(self.x), "gradients_accumulated": 2}.get(self.key, 1)
        dW, db = [[g * by for g in row] for row in dW], [g * by for g in db]
        if self.key == "bias_gradient_forgotten":
            db = [0.0] * len(db)
        if self.key == "bias_in_its_gradient" and self.b[k] is not None:
            db = [g * b for g, b in zip(db, self.b[k], strict=True)]
        self.dW[k], self.db[k] = self.keep(dW), self.keep(db)

    def move(self, k):
        plain = self.key == "gradient_alone"
        self.new_W[k] = self.keep([
            [self.moved(w, g, f"W{k + 1}", f"W{k + 1}[{i}, {j}]", 0 if plain else self.decay)
             for j, (w, g) in enumerate(zip(row, grads, strict=True))]
            for i, (row, grads) in enumerate(zip(self.W[k], self.dW[k], strict=True))
        ])  # fmt: skip
        if self.b[k] is None:
            return
        grads = self.db[k]
        if f"b{k + 1}" in self.tied and not plain:
            grads = [sum(grads)] * len(grads)
        self.new_b[k] = list(self.b[k]) if self.key == "bias_not_updated" else [
            self.moved(b, g, f"b{k + 1}", f"b{k + 1}[{j}]", 0 if plain else self.decay)
            for j, (b, g) in enumerate(zip(self.b[k], grads, strict=True))
        ]  # fmt: skip
        self.new_b[k] = self.keep(self.new_b[k])

    def moved(self, value, gradient, array, name, decay):
        by = gradient + decay * value
        if self.key != "held_updated" and self.held & {array, name}:
            by = 0.0
        if self.key == "rate_left_out":
            return value - by
        if self.key == "update_added":
            return value + self.rate * by
        if self.key == "change_alone":
            return -self.rate * by
        return value - self.rate * by

    def inputs_after_update(self):
        """Layer by layer from the first: each is updated before the next one's input is taken."""
        inputs = self.x
        for k in range(self.K):
            self.dW[k] = [
                [sum(inputs[s][i] * self.delta[k][s][j] for s in range(len(self.x)))
                 for j in range(len(self.W[k][0]))]
                for i in range(len(self.W[k]))
            ]  # fmt: skip
            self.move(k)
            later = []
            for row in inputs:
                sums = []
                for j in range(len(self.W[k][0])):
                    total = sum(v * self.new_W[k][i][j] for i, v in enumerate(row))
                    sums.append(total if self.b[k] is None else total + self.new_b[k][j])
                later.append(self.values(k, sums))
            inputs = later
