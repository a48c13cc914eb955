"""What can be taken away from the playground: a program that trains the same run, the network, the
run as a table. Everything is text, and carries the numbers on screen."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from blame.arrays import Array
from blame.formula import Formula
from blame.network import Network
from blame.playground.growing_run import GrowingRun
from blame.playground.run.optimisers import BETA_1, BETA_2, EPSILON
from blame.playground.run.rates import rate_at


def numpy_program(run: GrowingRun, step: int) -> str:
    """Return a program that trains the run from its start to a step; NumPy alone.

    It prints the loss on its way, and compares the last one with that on screen.
    """
    layers = run.start.layers
    count = len(layers)
    arrays = run.start.parameters()
    lines = [
        '"""A run of the playground: its samples, its network and its training, in NumPy."""',
        "",
        "import numpy as np",
        "",
        f"x = {_array(run.x)}",
        f"y_true = {_array(run.target)}",
        *(
            [f"x_test = {_array(run.test[0])}", f"y_test = {_array(run.test[1])}"]
            if run.test
            else []
        ),
        f"p = {{{', '.join(f'{name!r}: {_array(values)}' for name, values in arrays.items())}}}",
        f"steps = {step}",
        f"rates_before = {list(run.rates_before)!r}  # (learning rate, the step it held up to)",
        f"learning_rate = {run.learning_rate!r}",
        *([f"l2 = {run.optimiser.l2!r}"] if run.optimiser.l2 else []),
        "",
        "",
        "def forward(p, x):",
        '    """Return every z and every a; the last a is the prediction."""',
        "    z, a = {}, {0: x}",
    ]
    for k, layer in enumerate(layers, start=1):
        bias = f" + p['b{k}']" if layer.bias is not None else ""
        lines.append(f"    z[{k}] = a[{k - 1}] @ p['W{k}']{bias}")
        lines += [f"    a[{k}] = {_activation(run.start, k)}"]
    lines += [
        "    return z, a",
        "",
        "",
        "def loss_of(p, x, y_true):",
        f"    y_pred = forward(p, x)[1][{count}]",
        f"    return {_loss(run)}",
        "",
        "",
        "def blame(p, x, y_true):",
        '    """Return the gradient of every parameter, from the output back."""',
        "    z, a = forward(p, x)",
        f"    y_pred, d = a[{count}], {{}}",
        f"    d_z = {_last_delta(run)}",
    ]
    for k in range(count, 0, -1):
        lines.append(f"    d['W{k}'] = a[{k - 1}].T @ d_z")
        if layers[k - 1].bias is not None:
            lines.append(f"    d['b{k}'] = d_z.sum(axis=0)")
        if k > 1:
            lines.append(f"    d_a = d_z @ p['W{k}'].T")
            lines.append(f"    d_z = {_delta(run.start, k - 1)}")
    lines += ["    return d", "", "", *_training(run, step), ""]
    return "\n".join(lines)


def network_json(run: GrowingRun, step: int) -> str:
    """Return the network at a step, and how it was trained, as JSON."""
    network = run.at(step)
    told: dict[str, Any] = {
        "sizes": list(network.sizes),
        "activations": [layer.activation.name for layer in network.layers],
        "loss_function": run.loss_function.name,
        "step": step,
        "loss": float(run.losses[step]),
        "accuracy": None if run.accuracies is None else float(run.accuracies[step]),
        "optimiser": run.optimiser.name,
        "learning_rate": run.learning_rate,
        "rates_before": [list(one) for one in run.rates_before],
        "l2": run.optimiser.l2,
        "batch_size": run.batch_size,
        "parameters": {name: values.tolist() for name, values in network.parameters().items()},
        "start": {name: values.tolist() for name, values in run.start.parameters().items()},
        "samples": {"x": run.x.tolist(), "target": run.target.tolist()},
    }
    if run.test:
        told["test"] = {"x": run.test[0].tolist(), "target": run.test[1].tolist()}
    return json.dumps(told, indent=1)


def run_table(run: GrowingRun, step: int) -> str:
    """Return a row for each step up to this one as CSV: rate, losses, accuracies, dead neurons."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    columns: dict[str, Array] = {"loss": run.losses, "dead_share": run.dead}
    for name, values in (
        ("accuracy", run.accuracies),
        ("test_loss", run.test_losses),
        ("test_accuracy", run.test_accuracies),
    ):
        if values is not None:
            columns[name] = values
    writer.writerow(["step", "learning_rate", *columns])
    for k in range(step + 1):
        rate = rate_at(run.rates_before, run.learning_rate, k)
        writer.writerow([k, repr(rate), *(repr(float(values[k])) for values in columns.values())])
    return text.getvalue()


