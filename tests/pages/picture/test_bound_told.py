"""How much rounding can have made of a number is told to two digits, and is enough of it."""

import re

import pytest

from blame.exercise.presets import PRESETS
from blame.probe.trace import Trace
from pages.shared.picture.receipt import receipt_data
from pages.shared.words.numbers import Numbers

TRACE = Trace(PRESETS["notebook"].exercise.backward())


@pytest.mark.parametrize("name", ["z1[1]", "a1[1]", "dW2[1, 0]"])
def test_the_bound_is_told_to_two_digits_and_holds_the_value(name):
    made = receipt_data(TRACE, name, Numbers())["made"]
    told = re.search(r"The rounding on the way here can add up to (\S+), so this may be", made)
    bound = told[1]
    assert re.fullmatch(r"\d(\.\d)?e-\d+", bound)
    assert abs(TRACE.value(name)) <= float(bound) < 100 * abs(TRACE.value(name))


def test_what_rounding_cannot_have_made_says_nothing_of_it():
    for name in ("z1[0]", "W1[0, 0]", "dW1[1, 0]", "loss"):
        assert receipt_data(TRACE, name, Numbers())["made"] == ""


def test_the_path_of_what_rounding_made_opens_to_its_digits_on_demand():
    def row(numbers):
        (path,) = receipt_data(TRACE, "dW2[1, 0]", numbers)["paths"]["rows"]
        return path["numbers"]

    # dW2[1, 0] = a1[1] d_loss_y, with 2 ** -55 for a1[1].
    assert row(Numbers()) == "≈0 × 2.5 ≈0"
    told = row(Numbers(all_digits=True))
    assert float(told.rpartition(" ")[2]) == 2.5 * 2**-55
    assert float(told.partition(" ")[0]) == 2**-55
