"""Four arithmetics in a table, their sums, and what to notice."""

from __future__ import annotations

from collections.abc import Sequence

from blame.exercise.exercise import Exercise
from blame.kinks import on_the_kink, rounding_bound
from blame.probe.knife_edge import ARITHMETICS, Outcome, partial_sums
from pages.shared.words import tables
from pages.shared.words.numbers import Numbers, full, short


def verdict(exercise: Exercise, neuron: int, numbers: Numbers, layer: int = 1) -> str:
    """Say whether z of a neuron can be told from zero, with both sizes."""
    forward = exercise.forward()
    own = forward.network.layers[layer - 1]
    inputs = forward.x if layer == 1 else forward.a[layer - 2]
    z = float(forward.z[layer - 1][0, neuron])
    bound = float(rounding_bound(inputs, own.weights, own.bias)[0, neuron])
    near = bool(on_the_kink(forward)[layer - 1][0, neuron])
    end = (
        "so its sign means nothing: the neuron stands on the kink."
        if near
        else "so its sign is certain and every arithmetic of this precision agrees on the gate."
    )
    return (
        f"In float64 z{layer}[{neuron}] is {full(z)}. The rounding errors of its own sum can add "
        f"up to {short(bound, 2)}; |z| is {'no larger' if near else 'larger'}, {end}"
    )


def table(found: Sequence[Outcome], neuron: int, layer: int = 1) -> str:
    """Return what each arithmetic makes of one neuron, as a Markdown table, a column for each."""
    rows = [
        [f"z{layer}[{neuron}]", *(short(outcome.z[neuron]) for outcome in found)],
        ["gate", *("open" if outcome.gates[neuron] else "shut" for outcome in found)],
        [f"blame d_z{layer}[{neuron}]", *(short(outcome.blame[neuron]) for outcome in found)],
    ]
    for k in range(max(len(outcome.losses) for outcome in found)):
        losses = (
            short(outcome.losses[k]) if k < len(outcome.losses) else "left the floats"
            for outcome in found
        )
        rows.append(["loss at start" if k == 0 else f"loss after {k}", *losses])
    rows.append(["gates at the end", *(_gates(outcome.open_at_end) for outcome in found)])
    return tables.table(["quantity", *(outcome.title for outcome in found)], rows)


def _gates(gates: Sequence[bool]) -> str:
    return ", ".join("open" if gate else "shut" for gate in gates)


def sums(exercise: Exercise, neuron: int, layer: int = 1) -> str:
    """Return how z of a neuron grows term by term in each arithmetic, all digits shown."""
    lines = []
    for key, title in ARITHMETICS.items():
        grown = partial_sums(exercise, neuron, key, layer)
        lines.append(title)
        lines += [f"  + {name:<14} {full(total)}" for name, total in grown]
    return "\n".join(lines)


def notes(
    found: Sequence[Outcome], exercise: Exercise, numbers: Numbers, layer: int = 1
) -> list[str]:
    """Say what is true of these four runs."""
    n = numbers
    said = []
    exact = found[-1]
    for j in range(len(exact.z)):
        off = [o.title for o in found if o.gates[j] != exact.gates[j]]
        if off:
            way = "open" if exact.gates[j] else "shut"
            said.append(
                f"On paper z{layer}[{j}] is {n.text(exact.z[j])} and the gate of neuron {j} {way}; "
                f"{' and '.join(off)} {'takes' if len(off) == 1 else 'take'} the other side."
            )
    for outcome in found[:-1]:
        k = _parting(outcome.losses, exact.losses)
        if k is not None and outcome.every_gate != exact.every_gate:
            said.append(
                f"After {k} {'update' if k == 1 else 'updates'} the loss is "
                f"{n.text(outcome.losses[k])} in {outcome.title} and {n.text(exact.losses[k])} on "
                "paper. The numbers typed in are the same."
            )
    if len({outcome.others for outcome in found}) > 1:
        said.append("In another layer a gate is open in some of the four and shut in others.")
    if not said:
        said.append("All four agree on every gate: here rounding changes only the last digits.")
    dead = [o.title for o in found if not any(o.open_at_end)]
    if dead:
        count = len(exact.z)
        every = {1: "The one neuron", 2: "Both neurons"}.get(count, f"All {count} neurons")
        of = f" of layer {layer}" if len(exercise.network.layers) > 2 else ""
        verb = "is" if count == 1 else "are"
        said.append(f"{every}{of} {verb} dead at the end in {', '.join(dead)}.")
    near = bool(on_the_kink(exercise.forward())[layer - 1].any())
    if near and len({o.gates for o in found}) == 1:
        said.append(
            "They agree although a neuron stands on the kink: here all of them happen to round "
            "to the same side."
        )
    return said


def _parting(losses: Sequence[float], others: Sequence[float]) -> int | None:
    """Return the first step at which two runs differ by more than a hundredth."""
    for k, (loss, other) in enumerate(zip(losses, others, strict=False)):
        if abs(loss - other) > 0.01 * max(abs(loss), abs(other)):
            return k
    return None
