"""Questions about exercises of any shape: their names, answers, reasons and slips are true."""

import math
import re

import pytest

pytest.importorskip(
    "hypothesis", reason="Hypothesis is missing: pip install -r requirements-dev.txt"
)

from hypothesis import given, settings
from hypothesis import strategies as st

from blame import Layer, Network
from blame.activations import units
from blame.exercise.build import blank, losses_for
from blame.exercise.exercise import Exercise
from blame.exercise.library.library import LIBRARY
from blame.exercise.presets import drawn
from blame.practise.question import is_close, mark
from blame.practise.quiz import MAKERS, questions

LESSONS = sorted({maker.lesson for maker in MAKERS.values()})
EQUATION = re.compile(r"(?<![\w\]])((?:\(*-?\d[-\d.e+ ×()/²]*)) = (-?[\d.]+(?:e[-+]?\d+)?)[.:]? ?$")
ASKED = re.compile(r"What is (?:the blame of )?([a-zA-Z_]+\d?(?:\[[\d, ]+\])?)")


@st.composite
def shaped(draw):
    sizes = draw(st.lists(st.integers(1, 4), min_size=2, max_size=4))
    depth = len(sizes) - 1
    names = [draw(st.sampled_from(units())) for _ in range(depth - 1)]
    last = draw(st.sampled_from([*units(), "softmax"]))
    loss = draw(st.sampled_from(losses_for(last)))
    biases = [draw(st.booleans()) for _ in range(depth)]
    start = blank(
        sizes,
        units=[*names, last],
        loss=loss,
        n_samples=draw(st.sampled_from([1, 1, 2, 3])),
        biases=biases,
    )
    return drawn(start, draw(st.integers(0, 999)))


def true_value(exercise, question):
    """Return what a question asks for, found by its name, or None for one without a name."""
    values = exercise.values() | exercise.numbers()
    name = ASKED.match(question.text)
    if question.key == "update":
        # The bare b2 of a single output.
        entry = name[1] if "[" in name[1] else f"{name[1]}[0]"
        return exercise.updated().numbers()[entry]
    if question.key == "paths":
        return values[f"d_{name[1]}"]
    if question.key == "d_loss_y" and name is None:
        grows = re.search(r"change if (.+?) grows", question.text)[1]
        return values[grows.replace("y_pred", "d_loss_y")]
    if question.key == "nudge" or name is None:
        return None
    if question.key == "loss":
        return values["loss"]
    return values[name[1]]


def worked_out(text):
    plain = text.replace("×", "*").replace("²", "**2")
    return eval(plain, {"__builtins__": {}})


@settings(deadline=None, derandomize=True, max_examples=100)
@given(shaped())
def test_what_is_asked_of_any_exercise_is_answered_rightly(exercise):
    passes = exercise.backward()
    if not all(map(math.isfinite, exercise.values().values())):
        # A softmax of one output is always 1: a target of 0 leaves the floats.
        assert not any(questions(lesson, exercise) for lesson in LESSONS)
        return
    for key, maker in MAKERS.items():
        question = maker.make(passes, exercise)
        if question is None or question.choices:
            continue
        true = true_value(exercise, question)
        if true is not None:
            assert question.answer == pytest.approx(true, rel=1e-6, abs=1e-9), key
        assert mark(question, repr(question.answer)).right
        # What the reason writes out comes to the answer.
        head = question.reason.split(" The loss really")[0].rstrip(".")
        said = EQUATION.search(head)
        if said:
            assert is_close(worked_out(said[1]), float(said[2])), (key, question.reason)
            assert is_close(float(said[2]), question.answer), key
        for wrong in question.slips:
            assert mark(question, repr(wrong)).right is False
        assert "nan" not in question.text + question.reason


def slope_of(exercise, name):
    """Return the slope of the loss by one number, from differences alone."""
    value, h = exercise.numbers()[name], 1e-6

    def loss(at):
        return float(exercise.with_numbers({name: at}).backward().loss)

    return (loss(value + h) - loss(value - h)) / (2 * h)


@pytest.mark.parametrize("key", ["dW1", "dW2", "paths", "nudge"])
def test_blame_that_is_asked_for_is_a_difference_of_losses(key):
    found = 0
    for start in (
        blank((2, 3, 1), units=("tanh", "identity"), loss="half_sse"),
        blank((2, 2, 2), units=("sigmoid", "sigmoid"), loss="half_sse", biases=(True, False)),
        blank((2, 2, 1), units=("tanh", "sigmoid"), loss="bce", n_samples=4),
        blank((3, 3, 3), units=("relu", "softmax"), loss="cross_entropy"),
    ):
        for seed in range(8):
            exercise = drawn(start, seed)
            question = MAKERS[key].make(exercise.backward(), exercise)
            if question is None:
                continue
            found += 1
            if key == "nudge":
                name = question.text.partition(" grows")[0]
                slope = slope_of(exercise, name) * 0.01
            else:
                name = ASKED.match(question.text)[1]
                slope = slope_of(exercise, name.removeprefix("d"))
            assert question.answer == pytest.approx(slope, rel=1e-4, abs=1e-7)
    assert found >= 4


