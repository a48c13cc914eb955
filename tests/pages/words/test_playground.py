"""Where a run stands and how samples pull, in words, against counts made by hand."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from blame import initialise
from blame.playground.growing_run import begin
from blame.playground.sample_blame import SampleBlame
from pages.shared.words.playground import pull_words, said
from tests.pages.words.reading import FEW, near, read

X = np.arange(20.0).reshape(10, 2) / 10
RUN = begin(initialise((2, 3, 1), 0), X, np.array([[0.0], [1.0]] * 5), 0.1)


def run(losses, accuracies=None, dead=None, **changes):
    dead = [0.0] * len(losses) if dead is None else dead
    accuracies = None if accuracies is None else np.array(accuracies)
    of_all = {"losses": np.array(losses), "accuracies": accuracies, "dead": np.array(dead)}
    learnt = np.zeros(len(losses), bool)
    return replace(RUN, summary=replace(RUN.summary, **of_all, learnt=learnt), **changes)


@pytest.mark.parametrize(("step", "words"), [(0, "steps"), (1, "step"), (2, "steps")])
def test_the_step_is_told_with_its_own_loss(step, words):
    losses = [3.0, 2.0, 1.0]
    text = said(run(losses), step)
    assert text == f"**After {step} {words}: loss {losses[step]:g}**"


def test_epochs_count_the_samples_that_were_used():
    # 10 samples: a step of 4 uses four tenths of them.
    text = said(run([1.0] * 7, batch_size=4), 6)
    assert "epoch 2.40" in text
    assert "epoch" not in said(run([1.0] * 7), 6)


def test_accuracy_and_dead_neurons_are_those_of_the_step():
    found = run([3.0, 2.0, 1.0], [0.5, 0.75, 0.995], [0.0, 0.25, 0.5])
    assert "accuracy 75%, 25% of the hidden neurons dead" in said(found, 1)
    assert "accuracy 99.5%, 50% of" in said(found, 2)
    assert "dead" not in said(found, 0)
    assert "accuracy" not in said(run([3.0, 2.0]), 1)


@pytest.mark.parametrize(
    ("losses", "away"),
    [
        ([1.0, 2.0, 4.0, 8.0123], True),
        ([1.0, 2.0, 4.0], False),
        ([1.0, 2.0, 1.5, 8.0, 9.0], False),
        ([9.0, 1.0, 2.0, 4.0, 8.0], False),
        ([6.0, 1.0, 2.0, 4.0, 8.0], True),
        ([1.0, 2.0, 4.0, 4.0], False),
    ],
)
def test_running_away_is_three_rises_to_above_the_start(losses, away):
    text = said(run(losses), len(losses) - 1)
    if away:
        (times,) = read("It is running away: the loss is # times what it was at the start", text)
        assert times == float(f"{losses[-1] / losses[0]:.3g}")
    else:
        assert "running away" not in text


def test_the_end_of_the_floats_is_told_at_the_last_step_only():
    found = run([1.0, 2.0, 3.0], overflow_step=3)
    assert read("At step # a number grew too large for the floats", said(found, 2)) == [3]
    assert "A smaller learning rate is the first thing to try." in said(found, 2)
    assert "floats" not in said(found, 1)
    assert "floats" not in said(run([1.0, 2.0, 3.0]), 2)


GRADIENTS = st.lists(st.tuples(st.integers(-4, 4), st.integers(-4, 4)), min_size=1, max_size=6)


@FEW
@given(GRADIENTS)
def test_the_agreement_is_what_is_left_of_the_pulling(gradients):
    text = pull_words(SampleBlame(np.array(gradients, dtype=float)))
    lengths = [(a * a + b * b) ** 0.5 for a, b in gradients]
    across, up = (sum(each) for each in zip(*gradients, strict=True))
    left = (across * across + up * up) ** 0.5
    assert ("No sample pulls" in text) == (sum(lengths) == 0)
    assert ("**The pulls cancel.**" in text) == (sum(lengths) > 0 == left)
    if left:
        (share,) = read("**Agreement #%**: so much of all the pulling is left", text)
        assert near(share, 100 * left / sum(lengths), 3)
        count, samples = read("# of # pull against the sum.", text)
        # Within rounding a sample at a right angle pulls neither way.
        apart = [a * across + b * up for a, b in gradients]
        assert samples == len(gradients)
        if 0 not in apart:
            assert count == sum(each < 0 for each in apart)


@pytest.mark.parametrize(
    ("gradients", "told"),
    [
        ([(0, 0), (0, 0)], "No sample pulls: there is no blame at all."),
        ([(1, 0), (-1, 0)], "nothing is left of it: the gradient is 0."),
        ([(3, 0), (1, 0)], "**Agreement 100%**"),
        ([(3, 0), (-1, 0)], "**Agreement 50%**"),
        ([(3, 0), (-1, 0)], "1 of 2 pull against the sum."),
        ([(1, 0), (0, 1)], "0 of 2 pull against the sum."),
        ([(1, 0), (0, 0), (0, 2), (0, -2)], "0 of 4 pull against the sum."),
    ],
)
def test_each_way_to_pull_has_its_words(gradients, told):
    text = pull_words(SampleBlame(np.array(gradients, dtype=float)))
    assert told in text


def test_samples_that_all_but_cancel_have_not_cancelled():
    pulls = [(1.0, 0.0), (-1.0, 1e-11)]
    assert "**Agreement 5e-" in pull_words(SampleBlame(np.array(pulls)))
    pulls = [(1.0, 0.0), (-1.0, 1e-13)]
    assert "**The pulls cancel.**" in pull_words(SampleBlame(np.array(pulls)))
