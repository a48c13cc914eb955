"""Exercises of any shape with numbers that can be read, and every number of theirs by loops.

The oracle of words and programs: plain Python, nothing of blame's passes or names is used.
"""

import math
from itertools import pairwise

from hypothesis import settings
from hypothesis import strategies as st

from blame import Layer, Network
from blame.exercise.build import losses_for
from blame.exercise.exercise import Exercise

UNITS = ("relu", "leaky_relu", "identity", "sigmoid", "tanh", "softplus")
FEW = settings(max_examples=60, deadline=None, derandomize=True)
_tenths = st.integers(-15, 15).map(lambda tenth: tenth / 10)


def value_of(unit, z):
    """Return the activations of a layer from its pre-activations."""
    if unit == "softmax":
        shares = [math.exp(v - max(z)) for v in z]
        return [share / sum(shares) for share in shares]
    return [
        {
            "relu": lambda v: max(v, 0.0),
            "leaky_relu": lambda v: v if v > 0 else 0.01 * v,
            "identity": lambda v: v,
            "sigmoid": lambda v: 1 / (1 + math.exp(-v)),
            "tanh": math.tanh,
            "softplus": lambda v: math.log(1 + math.exp(v)),
        }[unit](v)
        for v in z
    ]


def slope_of(unit, z, a):
    """Return the slope of one neuron's activation."""
    return {
        "relu": lambda: float(z > 0),
        "leaky_relu": lambda: 1.0 if z > 0 else 0.01,
        "identity": lambda: 1.0,
        "sigmoid": lambda: a * (1 - a),
        "tanh": lambda: 1 - a * a,
        "softplus": lambda: 1 / (1 + math.exp(-z)),
    }[unit]()


def loss_of(loss, guesses, targets):
    """Return the loss of all samples, and its slope at each guess."""
    n, width = len(guesses), len(guesses[0])
    share = {"mse": n * width, "bce": n * width, "cross_entropy": n}.get(loss, 1)
    total, slopes = 0.0, []
    for s in range(n):
        slopes.append([])
        for j in range(width):
            y, t = guesses[s][j], targets[s][j] if targets else 0.0
            if loss in ("mse", "sse", "half_sse"):
                half = 0.5 if loss == "half_sse" else 1.0
                each, slope = half * (y - t) ** 2, 2 * half * (y - t)
            elif loss.startswith("bce"):
                each = -(t * math.log(y) + (1 - t) * math.log(1 - y))
                slope = (1 - t) / (1 - y) - t / y
            elif loss.startswith("cross"):
                each, slope = -t * math.log(y), -t / y
            else:
                each, slope = y, 1.0
            total += each / share
            slopes[-1].append(slope / share)
    return total, slopes


def parameters_of(exercise):
    """Return the parameters as nested lists; a layer without a bias has none."""
    found = {}
    for k, layer in enumerate(exercise.network.layers, 1):
        found[f"W{k}"] = layer.weights.tolist()
        if layer.bias is not None:
            found[f"b{k}"] = layer.bias.tolist()
    return found


def worked_out(exercise, parameters=None):
    """Return every array of both passes as nested lists, a row a sample, at these parameters."""
    p = parameters_of(exercise) if parameters is None else parameters
    units = exercise.activations
    depth = len(units)
    rows = lambda array: [row.tolist() for row in array.reshape(exercise.n_samples, -1)]  # noqa: E731
    v = {"x": rows(exercise.x)} | p
    targets = None if exercise.target is None else rows(exercise.target)
    if targets:
        v["y_true"] = targets
    a = v["x"]
    for k, unit in enumerate(units, 1):
        W, b = p[f"W{k}"], p.get(f"b{k}", [0.0] * len(p[f"W{k}"][0]))
        v[f"z{k}"] = [
            [sum(row[i] * W[i][j] for i in range(len(W))) + b[j] for j in range(len(b))]
            for row in a
        ]
        a = v[f"a{k}"] = [value_of(unit, z) for z in v[f"z{k}"]]
    v["y_pred"] = a
    v["loss"], v["d_loss_y"] = loss_of(exercise.loss, a, targets)
    d = v["d_loss_y"]
    for k in range(depth, 0, -1):
        z, a, unit = v[f"z{k}"], v[f"a{k}"], units[k - 1]
        v[f"d_a{k}"] = d
        v[f"d_z{k}"] = []
        for s, blamed in enumerate(d):
            if unit == "softmax":
                mean = sum(u * p_ for u, p_ in zip(blamed, a[s], strict=True))
                delta = [p_ * (u - mean) for u, p_ in zip(blamed, a[s], strict=True)]
            else:
                delta = [u * slope_of(unit, z[s][j], a[s][j]) for j, u in enumerate(blamed)]
            v[f"d_z{k}"].append(delta)
        below = v["x"] if k == 1 else v[f"a{k - 1}"]
        W, delta, samples = p[f"W{k}"], v[f"d_z{k}"], range(len(d))
        v[f"dW{k}"] = [
            [sum(below[s][i] * delta[s][j] for s in samples) for j in range(len(W[0]))]
            for i in range(len(W))
        ]
        v[f"db{k}"] = [sum(delta[s][j] for s in samples) for j in range(len(W[0]))]
        d = [
            [sum(W[i][j] * delta[s][j] for j in range(len(W[0]))) for i in range(len(W))]
            for s in samples
        ]
    v["d_x"] = d
    return v


