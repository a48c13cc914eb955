"""Links as messengers, mails, chats and calculators leave them."""

from urllib.parse import parse_qs, quote

import pytest

from blame.exercise.links import read_link
from pages.shared.state.links import as_meant, wrong_choices
from tests.exercises import notebook_with
from tests.pages.app import exercise_of, open_page, words

WHOLE = "b1_1=-0.2&W1_0_0=0.75"
MANGLED = (
    # A messenger's and a sentence's marks.
    *(f"{WHOLE}{mark}" for mark in ".,;:!?)]}>\"'*_"[:-1]),
    f"{WHOLE}).",
    f"{WHOLE}\u201d.",
    f'{WHOLE}">',
    # A mail program's escapes, once and twice, and a server that parts at semicolons.
    WHOLE.replace("&", "&amp;"),
    WHOLE.replace("&", "&amp;amp;"),
    WHOLE.replace("&", "&#38;"),
    WHOLE.replace("&", "%26amp%3B"),
    WHOLE.replace("&", ";"),
    "amp;" + WHOLE,
    # A chat that encodes what is encoded.
    "b1_1=%252D0.2&W1_0_0=0%252E75",
    "b1_1=%25252D0.2&W1_0_0=0.75",
    quote(WHOLE, safe=""),
    quote(WHOLE, safe="="),
    quote(quote(WHOLE, safe=""), safe=""),
    # A calculator's minus, its spaces, a comma for a point.
    "b1_1=%E2%88%920.2&W1_0_0=0.75",
    "b1_1=%25E2%2588%25920.2&W1_0_0=0.75%C2%A0",
    "b1_1=-0,2&W1_0_0=0,75",
    "b1_1=%C2%A0-0.2%E2%80%8B&%20W1_0_0=0.75%20",
    "b1_1=-0%252C2&W1_0_0=0.75",
    # Names as they stand on screen, or as a phone begins a line; marks of emphasis around them.
    "b1[1]=-0.2&W1[0, 0]=0.75",
    "b1%5B1%5D=-0.2&W1%5B0%2C0%5D=.75",
    "B1_1=-0.2&w1_0_0=0.75",
    "*b1_1=-0.2*&*W1_0_0=0.75*",
    # Quoted-printable mail, signs doubled or left over, a link pasted behind a link.
    "b1_1=3D-0.2&W1_0_0=3D0.75",
    "b1_1==-0.2&W1_0_0=0.75=",
    "b1_1=-0.2?W1_0_0=0.75",
    f"{WHOLE}&b1_1=-0.2",
    # Other scripts' stops, a minus apart, parentheses around a negative number.
    f"{WHOLE}\u3002",
    f"{WHOLE}\uff09",
    "b1_1=%E2%88%92 0.2&W1_0_0=0.75",
    "b1_1=(-0.2)&W1_0_0=0.75",
    # A link of Markdown's, one in angle brackets, and an ampersand of full width.
    "b1_1=-0.2&W1_0_0=0.75)](",
    "<b1_1=-0.2>&<W1_0_0=0.75>",
    "b1_1=-0.2\uff06W1_0_0=0.75",
)


@pytest.mark.parametrize("query", MANGLED)
def test_what_was_meant_is_read(query):
    meant = as_meant(parse_qs(query, keep_blank_values=True))
    read = read_link(meant.query)
    assert (read.exercise, read.problems) == (notebook_with(b1_1=-0.2, W1_0_0=0.75), ())
    assert wrong_choices(meant.query) == []


