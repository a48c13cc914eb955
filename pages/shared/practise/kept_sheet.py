"""The worksheet's entries, kept in the reader's browser for each exercise."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

import streamlit as st

from blame.exercise.exercise import Exercise
from blame.practise.items import Item
from blame.practise.question import MOST_TYPED
from pages.shared.live.kept import keep
from pages.shared.state.settings import LESSON


def kept_sheet(exercise: Exercise, items: Sequence[Item], entries: Mapping[str, str]) -> None:
    """Keep what is written into a sheet; a reload finds it again."""
    # Of other numbers it is another sheet.
    numbers = repr((sorted(exercise.numbers().items()), exercise.shape, exercise.loss))
    where = f"by hand {hashlib.sha256(numbers.encode()).hexdigest()[:16]}"
    keep(where, entries, _restore)


def _restore(found: dict[str, str]) -> None:
    for name, text in found.items():
        st.session_state[f"hand_{name}"] = text[:MOST_TYPED]
    st.rerun([LESSON])
