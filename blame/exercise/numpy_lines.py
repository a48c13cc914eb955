"""An exercise as lines of NumPy, in the notebook's names: the one place where they stand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from blame.exercise.exercise import Exercise
from blame.probe.graph import Graph, array_of
from blame.probe.made_of import loss_entry, made_of


@dataclass(frozen=True)
class Step:
    """One stage of the computation: its lines, and the names it computes."""

    stage: str
    lines: tuple[str, ...]
    names: tuple[str, ...]
    back: bool = False
    """Whether it belongs to the backward pass or, as the last stage, comes after it."""


UPDATE = "update"
"""The stage after both passes."""


def graph_of(exercise: Exercise) -> Graph:
    """Return what the example's numbers are made of."""
    return Graph(exercise.network, exercise.backward().loss_function)


@lru_cache(maxsize=32)
def steps(graph: Graph) -> tuple[Step, ...]:
    """Return the stages of both passes and of the update, each with its lines."""
    found = []
    back = False
    for stage, arrays in graph.stages():
        back = back or stage == "d_loss_y"
        lines = tuple(f"{array} = {_line(graph, array)}" for array in arrays)
        found.append(Step(stage, lines, arrays, back))
    parameters = tuple(graph.network.parameters())
    moves = tuple(f"{name} = {name} - learning_rate * d{name}" for name in parameters)
    return (*found, Step(UPDATE, moves, parameters, back=True))


def _line(graph: Graph, array: str) -> str:
    """Return the right-hand side that computes a whole array at once."""
    first = graph.entries(array)[0]
    kind = graph.place(first).kind
    node = graph.node(first)
    parts = list(dict.fromkeys(array_of(part.opens) for term in node.terms for part in term))
    if node.operation == "loss":
        each = loss_entry(graph).numpy({"y": "y_pred", "t": "y_true"})
        return f"np.{'mean' if graph.loss.averages else 'sum'}({each})"
    if node.operation == "sum" and kind != "d_z":
        if kind == "dW":
            return f"np.outer({parts[0]}, {parts[1]})"
        if kind == "db":
            return parts[0]
        if kind == "d_a":
            # One sample: the rows of W are what each input goes into.
            return f"{parts[1]} @ {parts[0]}"
        inputs, weights, bias = parts
        return f"{inputs} @ {weights} + {bias}"
    formula, names = made_of(graph, first)
    return formula.numpy({variable: array_of(name) for variable, name in names.items()})


def inputs(exercise: Exercise, array: str = "np.array") -> list[str]:
    """Return the lines that set every number but the steps, with all their digits."""
    target = {} if exercise.target is None else {"y_true": exercise.target}
    arrays = {"x": exercise.x, **target, **exercise.network.parameters()}
    lines = [f"{name} = {array}({value.tolist()})" for name, value in arrays.items()]
    return [*lines, f"learning_rate = {exercise.learning_rate!r}"]