@pytest.mark.parametrize(
    ("query", "name", "value"),
    [
        ("exercise=mazur.", "exercise", "mazur"),
        ("exercise=Mazur", "exercise", "mazur"),
        ("exercise=jay-3-3-3-3%E2%80%8B)", "exercise", "jay-3-3-3-3"),
        ("exercise=jay%E2%80%933%E2%80%933-3-3", "exercise", "jay-3-3-3-3"),
        ("loss=half_sse)", "loss", "half_sse"),
        ("units=tanh%E2%80%93identity.", "units", "tanh-identity"),
        ("sizes=2-3-1.", "sizes", "2-3-1"),
        ("reading=Predict+first.", "reading", "Predict first"),
        ("reading=Predict%C2%A0first", "reading", "Predict first"),
        ("reading=Predict%252520first", "reading", "Predict first"),
        ("reading=Predict%252Bfirst", "reading", "Predict first"),
        ("quantity=W1%255B0,%25201%255D", "quantity", "W1[0, 1]"),
        ("quantity=W1%5B0, 1%5D)", "quantity", "W1[0, 1]"),
        ("h=1e%E2%88%925", "h", "1e-5"),
        ("ask=Why%252520does%252520it%25253F", "ask", "Why does it?"),
        ("ask=Is 50%25 (or 0.5) right%3F)", "ask", "Is 50% (or 0.5) right?)"),
        ("csv=1,2,0;amp=1%0A2,1,1.", "csv", "1,2,0;amp=1\n2,1,1."),
        ("W1=.4%252C-.7%253B.9%252C.3.", "W1", ".4,-.7;.9,.3"),
    ],
)
def test_all_that_a_link_holds_is_mended(query, name, value):
    meant = as_meant(parse_qs(query, keep_blank_values=True))
    assert meant.query == {name: [value]}
    assert read_link(meant.query).problems == ()


@pytest.mark.parametrize(
    "query",
    [
        "utm_source=a.&fbclid=x)&embed=true",
        "w1=0.2&Data=a&id=a&id=a",
        "b1_1=0.3...",
        "b1_1=(0.5)",
        "b1_1=1%C2%A0000",
        "b1_1=1/2&x=1,2",
        "%3Cscript%3Ea=1&next=https%3A%2F%2Fexample.org%2F%3Fb1_1%3D2%26x_0%3D3",
        "ask=R%26D%3Bb1_1%3D2",
    ],
)
def test_nothing_else_is_changed(query):
    given = parse_qs(query, keep_blank_values=True)
    meant = as_meant(given)
    assert (meant.query, meant.said, meant.gone) == (given, (), ())


def test_a_name_as_on_screen_is_not_said_to_be_read_as_itself():
    meant = as_meant({"b1[1]": ["-0.2"], "W1[0,0]": ["1"], "w1_0_1": ["2"]})
    assert meant.said == (("W1_0_1", "'w1_0_1' is read as W1[0, 1]."),)


def test_the_plain_name_goes_before_another_that_could_mean_it():
    given = {"amp;steps": ["7"], "steps": ["5"], " x_0": ["3"]}
    meant = as_meant(given)
    assert meant.query == {"amp;steps": ["7"], "steps": ["5"], "x_0": ["3"]}


def test_what_is_read_otherwise_is_said_and_lost_numbers_are_not():
    app = open_page("what_if", **{"b1_1": "-0.2)", "amp;W1_0_0": "0.75", "nudge": "0.5\u201d."})
    assert exercise_of(app) == notebook_with(b1_1=-0.2, W1_0_0=0.75)
    assert app.session_state["nudge"] == 0.5
    said = words(app)
    assert "b1[1]: '-0.2)' is read as -0.2." in said
    assert "'amp;W1_0_0' is read as W1[0, 0]." in said
    assert "could not be used" not in said
    assert app.query_params["W1_0_0"] == "0.75"
    assert "amp;W1_0_0" not in app.query_params


def test_what_stays_wrong_is_not_said_to_be_read():
    meant = as_meant({"b1_1": ["abc)"], "W1_0_0": ["1)"]})
    read = read_link(meant.query)
    assert "b1[1] must be a number" in read.problems[0]
    assert meant.told(read.problems) == ["W1[0, 0]: '1)' is read as 1."]
