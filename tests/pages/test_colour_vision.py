"""Colours whose difference says something, as readers with colour blindness see them.

Protanopia, deuteranopia and tritanopia are simulated as in Machado, Oliveira and Fernandes (2009),
IEEE TVCG 15(6), severity 1, in linear RGB; differences are CIEDE2000 (Sharma, Wu and Dalal 2005).
"""

import re
from itertools import combinations, pairwise

import numpy as np
import pytest

from pages.shared.charts import palette
from pages.shared.charts.lab import landscape, rate_sweep, runs
from pages.shared.charts.lessons import knife_edge
from pages.shared.charts.playground import line, maps
from tests.pages.test_palette import CONFIG, NETWORK, blend, contrast, texts

FAR = 10.0
"""Least CIEDE2000. A difference of 1 can just be seen between two large fields side by side; the
lines and marks here are thin, small and apart, so ten times as much is asked of them."""
VISION = {
    "all cones": np.eye(3),
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
TO_XYZ = [
    [0.4124564, 0.3575761, 0.1804375],
    [0.2126729, 0.7151522, 0.0721750],
    [0.0193339, 0.1191920, 0.9503041],
]


def lab(colour, vision="all cones"):
    """Return a colour in CIELAB under daylight (D65), as an eye with this vision sees it."""
    c = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    linear = np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)
    seen = np.clip(np.array(VISION[vision]) @ linear, 0, 1)
    share = np.array(TO_XYZ) @ seen / [0.95047, 1.0, 1.08883]
    f = np.where(share > 216 / 24389, np.cbrt(share), (24389 / 27 * share + 16) / 116)
    return 116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])


def ciede2000(one, other):
    """Return the difference of two CIELAB colours, step by step as Sharma et al. write it."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    c7 = ((np.hypot(a1, b1) + np.hypot(a2, b2)) / 2) ** 7
    stretch = 1 + 0.5 * (1 - np.sqrt(c7 / (c7 + 25**7)))
    a1, a2 = a1 * stretch, a2 * stretch
    c1, c2 = np.hypot(a1, b1), np.hypot(a2, b2)
    h1, h2 = np.degrees(np.arctan2([b1, b2], [a1, a2])) % 360
    turn = (h2 - h1 + 180) % 360 - 180 if c1 * c2 else 0.0
    hue = 2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn / 2))
    light, c, h = (l1 + l2) / 2, (c1 + c2) / 2, h1 + turn / 2 if c1 * c2 else h1 + h2
    t = 1 - 0.17 * np.cos(np.radians(h - 30)) + 0.24 * np.cos(np.radians(2 * h))
    t += 0.32 * np.cos(np.radians(3 * h + 6)) - 0.20 * np.cos(np.radians(4 * h - 63))
    for_l = 1 + 0.015 * (light - 50) ** 2 / np.sqrt(20 + (light - 50) ** 2)
    for_c, for_h = 1 + 0.045 * c, 1 + 0.015 * c * t
    angle = np.radians(60 * np.exp(-(((h % 360 - 275) / 25) ** 2)))
    turned = -2 * np.sqrt(c**7 / (c**7 + 25**7)) * np.sin(angle)
    parts = (l2 - l1) / for_l, (c2 - c1) / for_c, hue / for_h
    return float(np.sqrt(sum(part**2 for part in parts) + turned * parts[1] * parts[2]))


def nearest(colours):
    """Return the least difference of any two colours in any vision, and where it is met."""
    return min(
        (ciede2000(lab(one, vision), lab(other, vision)), vision, one, other)
        for one, other in combinations(colours, 2)
        for vision in VISION
    )


@pytest.mark.parametrize(
    ("one", "other", "difference"),
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 0, 0), (50, -1, 2), 2.3669),
        ((50, 2.5, 0), (61, -5, 29), 22.8977),
        ((50, 2.5, 0), (56, -27, -3), 31.9030),
        ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_ciede2000_gives_the_published_differences(one, other, difference):
    assert ciede2000(one, other) == pytest.approx(difference, abs=1e-4)
    assert ciede2000(other, one) == pytest.approx(difference, abs=1e-4)


def test_red_and_green_of_one_lightness_would_be_found():
    assert nearest(["#c8553d", "#7a7a2a"])[0] < FAR


SIGNS = ("raises", "lowers", "shut")
HUES = {
    "the sign of a gradient, and none": [palette.RAISES, palette.LOWERS, palette.SHUT],
    "a value, a shut gate": [palette.ACTIVATION, palette.SHUT],
    "a value, a gradient that raises": [palette.ACTIVATION, palette.RAISES],
    "the neurons, a dead one": [*palette.NEURONS, palette.SHUT],
    "low and high predictions": [line.LOW, line.HIGH],
    "the classes": [maps.DEEP_LOW, maps.DEEP_HIGH],
    "the matrices over the steps": [*palette.NEURONS, "#b08a00", palette.LINE],
    **{
        f"the sign, written on {theme}": [
            texts(theme)[tone] for tone in ("raises", "lowers", "shut")
        ]
        for theme in ("light", "dark")
    },
}
"""What colours are told apart for, where little else says it as fast."""


@pytest.mark.parametrize("meaning", HUES)
def test_colours_that_say_something_can_be_told_apart(meaning):
    assert nearest(HUES[meaning])[0] >= FAR, nearest(HUES[meaning])


def test_a_written_gradient_is_told_from_a_value_by_its_weight_too():
    # Blue and green come close in tritanopia.
    assert nearest([texts("light")[tone] for tone in ("value", "lowers")])[0] < FAR
    rules = dict(re.findall(r"\.t-(\w+) {([^}]*)}", NETWORK))
    for tone, rule in rules.items():
        assert ("font-weight: 600" in rule) == (tone in ("raises", "lowers"))


def test_runs_are_told_apart_by_their_dashes_too():
    # Six hues that stand out from both pages cannot all differ for everyone.
    assert nearest([palette.LINE, *palette.RUNS])[0] < FAR
    assert len({*runs.DASHES, "solid"}) == len(palette.RUNS) + 1


def test_what_became_of_a_run_is_told_apart_by_its_mark_too():
    assert nearest({*palette.OUTCOMES.values()})[0] < FAR
    marks = rate_sweep.outcome_marks().values()
    assert all(len({verdict.mark for verdict in together}) == 1 for together in marks)
    assert len({together[0].mark for together in marks}) == len(marks)


def test_arithmetics_are_told_apart_by_their_marks_too():
    assert len({style[1:3] for style in knife_edge.STYLES.values()}) == len(knife_edge.STYLES)
    assert len({style[2] for style in knife_edge.STYLES.values()}) == len(knife_edge.STYLES)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("vision", VISION)
def test_an_open_gate_is_told_from_a_shut_one_by_its_lightness(theme, vision):
    red, green, blue, opacity = runs.FAINT.strip("rgba()").split(",")
    grey = "#{:02x}{:02x}{:02x}".format(*map(int, (red, green, blue)))
    shut = blend(grey, CONFIG["theme"][theme]["backgroundColor"], float(opacity))
    light = [lab(colour, vision)[0] for colour in (palette.ACTIVATION, shut)]
    assert abs(light[0] - light[1]) >= FAR
    assert contrast(palette.ACTIVATION, shut) >= 2


@pytest.mark.parametrize("vision", VISION)
def test_a_higher_loss_is_darker_on_the_map(vision):
    light = [lab(colour, vision)[0] for _, colour in landscape.HEIGHTS]
    assert all(high - low <= -FAR / 2 for low, high in pairwise(light))
