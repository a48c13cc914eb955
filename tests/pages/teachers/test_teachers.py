"""Teachers' links: composed, opened, and showing what they carry as text and nothing else."""

from urllib.parse import parse_qs, urlsplit

import pytest

from blame.exercise.library.library import LIBRARY
from blame.exercise.links import read_link
from blame.exercise.presets import NOTEBOOK
from pages.shared.state.choices import CHOICES, TO_INPUTS
from pages.shared.state.links import wrong_choices
from pages.shared.teachers.frame import GROUPS
from pages.shared.teachers.links import MOST_ASKED, address
from pages.shared.teachers.plan import LESSON_PLAN
from tests.exercises import NAMES, notebook_with
from tests.pages.app import PAGES, exercise_of, open_page, words

BASE = "https://blame.example/teachers?x_0=3"


def test_a_link_carries_the_numbers_and_what_is_asked():
    exercise = notebook_with(b1_1=-0.2, W1_0_0=1 / 3, steps=9)
    link = urlsplit(address(BASE, "relu_gate", exercise, {"ask": "Why & how?", "inputs": ""}))
    assert (link.scheme, link.netloc, link.path) == ("https", "blame.example", "/relu_gate")
    query = parse_qs(link.query)
    assert query.pop("ask") == ["Why & how?"]
    assert set(query) == {"b1_1", "W1_0_0", "steps"}
    read = read_link(query)
    assert read.problems == ()
    assert read.exercise == exercise


@pytest.mark.parametrize(
    ("base", "page", "expected"),
    [
        ("http://localhost:8501/", "home", "http://localhost:8501/"),
        ("http://localhost:8501/teachers", "home", "http://localhost:8501/"),
        ("https://x.app/sub/teachers", "training", "https://x.app/sub/training"),
        ("https://x.app/sub/", "training", "https://x.app/sub/training"),
        ("https://u.edu/training/teachers", "depth", "https://u.edu/training/depth"),
    ],
)
def test_the_address_is_that_of_the_app(base, page, expected):
    assert address(base, page, NOTEBOOK, {}) == expected


def test_the_choices_name_what_exists():
    assert {*PAGES} - {*CHOICES["to_page"].values} == {
        "glossary",
        "projector",
        "teachers",
    }
    assert tuple(GROUPS) == TO_INPUTS


@pytest.mark.parametrize("step", LESSON_PLAN, ids=lambda step: step.page)
def test_every_link_of_the_plan_opens(step):
    file, extra = step.page, {**step.numbers, **step.beside}
    query = {name: [value] for name, value in extra.items()}
    assert [*read_link(query).problems, *wrong_choices(query)] == []
    assert set(extra) - set(CHOICES) - set(NAMES) <= {"ask"}
    app = open_page(file, **extra)
    if "ask" in extra:
        assert extra["ask"] in [element.value for element in app.get("text")]


def test_a_question_is_shown_as_text_and_no_longer_than_allowed():
    hostile = "<img src=x onerror=alert(1)> **bold** [x](javascript:alert(1)) " + "y" * 500
    app = open_page("backward_pass", ask=hostile)
    assert hostile[:MOST_ASKED].strip() in [element.value for element in app.get("text")]
    marked = [str(e.value) for kind in ("markdown", "html", "caption") for e in app.get(kind)]
    assert not any("onerror" in text for text in marked)
    assert "Your teacher asks" not in words(open_page("backward_pass", ask="   "))


def test_hidden_inputs_keep_their_numbers_and_unknown_ones_hide_nothing():
    app = open_page("relu_gate", inputs="biases", W1_0_0=0.75)
    assert exercise_of(app).network.layers[0].weights[0, 0] == 0.75
    hostile = open_page("relu_gate", inputs="</style><script>alert(1)</script>")
    assert not any("script" in str(e.proto.body) for e in hostile.get("html"))
    assert "inputs must be one of all, x and target" in words(hostile)


def test_the_composer_answers():
    app = open_page("teachers", b1_1=-0.2)
    app.selectbox(key="to_page").select("relu_gate").run()
    app.text_input(key="to_question").set_value("Which gate is shut?").run()
    app.toggle(key="to_predict").set_value(True).run()
    app.toggle(key="to_embed").set_value(True).run()
    assert not app.exception
    link = urlsplit(app.get("code")[0].value)
    assert link.path == "/relu_gate"
    assert parse_qs(link.query) == {
        "b1_1": ["-0.2"],
        "ask": ["Which gate is shut?"],
        "reading": ["Predict first"],
        "embed": ["true"],
    }


def test_a_link_to_an_exercise_of_the_library_stays_short():
    app = open_page("teachers", exercise="mazur")
    link = urlsplit(app.get("code")[0].value)
    assert parse_qs(link.query) == {"exercise": ["mazur"]}
    again = open_page("training", **{name: text for name, (text,) in parse_qs(link.query).items()})
    assert exercise_of(again) == LIBRARY["mazur"].exercise


def test_a_pupil_s_code_is_worked_out_again():
    app = open_page("teachers")
    app.text_input(key="checked_code").set_value(
        "hit(b2_0=-1.2)-kill(b1_1=0.5)-grow-<b>x</b>"
    ).run()
    assert not app.exception
    said = words(app)
    assert "| **Hit the target** | met, with the numbers in the code |" in said
    assert "| **Shut a gate** | not met by these numbers |" in said
    assert "| **Blame that grows** | named only, with no numbers to check |" in said
    assert "'<b>x</b>' is no challenge" in [element.value for element in app.get("text")]
