"""What can be chosen on the pages that test blame: names in links, values and defaults.

Knows no Streamlit, so that a link can be checked before any page is drawn.
"""

from __future__ import annotations

from collections.abc import Mapping

from blame.activations import units
from blame.exercise.presets import MOST_SEED
from blame.exercise.typed.bounds import MOST_STEPS
from blame.expression.library.library import EXPRESSIONS
from blame.expression.limits import MOST_TEXT as MOST_EXPRESSION
from blame.playground.datasets import DATASETS, FEWEST_DRAWN, MOST_SAMPLES
from blame.playground.own_samples import MOST_INPUTS
from blame.playground.recipe import MOST_HIDDEN, OWN, Recipe, tasks
from blame.playground.recipe import MOST_WIDTH as MOST_HIDDEN_WIDTH
from blame.playground.run.optimisers import OPTIMISERS
from blame.playground.split import MOST_SHARE
from blame.practise.challenges import CHALLENGES
from blame.practise.glossary import GLOSSARY
from blame.probe.chains import MOST_LAYERS, MOST_WIDTH
from pages.shared.state.choices.kinds import Between, KeptRuns, Named, OneOf, Rates, Text
from pages.shared.state.menu import linked_pages
from pages.shared.words.notation import NOTATIONS
from pages.shared.words.tour.titles import TITLES

ALONG = "along"
SAMPLE = "sample"
NOTATION = "notation"


def sample_names(n_samples: int) -> list[str]:
    """Return what the samples of an exercise are called where one of them is chosen."""
    return [f"sample {k}" for k in range(n_samples)]


STEPS = tuple(f"1e-{k}" for k in range(1, 16))
"""The steps of a gradient check, as they are written."""
PLAY = Recipe()
"""The playground's defaults."""
MOST_PLAYED = 2000
"""So many steps can be played."""
MOST_TEXT = 6000
"""So many characters of the reader's own data go into a link."""
MOST_PASTED = 60_000
"""So many may be pasted: a field takes nothing at all of what is longer."""
PLAY_VIEWS = ("Network", "Neurons", "Blame by sample", "Nothing more")
"""What the playground can show beside the map."""
PLAY_UNTIL = ("last step", "learnt")
"""How long a run of the playground plays."""
TO_INPUTS = ("all", "x and target", "weights", "biases", "learning rate", "none")
"""Which inputs such a link can show."""
COVER = "covered"
COVERS = ("nothing", "what to notice", "the lesson")
"""What a teacher's question covers until it has been answered."""
READING = ("Read", "Predict first")
"""How a lesson is taken: open at once, or covered until its questions are answered."""
OWN_KINDS = ("My numbers", "My code's gradients")
"""What can be asked about where somebody's numbers differ."""
SHEETS = ("Fill in", "To print", "Solved")
"""How the worksheet is shown."""
LAB_VIEWS = ("Runs", "Learning rates", "Landscape", "One step")
"""What the training lab can show."""
CHOICES: Mapping[str, OneOf | Named | Between | Text] = {
    "quantity": Named("W1[1, 0]"),
    "nudge": Between(-100.0, 100.0, 0.1),
    "h": OneOf(STEPS, "1e-5"),
    "checked": Named("W1[1, 0]"),
    "knife_neuron": Named("neuron 1"),
    "layers": Between(1, MOST_LAYERS, 12, whole=True),
    "width": Between(1, MOST_WIDTH, 8, whole=True),
    "activation": OneOf(units, "relu"),
    "scale": Between(0.0, 3.0, 0.5),
    "chain_seed": Between(0, 9999, 0, whole=True),
    ALONG: Named("x", own=True),
    SAMPLE: Named("sample 0"),
    NOTATION: OneOf(NOTATIONS, next(iter(NOTATIONS))),
    "reading": OneOf(READING, READING[0]),
    "to_page": OneOf(linked_pages, "forward_pass"),
    "to_inputs": OneOf(TO_INPUTS, TO_INPUTS[0]),
    "inputs": OneOf(TO_INPUTS, TO_INPUTS[0]),
    "to_covered": OneOf(COVERS, COVERS[0]),
    COVER: OneOf(COVERS, COVERS[0]),
    "word": OneOf(GLOSSARY, "blame"),
    "challenge": OneOf(CHALLENGES, next(iter(CHALLENGES))),
    "lab_view": OneOf(LAB_VIEWS, LAB_VIEWS[0]),
    "lab_scale": OneOf(("linear", "log"), "linear"),
    "lab_step": Between(0, MOST_STEPS, 0, whole=True),
    "land_across": Named("W1[1, 0]"),
    "land_up": Named("W2[0, 0]"),
    "land_form": OneOf(("contours", "surface"), "contours"),
    "tour": Between(1, len(TITLES), 1, whole=True),
    "data": OneOf(lambda: (*DATASETS, OWN), PLAY.data),
    "samples": Between(FEWEST_DRAWN, MOST_SAMPLES, PLAY.n_samples, whole=True),
    "noise": Between(0.0, 1.0, PLAY.noise),
    "data_seed": Between(0, MOST_SEED, PLAY.data_seed, whole=True),
    "csv": Text(MOST_TEXT),
    "own": Text(MOST_TEXT),
    "hand_view": OneOf(SHEETS, SHEETS[0]),
    "own_kind": OneOf(OWN_KINDS, OWN_KINDS[0]),
    "text": Text(MOST_EXPRESSION, next(iter(EXPRESSIONS.values())).text),
    "hidden_layers": Between(0, MOST_HIDDEN, len(PLAY.hidden), whole=True),
    **{
        f"width_{k}": Between(1, MOST_HIDDEN_WIDTH, PLAY.hidden[0], whole=True)
        for k in range(1, MOST_HIDDEN + 1)
    },
    "unit": OneOf(units, PLAY.activation),
    "task_loss": OneOf(tasks, PLAY.loss),
    "play_rate": Between(0.0, 10.0, PLAY.learning_rate),
    "batch": Between(0, MOST_SAMPLES, PLAY.batch_size, whole=True),
    "weights_seed": Between(0, MOST_SEED, PLAY.weights_seed, whole=True),
    "batch_seed": Between(0, MOST_SEED, PLAY.batch_seed, whole=True),
    "play_step": Between(0, MOST_PLAYED, 0, whole=True),
    "rates": Rates(300),
    "kept_play": KeptRuns(1500),
    "play_optimiser": OneOf(tuple(OPTIMISERS), PLAY.optimiser),
    "play_momentum": Between(0.0, 0.999, PLAY.momentum),
    "play_l2": Between(0.0, 1.0, PLAY.l2),
    "test_share": Between(0, MOST_SHARE, PLAY.test_share, whole=True),
    "play_until": OneOf(PLAY_UNTIL, PLAY_UNTIL[0]),
    "play_across": Between(0, MOST_INPUTS - 1, 0, whole=True),
    "play_up": Between(0, MOST_INPUTS - 1, 1, whole=True),
    "play_view": OneOf(PLAY_VIEWS, PLAY_VIEWS[0]),
    "play_layer": Between(1, MOST_HIDDEN, 1, whole=True),
}
"""Every choice by its name in links, which is its widget's key too."""
