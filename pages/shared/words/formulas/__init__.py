"""An exercise's formulas in LaTeX, in symbols and with the live numbers substituted.

What each number is made of is read off the trace. Of several samples the chosen one has its sums
and its blame; the blame of a parameter is the sum over all of them. A matrix is written out up to
a size; beyond it the row of one number stands for all: the largest, or the one that is asked for.
"""

from pages.shared.words.formulas.blame import (
    gate_blame,
    hidden_blame,
    output_blame,
    weight_blame,
)
from pages.shared.words.formulas.forward import neuron, neurons, output
from pages.shared.words.formulas.gates import gate, gates
from pages.shared.words.formulas.latex import displayed, joined, matrix, symbol
from pages.shared.words.formulas.update import update

__all__ = [
    "displayed",
    "gate",
    "gate_blame",
    "gates",
    "hidden_blame",
    "joined",
    "matrix",
    "neuron",
    "neurons",
    "output",
    "output_blame",
    "symbol",
    "update",
    "weight_blame",
]
