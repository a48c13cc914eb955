"""The palette's promises, computed."""

import re
import tomllib

import pytest

from pages.shared.charts import palette
from tests.pages.app import ROOT

CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
COLOURS = {palette.RAISES, palette.LOWERS, palette.ACTIVATION, palette.SHUT, *palette.NEURONS}
COLOURS |= {*palette.RUNS, *palette.OUTCOMES.values()}


def luminance(colour):
    """Relative luminance as WCAG 2.2 defines it."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_of_black_on_white():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("colour", sorted(COLOURS))
def test_every_colour_stands_out_from_the_page(colour, theme):
    assert contrast(colour, CONFIG["theme"][theme]["backgroundColor"]) >= 3


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_is_easy_to_read(theme):
    colours = CONFIG["theme"][theme]
    assert contrast(colours["textColor"], colours["backgroundColor"]) >= 7


SCRIPTS = ROOT / "pages" / "shared" / "picture" / "scripts"
NETWORK = (SCRIPTS / "network.css").read_text(encoding="utf-8")
APP = (ROOT / "pages" / "shared" / "shell" / "app.css").read_text(encoding="utf-8")
TONES = {
    "raises": palette.RAISES,
    "lowers": palette.LOWERS,
    "value": palette.ACTIVATION,
    "shut": palette.SHUT,
}


def texts(theme):
    """Return the colours of the living network's texts by their tone."""
    rule = NETWORK.split("}")[0 if theme == "light" else 1]
    return dict(re.findall(r"--text-(\w+): (#\w{6})", rule))


def blend(over, under, opacity):
    """Return what one colour over another looks like."""
    both = [[int(c[i : i + 2], 16) for i in (1, 3, 5)] for c in (over, under)]
    mixed = [round(o * opacity + u * (1 - opacity)) for o, u in zip(*both, strict=True)]
    return "#{:02x}{:02x}{:02x}".format(*mixed)


def test_the_network_has_the_palettes_colours():
    assert dict(re.findall(r"--tone-(\w+): (#\w{6})", NETWORK)) == TONES


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["backgroundColor", "secondaryBackgroundColor"])
def test_the_networks_texts_are_easy_to_read(theme, ground):
    found = texts(theme)
    assert found.keys() == TONES.keys()
    for colour in found.values():
        assert contrast(colour, CONFIG["theme"][theme][ground]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_code_is_easy_to_read(theme):
    rules = "".join(line for line in APP.splitlines() if line.startswith('[data-testid="stCode"]'))
    pairs = re.findall(r"light-dark\((#\w{6}), (#\w{6})\)", rules)
    assert len(pairs) == 4
    for pair in pairs:
        colour = pair[theme == "dark"]
        # Streamlit's ground for code lies between these two.
        for ground in ("backgroundColor", "secondaryBackgroundColor"):
            assert contrast(colour, CONFIG["theme"][theme][ground]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_captions_and_the_focus_can_be_seen(theme):
    colours = CONFIG["theme"][theme]
    paper = colours["backgroundColor"]
    opacity = float(re.search(r"stCaptionContainer\"\] { opacity: ([\d.]+)", APP)[1])
    assert contrast(blend(colours["textColor"], paper, opacity), paper) >= 4.5
    # The ring of the focus, and a button with the page's colour written on it.
    assert contrast(colours["primaryColor"], paper) >= 4.5
