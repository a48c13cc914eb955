"""What a rounded entry leads to is carried forward from it, though the entry itself is right."""

from blame.exercise.presets import PRESETS
from blame.practise.worksheet import check
from tests.exercises import changed

# y_pred is 2.25, a quarter above the target.
CLOSE = changed(PRESETS["gate_shut"].exercise, y_true=2.0)


def test_an_entry_that_is_right_but_rounded_is_named_by_what_follows_from_it():
    # 2.27 is within two percent of 2.25, but its error of 0.27 is not within two of 0.25.
    found = check(CLOSE, {"y_pred": "2.27", "loss": "0.0729", "d_loss_y": "0.54"})
    assert found["y_pred"].state == "right"
    for name in ("loss", "d_loss_y"):
        assert (found[name].state, found[name].given) == ("carried", ("y_pred",))
    # What is not worked out from it either is a new error, and carries nothing.
    new = check(CLOSE, {"y_pred": "2.27", "loss": "0.08"})["loss"]
    assert (new.state, new.given) == ("wrong", ())


def test_only_what_differs_is_named():
    # a1[0] is exact; z1[1] is wrong, but the gate is shut for it too, so a1[1] is right.
    found = check(CLOSE, {"z1[1]": "-0.5", "a1[1]": "0", "a1[0]": "2", "y_pred": "2.05"})
    assert [found[name].state for name in ("z1[1]", "a1[1]", "a1[0]")] == [
        "wrong", "right", "wrong",
    ]  # fmt: skip
    assert (found["y_pred"].state, found["y_pred"].given) == ("carried", ("a1[0]",))
