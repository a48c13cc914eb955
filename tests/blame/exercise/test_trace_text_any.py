"""The printed trace of any exercise, read back and worked out by loops; and how it is asked for."""

import re
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given

from blame import Layer, Network
from blame.__main__ import main
from blame.exercise.exercise import Exercise
from blame.exercise.library.library import LIBRARY
from blame.exercise.presets import PRESETS
from blame.exercise.trace_text import trace_text
from tests.any_shape import FEW, exercises, nearest_kink, run_of

NUMBER = r"-?\d[\d.]*(?:e[-+]?\d+)?"


def arrays_of(part):
    """Return what a part of the text prints, each array by its name, flat."""
    found, name = {}, ""
    for line in part.splitlines():
        if head := re.match(r"  ([a-z]\w*|[WbdW]\w*)(?: |$)", line):
            name = head[1]
            found[name] = []
            line = line[len(head[0]) :]
        if name:
            found[name] += map(float, re.findall(NUMBER, line))
    return found


def same(got, wanted, what, digits=6e-8):
    flat = np.ravel(wanted)
    assert len(got) == flat.size, what
    # NumPy prints eight decimals, or eight digits of the largest number of an array.
    atol = digits * max(np.abs(flat).max(), 0.1)
    np.testing.assert_allclose(got, flat, rtol=digits, atol=atol, err_msg=what)


@FEW
@given(exercises())
def test_every_number_stands_in_the_trace(exercise):
    found = run_of(exercise)
    if min(nearest_kink(exercise, step) for step in found) < 1e-9:
        return
    text = trace_text(exercise, exercise.steps)
    forward, rest = text.removeprefix("Forward\n").split("\nBackward (blame)\n")
    backward, rest = rest.split("\nUpdate (")
    how, rest = rest.split(")\n", 1)
    update, rest = rest.split("\nBlame as bars (one mark for each tenth)\n")
    bars, run = rest.split("\nTraining, ")

    shown = arrays_of(forward)
    depth = len(exercise.activations)
    plain = exercise.activations[-1] == "identity"
    wanted = [name for k in range(1, depth) for name in (f"z{k}", f"a{k}")]
    wanted += ["y_pred", "loss"] if plain else [f"z{depth}", "y_pred", "loss"]
    assert list(shown) == wanted
    blamed = arrays_of(backward)
    assert ("db1" in blamed) == (exercise.network.layers[0].bias is not None)
    assert (f"d_z{depth}" in blamed) != plain
    for name, values in (shown | blamed).items():
        same(values, found[0][name], name)
    after = arrays_of(update)
    assert set(after) == set(exercise.network.parameters())
    for name, values in after.items():
        same(values, found[1][name], name)
    for name in (*exercise.held, *exercise.tied):
        assert name in how
    assert ("momentum" in how) == (exercise.momentum > 0)
    assert ("weight decay" in how) == (exercise.weight_decay > 0)

    barred = re.findall(rf"^  (d\w+)(?:\[.*?\])? +({NUMBER})(?: \|.*)?$", bars, re.MULTILINE)
    for name in blamed:
        values = [float(value) for array, value in barred if array == name]
        same(values, found[0][name], name, digits=1e-9)
    assert {array for array, _ in barred} == set(blamed)
    losses = [float(value) for value in re.findall(rf"step \d+ +loss ({NUMBER})", run)]
    np.testing.assert_allclose(losses, [s["loss"] for s in found], rtol=1e-8, atol=1e-9)


def relus(*widths, bias=0.5):
    """Return an exercise of ReLUs that all are open."""
    pairs = list(pairwise(widths))
    layers = [Layer(np.full(pair, 0.5), np.full(pair[1], bias), "relu") for pair in pairs]
    return Exercise(Network(tuple(layers)), np.ones(widths[0]), np.zeros(widths[-1]))


def test_gates_and_deaths_name_their_layer():
    deep = relus(2, 2, 3, 1)
    text = trace_text(replace(deep, learning_rate=0.0), 1)
    steps = [line for line in text.splitlines() if line.startswith("  step")]
    assert len(steps) == 2
    for line in steps:
        assert [part.split("[")[0].strip() for part in re.findall(r"z\d [\[]", line)] == [
            "z1",
            "z2",
            "z3",
        ]
        assert "gates open open open" in line
        assert "shut" not in line
    assert "dead" not in text
    shut = trace_text(deep.with_numbers({"b2[1]": -9.0, "learning_rate": 0.0}), 1)
    assert "gates open shut open" in shut
    assert "  neuron 1 of layer 2 is dead from step 0 on" in shut
    assert "neuron 0 of layer 2 is dead" not in shut
    # Below its kink a leaky ReLU still passes a part.
    layer = Layer([[1.0, -1.0]], None, "leaky_relu")
    leaky = Exercise(Network((layer,)), [1.0], [0.0, 0.0])
    text = trace_text(leaky, 1)
    assert "gates open leaks" in text
    assert "dead" not in text


def test_a_sum_on_the_kink_is_noted_with_its_sample_and_layer():
    layers = (Layer([[1.0]], [0.0], "identity"), Layer([[1.0]], [-1.0], "relu"))
    on = Exercise(Network(layers), [[2.0], [1.0]], [[0.0], [0.0]])
    text = trace_text(on)
    assert "Note: z2[1, 0] cannot be told from 0" in text
    assert "z2[0, 0] cannot" not in text
    assert "Note" not in trace_text(on.with_numbers({"x[1, 0]": 1.5}))


@pytest.mark.parametrize(
    ("arguments", "exercise"),
    [
        (["mazur"], LIBRARY["mazur"].exercise),
        (["--exercise", "mazur"], LIBRARY["mazur"].exercise),
        (["fades"], PRESETS["fades"].exercise),
        (["b1_1=-0.2&x_0=3"], PRESETS["notebook"].exercise.with_numbers(
            {"b1[1]": -0.2, "x[0]": 3.0})),
        (["https://a.page/training?exercise=mazur&W1_0_0=.25", "--set", "W2_1_1=1/2"],
         LIBRARY["mazur"].exercise.with_numbers({"W1[0, 0]": 0.25, "W2[1, 1]": 0.5})),
    ],
)  # fmt: skip
def test_the_command_takes_an_exercise_by_key_or_by_link(arguments, exercise, capsys):
    assert main(arguments) == 0
    shown = capsys.readouterr()
    assert shown.out == trace_text(exercise) + "\n"
    assert shown.err == ""


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nobody"], "'nobody' is no exercise; choose one of notebook"),
        (["mazur", "--preset", "fades"], "give one exercise to start from, not several"),
        (["mazur", "--set", "W3_0_0=1"], "unknown name 'W3[0, 0]'; the numbers are those of x"),
    ],
)
def test_what_is_no_exercise_is_told_in_one_line(arguments, told, capsys):
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2
    said = capsys.readouterr().err
    assert told in said
    assert said.count("\n") == 1


def test_what_a_link_says_wrong_is_told_and_the_rest_is_used(capsys):
    main(["sizes=2-2-1&loss=nothing&x_0=3"])
    shown = capsys.readouterr()
    assert "In the link, " in shown.err
    assert "nothing" in shown.err
    assert ".." not in shown.err
    assert shown.out.startswith("Forward")
