"""What is said in the order it happened, why a chart is empty, and no zero with a minus sign."""

import re

import pytest

from blame.exercise.links import read_link
from blame.exercise.presets import NOTEBOOK
from blame.exercise.starts import STARTS
from blame.exercise.trace_text import trace_text
from blame.practise.glossary import GLOSSARY
from blame.runs.diagnosis import diagnose
from pages.shared.shell.take_away import FILES
from tests.exercises import notebook_with
from tests.pages.app import charts, exercise_of, open_page, words

MINUS_ZERO = re.compile(r"(?<![\w.])-0(?:\.0*)?(?![\d.e])")
EXERCISES = {
    **{key: start.exercise for key, start in STARTS.items()},
    "turned": notebook_with(b1_0=-9.0, W2_0_0=-1.0, W2_1_0=-1.0, y_true=5.0),
}
DEEP = read_link(
    {
        "sizes": ["2-2-2-1"],
        "units": ["relu-relu-identity"],
        "x": ["1,2"],
        "W1": ["0.5,-0.3;0.8,0.2"],
        "b1": ["0.1,-0.08"],
        "W2": ["1,0.4;-1.5,0.2"],
        "b2": ["0.3,0.05"],
        "W3": ["1;2"],
        "y_true": ["-9"],
        "learning_rate": ["0.02"],
    }
).exercise


@pytest.mark.parametrize("label", ["Trace", "Training run"])
@pytest.mark.parametrize("key", EXERCISES)
def test_no_file_prints_a_zero_with_a_minus_sign(label, key):
    assert not MINUS_ZERO.search(FILES[label][3](EXERCISES[key]))


def test_the_search_finds_one():
    assert MINUS_ZERO.search('"d_z1[1]": -0.0,')
    assert MINUS_ZERO.search("[ 1. -0.]")
    assert not MINUS_ZERO.search("-0.05, 1e-06, x-0, 10-0.5")


@pytest.mark.parametrize("exercise", [NOTEBOOK, DEEP], ids=["notebook", "deep"])
def test_deaths_are_told_in_the_order_they_happened(exercise):
    told = re.findall(r"from step (\d+) on", GLOSSARY["dead neuron"].live(exercise))
    assert told == sorted(told, key=int)
    assert len(told) >= 2
    assert len(set(told)) > 1 or exercise is DEEP
    text = (
        "\n".join(trace_text(exercise))
        if not isinstance(trace_text(exercise), str)
        else (trace_text(exercise))
    )
    written = re.findall(r"is dead from step (\d+) on", text)
    assert written == sorted(written, key=int)
    found = [each.step for each in diagnose(exercise.train()) if each.kind == "neuron_dead"]
    assert found == sorted(found)
    assert len(found) >= 2


def test_the_notes_of_a_run_tell_the_first_death_first():
    said = words(open_page("training"))
    assert said.index("Neuron 1 dies at step 2") < said.index("Neuron 0 dies at step 3")


def test_the_gate_is_shut_by_the_control_its_heading_promises():
    app = open_page("relu_gate", b1_1=0.4)
    assert "Shut the gate yourself" in words(app)
    button = app.button(key="gate_press")
    assert button.label == "Shut the gate of neuron 1: b1[1] = \u22120.6"
    button.click().run()
    app.run()
    exercise = exercise_of(app)
    assert exercise.numbers()["b1[1]"] == -0.6
    # z1[1] = 0.1 + b1[1].
    assert float(exercise.forward().z[0][0, 1]) == pytest.approx(-0.5)
    assert app.button(key="gate_press").label.startswith("Open the gate of neuron 1")
    app.button(key="gate_press").click().run()
    app.run()
    assert float(exercise_of(app).forward().z[0][0, 1]) == pytest.approx(0.5)


def test_an_empty_chart_says_why():
    (curves,) = [c for c in charts(open_page("playground")) if "curves" in c["alt"]]
    assert "Nothing is trained yet" in curves["alt"]
    assert "Nothing is trained yet" in curves["figure"]["layout"]["annotations"][0]["text"]
    assert not any(
        "Nothing is trained" in c["alt"] for c in charts(open_page("playground", play_step=5))
    )
    assert "there are no gates to follow" in words(
        open_page("training_lab", exercise="mazur", lab_view="Runs")
    )
    assert "there are no gates to follow" not in words(open_page("training_lab"))


def test_a_remedy_says_what_was_tried_and_how_it_ended():
    said = words(open_page("training_lab"))
    assert re.search(r"tried: [a-z ]+; the last loss is ", said)
    assert "ends converged" not in said