def named(exercise, found=None):
    """Return every number by its name on screen: of several samples the sample comes first."""
    v = worked_out(exercise) if found is None else found
    numbers, many, wide = {}, exercise.n_samples > 1, exercise.sizes[-1] > 1
    for name, values in v.items():
        if name == "loss":
            numbers[name] = values
        elif name[0] == "b" or name[:2] == "db":
            numbers |= {f"{name}[{j}]": value for j, value in enumerate(values)}
        else:
            for s, row in enumerate(values):
                for j, value in enumerate(row):
                    index = [s] if many or name[0] == "W" or name[:2] == "dW" else []
                    ends = name in ("y_pred", "y_true", "d_loss_y")
                    index += [j] if wide or not ends else []
                    place = f"[{', '.join(map(str, index))}]" if index else ""
                    numbers[name + place] = value
    return numbers


def run_of(exercise, steps=None):
    """Return all that is worked out at each step of a run, held, tied, momentum and decay too."""
    p, velocity, found = parameters_of(exercise), {}, []
    for step in range((exercise.steps if steps is None else steps) + 1):
        if step:
            p = {name: _moved(exercise, name, p[name], found[-1], velocity) for name in p}
        found.append(worked_out(exercise, p))
    return found


def _moved(exercise, name, values, passes, velocity):
    flat = values if name[0] == "b" else [w for row in values for w in row]
    gradient = passes[f"d{name}"]
    gradient = gradient if name[0] == "b" else [g for row in gradient for g in row]
    width = 0 if name[0] == "b" else len(values[0])
    after = []
    for place, (old, own) in enumerate(zip(flat, gradient, strict=True)):
        index = f"[{place}]" if not width else f"[{place // width}, {place % width}]"
        if name in exercise.held or name + index in exercise.held:
            after.append(old)
            continue
        g = sum(gradient) if name in exercise.tied else own
        g += exercise.weight_decay * old
        g += exercise.momentum * velocity.get(name + index, 0.0)
        velocity[name + index] = g
        after.append(old - exercise.learning_rate * g)
    return after if not width else [after[k : k + width] for k in range(0, len(after), width)]


def nearest_kink(exercise, found=None):
    """Return how near the nearest z comes to a kink of its activation."""
    v = worked_out(exercise) if found is None else found
    near = [
        abs(z)
        for k, unit in enumerate(exercise.activations, 1)
        if "relu" in unit
        for row in v[f"z{k}"]
        for z in row
    ]
    return min(near, default=1.0)


@st.composite
def exercises(draw, samples=(1, 1, 2, 3), most=4, layers=4, losses=None, plain=False):
    """Draw an exercise with numbers of one decimal, of any widths, units, loss and training."""
    sizes = draw(st.lists(st.integers(1, most), min_size=2, max_size=layers + 1))
    n = draw(st.sampled_from(samples))

    def drawn(*shape):
        return [drawn(*shape[1:]) for _ in range(shape[0])] if shape else draw(_tenths)

    built, held, tied = [], [], []
    for k, (n_in, n_out) in enumerate(pairwise(sizes), 1):
        last = k == len(sizes) - 1
        # The softmax of a single output is 1 whatever comes in.
        whole = ["softmax", "softmax"] if last and n_out > 1 else []
        unit = draw(st.sampled_from([*UNITS, *whole]))
        kind = "each" if plain else draw(st.sampled_from(["each", "each", "none", "tied"]))
        bias = {"each": drawn(n_out), "none": None, "tied": [drawn()] * n_out}[kind]
        tied += [f"b{k}"] if kind == "tied" else []
        if not plain and draw(st.integers(0, 3)) == 0:
            held.append(draw(st.sampled_from([f"W{k}", f"W{k}[0, {n_out - 1}]"])))
        built.append(Layer(drawn(n_in, n_out), bias, unit))
    possible = [loss for loss in losses_for(unit) if losses is None or loss in losses]
    loss = draw(st.sampled_from(possible or ["mse"]))
    target = drawn(n, sizes[-1])
    if loss.startswith("bce"):
        target = [[float(t > 0) for t in row] for row in target]
    if loss.startswith("cross"):
        right = [draw(st.integers(0, sizes[-1] - 1)) for _ in range(n)]
        target = [[float(j == place) for j in range(sizes[-1])] for place in right]
        if draw(st.integers(0, 4)) == 4:
            # Targets that are no shares: they do not sum to 1.
            target = [[abs(t) / 2 for t in row] for row in drawn(n, sizes[-1])]
    return Exercise(
        Network(tuple(built)),
        drawn(n, sizes[0]),
        None if loss == "output" else target,
        loss,
        learning_rate=draw(st.sampled_from((0.01, 0.05, 0.1))),
        steps=draw(st.sampled_from((1, 3, 6))),
        held=tuple(held),
        tied=tuple(tied),
        momentum=0.0 if plain else draw(st.sampled_from((0.0, 0.0, 0.9))),
        weight_decay=0.0 if plain else draw(st.sampled_from((0.0, 0.0, 0.1))),
    )
