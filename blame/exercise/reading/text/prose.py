"""Numbers in sentences: the input weights are 1, -2 and 0.5; for x = 2 the desired output is 5."""

from __future__ import annotations

import re

import numpy as np

from blame.exercise.reading.text.data import find_inputs, find_targets
from blame.exercise.reading.text.loose_numbers import NUMBER, Loose, canonical, listed

_LIST = (
    rf"({NUMBER}(?:\s{{0,3}}(?:,\s{{0,3}}(?:and\s)?|and\s|;\s?){NUMBER})*)"
    # Not a part of a longer number, nor of a matrix's row.
    r"(?![\w(]|\.\d|[ \t\n]{1,3}[-+]?\.?\d)"
)
_SAYS = (
    r"(?:\s+(?:is|are|was|were|of|equals?|to|ist|sind|beträgt|lautet)\b"
    r"|\s*[=:]|\s+\w{1,2}\s*=)(?:\s+(?:equal to"
    r"|given by|as follows|initially|all))?\s*[\[(]?\s*"
)
_WEIGHTS = (
    (
        "W2",
        r"(?:output|second[\s-]layer|hidden[\s-]to[\s-]output|outgoing"
        r"|last[\s-]layer)\s+(?:layer\s+)?weights?|weights?\s+(?:of|to|into|for|from"
        r"|at)\s+(?:the\s+)?(?:hidden\s+\w+\s+to\s+)?(?:the\s+)?(?:output|second layer"
        r"|last layer)(?:\s+(?:unit|neuron|layer|node))?",
    ),
    (
        "W1",
        r"(?:input|hidden|first[\s-]layer|input[\s-]to[\s-]hidden|incoming)\s+(?:layer\s+"
        r"|unit\s+)?weights?|weights?\s+(?:of|to|into|for|from|at)\s+(?:the\s+)?(?:input"
        r"|hidden|first layer)(?:\s+(?:unit|neuron|layer|node)s?)?",
    ),
    ("weights", r"(?:initial\s+)?weights?(?:\s+vector)?"),
)
_BIASES = (
    (
        "b2",
        r"output\s+(?:layer\s+)?bias(?:es)?|bias(?:es)?\s+(?:of|at|for"
        r"|in)\s+(?:the\s+)?(?:output|second layer)(?:\s+(?:unit|neuron|layer|node))?",
    ),
    (
        "b1",
        r"hidden\s+(?:layer\s+)?bias(?:es)?|bias(?:es)?\s+(?:of|at|for"
        r"|in)\s+(?:the\s+)?(?:hidden|first layer)(?:\s+(?:unit|neuron|layer|node)s?)?",
    ),
    ("bias", r"(?:initial\s+)?bias"),
)
_TARGETS = (
    (
        "y",
        r"(?:desired|expected|target|true|correct|wanted|actual)\s+(?:output|value|label"
        r"|response|outcome|class(?:\s+index)?)s?|\btargets?|\blabels?|ground truth"
        r"|\b(?:soll|ziel)(?:wert|ausgabe|größe)e?n?\b|gewünschten?\s+(?:ausgabe|wert)",
    ),
)
_INPUTS = (
    ("x", r"\binputs?(?:\s+(?:vector|values?|sample))?|\being(?:abe|äng)e?n?(?:vektor|werte)?"),
)
# What may stand for "is": target 0.5, input [1, 2]. "Inputs 2" may be how many there are.
_AFTER = {"y": r"\s+[\[(]?\s*", "x": r"\s+(?:\[|\((?=[^()\n]*,))\s*"}

_COMPILED = [
    [
        (
            name,
            re.compile(
                rf"(?i)\b(?:{words})"
                + (f"(?:{_SAYS}|{_AFTER[name]})" if name in _AFTER else _SAYS)
                + _LIST
            ),
        )
        for name, words in group
    ]
    for group in (_WEIGHTS, _BIASES, _TARGETS, _INPUTS)
]
_SINGLE = rf"([A-Za-z]\w{{0,4}})\s?=\s?({NUMBER})"
_LETTERED = re.compile(
    rf"(?i)\binputs?\b[^\n=\d]{{0,25}}?\b({_SINGLE}(?:[\s,;]{{1,3}}(?:and\s)?{_SINGLE}){{0,11}})"
)


def read_prose(lines: list[str], skip: set[int], into: Loose) -> None:
    """Add the numbers that sentences name, where no closer reading had them."""
    kept = ["" if k in skip else line for k, line in enumerate(lines, start=1)]
    text = "\n".join(kept)
    _lettered_inputs(text, into)
    known = dict(into.values)
    for group in _COMPILED:
        first = group[0][0]
        if (first == "x" and find_inputs(known)[0] is not None) or (
            first == "y" and find_targets(known, text)[0] is not None
        ):
            continue
        taken: list[tuple[int, int]] = []
        for name, pattern in group:
            for match in pattern.finditer(text):
                if any(a <= match.start() < b for a, b in taken):
                    continue
                taken.append(match.span())
                value = listed(match.group(1), into)
                if value is None:
                    continue
                line = text.count("\n", 0, match.start(1)) + 1
                into.keep(name, value, line)


def _lettered_inputs(text: str, into: Loose) -> None:
    """Take inputs with letters of their own: inputs A = 0.35, B = 0.9."""
    match = _LETTERED.search(text)
    if match is None or find_inputs(into.values)[0] is not None:
        return
    names = []
    for name, _ in re.findall(_SINGLE, match.group(1)):
        if re.match(r"[wvbty]\d?$", name) or into.values.get(canonical(name), np.empty(2)).ndim:
            break
        names.append(canonical(name))
    if names:
        into.values["x"] = np.array([float(into.values.pop(name)) for name in names])
        into.renamed |= {name: f"x[{k}]" for k, name in enumerate(names)}
