"""Layers, models and losses of PyTorch and Keras as a listing uses them."""

from __future__ import annotations

import numpy as np

from blame.exercise.reading.listing import symbols
from blame.exercise.reading.listing.calls.arguments import Named
from blame.exercise.reading.listing.calls.calls import CALLS
from blame.exercise.reading.listing.calls.units import softmax_rows
from blame.exercise.reading.listing.evaluate import Evaluator
from blame.exercise.reading.listing.symbols import Node, Value
from blame.exercise.reading.listing.values import (
    Act,
    Linear,
    LossCall,
    NotFollowed,
    Stack,
    array_of,
    named,
    nodes_of,
    numbers_of,
    plain,
)

MOST_PARTS = 20
ACTS = {
    "ReLU": "relu",
    "Tanh": "tanh",
    "Sigmoid": "sigmoid",
    "LeakyReLU": "leaky_relu",
    "Softplus": "softplus",
    "Softmax": "softmax",
    "LogSoftmax": "log_softmax",
    "Identity": "identity",
}
LOSS_CLASSES = {
    "MSELoss": "mse",
    "MeanSquaredError": "mse",
    "CrossEntropyLoss": "cross_entropy",
    "BCELoss": "bce",
    "BCEWithLogitsLoss": "bce_logits",
    "NLLLoss": "nll",
    "CategoricalCrossentropy": "cross_entropy_shares",
    "BinaryCrossentropy": "bce",
}
LOSS_FUNCTIONS = {
    "mse_loss": "mse",
    "cross_entropy": "cross_entropy",
    "binary_cross_entropy": "bce",
    "binary_cross_entropy_with_logits": "bce_logits",
    "nll_loss": "nll",
    "mean_squared_error": "mse",
    "softmax_cross_entropy_with_logits": "cross_entropy",
    "categorical_crossentropy": "cross_entropy_shares",
    "binary_crossentropy": "bce",
}
SUMS = {"mse": "sse", "cross_entropy": "cross_entropy_sum", "bce": "bce_sum"}


def made_layer(name: str, args: list[Value], named: Named, line: int) -> Value | None:
    """Return the layer, model or loss that a call of a class makes; None where it is no such."""
    if name == "Linear" and len(args) + len(named) >= 2:
        n_in = _size(named.get("in_features", args[0] if args else None))
        n_out = _size(named.get("out_features", args[1] if len(args) > 1 else None))
        bias = named.get("bias", args[2] if len(args) > 2 else True)
        return Linear(n_in, n_out, bias is not False, line=line)
    if name == "Dense" and args and isinstance(args[0], (list, np.ndarray)):
        return _of_flux(args)
    if name == "Dense":
        n_out = _size(named.get("units", args[0] if args else None))
        act = named.get("activation", args[1] if len(args) > 1 else None)
        act = act if isinstance(act, str) else getattr(act, "name", "") or ""
        bias = named.get("use_bias", True) is not False
        made = Linear(None, n_out, bias, rows=False, activation=act, line=line)
        made.name = str(named.get("name", ""))
        _begin(made, named)
        return made
    if name == "Input":
        # The first of a model's layers; whatever layer is given it goes on from there.
        return Stack([Act("identity")])
    if name == "Model" and isinstance(named.get("outputs", args[-1] if args else None), Stack):
        return named.get("outputs", args[-1] if args else None)
    if name in ACTS:
        slope = named.get("negative_slope", named.get("alpha", args[0] if args else None))
        leak = slope.value if isinstance(slope, Node) and name == "LeakyReLU" else 0.01
        return Act(ACTS[name], leak)
    if name == "Activation" and args and isinstance(args[0], str):
        return Act("identity" if args[0] == "linear" else args[0])
    if name in ("Sequential", "Chain"):
        layers = args
        if len(args) == 1 and isinstance(args[0], list):
            layers = args[0]
        elif len(args) == 1 and isinstance(args[0], dict):
            layers = list(args[0].values())
        known: list[Value] = []
        for layer in layers:
            # A model within a model is its layers.
            known += layer.layers if isinstance(layer, Stack) else [layer]
        return Stack([one for one in known if isinstance(one, (Linear, Act))][:MOST_PARTS])
    if name in LOSS_CLASSES:
        return LossCall(_reduced(LOSS_CLASSES[name], named))
    return None


def _begin(layer: Linear, named: Named) -> None:
    """Fill a layer with what its call says it begins with: weights=, kernel_initializer=."""
    given = named.get("weights")
    if isinstance(given, list) and given:
        for name, part in zip(("weight", "bias"), given, strict=False):
            fill(layer, name, part)
    for name, key in (("weight", "kernel_initializer"), ("bias", "bias_initializer")):
        value = named.get(key)
        if isinstance(value, str) and name == "bias" and value in ("zeros", "ones"):
            value = symbols.num(float(value == "ones"))
        # One number for all weights waits for the layer's own size.
        if isinstance(value, (list, np.ndarray)) or (isinstance(value, Node) and name == "bias"):
            fill(layer, name, value)


