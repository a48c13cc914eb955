"""What each entry says of itself: its key, its sentences, its names."""

import re
from urllib.parse import quote

import pytest

from blame.exercise.library.compare import true_numbers
from blame.exercise.library.library import LIBRARY
from blame.exercise.presets import PRESETS

EVERY = pytest.mark.parametrize("entry", LIBRARY.values(), ids=LIBRARY)


@EVERY
def test_a_key_goes_into_a_link_as_it_is(entry):
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", entry.key)
    assert quote(entry.key, safe="") == entry.key
    assert LIBRARY[entry.key] is entry
    assert entry.key not in PRESETS


@EVERY
def test_an_entry_says_in_one_sentence_what_is_special(entry):
    assert re.fullmatch(r"[A-Z].{30,230}[^.]\.", entry.special)
    assert ". " not in entry.special
    for text in (entry.title, entry.source, entry.special, *_slips(entry)):
        assert text == " ".join(text.split())
        assert not re.search("[!\N{EM DASH}\N{EN DASH}\N{MINUS SIGN}]", text)


@EVERY
def test_a_source_says_where_it_stands(entry):
    assert re.search(r"[a-z0-9-]+\.(com|org|io|net|co)\b|ch\. \d|ex\. \d", entry.source)
    assert "http" not in entry.source


@EVERY
def test_every_own_name_means_a_number_a_reader_can_change(entry):
    numbers = entry.exercise.numbers()
    assert set(entry.own_names.values()) <= set(numbers)
    assert len(set(entry.own_names.values())) == len(entry.own_names)


@EVERY
def test_a_slip_belongs_to_a_published_number(entry):
    for updates, slips in entry.wrong.items():
        derived = {one.title for one in entry.derived if one.updates == updates}
        assert set(slips) <= {*entry.published.get(updates, {}), *derived}
    for sentence in _slips(entry):
        assert re.fullmatch(r"\w.{20,200}\.", sentence)


@EVERY
def test_what_somebody_asked_about_is_wrong_and_has_a_name(entry):
    for updates, numbers in entry.asked.items():
        true = true_numbers(entry.exercise, updates)
        for name, number in numbers.items():
            assert number != pytest.approx(true[name], rel=0.05)


def test_an_entry_cannot_be_changed():
    entry = LIBRARY["mazur"]
    with pytest.raises(TypeError):
        entry.published[0]["z1[0]"] = 1.0
    with pytest.raises(TypeError):
        entry.own_names["w1"] = "W2[0, 0]"
    with pytest.raises(AttributeError):
        entry.title = "Another"


def test_own_names_follow_the_layout_of_their_source():
    # Its w2 leads from the second input to the first hidden neuron, and is 0.20.
    numbers = LIBRARY["mazur"].exercise.numbers()
    named = {name: numbers[ours] for name, ours in LIBRARY["mazur"].own_names.items()}
    weights = [named[f"w{k}"] for k in range(1, 9)]
    assert weights == [0.15, 0.20, 0.25, 0.30, 0.40, 0.45, 0.50, 0.55]


def _slips(entry):
    return [sentence for slips in entry.wrong.values() for sentence in slips.values()]
