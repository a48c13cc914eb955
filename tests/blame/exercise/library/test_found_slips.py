"""What is found for the wrong numbers of public sources, and for those that somebody asked about.

Which of them no slip makes is said here as well: sums added up wrongly, a digit left out, and an
update from another start are nobody's method.
"""

import pytest

from blame import find_slips
from blame.exercise.library.compare import compare
from blame.exercise.library.library import LIBRARY
from blame.practise.slips.published import explain_published, published_numbers
from blame.practise.slips.search import sort_numbers


def published(key):
    return published_numbers(LIBRARY[key])


def asked(key, *names):
    (numbers,) = LIBRARY[key].asked.values()
    return {name: value for name, value in numbers.items() if not names or name in names}


@pytest.mark.parametrize(
    ("key", "slip", "left"),
    [
        ("mazur", "updated_weights", ()),
        ("macleod-2-2-1", "updated_weights", ()),
        ("udacity-miniflow-134", "sum_over_both", ()),
        ("jay-3-3-3-3", "softmax_without_exp",
         ("z2[2]", "dW3[0, 0]", "dW3[0, 1]", "dW3[0, 2]", "new W3[1, 0]", "new W2[0, 0]",
          "new W1[0, 0]")),
    ],
)  # fmt: skip
def test_one_slip_makes_the_wrong_numbers_of_a_source(key, slip, left):
    (best, *_) = explain_published(LIBRARY[key])
    assert best.slips == (slip,)
    assert best.leaves == left


def test_the_slope_of_the_sigmoid_twice_comes_in_several_spellings():
    found = find_slips(LIBRARY["sreekanth-1-1-1"].exercise, published("sreekanth-1-1-1"))
    assert {"slope_on_top", "error_for_slope"} <= {each.slips[0] for each in found}
    assert all(each.leaves == () for each in found)


def test_what_somebody_asked_about():
    for key, slip in (("crossval-188678", "prediction_for_loss"),
                      ("mse3048198", "no_weights_back")):  # fmt: skip
        (best, *_) = find_slips(LIBRARY[key].exercise, asked(key))
        assert best.slips == (slip,), key
    # Nothing known makes these.
    assert find_slips(LIBRARY["udacity-miniflow-134"].exercise, asked("udacity-miniflow-134")) == ()
    deep = LIBRARY["deepml-25"]
    later = {"loss": deep.asked[0]["loss"], "new loss": deep.asked[1]["loss"]}
    assert find_slips(deep.exercise, later) == ()


def test_numbers_rounded_on_the_way_need_no_slip():
    exercise, numbers = LIBRARY["smaxx-quiz"].exercise, published("smaxx-quiz")
    sort = sort_numbers(exercise, numbers)
    # It goes through a slope that it does not print, and is off by one in its last digit.
    assert sort.wrong == ("d_z1[0]",)
    assert len(sort.carried) == 5
    assert find_slips(exercise, numbers) == ()


def test_sums_added_up_wrongly_stay_unexplained():
    key = "postnetwork-softmax"
    left = set(sort_numbers(LIBRARY[key].exercise, published(key)).wrong)
    for found in find_slips(LIBRARY[key].exercise, published(key)):
        left &= set(found.leaves)
    assert "z2[1]" in left


@pytest.mark.parametrize("key", LIBRARY)
def test_a_source_whose_numbers_agree_has_no_slip(key):
    entry = LIBRARY[key]
    if all(each.agrees for moment in (0, 1) for each in compare(entry, moment)):
        assert find_slips(entry.exercise, published(key)) == ()


def test_of_updates_after_each_sample_nothing_is_said():
    for entry in LIBRARY.values():
        if entry.one_by_one:
            names = [name for found in explain_published(entry) for name in found.explains]
            assert not [name for name in names if name.startswith("new ")]
