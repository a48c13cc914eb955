"""Which challenges have been met, and how, as a short text that can be checked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from blame.exercise.exercise import Exercise
from blame.exercise.names import link_name, name_in_link
from blame.playground.growing_run import advance
from blame.playground.recipe import Recipe, prepare
from blame.playground.recipe_text import read_recipe, write_recipe
from blame.practise.challenges import CHALLENGES

MOST_CODE = 3000
"""So many characters of a progress code are read."""
_PART = re.compile(r"([^\s()-]+)(?:\(([^()]{0,600})\))?")


def how(key: str, exercise: Exercise) -> str:
    """Return how these numbers meet a challenge: those that differ from its start."""
    start = CHALLENGES[key].start.numbers()
    return ",".join(
        f"{link_name(name)}={value!r}"
        for name, value in exercise.numbers().items()
        if value != start[name]
    )


def how_played(recipe: Recipe, step: int) -> str:
    """Return how a run of the playground meets one: its choices, and the step."""
    return write_recipe(recipe, step)


def proves(key: str, told: str) -> bool:
    """Return whether what a code tells of a challenge does meet it: worked out again."""
    challenge = CHALLENGES[key]
    given = dict(part.split("=", 1) for part in told.split(",") if "=" in part)
    try:
        if challenge.solved is not None:
            recipe, step = read_recipe(told)
            run = advance(prepare(recipe).start, step)
            return challenge.solved(recipe, run)
        changes = {name_in_link(name): float(text) for name, text in given.items()}
        return challenge.is_met(challenge.start.with_numbers(changes))
    except (ValueError, KeyError, TypeError):
        return False


def progress_code(done: Iterable[str]) -> str:
    """Return a short text that says which challenges have been met, `hit-kill-both`."""
    return proof_code(dict.fromkeys(done, ""))


def proof_code(done: Mapping[str, str]) -> str:
    """Return a text of the challenges met, with how where that is known: `hit(b2_0=-1.2)-kill`."""
    return "-".join(
        f"{key}({done[key]})" if done[key] else key for key in CHALLENGES if key in done
    )


def read_code(text: str) -> tuple[dict[str, str], list[str]]:
    """Return the challenges a code names, with how, and a sentence for each part that is none."""
    parts = list(_PART.finditer(text.strip()[:MOST_CODE]))
    told = {found[1]: found[2] or "" for found in parts}
    known = {key: told[key] for key in CHALLENGES if key in told}
    unknown = dict.fromkeys(found[0][:20] for found in parts if found[1] not in CHALLENGES)
    return known, [f"{part!r} is no challenge" for part in list(unknown)[:3]]


def read_progress(text: str) -> tuple[tuple[str, ...], list[str]]:
    """Return the challenges a code names, and a sentence for each part that names none."""
    known, problems = read_code(text)
    return tuple(known), problems
