"""What to notice: sentences computed from the current numbers, true of them and of no others."""

from pages.shared.words.lessons.notes.after import question, update_note
from pages.shared.words.lessons.notes.back import backward_notes, blamed_so_far
from pages.shared.words.lessons.notes.gates import gate_notes
from pages.shared.words.lessons.notes.kinks import kink_notes
from pages.shared.words.lessons.notes.on import error_note, forward_notes

__all__ = [
    "backward_notes",
    "blamed_so_far",
    "error_note",
    "forward_notes",
    "gate_notes",
    "kink_notes",
    "question",
    "update_note",
]
