"""Names of numbers: indexed as NumPy does, and how links spell them."""

import numpy as np
import pytest

from blame.exercise.names import (
    SETTINGS,
    array_of,
    entry_name,
    entry_names,
    index_of,
    link_name,
    name_in_link,
    plain_name,
    title_of,
)

SPELLED = {
    "y_true": "y_true",
    "x[0]": "x_0",
    "x[1, 9]": "x_1_9",
    "y_true[3]": "y_true_3",
    "y_true[7, 0]": "y_true_7_0",
    "b1[1]": "b1_1",
    "W1[0, 1]": "W1_0_1",
    "W4[9, 9]": "W4_9_9",
    "W1": "W1",
    **{name: name for name in SETTINGS},
}


@pytest.mark.parametrize("name", SPELLED)
def test_a_link_spells_each_name_in_its_own_way(name):
    assert link_name(name) == SPELLED[name]
    assert name_in_link(SPELLED[name]) == name
    assert plain_name(name) == name


@pytest.mark.parametrize("shape", [(), (3,), (2, 3), (10, 10)])
@pytest.mark.parametrize("array", ["x", "y_true", "W2", "b10"])
def test_the_entries_of_an_array_are_named_in_its_order(array, shape):
    values = np.arange(int(np.prod(shape, dtype=int))).reshape(shape)
    names = entry_names(array, shape)
    assert len(set(names)) == len(names) == values.size
    for k, name in enumerate(names):
        assert array_of(name) == array
        assert values[index_of(name)] == k
        assert entry_name(array, index_of(name)) == name
        assert name_in_link(link_name(name)) == name


@pytest.mark.parametrize(
    "text", ["", "W1_", "W1_0_1_2", "w1_0", "b1_-1", "x_\u0661_a", "W123", "z1_0", "x 0", "a" * 999]
)
def test_what_is_no_name_comes_back_as_it_is(text):
    assert name_in_link(text) == text


def test_blanks_in_an_index_are_no_other_name():
    assert plain_name("W1[0,1]") == "W1[0, 1]"
    assert index_of("W1[0,1]") == (0, 1)
    assert index_of("loss") == ()


def test_settings_are_called_in_words_and_numbers_by_their_names():
    titles = ["learning rate", "steps", "momentum", "weight decay"]
    assert [title_of(name) for name in SETTINGS] == titles
    assert title_of("y_true") == "y_true"
    assert title_of("W1[0, 1]") == "W1[0, 1]"
