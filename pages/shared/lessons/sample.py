"""Which of several samples is looked at."""

from __future__ import annotations

from pages.shared.state.choices import SAMPLE, choice_widgets, sample_names
from pages.shared.state.settings import Settings


def choose(settings: Settings) -> None:
    """Let the reader choose a sample, where there are several."""
    n_samples = settings.exercise.n_samples
    if n_samples > 1:
        choice_widgets.segments(SAMPLE, "Sample", sample_names(n_samples))
