"""What each text in pastes/ says, written out by hand from the text."""

from tests.blame.exercise.reading.pasted.listings import LISTINGS
from tests.blame.exercise.reading.pasted.right import text_of
from tests.blame.exercise.reading.pasted.texts import TEXTS

PASTES = LISTINGS | TEXTS
__all__ = ["PASTES", "text_of"]
