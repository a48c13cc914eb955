"""What kind of exercise it is, in a few words."""

from __future__ import annotations

from blame.exercise.exercise import Exercise
from blame.losses import find_loss


def loss_title(name: str) -> str:
    """Return what a loss is called, in words and by its key."""
    title = find_loss(name).title
    return f"{title} ({name})" if title else name


def loss_name(name: str) -> str:
    """Return what a loss is called where there is little room."""
    short = {"mse": "MSE", "sse": "SSE", "half_sse": "½ SSE", "bce": "BCE", "bce_sum": "BCE, sum"}
    return short.get(name, name.replace("_", " "))


def activation_title(name: str) -> str:
    """Return what an activation is called on screen."""
    return name.replace("_", " ").replace("relu", "ReLU")


def shape_words(exercise: Exercise) -> str:
    """Return its widths, activations, loss, samples, and what is special: "2-2-1, tanh, ..."."""
    sizes = "-".join(map(str, exercise.sizes))
    units = [activation_title(name) for name in exercise.activations]
    listed = units[0] if len(set(units)) == 1 else ", ".join(units)
    said = [sizes, listed, exercise.loss_function.title or exercise.loss]
    if exercise.n_samples > 1:
        said.append(f"{exercise.n_samples} samples")
    without = [k for k, layer in enumerate(exercise.network.layers, 1) if layer.bias is None]
    if len(without) == len(units):
        said.append("no bias")
    elif without:
        said.append(f"no {' and no '.join(f'b{k}' for k in without)}")
    if exercise.tied:
        said.append(f"one number for {' and for '.join(exercise.tied)}")
    if exercise.held:
        said.append(f"{', '.join(exercise.held)} held")
    return ", ".join(said)
