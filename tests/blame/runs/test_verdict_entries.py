"""What the verdicts' entries say of each other: which is given, which is better, what helps."""

from blame.runs.verdicts import VERDICTS, ranked


def test_the_first_that_holds_is_given():
    assert list(VERDICTS) == [
        "away", "kink", "dead", "converged", "oscillating", "slow", "falling",
    ]  # fmt: skip


def test_from_the_best_to_the_worst():
    best = ("converged", "falling", "slow", "oscillating", "dead", "kink", "away")
    assert ranked(lambda verdict: True) == best
    assert ranked(lambda verdict: verdict.learning) == best[:4]


def test_a_rate_that_overshoots_is_made_smaller_and_one_that_crawls_larger():
    assert set(ranked(lambda verdict: verdict.remedy == "slower")) == {
        "oscillating", "dead", "kink", "away",
    }  # fmt: skip
    assert set(ranked(lambda verdict: verdict.remedy == "faster")) == {"slow", "falling"}
