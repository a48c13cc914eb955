"""A number of a formula carries the name of what it is, and nothing else of the formula changes."""

import re

import pytest
from hypothesis import given

from blame.exercise.library.library import LIBRARY
from blame.exercise.presets import NOTEBOOK
from blame.probe.trace import trace_of
from pages.shared.words import formulas
from pages.shared.words.formulas.faces import code_of
from pages.shared.words.notation import COURSE
from pages.shared.words.numbers import Numbers
from tests.any_shape import FEW, exercises

KERN = r"\\kern(-?[\d.]+)em"
BEGINS = re.compile(r"\{" + KERN * 4 + " ")


def groups(tex):
    """Return the formula without its marks, and each mark's widths with what it stands around."""
    found, plain, at = [], "", 0
    while mark := BEGINS.search(tex, at):
        end = mark.end()
        depth = 1
        while depth:
            depth += {"{": 1, "}": -1}.get(tex[end], 0)
            end += 1
        inside = tex[mark.end() : end - 1]
        found.append(([round(5e3 * float(width)) for width in mark.groups()], inside))
        plain += tex[at : mark.start()] + inside
        at = end
    return plain + tex[at:], found


def every_formula(exercise, **how):
    passes = exercise.backward()
    trace, n = trace_of(passes), Numbers(**how).of(passes)
    yield formulas.output_blame(passes, n)
    yield formulas.output(passes, n)
    for k in range(1, trace.depth + 1):
        yield formulas.weight_blame(passes, k, n)
        yield formulas.neurons(passes, k, n)
        if k < trace.depth:
            yield formulas.hidden_blame(passes, k, n)
        if k < trace.depth or not trace.plain_output:
            yield formulas.gate_blame(passes, k, n)
        if trace.activations[k - 1].joint is None:
            yield formulas.gates(passes, k, n)
    run = exercise.train()
    if run.steps:
        after = run.at(1).parameters()
        yield formulas.update(passes, after, exercise.learning_rate, n, exercise.update)


def check(exercise, **how):
    trace = trace_of(exercise.backward())
    arrays = {name.partition("[")[0] for name in trace.names()}
    rows = {f"{array}[{s}]" for array in arrays for s in range(trace.n_samples)}
    # A long loss speaks of any of its samples and outputs.
    anyone = {f"{array}[{i}]" for array in ("y_pred", "y_true") for i in ("s", "j", "s, j")}
    names = {code_of(name): name for name in [*anyone, *rows, *arrays, *trace.names()]}
    seen = set()
    for with_names, without in zip(
        every_formula(exercise, faces=True, **how), every_formula(exercise, **how), strict=True
    ):
        plain, found = groups(with_names)
        assert plain == without
        assert not re.search("[\ue000-\uf8ff]", with_names)
        for (unit, first, second, back), inside in found:
            assert unit + first + second + back == 0
            assert unit == 2500
            name = names[first, second]
            seen.add(name)
            if inside == r"{\approx}0" or name not in trace.names() or inside[0] == "{":
                continue
            text = inside.replace(r" \cdot 10^{", "e").rstrip("}")
            value = trace.value(name)
            assert float(text) == pytest.approx(value, rel=6e-4), (name, inside)
    return seen


def test_the_notebooks_numbers_are_all_named():
    seen = check(NOTEBOOK)
    trace = trace_of(NOTEBOOK.backward())
    assert set(trace.names()) - seen <= {"d_x[0]", "d_x[1]"}
    # In a course's notation the symbols too, and whole arrays.
    course = check(NOTEBOOK, notation=COURSE)
    assert seen < course
    assert {"W1[0, 0]", "dW1", "d_z1", "y_pred"} <= course


@pytest.mark.parametrize("key", ["mazur", "jay-3-3-3-3"])
def test_public_exercises_are_named(key):
    assert len(check(LIBRARY[key].exercise)) > 10


@FEW
@given(exercises())
def test_any_exercise_is_named_and_written_as_before(exercise):
    check(exercise)
    check(exercise, notation=COURSE)


def test_two_numbers_of_an_exercise_have_two_codes():
    for key in LIBRARY:
        names = trace_of(LIBRARY[key].exercise.backward()).names()
        assert len({code_of(name) for name in names}) == len(names)
