"""A wrong entry of a worksheet is told by the slip that makes it."""

from blame.exercise.presets import NOTEBOOK, PRESETS
from blame.practise.worksheet import check
from blame.practise.worksheet_slips import slip_of_entry, slips_of_entries
from tests.blame.practise.slips.plain import Plain
from tests.blame.practise.slips.shapes import SHAPES

SHUT = PRESETS["gate_shut"].exercise


def told(exercise, entries):
    checked = check(exercise, entries)
    found = slips_of_entries(exercise, entries, checked)
    return {
        name: best.slips
        for name, each in checked.items()
        if each.state == "wrong" and (best := slip_of_entry(name, found))
    }


def test_each_wrong_entry_has_its_own_slip():
    # Without the bias; and the 2 left out, from the entry for y_pred.
    entries = {"z1[0]": "2.1", "a1[0]": "2.1", "y_pred": "2.15", "d_loss_y": "1.15"}
    found = told(SHUT, entries)
    assert set(found) == {"z1[0]", "d_loss_y"}
    assert "no_bias" in str(found["z1[0]"])
    assert "half" in str(found["d_loss_y"])


def test_a_right_sheet_has_none_whatever_its_rounding():
    plain = Plain(SHUT).names()
    entries = {name: f"{value:.2g}" for name, value in plain.items() if "new" not in name}
    assert told(SHUT, entries) == {}
    assert told(SHUT, {}) == {}


def test_the_gate_that_is_shut_on_paper_is_no_slip():
    # In floats neuron 1 is open by a rounding bit; the sheet goes by paper. y_pred = 2.25.
    entries = {"z1[1]": "0", "d_loss_y": "2.5", "d_a1[1]": "-3.75", "d_z1[1]": "0",
               "dW1[0, 1]": "0", "dW1[1, 1]": "0", "db1[1]": "0", "loss": "0.78125"}  # fmt: skip
    found = told(NOTEBOOK, entries)
    assert list(found) == ["loss"]
    assert found["loss"] == ("half_in_loss",)


def test_the_update_and_the_loss_after_it_are_told_too():
    entries = {"db2[0]": "2.5", "new b2[0]": "0.3"}
    assert told(SHUT, entries) == {"new b2[0]": ("update_added",)}
    made = Plain(SHUT, "update_added").names()["new loss"]
    found = told(SHUT, {"loss after": f"{made:.5g}"})["loss after"]
    # Turned gradients move it there as well.
    assert found in (("update_added",), ("sign_turned",))
    tied = SHAPES["tied"]
    made = Plain(tied, "rate_left_out").names()["new b1[0]"]
    assert "rate_left_out" in str(told(tied, {"new b1": f"{made:.6g}"})["new b1"])
