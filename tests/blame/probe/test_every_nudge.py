"""One nudge to every number: truths by typing each, promises by blame, along the right curve."""

import numpy as np
import pytest

from blame.probe.every_nudge import nudge_every
from tests.exercises import SYMBOLS, changed, notebook_with, number_of

POINTS = 241
OPEN = notebook_with(b1_1=0.3)
LINKS = {symbol: link for link, symbol in SYMBOLS.items()}
LINKS["b2[0]"] = "b2_0"


@pytest.mark.parametrize("nudge", [0.2, -0.7, 0.0])
def test_truth_and_promise_of_each_number(nudge):
    found = nudge_every(OPEN.backward(), "W1[1, 0]", nudge, [-1, 1], [0.1])
    here = float(OPEN.backward().loss)
    assert here == pytest.approx(0.4225)
    said = dict(zip(found.names, zip(found.truths, found.promises, strict=True), strict=True))
    for name, link in LINKS.items():
        if name in said:
            moved = changed(OPEN, **{link: number_of(OPEN, link) + nudge})
            assert said[name][0] == pytest.approx(float(moved.backward().loss) - here, abs=1e-14)
    assert {"x[0]", "W1[0, 1]", "b1[1]", "W2[1, 0]", "b2[0]", "y_true"} <= set(said)
    # By hand: d_loss_y is 1.3, W2 = [1, -1.5], x = [1, 2], a1 = [2.2, 0.4].
    slopes = {"b2[0]": 1.3, "W1[1, 0]": 2.6, "W1[1, 1]": -3.9, "W2[1, 0]": 0.52, "y_true": -1.3}
    for name, slope in slopes.items():
        assert said[name][1] == pytest.approx(slope * nudge)


def test_the_curve_is_that_of_the_number_and_holds_the_nudge():
    for nudge, reach in ((0.2, 0.5), (-0.2, 0.5), (0.4, 0.64), (-2.0, 3.2), (0.0, 0.5)):
        found = nudge_every(
            OPEN.backward(), "b2[0]", nudge, np.linspace(-reach, reach, POINTS), [nudge or 0.1]
        )
        assert found.nudge == nudge
        assert (found.curve.name, found.shrunk.name) == ("b2[0]", "b2[0]")
        assert len(found.curve.nudges) == POINTS
        assert (found.curve.nudges[0], found.curve.nudges[-1]) == pytest.approx((-reach, reach))
        assert found.curve.nudges[POINTS // 2] == 0
        # y_pred - y_true = 0.65 + nudge.
        assert found.after == pytest.approx((0.65 + nudge) ** 2)
        assert found.shrunk.nudges[0] == (nudge or 0.1)
        np.testing.assert_allclose(found.curve.losses, (0.65 + found.curve.nudges) ** 2)