def _of_flux(args: list[Value]) -> Linear:
    """Return a layer of Flux: its weights, one row a neuron, its bias, its activation."""
    weight = array_of(args[0])
    if weight.ndim != 2:
        raise NotFollowed("a layer's weights")
    made = Linear(weight.shape[1], weight.shape[0], len(args) > 1 and args[1] is not False)
    fill(made, "weight", args[0])
    if made.has_bias and isinstance(args[1], (list, np.ndarray)):
        fill(made, "bias", args[1])
    act = getattr(args[2], "name", "") if len(args) > 2 else ""
    made.activation = {"σ": "sigmoid", "leakyrelu": "leaky_relu"}.get(act, act)
    return made


def _size(value: Value) -> int:
    if not isinstance(value, Node) or not 1 <= value.value <= 1000:
        raise NotFollowed("size of a layer")
    return int(value.value)


def _reduced(key: str, named: Named) -> str:
    return f"{key}:sum" if named.get("reduction") == "sum" else key


def applied(run: Evaluator, layer: Value, x: Value) -> Value:
    """Return what a layer or a model makes of its input."""
    if isinstance(layer, Stack):
        for part in layer.layers:
            x = applied(run, part, x)
        return x
    if isinstance(layer, Act):
        return activated(run, layer.name, x, layer.slope)
    if layer.weight is None:
        raise NotFollowed("a layer whose weights are not written")
    weight = array_of(layer.weight)
    x = named(x, "x")
    z = run.matmul(x, weight.T if layer.rows else weight)
    if layer.bias is not None and layer.has_bias:
        z = run.both(symbols.add, z, layer.bias)
    return activated(run, layer.activation, z) if layer.activation else z


def activated(run: Evaluator, name: str, z: Value, slope: float = 0.01) -> Value:
    if name in ("identity", "linear", ""):
        return z
    if name == "leaky_relu":
        return run.each(lambda one: symbols.leaky(one, slope), z)
    if name in CALLS:
        return CALLS[name](run, [z], {})
    raise NotFollowed("activation")


def loss_call(run: Evaluator, name: str, args: list[Value], named: Named) -> Value | None:
    """Return the loss that a function of a library works out; None where it is no such."""
    if name not in LOSS_FUNCTIONS or len(args) + len(named) < 2:
        return None
    key = LOSS_FUNCTIONS[name]
    given = [*args, *(value for label, value in named.items() if label in ("target", "labels"))]
    prediction, target = given[0], given[1]
    if key in ("bce", "cross_entropy_shares") and name.endswith("crossentropy"):
        prediction, target = target, prediction
    return lost(run, _reduced(key, named), prediction, target)


def lost(run: Evaluator, key: str, prediction: Value, target: Value) -> Value:
    """Return a node that holds a loss's kind, its prediction and its target."""
    key, _, summed = key.partition(":")
    cells = array_of(prediction)
    if key == "cross_entropy":
        cells = array_of(softmax_rows(run, cells))
    elif key == "nll":
        cells = array_of(run.each(lambda log: log.args[0] if log.op == "log" else log, cells))
    elif key == "bce_logits":
        cells = array_of(run.each(lambda z: symbols.function("sigmoid", z), cells))
    kind = {"nll": "cross_entropy", "bce_logits": "bce", "cross_entropy_shares": "cross_entropy"}
    key = kind.get(key, key)
    key = SUMS[key] if summed else key
    wanted = numbers_of(target)
    names = [cell.args[0] for cell in array_of(target).ravel() if cell.op == "leaf"]
    return Node("loss", (key, cells, wanted, names[0] if names else ""), 0.0)


def fill(target: Linear, name: str, value: Value) -> None:
    """Set the weight or the bias of a layer; Keras' set_weights gives both in a list."""
    value = named(value, "")
    if name in ("weight", "kernel"):
        cells = array_of(value)
        wanted = (target.n_out, target.n_in) if target.rows else (target.n_in, target.n_out)
        if cells.ndim == 0:
            if target.n_in is None:
                raise NotFollowed("size of a layer")
            cells = np.broadcast_to(cells, tuple(size or 1 for size in wanted)).copy()
        target.weight = cells if cells.ndim == 2 else cells.reshape(wanted)
    elif name == "bias":
        cells = array_of(value)
        if cells.size == 1:
            # Filled with one number: each neuron has its own all the same.
            cells = array_of(named(nodes_of(np.full(target.n_out, cells.ravel()[0].value)), ""))
        target.bias = plain(cells.reshape(-1))
        target.has_bias = True


def spread(model: Value, arrays: list[Value]) -> None:
    """Give the arrays of Keras' get_weights to the layers of a model in order."""
    left = list(arrays)
    for layer in linears(model):
        if left:
            fill(layer, "weight", left.pop(0))
        if left and layer.has_bias:
            fill(layer, "bias", left.pop(0))


def linears(model: Value) -> list[Linear]:
    """Return the layers with weights in a model."""
    if isinstance(model, Linear):
        return [model]
    return (
        [one for part in model.layers for one in linears(part)] if isinstance(model, Stack) else []
    )