def ask(exercise, key):
    return MAKERS[key].make(exercise.backward(), exercise)


def net(*layers):
    return Network(tuple(Layer(*layer) for layer in layers))


ONE = Exercise(net(([[0.5]], [0.25], "sigmoid")), [1], [0], "half_sse", 0.5)
"""z = 0.75."""
TWO = Exercise(net(([[1.0, 2.0]], None, "identity")), [2], [1, 1])
"""y_pred = [2, 4], errors of 1 and 3: a mean of 5."""
Y = 1 / (1 + math.exp(-0.75))
TOLD = [
    (ONE, "z1", 0.5, "That is without the bias."),
    (ONE, "z1", Y, "That is y_pred, after the sigmoid."),
    (ONE, "loss", Y * Y, "That leaves out the one half."),
    (ONE, "d_loss_y", 2 * Y, "That has a 2 too many: the one half takes it away."),
    (ONE, "d_z1", Y, "That leaves out the slope of the sigmoid."),
    (ONE, "d_z1", Y * (1 - Y * Y), "That is the slope of a tanh."),
    (ONE, "d_z1", Y * (1 - Y), "That leaves out a: the slope is a × (1 - a)."),
    (TWO, "loss", 10, "That is the sum of the squares, all of it."),
    (TWO, "loss", 4, "That adds up the errors, not their squares."),
    # 2 (1) / 2 = 1.
    (TWO, "d_loss_y", 2, "That leaves out the mean over 2 numbers."),
    (TWO, "d_loss_y", 0.5, "That takes the error for the gradient: the 2 is left out."),
    (TWO, "d_loss_y", 5, "That is the loss itself, not its slope."),
]


@pytest.mark.parametrize(("exercise", "key", "wrong", "said"), TOLD)
def test_a_slip_of_another_kind_of_exercise_is_told(exercise, key, wrong, said):
    question = ask(exercise, key)
    assert mark(question, repr(float(wrong))).words == f"{said} {question.reason}"


def test_no_slip_speaks_of_what_the_exercise_has_not():
    # One half: no 2 is left out. No bias: none is forgotten. No gate, none is forgotten.
    for exercise in (ONE, LIBRARY["mazur"].exercise, LIBRARY["jay-3-3-3-3"].exercise):
        for lesson in LESSONS:
            for question in questions(lesson, exercise):
                said = " ".join(question.slips.values())
                # That the 2 and the one half cancel may be said.
                assert not re.search(r"\b2 is left out|leaves out the 2", said)
                if "relu" not in exercise.activations:
                    assert "gate" not in said + question.text
    bare = drawn(blank((2, 2, 1), biases=(False, False)), 4)
    for lesson in LESSONS:
        for question in questions(lesson, bare):
            assert "bias" not in " ".join(question.slips.values()) + question.text
            assert "b1" not in question.text + question.reason


def test_with_cross_entropy_the_slope_cancels():
    start = blank((2, 1), units=("sigmoid",), loss="bce", n_samples=1)
    exercise = drawn(start, 2)
    y, t = float(exercise.forward().prediction[0, 0]), float(exercise.target[0])
    question = ask(exercise, "d_loss_y")
    assert question.text.startswith("What is d_z1[0]")
    assert question.answer == pytest.approx(y - t)
    told = mark(question, repr((y - t) * y * (1 - y))).words
    assert told.startswith("With this loss the slope of the sigmoid cancels.")
    assert ask(exercise, "d_z1") is None


def test_what_is_too_large_or_of_another_kind_is_not_asked():
    wide = drawn(blank((6, 8, 6)), 1)
    assert [ask(wide, key) for key in ("z1", "y_pred", "loss", "paths", "most_blamed", "d_a1")] == (
        [None] * 6
    )
    softplus = drawn(blank((2, 2, 1), units=("softplus", "identity")), 1)
    assert ask(softplus, "gate") is ask(softplus, "d_z1") is None
    decaying = Exercise(ONE.network, [1], [0], "half_sse", 0.5, weight_decay=0.1)
    assert ask(decaying, "moves") is None
    assert "weight decay 0.1" in ask(decaying, "update").text
    held = Exercise(ONE.network, [1], [0], "half_sse", 0.5, held=("b1",))
    assert ask(held, "update") is None


@pytest.mark.parametrize("key", ["mazur", "jay-3-3-3-3"])
def test_library_exercises_are_asked_about_in_most_lessons(key):
    exercise = LIBRARY[key].exercise
    assert sum(bool(questions(lesson, exercise)) for lesson in LESSONS) >= 4


def test_four_samples_are_asked_about_by_their_names():
    xor = drawn(blank((2, 2, 1), units=("tanh", "sigmoid"), loss="half_sse", n_samples=4), 1)
    assert ask(xor, "z1").text.startswith("What is z1[0, 1], before the tanh? x[0] = [")
    text = ask(xor, "dW1").text
    assert text.startswith("What is dW1[1, 0]? x[:, 1] = [")
    assert "d_z1[:, 0] = [" in text
    assert "a number for each sample" in text
    first = [float(v) for v in re.search(r"x\[:, 1\] = \[([^\]]+)\]", text)[1].split(", ")]
    assert first == xor.x[:, 1].tolist()
