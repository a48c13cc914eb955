"""What became of a run, in words, against the same run worked out step by step by hand."""

from dataclasses import replace

import numpy as np
import pytest

from blame import PRESETS
from blame.exercise.presets import NOTEBOOK, drawn
from blame.runs.diagnosis import Finding, diagnose
from blame.runs.verdicts import VERDICTS
from pages.shared.words.lab.verdicts import say
from tests.exercises import changed
from tests.pages.words.reading import ALL, SHORT, near, read, run_by_hand

SHUT = PRESETS["gate_shut"].exercise
NOTHING = dict.fromkeys(("W1_0_0", "W1_0_1", "W1_1_0", "W1_1_1", "b1_0", "b1_1"), 0.0)
RUNS = {
    "away": replace(SHUT, learning_rate=1.5),
    "kink": changed(NOTEBOOK, learning_rate=0.01, steps=20, **NOTHING),
    "dead": NOTEBOOK,
    "converged": SHUT,
    "oscillating": replace(drawn(NOTEBOOK, 5), learning_rate=0.3, steps=5),
    "slow": replace(SHUT, learning_rate=0.0001),
    "falling": replace(SHUT, learning_rate=0.003),
}
BOLD = {
    "away": "**It ran away.**",
    "kink": "**It is stuck on a kink.**",
    "dead": "**All hidden neurons are dead**",
    "converged": "**It converged.**",
    "oscillating": "**It does not settle.**",
    "slow": "**It is slow.**",
    "falling": "**The loss is still falling.**",
}


def told(exercise, numbers=SHORT, limit=0.0625):
    """Return the words for the verdict, then those for each dead neuron."""
    history = exercise.train()
    return [say(finding, history, limit, numbers) for finding in diagnose(history)]


def claim(kind, evidence, where="", step=0, history=None, numbers=ALL, limit=0.0625):
    """Return the words for evidence made to show one thing."""
    run = history or SHUT.train()
    return say(Finding(kind, step, evidence, where), run, limit, numbers)


@pytest.mark.parametrize("kind", RUNS)
def test_each_verdict_has_its_words_and_no_other(kind):
    text = told(RUNS[kind])[0]
    assert [other for other, bold in BOLD.items() if bold in text] == [kind]


def test_every_verdict_has_words_of_its_own():
    assert set(BOLD) == set(VERDICTS)
    assert len({verdict.title for verdict in VERDICTS.values()}) == len(VERDICTS)
    assert VERDICTS["falling"].title == "still falling"


def test_running_away_tells_how_fast_and_what_grew_most():
    exercise = RUNS["away"]
    text = told(exercise, ALL)[0]
    hand = run_by_hand(exercise)
    losses = [passes["loss"] for passes in hand]
    falls = [k for k in range(1, len(losses)) if losses[k] <= losses[k - 1]]
    last_fall = max(falls, default=0)
    step, factor = read("From step # on the loss grew, on average # times at each step.", text)
    assert step == last_fall
    lasted = len(losses) - 1 - last_fall
    assert near(factor, (losses[-1] / losses[last_fall]) ** (1 / lasted), 3)

    def growth(names):
        at = [max(abs(passes[name]) for name in names) for passes in (hand[last_fall], hand[-1])]
        return (at[1] / at[0]) ** (1 / lasted) if min(at) else 1.0

    first = growth([f"W1[{i}, {j}]" for i in (0, 1) for j in (0, 1)])
    second = growth(["W2[0, 0]", "W2[1, 0]"])
    seed = growth(["d_loss_y"])
    assert seed > max(first, second)
    (most,) = read("What grew most is the blame at the output: # times at each step.", text)
    assert near(most, seed, 3)
    assert "too large for the floats" not in text


def test_what_grew_most_is_named_with_its_own_number():
    evidence = {"factor": 16.0123, "output blame": 4.0, "W2": 5.0123, "a1": 3.0}
    text = claim("away", evidence, "W2", step=7)
    assert "What grew most is the largest entry of W2: 5.01 times at each step." in text
    assert "From step 7 on the loss grew, on average 16 times" in text
    assert "output" not in text


