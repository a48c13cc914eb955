"""Samples added, moved and removed, and the text they are written as."""

import pytest

from blame.playground.datasets import DATASETS, MOST_SAMPLES, dataset, make_dataset
from blame.playground.edited import added, moved, nearest, removed, write_csv
from blame.playground.own_samples import read_csv

DATA = dataset([[1.0, 2.0], [3.0, -4.0], [0.0, 10.0]], [0, 1, 0])


@pytest.mark.parametrize("name", DATASETS)
def test_written_samples_are_read_again(name):
    data = make_dataset(name, MOST_SAMPLES, 0.2)
    found, problems = read_csv(write_csv(data))
    assert problems == []
    assert found.x == pytest.approx(data.x, rel=1e-3, abs=1e-9)
    assert found.target == pytest.approx(data.target, rel=1e-3)
    # A link holds them.
    assert len(write_csv(data)) < 6000


def test_words_stay_words():
    text = "1,2,cat\n3,4,dog"
    assert write_csv(read_csv(text)[0]) == text


def test_one_more_one_elsewhere_one_less():
    assert write_csv(added(DATA, [0.5, -1.25], 1.0)) == "1,2,0\n3,-4,1\n0,10,0\n0.5,-1.25,1"
    assert write_csv(moved(DATA, 1, [7.0, 8.0])) == "1,2,0\n7,8,1\n0,10,0"
    assert write_csv(removed(DATA, 0)) == "3,-4,1\n0,10,0"
    assert write_csv(DATA) == "1,2,0\n3,-4,1\n0,10,0"
    with pytest.raises(ValueError, match="there is no sample 3: they go from 0 to 2"):
        moved(DATA, 3, [0.0, 0.0])
    with pytest.raises(ValueError, match="the last sample must stay"):
        removed(removed(removed(DATA, 0), 0), 0)
    with pytest.raises(ValueError, match="200 samples, and no more fit"):
        added(make_dataset("moons", MOST_SAMPLES), [0.0, 0.0], 0.0)


def test_the_nearest_is_so_on_the_map():
    assert nearest(DATA, [2.9, -4.0]) == 1
    # Up spreads over 14, across over 3: two up is nearer than one across.
    assert nearest(DATA, [1.0, 4.5]) == 0
    assert nearest(DATA, [0.1, 6.0]) == 2
    wide = dataset([[0.0, 5.0, 0.0], [1.0, 5.0, 9.0]], [0, 1])
    assert nearest(wide, [8.0, 5.0], (2, 1)) == 1
