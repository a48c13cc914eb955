"""The same network in PyTorch, so that its gradients can be compared with ours."""

from __future__ import annotations

import math

from blame.activations import LEAK, Activation
from blame.exercise.exercise import Exercise
from blame.exercise.numpy_lines import inputs
from blame.formula import Formula
from blame.losses import Loss

_CALLS = {
    # Its own functions, for what they take at a kink: torch.maximum shares the slope there.
    "relu": "torch.relu({z})",
    "leaky_relu": f"torch.nn.functional.leaky_relu({{z}}, {LEAK})",
    "identity": "{z}",
    "softmax": "torch.softmax({z}, dim=-1)",
}
"""How PyTorch calls an activation; any other is written as its formula."""


def torch_script(exercise: Exercise) -> str:
    """Return a program that finds the gradients with PyTorch and compares them with ours."""
    passes, network = exercise.backward(), exercise.network
    ours = {f"d{name}": value.tolist() for name, value in passes.parameter_gradients().items()}
    names = list(network.parameters())
    pairs = [f"('d{name}', {name})" for name in names]
    listed = ", ".join(pairs) + ("," if len(pairs) == 1 else "")
    return "\n".join(
        [
            '"""The same network in PyTorch: autograd beside the gradients that the app shows."""',
            "",
            "import torch",
            "",
            "torch.set_default_dtype(torch.float64)",
            *inputs(exercise, "torch.tensor"),
            f"for parameter in ({', '.join(names)}{',' if len(names) == 1 else ''}):",
            "    parameter.requires_grad_()",
            "",
            *_forward(exercise),
            f"loss = {_loss(exercise)}",
            "loss.backward()",
            "",
            f"ours = {_program_text(ours)}",
            f"print('loss', loss.item(), 'in the app', {_program_text(float(passes.loss))})",
            f"for name, parameter in ({listed}):",
            "    shown = torch.tensor(ours[name])",
            "    print(name, parameter.grad.tolist(), 'in the app', ours[name])",
            "    assert torch.allclose(parameter.grad, shown, rtol=1e-9, atol=1e-12), name",
            "print('autograd and the app agree')",
            "",
        ]
    )


def _forward(exercise: Exercise) -> list[str]:
    lines, comes = [], "x"
    for k, layer in enumerate(exercise.network.layers, 1):
        a = "y_pred" if k == len(exercise.network.layers) else f"a{k}"
        total = f"{comes} @ W{k}" + ("" if layer.bias is None else f" + b{k}")
        if layer.activation.name == "identity":
            lines.append(f"{a} = {total}")
        else:
            lines += [f"z{k} = {total}", f"{a} = {_activation(layer.activation, f'z{k}')}"]
        comes = a
    return lines


def _activation(activation: Activation, z: str) -> str:
    if activation.name in _CALLS:
        return _CALLS[activation.name].format(z=z)
    return _in_torch(Formula(activation.formula).numpy({"z": z}))


def _loss(exercise: Exercise) -> str:
    loss: Loss = exercise.loss_function
    each = _in_torch(Formula(loss.each).numpy({"y": "y_pred", "t": "y_true"}))
    if loss.averages == "samples and outputs":
        return f"torch.mean({each})"
    shares = loss.shares(exercise.n_samples, exercise.sizes[-1])
    return f"torch.sum({each})" + (f" / {shares}" if shares > 1 else "")


def _in_torch(made: str) -> str:
    return made.replace("np.", "torch.")


def _program_text(value: object) -> str:
    """Return a value as Python; what has left the floats is written as the call that gives it."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k!r}: {_program_text(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_program_text, value)) + "]"
    if isinstance(value, float) and not math.isfinite(value):
        return f"float({str(value)!r})"
    return repr(value)