@pytest.mark.parametrize("rate", [100.0, 20.0])
def test_leaving_the_floats_is_told_with_its_step(rate):
    exercise = changed(SHUT, b1_1=0.1, learning_rate=rate, steps=500)
    history = exercise.train()
    text = told(exercise)[0]
    (step,) = read(
        "At step # a number grew too large for the floats, and the run ends there.", text
    )
    hand = run_by_hand(exercise, int(step))
    for passes, fits in zip(hand[-2:], (True, False), strict=True):
        assert all(map(np.isfinite, passes.values())) == fits
    assert history.steps == step - 1
    assert "The loss grew on average" in text
    assert "From step" not in text


def test_the_rate_is_compared_with_the_limit_at_the_start():
    for kind in ("away", "oscillating", "slow"):
        exercise = RUNS[kind]
        rate, times, limit = read(
            "The learning rate # is # times the stable limit at the start, #.", told(exercise)[0]
        )
        assert rate == exercise.learning_rate
        assert limit == 0.0625
        assert near(times, rate / 0.0625, 3)
    third = claim("slow", {"fell": 0.1}, limit=1 / 3)
    assert "is 0.3 times the stable limit at the start, 0.333." in third


def test_converged_tells_since_when_it_is_calm():
    text = told(SHUT, ALL)[0]
    hand = run_by_hand(SHUT)
    step, calm, loss = read(
        "From step # on no gradient is above #. It fits its sample: the loss is #.", text
    )
    largest = [
        max(abs(v) for name, v in passes.items() if name[:3] in ("dW1", "dW2", "db1", "db2"))
        for passes in hand
    ]
    assert calm == 0.001
    assert all(size <= calm for size in largest[int(step) :])
    assert largest[int(step) - 1] > calm
    assert loss == pytest.approx(hand[-1]["loss"], rel=1e-3)


@pytest.mark.parametrize(
    ("loss", "lowest", "highest", "where"),
    [
        (1e-9, 0.0, 4.0, "It fits its sample:"),
        (1.5e-6, 0.0, 4.0, "It fits its sample:"),
        (0.25, 0.0, 4.0, "It rests in a minimum:"),
        (0.25, -2.0, 4.0, "It rests on a saddle, where some directions still lead down:"),
        (0.25, 0.0, 0.0, "It rests where nothing curves upward:"),
        (0.25, -1.0, np.inf, "It rests:"),
    ],
)
def test_what_it_rests_on_is_told_by_the_curvature(loss, lowest, highest, where):
    evidence = {"loss": loss, "blame": 0.0, "lowest": lowest, "highest": highest}
    # The run starts at 1.5625, of which a millionth is 1.5625e-6.
    text = claim("converged", evidence, step=4)
    assert f"above 0.001. {where} the loss is" in text


def test_not_settling_counts_the_steps_that_raised_the_loss():
    exercise = RUNS["oscillating"]
    losses = [passes["loss"] for passes in run_by_hand(exercise)]
    text = told(exercise, ALL)[0]
    rises, last, first, low, high = read(
        "# of the last # steps raised the loss, the one to step # the first of them; it went "
        "between # and #.",
        text,
    )
    rose = [k for k in range(1, len(losses)) if losses[k] > losses[k - 1]]
    assert (rises, last, first) == (len(rose), len(losses) - 1, rose[0])
    assert low == pytest.approx(min(losses))
    assert high == pytest.approx(max(losses))


