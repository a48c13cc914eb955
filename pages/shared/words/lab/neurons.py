"""What became of single neurons and of a layer of them, in words. Knows no Streamlit."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

import numpy as np

from blame import History
from blame.probe.trace.graph import Graph
from blame.runs.diagnosis import Finding
from blame.runs.verdicts import RECENT
from pages.shared.words.agreeing import from_to
from pages.shared.words.numbers import Numbers, short

_NEURON = re.compile(r"z(\d+)\[(\d+)\]")


def listed(names: Sequence[str], last: str = "and") -> str:
    """Return names as a list in a sentence: a, b and c."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"


def neuron_name(where: str, history: History) -> str:
    """Return what the neuron of a finding is called, at the start of a sentence."""
    layer, neuron = _place(where)
    depth = len(history.networks.layers)
    if layer == depth:
        return "The output neuron" if history.networks.sizes[-1] == 1 else f"Output neuron {neuron}"
    return f"Neuron {neuron}" if depth == 2 else f"Neuron {neuron} of layer {layer}"


def z_name(where: str, history: History, sample: int = 0) -> str:
    """Return the name of the neuron's z on a sample, or y_pred where it has none of its own."""
    layer, neuron = _place(where)
    samples = history.forward.x.shape[-2]
    graph = Graph(history.at(0), history.backward.loss_function, samples)
    if layer == graph.depth and graph.plain_output:
        return graph.output("y_pred", neuron, sample)
    return graph.entry(f"z{layer}", neuron, sample)


def neuron_dead(finding: Finding, history: History, n: Numbers) -> str:
    """Say from when on a neuron's gate is shut on every sample."""
    e, name = finding.evidence, neuron_name(finding.where, history)
    one = history.forward.x.shape[-2] == 1
    its = z_name(finding.where, history) if one else "its largest z"
    if e["rests"]:
        return (
            f"**{name} rests on its kink** from step {finding.step} on: {its} = "
            f"{n.text(e['after'])} cannot be told from 0. Blame arrives, but the ReLU's slope "
            "there counts as 0, so nothing moves it."
        )
    if finding.step == 0:
        every = "" if one else " on any of the samples"
        return (
            f"**{name} is dead from the start:** {its} = {n.text(e['after'])}, so no blame "
            f"reaches its weights{every}."
        )
    before, after = from_to(e["before"], e["after"], n)
    return (
        f"**{name} died at step {finding.step}:** the update moved {its} from "
        f"{before} to {after}, and its gate stays shut{'' if one else ' on every sample'}."
    )


def others(found: Sequence[Finding], history: History) -> str:
    """Say in one sentence what became of further neurons, by kind."""
    said = []
    for kind, word in (("neuron_dead", "shut"), ("neuron_saturated", "saturated")):
        names = [neuron_name(f.where, history) for f in found if f.kind == kind]
        if names:
            are = "is" if len(names) == 1 else "are"
            named = [name[0].lower() + name[1:] for name in names]
            said.append(f"{listed(named)} {are} {word}")
    return f"At the end {listed(said)} too." if said else ""


def neuron_saturated(finding: Finding, history: History) -> str:
    """Say from when on hardly any blame passes a neuron without a gate."""
    e, name = finding.evidence, neuron_name(finding.where, history)
    layer, _ = _place(finding.where)
    unit = history.networks.layers[layer - 1].activation.name
    most = "" if history.forward.x.shape[-2] == 1 else "at most "
    on_all = "" if not most else " on every sample"
    return (
        f"**{name} is saturated** from step {finding.step} on: the {unit} is almost level there. "
        f"At the end its slope is {most}{short(e['slope'], 3)}{on_all}, where the steepest is "
        f"{short(e['steepest'], 3)}, so hardly any of the blame that arrives passes on."
    )


def kink(finding: Finding, history: History, n: Numbers) -> str:
    """Say which gate goes to and fro, or rests on its kink."""
    e, z = finding.evidence, z_name(finding.where, history, int(finding.evidence["sample"]))
    if e["flips"]:
        return (
            f"**It is stuck on a kink.** The gate at {z} flipped at {e['flips']:.0f} of the last "
            f"{min(RECENT, history.steps)} steps on the same sample, and the loss goes up and down."
        )
    return (
        f"**It is stuck on a kink.** {z} = {n.text(e['z'])} cannot be told from 0, where the ReLU "
        f"has two slopes. Blame of {n.signed(e['blame'])} arrives there, but the convention takes "
        "the slope 0, so nothing moves it."
    )


def dead(finding: Finding, history: History, n: Numbers) -> str:
    """Say which layer is dead, what still learns behind it, and how far that can go."""
    e, depth = finding.evidence, len(history.networks.layers)
    layer = int(finding.where.removeprefix("layer ") or 1)
    who = (
        ("The output neuron is" if history.networks.sizes[-1] == 1 else "All output neurons are")
        if layer == depth
        else "All hidden neurons are"
        if depth == 2
        else f"All neurons of layer {layer} are"
    )
    cut_off, learning = _reached(history, layer)
    said = f"**{who} dead** from step {finding.step} on: no blame reaches {listed(cut_off, 'or')}"
    if not learning:
        end = f"the loss stays at {n.text(e['loss'])}"
        if history.update.weight_decay or history.update.momentum:
            # What still rolls or shrinks moves without blame.
            end = f"the run ends at a loss of {n.text(e['loss'])}"
        return f"{said}, and nothing else is trained: {end}."
    learns, own = ("learns", "its") if len(learning) == 1 else ("learn", "their")
    said += f", and only {listed(learning)} still {learns}."
    if math.isfinite(e["floor"]):
        on_own = "On its own it" if own == "its" else "On their own they"
        return (
            f"{said} {on_own} can take the loss down to {n.text(e['floor'])}; the run ends at "
            f"{n.text(e['loss'])}."
        )
    return f"{said} The run ends at a loss of {n.text(e['loss'])}."


def _reached(history: History, layer: int) -> tuple[list[str], list[str]]:
    """Return the arrays that no blame reaches behind a dead layer, and those that still learn."""
    rules = history.update.rules(history.at(0))
    silent = not np.any(history.forward.a[layer - 1][-1])
    cut_off, learning = [], []
    for name, rule in rules.items():
        k = int(name[1:])
        if k <= layer or (silent and name == f"W{layer + 1}"):
            cut_off.append(name)
        elif rule.held is None or not rule.held.all():
            learning.append(name)
    return cut_off, learning


def _place(where: str) -> tuple[int, int]:
    found = _NEURON.fullmatch(where)
    assert found is not None
    return int(found[1]), int(found[2])
