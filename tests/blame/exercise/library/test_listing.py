"""The library as text."""

from blame.exercise.library.library import LIBRARY
from blame.exercise.library.listing import entry_text, library_text


def test_one_line_an_entry():
    lines = library_text(LIBRARY.values()).split("\n")
    assert [line.split()[0] for line in lines] == list(LIBRARY)
    assert " ".join(lines[0].split()) == (
        "mazur 2-2-2 sigmoid, sigmoid; half_sse A step by step backpropagation example"
    )
    assert library_text([]) == ""


def test_an_entry_shows_its_numbers_beside_the_true_ones():
    lines = entry_text(LIBRARY["macleod-2-2-1"]).split("\n")
    assert lines[2] == "2-2-1 sigmoid, sigmoid; half_sse"
    assert lines[lines.index("Before any update") + 1] == "  a1[0]    0.68, as published."
    after = lines[lines.index("After 1 update") :]
    assert after[3].startswith("  W1[0, 0]  Published 0.09916, worked out 0.09907. This is")


def test_own_names_stand_beside_ours():
    text = entry_text(LIBRARY["hmkcode-2-2-1"])
    assert "  W1[1, 0] (w2)  0.23, as published." in text


def test_an_exercise_without_an_answer_says_so():
    assert entry_text(LIBRARY["mitchell-4-7"]).endswith("prints no numbers of its answer.")
