"""Both passes and an update with one slip, in plain Python: loops over numbers, no arrays.

Nothing here comes from `blame`; the key of a slip says by itself what is done otherwise.
"""

from math import exp, nan, tanh, trunc
from math import log as log_of_positive

LEAK = 0.01


def log(y):
    return log_of_positive(y) if y > 0 else nan


def sigmoid(z):
    return 1 / (1 + exp(-z)) if z > -700 else 0.0


VALUES = {
    "relu": lambda z: z if z > 0 else 0.0,
    "leaky_relu": lambda z: z if z > 0 else LEAK * z,
    "identity": lambda z: z,
    "sigmoid": sigmoid,
    "tanh": tanh,
    "softplus": lambda z: log(1 + exp(z)),
}
SLOPES = {
    "relu": lambda z: 1.0 if z > 0 else 0.0,
    "leaky_relu": lambda z: 1.0 if z > 0 else LEAK,
    "identity": lambda z: 1.0,
    "sigmoid": lambda z: sigmoid(z) * (1 - sigmoid(z)),
    "tanh": lambda z: 1 - tanh(z) ** 2,
    "softplus": sigmoid,
}
MEANS = {"mse": "samples and outputs", "bce": "samples and outputs", "cross_entropy": "samples"}


class Plain:
    """The passes of one exercise with the slip of a key; `names()` are its numbers."""

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

    def run(self):
        self.forward()
        self.loss = self.keep(self.loss_of() * self.factor("in_loss"))
        self.back()

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

    def slope_of_loss(self, y, t):
        if self.key == "prediction_for_loss":
            return 1.0
        if self.key == "error_for_slope":
            return (y - t) / self.shares()
        name = self.loss_name
        if name in ("mse", "sse"):
            found = 2 * (y - t)
        elif name == "half_sse":
            found = y - t
        elif name == "output":
            found = 1.0
        elif "bce" in name:
            found = (1 - t) / (1 - y) - t / y
        else:
            found = -t / y
        return found / self.shares() * self.factor("in_slope")

    def slope(self, k, s, j):
        """The slope that is multiplied in, where each neuron has its own."""
        unit, z, a = self.units[k], self.z[k][s][j], self.a[k][s][j]
        kinked = unit in ("relu", "leaky_relu")
        own = SLOPES[unit]
        if self.key.startswith(("rounded", "cut")) and unit in ("sigmoid", "tanh"):
            return a * (1 - a) if unit == "sigmoid" else 1 - a**2
        if unit == "identity":
            return 1.0
        if self.at("slope_left_out", k) or (self.key == "gate_forgotten" and unit == "relu"):
            return 1.0
        if self.at("slope_twice", k):
            return own(z) ** 2
        if self.at("slope_at_a", k):
            return own(a)
        if self.at("slope_formula_at_z", k) and unit in ("sigmoid", "tanh"):
            return z * (1 - z) if unit == "sigmoid" else 1 - z**2
        if self.at("value_for_slope", k):
            return a
        if self.key == "tanh_not_squared" and unit == "tanh":
            return 1 - a
        for slip, other in (("slope_of_next_layer", k + 1), ("slope_of_layer_before", k - 1)):
            there = self.key == slip and 0 <= other < self.K
            if there and len(self.z[other][s]) == len(self.z[k][s]):
                return own(self.z[other][s][j])
        if self.key == "gate_open_at_0" and kinked and abs(z) < 1e-12:
            return 1.0
        if self.key == "gate_shut_at_0" and kinked and abs(z) < 1e-12:
            return own(0.0)
        if self.key == "gate_by_blame" and kinked and k < self.K - 1:
            return own(self.up[k][s][j])
        return own(z)

    def output_delta(self, s):
        k, y, t, up = self.K - 1, self.a[-1][s], self.t[s], self.up[-1][s]
        if self.key == "shortcut" and not self.fused and self.units[k] != "identity":
            return [(yj - tj) / self.shares() for yj, tj in zip(y, t, strict=True)]
        softmax = self.units[k] == "softmax"
        p = [exp(z) / sum(map(exp, self.z[k][s])) for z in self.z[k][s]] if softmax else None
        if softmax:
            own = [each * (1 - each) for each in p]
            if self.at("slope_left_out", k):
                return list(up)
            for slip, slopes in (
                ("slope_twice", [each**2 for each in own]),
                ("value_for_slope", y),
                ("slope_formula_at_z", [z * (1 - z) for z in self.z[k][s]]),
                ("softmax_diagonal", own),
            ):
                if self.at(slip, k) or self.key == slip:
                    return [u * slope for u, slope in zip(up, slopes, strict=True)]
            if self.at("slope_at_a", k):
                again = [exp(v) / sum(map(exp, y)) for v in y]
                return [u * q * (1 - q) for u, q in zip(up, again, strict=True)]
            if (
                self.key == "slope_of_layer_before"
                and k
                and (len(self.z[k - 1][s]) == len(self.z[k][s]))
            ):
                q = [exp(z) / sum(map(exp, self.z[k - 1][s])) for z in self.z[k - 1][s]]
                return [u * each * (1 - each) for u, each in zip(up, q, strict=True)]
        changes_slope = not softmax and self.slope_is_other(k, s)
        if (
            self.fused
            and not changes_slope
            and self.key not in ("prediction_for_loss", "error_for_slope")
        ):
            right = y
            whole = sum(t) if softmax else 1.0
            found = [(q * whole - tj) / self.shares() for q, tj in zip(right, t, strict=True)]
            found = [each * self.factor("in_slope") for each in found]
            if self.key == "slope_on_top":
                found = [each * q * (1 - q) for each, q in zip(found, right, strict=True)]
        elif softmax:
            found = [
                sum(u * pi * ((i == j) - p[j]) for i, (u, pi) in enumerate(zip(up, p, strict=True)))
                for j in range(len(p))
            ]
        else:
            found = [u * self.keep(self.slope(k, s, j)) for j, u in enumerate(up)]
        if self.key == "right_class_alone":
            found = [each if tj > 0 else 0.0 for each, tj in zip(found, t, strict=True)]
        return found

    def slope_is_other(self, k, s):
        """Whether this slip says another slope at the output, be it the same number."""
        unit = self.units[k]
        if self.key == "slope_of_next_layer":
            return False
        if self.key == "slope_of_layer_before":
            return k > 0 and len(self.z[k - 1][s]) == len(self.z[k][s])
        if self.key == "tanh_not_squared":
            return unit == "tanh"
        return any(self.at(slip, k) for slip in (
            "slope_left_out", "slope_twice", "slope_at_a", "slope_formula_at_z", "value_for_slope"
        ))  # fmt: skip

    def back(self):
        n = len(self.x)
        K = self.K
        self.up, self.delta = [None] * K, [None] * K
        self.dW, self.db = [None] * K, [None] * K
        self.new_W, self.new_b = [None] * K, [None] * K
        for k in reversed(range(K)):
            if k == K - 1:
                self.up[k] = [
                    [self.slope_of_loss(y, t) for y, t in zip(*pair, strict=True)]
                    for pair in zip(self.a[-1], self.t, strict=True)
                ]
            else:
                self.up[k] = [self.handed_back(k, s) for s in range(n)]
            self.up[k] = self.keep(self.up[k])
            if k == K - 1:
                self.delta[k] = [self.output_delta(s) for s in range(n)]
            else:
                self.delta[k] = [
                    [u * self.keep(self.slope(k, s, j)) for j, u in enumerate(self.up[k][s])]
                    for s in range(n)
                ]
            self.delta[k] = self.keep(self.delta[k])
            self.gradients(k)
            self.move(k)
        if self.key == "input_after_update":
            self.inputs_after_update()
        self.d_x = self.keep([
            [sum(self.delta[0][s][j] * w for j, w in enumerate(row)) for row in self.W[0]]
            for s in range(n)
        ])  # fmt: skip

    def handed_back(self, k, s):
        delta, W = self.delta[k + 1][s], self.W[k + 1]
        found = []
        for i in range(len(W)):
            if self.key == "no_weights_back":
                found.append(sum(delta))
                continue
            if self.key == "activation_for_weight":
                found.append(sum(delta) * self.a[k][s][i])
                continue
            used = W[i]
            if self.key == "updated_weights":
                used = self.new_W[k + 1][i]
            if self.key == "not_transposed" and len(W) == len(W[0]):
                used = [row[i] for row in W]
            own = self.W[k]
            if self.key == "own_weights" and (len(own), len(own[0])) == (len(W), len(W[0])):
                used = own[i]
            paths = [d * w for d, w in zip(delta, used, strict=True)]
            if self.key == "strongest_path":
                found.append(max(paths, key=abs))
            elif self.key == "first_path":
                found.append(paths[0])
            else:
                found.append(sum(paths))
        return found

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

    def after(self):
        """The prediction and the loss of after the update, with the same slip."""
        moved = object.__new__(type(self))
        moved.__dict__ = {**self.__dict__, "W": self.new_W, "b": self.new_b}
        moved.forward()
        return moved.a[-1], moved.keep(moved.loss_of() * moved.factor("in_loss"))

    def names(self):
        """Every number by its name."""
        found = {}
        one, plain = len(self.x) == 1, self.units[-1] == "identity"

        def put(name, rows):
            for s, row in enumerate(rows):
                for j, value in enumerate(row):
                    single = len(row) == 1 and name.endswith(("y_pred", "d_loss_y"))
                    index = [*([] if one else [s]), *([] if single else [j])]
                    found[f"{name}[{', '.join(map(str, index))}]" if index else name] = value

        def put_own(name, values):
            for i, value in enumerate(values):
                if isinstance(value, list):
                    found.update({f"{name}[{i}, {j}]": each for j, each in enumerate(value)})
                else:
                    found[f"{name}[{i}]"] = value

        for k in range(self.K):
            last = k == self.K - 1
            if not (last and plain):
                put(f"z{k + 1}", self.z[k])
                put(f"d_z{k + 1}", self.delta[k])
            put("y_pred" if last else f"a{k + 1}", self.a[k])
            put("d_loss_y" if last else f"d_a{k + 1}", self.up[k])
            put_own(f"dW{k + 1}", self.dW[k])
            put_own(f"new W{k + 1}", self.new_W[k])
            if self.b[k] is not None:
                put_own(f"db{k + 1}", self.db[k])
                put_own(f"new b{k + 1}", self.new_b[k])
        put("d_x", self.d_x)
        prediction, loss = self.after()
        put("new y_pred", prediction)
        return found | {"loss": self.loss, "new loss": loss}
