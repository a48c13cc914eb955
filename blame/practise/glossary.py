"""The words of the field, each with its value for the numbers at hand."""

from __future__ import annotations

from blame.practise import live_runs as runs
from blame.practise import live_values as live
from blame.practise.words.entry import Entry
from blame.practise.words.functions import FUNCTIONS
from blame.practise.words.running import RUNNING

GLOSSARY: dict[str, Entry] = {
    "activation": Entry(
        "What a neuron passes on: its pre-activation, put through a function such as the ReLU.",
        live.activation,
        "forward_pass",
    ),
    "backpropagation": Entry(
        "Finding every gradient in one walk from the loss back to the input, by the chain rule.",
        live.start,
        "backward_pass",
    ),
    "bias": Entry(
        "A number added to a neuron's sum; it moves the sum whatever the input is.",
        live.biases,
        "forward_pass",
    ),
    "blame": Entry(
        "This app's word for a gradient: how fast the loss would grow if one number grew a little.",
        live.blame,
        "backward_pass",
    ),
    "chain rule": Entry(
        "The slope of a chain is the product of the slopes of its links; paths that meet add up.",
        live.chain,
        "backward_pass",
    ),
    "dead neuron": Entry(
        "A neuron whose gate is shut on every sample: no blame reaches its weights.",
        runs.dead,
        "training_lab",
    ),
    "delta": Entry(
        "dL/dz, the blame of a pre-activation: what is left of it behind the gate.",
        live.delta,
        "relu_gate",
    ),
    "gate": Entry(
        "The ReLU's slope on the way back: 1 where z is above 0, 0 elsewhere.",
        live.gates,
        "relu_gate",
    ),
    "gradient": Entry(
        "All the slopes of the loss, one for each number that can be changed.",
        live.gradient,
        "gradient_check",
    ),
    "kink": Entry(
        "A point where a function has a corner and no single slope; the ReLU's is at 0.",
        live.kink,
        "knife_edge",
    ),
    "learning rate": Entry(
        "By how much of its blame each parameter moves in an update.",
        live.rate,
        "training",
    ),
    "local gradient": Entry(
        "The slope of one function alone, such as a gate: what it multiplies blame by.",
        live.slopes,
        "relu_gate",
    ),
    "loss": Entry(
        "How wrong the prediction is, in one number.",
        live.loss,
        "forward_pass",
        live.loss_here,
    ),
    "pre-activation": Entry(
        "A neuron's sum z, before its activation function: inputs times weights, plus the bias.",
        live.sums,
        "forward_pass",
    ),
    "ReLU": Entry(
        "max(0, z): it keeps what is positive and makes the rest 0.",
        live.relu,
        "forward_pass",
    ),
    "stable limit": Entry(
        "2/λ, for λ the largest curvature of the loss: above it a step overshoots a parabola.",
        runs.limit,
        "training_lab",
    ),
    "step": Entry(
        "One update of all parameters; a run is a row of them.",
        runs.steps,
        "training",
    ),
    "subgradient": Entry(
        "At a kink, any slope between those of the two sides. The ReLU's at 0 is taken as 0.",
        live.subgradient,
        "knife_edge",
    ),
    "update": Entry(
        "The step that uses the blame: parameter minus learning rate times gradient.",
        runs.update,
        "training",
    ),
    "upstream gradient": Entry(
        "The blame that arrives at a neuron from behind it, before its gate.",
        live.upstream,
        "relu_gate",
    ),
    "weight": Entry(
        "What an input is multiplied by on its way into a neuron.",
        live.weights,
        "forward_pass",
    ),
    **FUNCTIONS,
    **RUNNING,
}
"""Every entry by its word. A new one is one entry here."""
