"""An exercise as lines of NumPy, in the notebook's names: the one place where they stand.

They are the formulas of the registries as on paper. What is worked out in another way to keep the
last digits of very large numbers, as the app does, is not.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from blame.exercise.exercise import Exercise
from blame.formula import Formula
from blame.network import Network
from blame.probe.trace.graph import Graph, array_of
from blame.probe.trace.made_of import loss_entry, made_of
from blame.training.updates import Rule, Update


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
_PLAIN = Update()


def graph_of(exercise: Exercise) -> Graph:
    """Return what the exercise's numbers are made of."""
    return exercise.trace()


def update_of(exercise: Exercise) -> Update:
    """Return how the exercise moves its parameters."""
    return Update(exercise.held, exercise.tied, exercise.momentum, exercise.weight_decay)


@lru_cache(maxsize=32)
def steps(graph: Graph, update: Update = _PLAIN) -> tuple[Step, ...]:
    """Return the stages of both passes and of the first update, each with its lines."""
    found = []
    back = False
    for stage, arrays in graph.stages():
        back = back or stage == "d_loss_y"
        lines = tuple(line for array in arrays for line in _lines(graph, array))
        found.append(Step(stage, lines, arrays, back))
    moves = update_lines(graph.network, update)
    return (*found, Step(UPDATE, moves, tuple(graph.network.parameters()), back=True))


def update_lines(
    network: Network, update: Update, *, keeps_velocity: bool = False
) -> tuple[str, ...]:
    """Return the lines of one update; an array that is held as a whole has none.

    Parameters
    ----------
    network : whose parameters move.
    update : how they move.
    keeps_velocity : whether momentum has a velocity to go on from; in a first step it is 0.
    """
    found = []
    for name, rule in update.rules(network).items():
        if rule.held is not None and rule.held.all():
            continue
        velocity = _velocity(name, rule, update, keeps_velocity)
        if keeps_velocity and update.momentum:
            found.append(f"v_{name} = {velocity}")
            velocity = f"v_{name}"
        if " + " in velocity:
            velocity = f"({velocity})"
        found.append(f"{name} = {name} - learning_rate * {velocity}")
    return tuple(found)


def _velocity(name: str, rule: Rule, update: Update, keeps: bool) -> str:
    terms = [f"momentum * v_{name}"] if keeps and update.momentum else []
    terms.append(f"np.sum(d{name})" if rule.tied else f"d{name}")
    terms += [f"weight_decay * {name}"] if update.weight_decay else []
    made = " + ".join(terms)
    if rule.held is None:
        return made
    trained = (~rule.held).astype(int).tolist()
    return f"np.array({trained}) * {f'({made})' if len(terms) > 1 else made}"


def _lines(graph: Graph, array: str) -> list[str]:
    """Return the lines that compute a whole array at once."""
    first = graph.entries(array)[0]
    kind, k, _, _ = graph.place(first)
    operation, joint = graph.node(first).operation, graph.activations[k - 1].joint
    if operation == "loss":
        return [f"{array} = {_loss(graph)}"]
    if operation == "activation" and joint is not None:
        summed = Formula(joint.summand).numpy({"z": f"z{k}"})
        made = Formula(graph.activations[k - 1].formula)
        return [f"{array} = {made.numpy({'z': f'z{k}', 's': _row_sum(graph, summed)})}"]
    if operation == "loss slope":
        return [f"{array} = {_loss_slope(graph, first)}"]
    if kind == "d_z" and joint is not None:
        return _through_layer(graph, k)
    if operation == "sum" and kind != "d_z":
        return [f"{array} = {_products(graph, first)}"]
    formula, names = made_of(graph, first)
    return [f"{array} = {formula.numpy({v: array_of(name) for v, name in names.items()})}"]


def _products(graph: Graph, first: str) -> str:
    node, kind = graph.node(first), graph.place(first).kind
    parts = list(dict.fromkeys(array_of(part.opens) for term in node.terms for part in term))
    one = graph.n_samples == 1
    if kind == "dW":
        return f"np.outer({parts[0]}, {parts[1]})" if one else f"{parts[0]}.T @ {parts[1]}"
    if kind == "db":
        return parts[0] if one else f"{parts[0]}.sum(axis=0)"
    if kind == "d_a":
        # Of one sample the rows of W are what each input goes into.
        return f"{parts[1]} @ {parts[0]}" if one else f"{parts[0]} @ {parts[1]}.T"
    inputs, weights, *bias = parts
    return " + ".join([f"{inputs} @ {weights}", *bias])


def _loss(graph: Graph) -> str:
    each = loss_entry(graph).numpy({"y": "y_pred", "t": "y_true"})
    if graph.loss.averages == "samples and outputs":
        return f"np.mean({each})"
    return f"np.sum({each})" + (f" / {graph.shares}" if graph.shares > 1 else "")


def _loss_slope(graph: Graph, first: str) -> str:
    fused = graph.loss.fused if graph.place(first).kind == "d_z" else None
    if fused and fused.slope_of_any and not graph.whole_targets:
        made = fused.slope_of_any
        made = f"({made}) / {graph.shares}" if graph.shares > 1 else made
        names = {"y": "y_pred", "t": "y_true", "s": _row_sum(graph, "y_true")}
        return Formula(made).numpy(names)
    formula, used = made_of(graph, first)
    made = formula.numpy({variable: array_of(name) for variable, name in used.items()})
    return made if used else f"np.full_like(y_pred, {made})"


def _through_layer(graph: Graph, k: int) -> list[str]:
    """Return how blame goes through an activation that mixes its layer: by its Jacobian."""
    activation = graph.activations[k - 1]
    assert activation.joint is not None
    own = Formula(activation.slope).numpy({"a": "y_pred", "z": f"z{k}"})
    pair = {"a": "y_pred[..., :, None]", "b": "y_pred[..., None, :]"}
    cross = Formula(activation.joint.cross_slope).numpy(pair)
    if graph.n_samples == 1:
        through = "d_loss_y @ jacobian"
    else:
        own = f"({own})[..., None]"
        through = "(d_loss_y[:, None, :] @ jacobian)[:, 0, :]"
    same = f"np.eye({graph.sizes[-1]}) == 1"
    return [f"jacobian = np.where({same}, {own}, {cross})", f"d_z{k} = {through}"]


def _row_sum(graph: Graph, array: str) -> str:
    """Return the sum over what belongs to one sample."""
    if graph.n_samples == 1:
        return f"np.sum({array})"
    return f"np.sum({array}, axis=-1, keepdims=True)"


def inputs(exercise: Exercise, array: str = "np.array") -> list[str]:
    """Return the lines that set every number but the steps, with all their digits."""
    target = {} if exercise.target is None else {"y_true": exercise.target}
    arrays = {"x": exercise.x, **target, **exercise.network.parameters()}
    lines = [f"{name} = {array}({value.tolist()})" for name, value in arrays.items()]
    lines.append(f"learning_rate = {exercise.learning_rate!r}")
    for name in ("momentum", "weight_decay"):
        if value := getattr(exercise, name):
            lines.append(f"{name} = {value!r}")
    return lines
