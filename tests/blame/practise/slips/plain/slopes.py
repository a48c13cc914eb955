"""The slopes that blame is multiplied by, with a slip, and the delta of the output."""

from math import exp

from tests.blame.practise.slips.plain.forward import Forward
from tests.blame.practise.slips.plain.units import SLOPES


class Slopes(Forward):
    """What each activation and the loss multiply blame by."""

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
