"""What the reader has chosen, and how a lesson shows it: what pages are written with."""

from pages.shared.state.settings.answers import (
    answer,
    follow,
    follow_choice,
    lay_out_anew,
    note_choice,
    write_numbers,
)
from pages.shared.state.settings.chosen import Settings, chosen_notation, current_settings, held
from pages.shared.state.settings.keys import ANSWER, FILM, LESSON, MISSING
from pages.shared.state.settings.lesson import entering, is_shown, present, run_whole
from pages.shared.state.settings.shown import kept, live, told, worded

__all__ = [
    "ANSWER",
    "FILM",
    "LESSON",
    "MISSING",
    "Settings",
    "answer",
    "chosen_notation",
    "current_settings",
    "entering",
    "follow",
    "follow_choice",
    "held",
    "is_shown",
    "kept",
    "lay_out_anew",
    "live",
    "note_choice",
    "present",
    "run_whole",
    "told",
    "worded",
    "write_numbers",
]
