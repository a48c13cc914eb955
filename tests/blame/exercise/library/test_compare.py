"""When a printed number counts as right, and what is said of it."""

import pytest

from blame.exercise.library.compare import compare, differs
from blame.exercise.library.entry import Entry
from blame.exercise.presets import NOTEBOOK


@pytest.mark.parametrize(
    ("published", "true"),
    [
        (0.69, 0.6902834929076443),
        (0.4502, 0.45016600268752216),
        (-0.136, -0.13609302657524652),
        (0.1511, 0.15115871230030895),  # cut off, where rounding gives 0.1512
        (-0.04969, -0.04969581362564755),
        (0.25, 0.245),  # a tie, whichever way its float falls
        (3.5e-05, 3.51085e-05),
        (6.0, 6.04),
        (0.075, 0.07500000000000001),
        (0.0, 0.0),
        (0.7071067811865476, 0.7071067811865475),  # noise of float64
        (1.0, 0.9999999999999999),
    ],
)
def test_rounded_or_cut_off_agrees(published, true):
    assert not differs(published, true)
    assert not differs(-published, -true)


@pytest.mark.parametrize(
    ("published", "true"),
    [
        (0.7978, 0.7976109598722038),
        (0.1512, 0.15114),  # neither rounded nor cut off
        (0.69, 0.7),
        (-0.69, 0.69),
        (0.01, -0.0149),
        (3.51085e-05, 3.510187782978859e-05),
        (6.79488741e-18, 1.698721851838151e-18),
        (0.0, 0.06),
        (0.0, -0.06),
        (1e-30, 2e-30),
        (0.12345678901, 0.1234567890201),
    ],
)
def test_more_than_the_rounding_differs(published, true):
    assert differs(published, true)
    assert differs(-published, -true)


def test_what_is_said_of_a_number():
    # By hand: the loss is (2.25 - 1)^2 = 1.5625 and d_loss_y is 2 times 1.25.
    entry = Entry(
        "key",
        "Title",
        "source.org",
        "Special.",
        NOTEBOOK,
        published={0: {"loss": 1.56, "d_loss_y": 1.25, "d_a1[1]": -0.5}},
        wrong={0: {"d_loss_y": "The 2 is missing."}},
    )
    assert [one.sentence for one in compare(entry)] == [
        "1.56, as published.",
        "Published 1.25, worked out 2.50. The 2 is missing.",
        "Published \N{MINUS SIGN}0.5, worked out \N{MINUS SIGN}3.8.",
    ]
    assert [one.agrees for one in compare(entry)] == [True, False, False]
    assert compare(entry, 1) == ()


def test_a_power_of_ten_is_raised():
    small = NOTEBOOK.with_numbers({"y_true": 2.249})
    entry = Entry("key", "Title", "source.org", "Special.", small, published={0: {"loss": 2.5e-06}})
    # The loss is 0.001 squared.
    assert compare(entry)[0].sentence == (
        "Published 2.5 \N{MULTIPLICATION SIGN} 10\N{SUPERSCRIPT MINUS}\N{SUPERSCRIPT SIX}, "
        "worked out 1 \N{MULTIPLICATION SIGN} 10\N{SUPERSCRIPT MINUS}\N{SUPERSCRIPT SIX}."
    )
