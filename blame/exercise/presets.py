"""Ready-made examples, each with a story of a sentence."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from blame.exercise.example import Example


@dataclass(frozen=True)
class Preset:
    """An example with a title and the one sentence that says what it shows."""

    title: str
    story: str
    example: Example


NOTEBOOK = Example()
SHUT = replace(NOTEBOOK, b1_1=-0.2)

PRESETS: dict[str, Preset] = {
    "notebook": Preset(
        "The notebook",
        "Neuron 1 stands on the kink of the ReLU: one rounding bit opens its gate.",
        NOTEBOOK,
    ),
    "gate_shut": Preset(
        "Second gate shut",
        "With b1[1] = -0.2 neuron 1 is plainly off, passes no blame, and training goes well.",
        SHUT,
    ),
    "gate_open": Preset(
        "Second gate open",
        "With b1[1] = 0.1 neuron 1 is plainly on, and all of W1 takes blame.",
        replace(NOTEBOOK, b1_1=0.1),
    ),
    "both_dead": Preset(
        "Both neurons dead",
        "Both gates are shut, so no blame reaches W1, b1 or W2: only b2 can learn.",
        replace(NOTEBOOK, b1_0=-3.0, b1_1=-1.0),
    ),
    "diverges": Preset(
        "A rate that diverges",
        "The first step kills the last open neuron; after it every step doubles the error of b2.",
        replace(SHUT, learning_rate=1.5),
    ),
    "crawls": Preset(
        "A rate that crawls",
        "Every step points the right way, but a rate of 0.0001 makes each one tiny.",
        replace(SHUT, learning_rate=0.0001),
    ),
    "grows": Preset(
        "Blame that grows",
        "Weights of 3 and -2 and an input of 2 multiply the blame up to six times on its way back.",
        replace(
            NOTEBOOK,
            y_true=1.5,
            W1_0_0=0.5,
            W1_0_1=0.5,
            W1_1_0=0.5,
            W1_1_1=0.25,
            b1_0=0.5,
            b1_1=1.0,
            W2_0_0=3.0,
            W2_1_0=-2.0,
            b2_0=0.0,
            learning_rate=0.01,
        ),
    ),
    "fades": Preset(
        "Blame that fades",
        "Output weights of 0.1 and inputs of 0.5 leave W1 one twentieth of the output's blame.",
        replace(
            NOTEBOOK,
            x_0=0.5,
            x_1=0.5,
            W1_0_0=0.5,
            W1_0_1=0.5,
            W1_1_0=0.5,
            W1_1_1=0.5,
            b1_0=0.5,
            b1_1=0.5,
            W2_0_0=0.1,
            W2_1_0=0.1,
            b2_0=0.0,
        ),
    ),
}
"""Every preset by its key. A new one is one entry here."""

MOST_SEED = 999_999


def random_example(seed: int) -> Example:
    """Return an example with fresh numbers of one decimal, easy to follow by hand.

    At least one hidden gate is open and no pre-activation lies within 0.05 of the kink, so the
    blame is alive and well defined. The same seed gives the same numbers.

    Raises
    ------
    ValueError
        If the seed is not a whole number from 0 to 999999.
    """
    if not 0 <= seed <= MOST_SEED or seed != int(seed):
        raise ValueError(f"seed must be a whole number from 0 to {MOST_SEED}, got {seed}")
    generator = np.random.default_rng(int(seed))
    names = [name for name in NOTEBOOK.numbers() if name not in ("learning_rate", "steps")]
    while True:
        tenths = generator.integers(-15, 16, len(names))
        drawn = {name: int(value) / 10 for name, value in zip(names, tenths, strict=True)}
        example = Example(**{**NOTEBOOK.numbers(), **drawn})
        z1 = example.forward().z[0]
        if (z1 > 0).any() and (abs(z1) > 0.05).all() and float(example.backward().loss) > 0.01:
            return example
