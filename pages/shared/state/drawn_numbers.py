"""New numbers from a seed, which is shown: the same seed always draws the same."""

from __future__ import annotations

import streamlit as st

from blame.exercise.presets import MOST_SEED, drawn
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


def draw_next(*, by_hand: bool = False) -> None:
    """Draw from the seed, or from the next one if its numbers stand already. For callbacks.

    `by_hand` as `drawn` has it.
    """
    seed = int(st.session_state.get(SEED, 1))
    if drawn(current_exercise(), seed, by_hand=by_hand) == current_exercise():
        seed = (seed + 1) % (MOST_SEED + 1)
    _draw(seed, by_hand=by_hand)


def _draw(seed: int, *, by_hand: bool = False) -> None:
    st.session_state[DRAWS] = st.session_state.get(DRAWS, 0) + 1
    echoes.write(SEED, seed)
    # The whole lesson: where its questions come first, it is covered again.
    write_numbers(drawn(current_exercise(), seed, by_hand=by_hand).numbers(), LESSON, SEED_INPUT)