def test_one_rise_at_the_end_is_an_overshoot():
    exercise = replace(NOTEBOOK, learning_rate=0.05, steps=1)
    text = told(exercise, ALL)[0]
    losses = [passes["loss"] for passes in run_by_hand(exercise)]
    before, after = read("The last step raised the loss from # to #; more steps would tell", text)
    assert [before, after] == [pytest.approx(loss) for loss in losses]
    assert after > before
    assert text.startswith("**It overshoots at the end.**")
    assert "**It overshoots" not in told(RUNS["oscillating"])[0]
    # Of a longer run it is the last two losses.
    longer = claim("oscillating", {"rises": 1.0, "steps": 20.0, "low": 0.0, "high": 1.0})
    hand = [passes["loss"] for passes in run_by_hand(SHUT)]
    before, after = read("The last step raised the loss from # to #;", longer)
    assert [before, after] == [pytest.approx(loss, rel=1e-3) for loss in hand[-2:]]


@pytest.mark.parametrize(("steps", "within"), [(1, "In 1 step only"), (50, "In 50 steps only")])
def test_slow_tells_how_much_of_the_loss_has_gone(steps, within):
    exercise = replace(RUNS["slow"], steps=steps)
    (text,) = (line for line in told(exercise) if "slow" in line)
    losses = [passes["loss"] for passes in run_by_hand(exercise)]
    assert within in text
    (gone,) = read("only #% of the loss has gone.", text)
    assert near(gone, 100 * (losses[0] - losses[-1]) / losses[0], 3)
    assert "above" not in text


def test_slow_with_a_rate_of_0_moves_nothing():
    text = told(replace(SHUT, learning_rate=0.0))[0]
    assert text == "**It is slow.** With a learning rate of 0 nothing moves."
    assert "nothing moves" not in told(RUNS["slow"])[0]


def test_slow_that_is_still_above_its_start_says_so():
    exercise = replace(drawn(NOTEBOOK, 17), learning_rate=0.3, steps=5)
    losses = [passes["loss"] for passes in run_by_hand(exercise)]
    assert losses[-2] > losses[-1] > losses[0]
    last, first = read(
        "The loss falls again, but at # it is still above the # it started from.", told(exercise)[0]
    )
    assert near(last, losses[-1])
    assert near(first, losses[0])
    even = claim("slow", {"fell": 0.0}, history=SHUT.train())
    assert "only 0% of the loss has gone" in even


def halves(loss):
    """Return how many steps it takes to halve, counted one by one."""
    ratio, left, count = loss[1] / loss[0], 1.0, 0
    while left * ratio > 0.5:
        left, count = left * ratio, count + 1
    return count


@pytest.mark.parametrize("rate", [0.003, 0.0017, 0.005])
def test_still_falling_halves_as_fast_as_it_says(rate):
    exercise = replace(SHUT, learning_rate=rate)
    losses = [passes["loss"] for passes in run_by_hand(exercise)]
    ratio, every = read(
        "On average each of the last steps took it to # of itself: at this pace it halves every # "
        "steps.",
        told(exercise)[0],
    )
    # The last twenty steps, each by the same share, lead from the one loss to the other.
    pace = (losses[-1] / losses[-21]) ** (1 / 20)
    assert near(ratio, pace, 3)
    whole = halves((1.0, pace))
    assert whole - 0.1 <= every <= whole + 1.1
    assert pace**every == pytest.approx(0.5, abs=0.02)


@pytest.mark.parametrize("ratio", [0.0, 1.0, 1.5])
def test_no_pace_is_told_where_there_is_none(ratio):
    assert claim("falling", {"ratio": ratio}) == "**The loss is still falling.**"


def test_a_pace_of_a_half_halves_at_each_step():
    assert "took it to 0.5 of itself: at this pace it halves every 1 " in claim(
        "falling", {"ratio": 0.5}
    )
    assert "halves every 10 steps" in claim("falling", {"ratio": 0.9330329915368074})
    # ln 2 / 0.006 is 115.5.
    assert "halves every 120 steps" in claim("falling", {"ratio": 0.9940179640539353})


def test_the_runs_by_hand_are_alive():
    hand = run_by_hand(SHUT, 3)
    assert [passes["loss"] for passes in hand] == pytest.approx(
        [1.5625, 0.7832, 0.1204, 0.0006], abs=5e-5
    )
