"""New numbers from a seed, which is shown: the same seed always draws the same."""

from __future__ import annotations

import streamlit as st

from blame.exercise.presets import MOST_SEED, random_exercise
from pages.shared.state import echoes
from pages.shared.state.exercise import current_exercise
from pages.shared.state.settings import LESSON, answer, write_numbers

SEED = "seed"
SEED_INPUT = "input_seed"
"""Keys of the seed's input and of the fragment around it."""
DRAWS = "times_drawn"
"""How often new numbers have been drawn in this session."""


def draw() -> None:
    """Draw new numbers from the seed. For callbacks only."""
    if echoes.echoed(SEED):
        answer(SEED_INPUT)
    _draw(int(st.session_state[SEED]))


def draw_next() -> None:
    """Draw from the seed, or from the next one if its numbers stand already. For callbacks."""
    seed = int(st.session_state.get(SEED, 1))
    now, drawn = current_exercise().numbers(), _drawn(seed)
    if all(now[name] == value for name, value in drawn.items()):
        seed = (seed + 1) % (MOST_SEED + 1)
    _draw(seed)


def _drawn(seed: int) -> dict[str, float]:
    """Return the numbers that a seed draws; rate and steps are the reader's own."""
    numbers = random_exercise(seed).numbers()
    return {name: numbers[name] for name in numbers if name not in ("learning_rate", "steps")}


def _draw(seed: int) -> None:
    st.session_state[DRAWS] = st.session_state.get(DRAWS, 0) + 1
    echoes.write(SEED, seed)
    # The whole lesson: where its questions come first, it is covered again.
    write_numbers(_drawn(seed), LESSON, SEED_INPUT)
