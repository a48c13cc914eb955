"""Random links, each with the list of its entries: which are good, which wrong, which a stranger's.

The oracle shares no code with the app's reader of links: an entry is good or wrong because it was
made so. Only the ranges and the lists of choices are taken from the app.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import parse_qs, urlencode

from blame.exercise.presets import NOTEBOOK
from pages.shared.state.choices import CHOICES, Between, KeptRuns, Named, OneOf, Rates
from tests.exercises import BOUNDS, by_link_name
from tests.fuzz.values import MARKUP, STRANGE, long_text, right_number, wrong_number
from tests.pages.app import PAGES

Kind = Literal["good", "wrong", "nearly", "foreign"]
NEARLY = (
    "x", "x_2", "x_0_0", "x_10", "y_true_0", "W1", "W1_0", "W1_0_2", "W1_2_0", "W1_0_0_0", "W3_0_0",
    "W0_0_0", "W2_0_1", "W99_0_0", "b1", "b1_2", "b1_0_0", "b2_1", "b3_0", "learning_rate_0",
    "steps_1", "W1_00_0", "x_\u0661",
)  # fmt: skip
"""Names that look like ours and are none: each must be named in the message."""
FOREIGN = (
    "utm_source", "fbclid", "x-0", "lr",
    "preset", "start", "seed", "all_digits", "step", "speed", "to_question", "hand_loss",
    "challenge_code", "build_layers", "exercise_way", "exercise_start", "exercise_at_rest",
    "__proto__", "constructor", "self", "page", "url", "kept_runs", "link_problems", "lesson",
    "question_asked", "inputs_shown", "example_shown", "choices_made", "network", "st", "",
)  # fmt: skip
"""Names of others, the app's own inner ones among them: to be ignored without a word."""
DEFAULTS = by_link_name(NOTEBOOK)
PARAMETERS = (
    "W1[0, 0]", "W1[0, 1]", "W1[1, 0]", "W1[1, 1]", "b1[0]", "b1[1]", "W2[0, 0]", "W2[1, 0]",
    "b2[0]",
)  # fmt: skip
NAMED = {
    "quantity": (*PARAMETERS, "x[0]", "x[1]", "y_true"),
    "checked": PARAMETERS,
    "knife_neuron": ("neuron 0", "neuron 1"),
    "sample": ("sample 0",),
    "land_across": PARAMETERS,
    "land_up": PARAMETERS,
    "along": ("x",),
}
"""What there is to choose in the notebook's exercise."""


@dataclass(frozen=True)
class Entry:
    """One name of a link with its texts; `value` is what a good one sets."""

    name: str
    texts: tuple[str, ...]
    kind: Kind
    value: Any = None


@dataclass(frozen=True)
class Link:
    """A link to a page; `label` says how to make it again."""

    label: str
    page: str
    entries: tuple[Entry, ...]

    @property
    def query(self) -> str:
        """The part of the address after the question mark."""
        return urlencode({entry.name: entry.texts for entry in self.entries}, doseq=True)

    @property
    def parameters(self) -> dict[str, list[str]]:
        """The query as a server reads it."""
        return parse_qs(self.query, keep_blank_values=True)

    def of(self, *kinds: Kind) -> list[Entry]:
        """Return the entries of some kinds, in order."""
        return [entry for entry in self.entries if entry.kind in kinds]


def make_link(seed: int, number: int) -> Link:
    """Return link `number` of a seed."""
    chance = random.Random(f"link {seed} {number}")
    page = PAGES[number % len(PAGES)]
    makers = [_number] * 5 + [_choice] * 5 + [_nearly, _foreign, _asked]
    found: dict[str, Entry] = {}
    for _ in range(chance.choice((0, 1, 2, 3, 5, 8, 13, 30))):
        entry = chance.choice(makers)(chance)
        found.setdefault(entry.name, entry)
    return Link(f"link {number} of seed {seed}", page, tuple(found.values()))


def _number(chance: random.Random) -> Entry:
    name = chance.choice(list(BOUNDS))
    low, high = BOUNDS[name]
    whole = name == "steps"
    value, text = right_number(chance, low, high, DEFAULTS[name], whole=whole)
    if chance.random() < 0.6:
        return Entry(name, (text,), "good", value)
    if chance.random() < 0.2:
        return _again(name, text, value, chance)
    return Entry(name, (wrong_number(chance, low, high, whole=whole),), "wrong")


def _again(name: str, text: str, value: Any, chance: random.Random) -> Entry:
    """The same many times over is what it is once; with something else among them it is neither."""
    texts = (text,) * chance.randint(2, 40)
    return (
        Entry(name, texts, "good", value)
        if chance.random() < 0.5
        else Entry(name, (*texts, "something else"), "wrong")
    )


def _choice(chance: random.Random) -> Entry:
    name = chance.choice(list(CHOICES))
    choice = CHOICES[name]
    if isinstance(choice, Between):
        low, high, whole = choice.low, choice.high, choice.whole
        value, right = right_number(chance, low, high, choice.default, whole=whole)
        wrong = wrong_number(chance, low, high, whole=whole)
    elif isinstance(choice, OneOf | Named):
        value = right = chance.choice(NAMED.get(name) or choice.values)
        wrong = chance.choice(
            [
                right.swapcase() + "~",
                right[:-1] + "\u0000",
                "",
                f"['{right}']",
                chance.choice(MARKUP),
                chance.choice(STRANGE),
                long_text(chance),
            ]
        )
    elif isinstance(choice, Rates | KeptRuns):
        value = right = ""
        wrong = chance.choice(["nan@1", "data=nothing", *(text for text in MARKUP if text)])
    else:
        value = right = chance.choice(
            ["", "0,0,0\n1,1,1", "1;2\n3;4\nx", *MARKUP, *STRANGE, "1e99999999,1\n" * 9, "nan,1,0"]
        )
        wrong = "1,2,3\n" * (choice.most // 6 + 1) + chance.choice(MARKUP)
    if chance.random() < 0.6:
        return Entry(name, (right,), "good", value)
    if chance.random() < 0.2:
        return _again(name, right, value, chance)
    return Entry(name, (wrong,), "wrong")


def _nearly(chance: random.Random) -> Entry:
    text = chance.choice(("1", "nan", "", chance.choice(MARKUP), long_text(chance)))
    return Entry(chance.choice(NEARLY), (text,), "nearly")


def _foreign(chance: random.Random) -> Entry:
    name = chance.choice((*FOREIGN, *MARKUP, *STRANGE, long_text(chance, 3000)))
    texts = chance.choice(("1", "", "nan", *MARKUP, *STRANGE, long_text(chance)))
    return Entry(name, (texts,) * chance.choice((1, 1, 3)), "foreign")


def _asked(chance: random.Random) -> Entry:
    """A teacher's question, kept runs, the frame: read by other parts of the app."""
    name = chance.choice(("ask", "kept", "embed", "embed_options"))
    kept = ("-", "b1_1:-0.2,steps:9;-", "x_0:nan", "-;" * 500, "x_0:1e99999999", "a:b,c", ";;", ":")
    text = chance.choice((*kept, "true", *MARKUP, *STRANGE, long_text(chance)))
    return Entry(name, (text,), "foreign")
