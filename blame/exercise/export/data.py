"""The numbers themselves: the trace as JSON, the run as CSV."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import numpy as np

from blame.exercise.exercise import Exercise
from blame.exercise.numpy_lines import graph_of
from blame.kinks import piece_of
from blame.probe.landscape import values_along
from blame.training import History


def trace_json(exercise: Exercise) -> str:
    """Return what the exercise is, and every number of both passes by its name, as JSON.

    A number that has left the floats is null.
    """
    trace = exercise.trace()
    values = {name: trace.value(name) for name in trace.names()}
    document = {
        "sizes": exercise.sizes,
        "activations": exercise.activations,
        "loss": exercise.loss,
        "samples": exercise.n_samples,
        "held": exercise.held,
        "tied": exercise.tied,
        "numbers": exercise.numbers(),
        "trace": {name: v + 0.0 if np.isfinite(v) else None for name, v in values.items()},
    }
    return json.dumps(document, indent=1, allow_nan=False) + "\n"


def run_csv(exercise: Exercise) -> str:
    """Return the training run as CSV: step, loss, every parameter and every gate, a row a step."""
    run = exercise.train()
    names = exercise.parameter_names()
    gates = _gates(exercise, run)
    columns: list[Any] = [np.arange(run.steps + 1).tolist(), run.losses.tolist()]
    columns += [values_along(run, name).tolist() for name in names]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["step", "loss", *names, *gates])
    writer.writerows(zip(*columns, *gates.values(), strict=True))
    return text.getvalue()


def _gates(exercise: Exercise, run: History) -> dict[str, list[int]]:
    """Return whether each neuron with a kink lies above it, 1 or 0 at each step, by its heading."""
    graph, found = graph_of(exercise), {}
    gated = [k for k, layer in enumerate(exercise.network.layers, 1) if layer.activation.kinks]
    for k in gated:
        pieces = piece_of(exercise.network.layers[k - 1].activation, run.forward.z[k - 1])
        for s, j in np.ndindex(pieces.shape[1:]):
            # Where one layer of one sample has all gates, the neuron's number is enough.
            alone = len(gated) == 1 and exercise.n_samples == 1
            heading = f"gate {j}" if alone else f"gate {graph.entry(f'z{k}', j, s)}"
            found[heading] = pieces[:, s, j].tolist()
    return found
