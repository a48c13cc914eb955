"""Samples set aside: none twice, none lost, never trained on, and when a run has learnt."""

import numpy as np
import pytest

from blame import forward
from blame.playground.growing_run import advance
from blame.playground.own_samples import read_csv
from blame.playground.recipe import OWN, Recipe, prepare
from blame.playground.split import split


@pytest.mark.parametrize(
    ("count", "percent", "aside"),
    [(100, 0, 0), (100, 30, 30), (10, 25, 2), (4, 10, 1), (4, 80, 3), (2, 80, 1), (1, 50, 0)],
)
def test_every_sample_is_on_one_side(count, percent, aside):
    trained, tested = split(count, percent, 3)
    assert len(tested) == aside
    assert sorted([*trained, *tested]) == list(range(count))
    assert list(trained) == sorted(trained)
    assert np.array_equal(split(count, percent, 3)[1], tested)


def test_another_seed_sets_others_aside_and_wrong_numbers_are_refused():
    assert len({tuple(split(40, 30, seed)[1]) for seed in range(5)}) == 5
    for wrong in ((-1, 0), (81, 0), (20, -1)):
        with pytest.raises(ValueError, match="percent must be from 0 to 80"):
            split(10, *wrong)


def test_what_is_set_aside_is_never_trained_on():
    recipe = Recipe("moons", 40, data_seed=2, test_share=25, hidden=(3,))
    found = prepare(recipe)
    assert (len(found.data.x), len(found.test.x)) == (30, 10)
    run = advance(found.start, 20)
    network = run.at(20)
    y = forward(network, found.test.x).prediction
    t = found.test.target
    assert run.test_losses[20] == pytest.approx(-np.mean(t * np.log(y) + (1 - t) * np.log(1 - y)))
    assert run.test_accuracies[20] == np.mean((y > 0.5) == (t > 0.5))
    assert run.pass_at(20).loss == run.losses[20]
    # Whatever the samples aside are, the run is the same.
    text = "\n".join(f"{a},{b},{c}" for a, b, c in np.hstack([found.data.x, found.data.target]))
    alone = advance(prepare(Recipe(OWN, csv=text, hidden=(3,))).start, 20)
    assert alone.parameters == pytest.approx(run.parameters, rel=1e-9)
    assert alone.test_losses is None


def test_a_run_has_learnt_once_every_sample_is_right():
    run = advance(prepare(Recipe("xor", hidden=(4,), activation="tanh", weights_seed=2)).start, 400)
    first = int(np.flatnonzero(run.accuracies == 1)[0])
    assert 0 < first < 400
    assert run.learnt_after(0) == first
    assert run.learnt_after(first) is None
    assert not run.learnt[:first].any()


def test_numbers_are_learnt_when_they_miss_by_a_tenth_of_their_spread():
    found = prepare(Recipe("two lines", 20, 0.0, loss="mse", learning_rate=0.05))
    run = advance(found.start, 500)
    spread = found.data.target.std()
    missed = np.sqrt(run.losses)
    assert (run.learnt == (missed <= 0.1 * spread)).all()
    assert 0 < run.learnt.mean() < 1


def test_a_lone_sample_is_not_parted_and_that_is_said():
    found = prepare(Recipe("one sample", test_share=50))
    assert found.test is None
    assert found.notes == ("A single sample can't be parted, so none is set aside.",)
    few = prepare(Recipe("xor", test_share=50, batch_size=3))
    assert few.notes == ("There are only 2 samples to train on, so each step uses all of them.",)


IRIS = "length,width,kind\n5.1,3.5,setosa\n7.0,3.2,versicolor\n6.3,3.3,virginica\n4.9,3.0,setosa"


def test_words_are_classes_and_numbers_can_be():
    found, problems = read_csv(IRIS)
    assert problems == []
    assert found.classes == ("setosa", "versicolor", "virginica")
    assert found.target[:, 0].tolist() == [0, 1, 2, 0]
    assert found.x.tolist() == [[5.1, 3.5], [7.0, 3.2], [6.3, 3.3], [4.9, 3.0]]
    ready = prepare(Recipe(OWN, csv=IRIS))
    assert ready.start.start.sizes == (2, 4, 3)
    assert ready.start.start.layers[-1].activation.name == "softmax"
    assert ready.start.target.tolist() == [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 0, 0]]
    assert "there are 3: cross-entropy with softmax is used" in ready.notes[0]
    run = advance(ready.start, 3)
    y = forward(run.at(3), ready.data.x).prediction
    assert run.accuracies[3] == np.mean(y.argmax(1) == [0, 1, 2, 0])
    # A class that no sample trained on has is still one.
    assert all(
        prepare(Recipe(OWN, csv=IRIS, test_share=50, data_seed=k)).start.start.sizes[-1] == 3
        for k in range(6)
    )
    many = prepare(Recipe(OWN, csv="1,2,3,4,0\n2,1,0,1,1\n0,0,1,1,2", loss="cross_entropy"))
    assert many.start.start.sizes == (4, 4, 3)
    assert many.notes == ()


def test_numbers_that_are_no_classes_stay_numbers():
    for text in ("1,2,0.5\n2,1,1", "1,2,-1\n2,1,1", "1,2,6\n2,1,1", "1,2,0\n2,1,0"):
        found = prepare(Recipe(OWN, csv=text, loss="cross_entropy"))
        assert "needs classes as targets" in found.notes[0]
        assert found.start.loss_function.name == "mse"
    # Counts are numbers where the loss is one of numbers.
    counts = prepare(Recipe(OWN, csv="1,0\n2,1\n3,2", loss="mse"))
    assert (counts.notes, counts.start.start.sizes) == ((), (1, 4, 1))


def test_one_word_among_numbers_is_a_slip_and_too_many_classes_are_told():
    found, problems = read_csv("1,2,0\n2,1,O\n3,1,1")
    assert (found.classes, problems) == ((), ["line 2: 'O' is not a number"])
    found, problems = read_csv("\n".join(f"{k},{'abcdefgh'[k]}" for k in range(8)))
    assert found.classes == tuple("abcdef")
    assert problems == [
        "line 7: 'g' would be one class more than 6",
        "line 8: 'h' would be one class more than 6",
    ]
    found, problems = read_csv("1,a\n2,<b>\n3,b")
    assert problems == ["line 2: '<b>' is not the name of a class"]
