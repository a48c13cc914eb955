"""The name of a gate on the curve of a nudge stands above the chart, where the gate's line ends."""

import numpy as np

from blame.exercise.presets import PRESETS
from blame.probe.what_if import nudge_curve
from pages.shared.charts.lessons.what_if import nudge_chart
from tests.pages.charts.reading import read

PASSES = PRESETS["gate_shut"].exercise.backward()


def test_a_gate_is_named_at_the_end_of_its_line():
    # z1[1] = -0.1 + nudge, and z1[0] does not move with b1[1].
    curve = nudge_curve(PASSES, "b1[1]", np.linspace(-0.5, 0.5, 41))
    layout = read(nudge_chart(curve, 0.3, float(curve.losses[-9])))[1]
    (line,), (name,) = layout["shapes"], layout["annotations"]
    assert name["text"] == "z1[1] = 0"
    assert abs(name["x"] - -0.1) < 1e-9
    assert (line["x0"], line["x1"], line["yref"]) == (name["x"], name["x"], name["yref"])
    # From the bottom of the chart to its top.
    assert (line["y0"], line["y1"], name["y"], name["yanchor"]) == (0, 1, 1, "bottom")
