"""All of it: back through the layers, and every number by its name."""

from tests.blame.practise.slips.plain.update import Update


class Plain(Update):
    """The passes of one exercise with the slip of a key; `names()` are its numbers."""

    def run(self):
        self.forward()
        self.loss = self.keep(self.loss_of() * self.factor("in_loss"))
        self.back()

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
