"""What became of single neurons in a run, in words, against the same run worked out by hand."""

from dataclasses import replace

import numpy as np
import pytest

from blame import initialise, train
from blame.exercise.presets import NOTEBOOK
from blame.runs.diagnosis import diagnose
from pages.shared.words.lab.verdicts import change_words, say
from tests.pages.words.lab.test_verdicts import RUNS, SHUT, claim, told
from tests.pages.words.reading import ALL, SHORT, read, run_by_hand


def test_resting_on_a_kink_tells_the_blame_that_arrives():
    text = told(RUNS["kink"], ALL)[0]
    hand = run_by_hand(RUNS["kink"])[-1]
    z, blame = read(
        "z1[0] = # cannot be told from 0, where the ReLU has two slopes. Blame of # ", text
    )
    assert z == hand["z1[0]"] == 0
    assert blame == pytest.approx(hand["d_a1[0]"])
    assert hand["d_z1[0]"] == 0
    assert "the convention takes the slope 0, so nothing moves it" in text
    assert "flipped" not in text


def test_flipping_over_a_kink_tells_how_often():
    evidence = {"flips": 12.0, "sample": 1.0, "z": 0.1, "blame": 1.0}
    history = SHUT.train()
    text = claim("kink", evidence, "z1[1]", history=history)
    flips, last = read(
        "The gate at z1[1] flipped at # of the last # steps on the same sample, and the loss goes "
        "up and down.",
        text,
    )
    assert (flips, last) == (12, 20)
    short = replace(SHUT, steps=9).train()
    assert read(
        "flipped at # of the last # steps", claim("kink", evidence, "z1[1]", history=short)
    ) == [12, 9]
    assert "cannot be told from 0" not in text
    # And a run of which it is true.
    random = np.random.default_rng(47)
    zigzag = train(
        initialise((1, 2, 1), seed=47),
        random.normal(size=(3, 1)),
        random.normal(size=(3, 1)),
        0.1,
        60,
    )
    (found, *_) = diagnose(zigzag)
    flips, last = read(
        f"The gate at z1[{found.evidence['sample']:.0f}, 1] flipped at # of the last # steps",
        say(found, zigzag, 1.0, SHORT),
    )
    changes = np.diff((zigzag.forward.z[0][-21:, :, 1] > 0).astype(int), axis=0)
    assert flips == np.abs(changes).sum(axis=0).max()
    assert (np.diff(zigzag.losses[-21:]) > 0).any()
    assert (np.diff(zigzag.losses[-21:]) < 0).any()


def test_all_dead_tells_since_when_and_how_far_b2_can_go():
    text = told(NOTEBOOK, ALL)[0]
    hand = run_by_hand(NOTEBOOK)
    (step,) = read("**All hidden neurons are dead** from step # on:", text)
    shut = [max(passes["z1[0]"], passes["z1[1]"]) <= 0 for passes in hand]
    assert step == next(k for k in range(len(shut)) if all(shut[k:]))
    assert "no blame reaches W1, b1 or W2, and only b2 still learns" in text
    for name in ("dW1[0, 0]", "dW1[1, 1]", "db1[0]", "dW2[0, 0]", "dW2[1, 0]"):
        assert hand[int(step)][name] == 0
    assert hand[int(step)]["db2[0]"] != 0
    floor, end = read("it can take the loss down to #; the run ends at #.", text)
    assert floor == 0
    assert end == pytest.approx(hand[-1]["loss"], rel=1e-9)


def test_dead_neurons_are_told_with_the_z_before_and_after():
    first, second = told(NOTEBOOK, ALL)[1:]
    hand = run_by_hand(NOTEBOOK)
    for text, neuron in ((first, 1), (second, 0)):
        z = [passes[f"z1[{neuron}]"] for passes in hand]
        (step,) = read(f"**Neuron {neuron} died at step #:**", text)
        k = int(step)
        assert z[k - 1] > 0
        assert all(value <= 0 for value in z[k:])
        before, after = read(
            f"the update moved z1[{neuron}] from # to #, and its gate stays shut.", text
        )
        assert before == pytest.approx(z[k - 1])
        assert after == pytest.approx(z[k])


def test_a_neuron_dead_from_the_start_has_not_died():
    (text,) = told(SHUT, ALL)[1:]
    (z,) = read("**Neuron 1 is dead from the start:** z1[1] = #, so no blame reaches", text)
    assert z == pytest.approx(-0.1)
    assert "died" not in text
    assert "died at step 1:" in claim(
        "neuron_dead", {"before": 1.0, "after": -1.0, "rests": 0.0}, "z1[0]", step=1
    )


def test_a_neuron_that_rests_on_its_kink_is_not_called_dead():
    evidence = {"before": 0.5, "after": 0.0, "rests": 1.0}
    text = claim("neuron_dead", evidence, "z1[1]", step=3)
    assert text.startswith(
        "**Neuron 1 rests on its kink** from step 3 on: z1[1] = 0 cannot be told"
    )
    assert "dead" not in text
    assert "Blame arrives, but the ReLU's slope there counts as 0" in text


FIVE = {"learning_rate": 0.05, "b1[1]": -0.2, "W1[0, 1]": 0.5, "x[0]": 4.0, "y_true": 2.0}
THREE = "learning rate 0.05, b1[1] \N{MINUS SIGN}0.2, W1[0, 1] 0.5"


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, ""),
        (1, "learning rate 0.05"),
        (3, THREE),
        (4, f"{THREE} and 1 more"),
        (5, f"{THREE} and 2 more"),
    ],
)
def test_changes_are_listed_and_the_rest_counted(count, words):
    assert change_words(dict(list(FIVE.items())[:count])) == words