def _array(values: Array) -> str:
    return f"np.array({values.tolist()!r})"


def _activation(network: Network, k: int) -> str:
    activation = network.layers[k - 1].activation
    if activation.joint is None:
        return Formula(activation.formula).numpy({"z": f"z[{k}]"})
    # Of a whole row at once; what they all share is taken out first, so that no exp is too large.
    shifted = f"(z[{k}] - z[{k}].max(axis=1, keepdims=True))"
    summed = Formula(activation.joint.summand).numpy({"z": shifted})
    return Formula(activation.formula).numpy(
        {"z": shifted, "s": f"({summed}).sum(axis=1, keepdims=True)"}
    )


def _delta(network: Network, k: int) -> str:
    """Return d_z of a hidden layer, from d_a of the same one."""
    activation = network.layers[k - 1].activation
    slope = Formula(activation.slope).numpy({"z": f"z[{k}]", "a": f"a[{k}]"})
    return f"d_a * ({slope})"


def _shares(run: GrowingRun) -> str:
    return {"samples and outputs": " / y_true.size", "samples": " / len(y_true)", "": ""}[
        run.loss_function.averages
    ]


def _loss(run: GrowingRun) -> str:
    each = Formula(run.loss_function.each).numpy({"y": "y_pred", "t": "y_true"})
    return f"np.sum({each}){_shares(run)}"


def _last_delta(run: GrowingRun) -> str:
    loss, last = run.loss_function, run.start.layers[-1].activation
    names = {"y": "y_pred", "t": "y_true"}
    if loss.fused and loss.fused.activation == last.name:
        return f"({Formula(loss.fused.slope).numpy(names)}){_shares(run)}"
    k = len(run.start.layers)
    slope = Formula(last.slope).numpy({"z": f"z[{k}]", "a": f"a[{k}]"})
    return f"({Formula(loss.slope).numpy(names)}) * ({slope}){_shares(run)}"


def _training(run: GrowingRun, step: int) -> list[str]:
    """Return the lines that train, with the mini-batches and the optimiser of the run."""
    size, name, momentum = run.batch_size, run.optimiser.name, run.optimiser.momentum
    body = ["rate = next((r for r, until in rates_before if step < until), learning_rate)"]
    rows = ""
    lines: list[str] = []
    if size is not None:
        lines += [
            f"batch_size, n = {size}, len(x)",
            "epochs = -(-steps * batch_size // n)",
            f"shuffled = [np.random.default_rng([{run.seed}, k]).permutation(n) "
            "for k in range(epochs)]",
            "order = np.concatenate(shuffled) if epochs else np.empty(0, int)",
        ]
        body.append("rows = order[step * batch_size : (step + 1) * batch_size]")
        rows = "[rows]"
    moved = "g + l2 * p[name]" if run.optimiser.l2 else "g"
    body += [f"for name, g in blame(p, x{rows}, y_true{rows}).items():"]
    if name == "momentum":
        lines.append("velocity = {name: np.zeros_like(values) for name, values in p.items()}")
        body += [
            f"    velocity[name] = {momentum!r} * velocity[name] + {moved}",
            "    p[name] = p[name] - rate * velocity[name]",
        ]
    elif name == "adam":
        lines += [
            "first = {name: np.zeros_like(values) for name, values in p.items()}",
            "second = {name: np.zeros_like(values) for name, values in p.items()}",
        ]
        body += [
            *([f"    g = {moved}"] if moved != "g" else []),
            f"    first[name] = {BETA_1} * first[name] + (1 - {BETA_1}) * g",
            f"    second[name] = {BETA_2} * second[name] + (1 - {BETA_2}) * g**2",
            f"    mean = first[name] / (1 - {BETA_1} ** (step + 1))",
            f"    square = second[name] / (1 - {BETA_2} ** (step + 1))",
            f"    p[name] = p[name] - rate * mean / (np.sqrt(square) + {EPSILON!r})",
        ]
    else:
        body.append(f"    p[name] = p[name] - rate * {f'({moved})' if moved != 'g' else moved}")
    return [
        *lines,
        "for step in range(steps):",
        *(f"    {line}" for line in body),
        "    if (step + 1) % max(1, steps // 10) == 0:",
        "        print('step', step + 1, 'loss', loss_of(p, x, y_true))",
        f"print('in the app', {float(run.losses[step])!r}, 'here', loss_of(p, x, y_true))",
        *(["print('test loss', loss_of(p, x_test, y_test))"] if run.test else []),
        f"assert np.isclose(loss_of(p, x, y_true), {float(run.losses[step])!r}, rtol=1e-6)",
    ]
