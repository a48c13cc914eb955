"""Links: what is written is read back, and whatever else is read leaves an exercise behind."""

from dataclasses import replace

import pytest

pytest.importorskip(
    "hypothesis", reason="random links need hypothesis: pip install -r requirements-dev.txt"
)

from urllib.parse import parse_qs, urlencode

from hypothesis import HealthCheck, given, settings
from hypothesis import example as case
from hypothesis import strategies as st

from blame.exercise.build import blank
from blame.exercise.exercise import Exercise
from blame.exercise.links import STRUCTURE, is_ours, read_link, write_link
from blame.exercise.presets import NOTEBOOK, PRESETS
from blame.exercise.starts import STARTS
from tests.blame.exercise.random_exercises import exercises
from tests.exercises import changed, notebook_with

MOST_ADDRESS = 8000
"""So many characters of an address go through any server."""
SETTINGS = settings(
    deadline=None,
    derandomize=True,
    max_examples=150,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def read(query):
    """Return what a link says, as a browser hands it over."""
    return read_link(parse_qs(urlencode(query), keep_blank_values=True))


def read_well(query):
    found = read(query)
    assert found.problems == ()
    return found.exercise


@SETTINGS
@given(exercises(), st.sampled_from(["", "both_dead", "no such start", *list(STARTS)[-9:]]))
def test_an_exercise_of_any_shape_reads_back(exercise, start):
    query = write_link(exercise, start)
    assert read_well(query) == exercise
    assert all(is_ours(name) for name in query)


@SETTINGS
@given(st.sampled_from(list(STARTS)), st.data())
def test_what_was_changed_of_a_start_reads_back(start, data):
    exercise = STARTS[start].exercise
    names = data.draw(st.lists(st.sampled_from(exercise.names()), max_size=3, unique=True))
    for name in names:
        low, high = exercise.bounds_of(name)
        inside = st.integers(1, 500) if name == "steps" else st.floats(low, high)
        exercise = exercise.with_numbers({name: data.draw(inside)})
    query = write_link(exercise, start)
    found = read(query)
    assert (found.exercise, found.problems) == (exercise, ())
    assert found.start == ("" if start == "notebook" else start)


@pytest.mark.parametrize("start", STARTS)
def test_a_start_is_a_link_of_its_key_alone(start):
    exercise = STARTS[start].exercise
    query = write_link(exercise, start)
    assert query == ({} if start == "notebook" else {"exercise": start})
    assert read_link({"exercise": [start]}).exercise == exercise
    assert read_link({"exercise": [start]}).start == start


def test_a_link_of_the_notebook_names_what_differs_and_nothing_else():
    assert write_link(NOTEBOOK) == {}
    assert write_link(notebook_with(b1_1=-0.2)) == {"b1_1": "-0.2"}
    assert write_link(notebook_with(W1_0_1=0.7, W1_1_1=3, y_true=-2, steps=9)) == {
        "y_true": "-2.0",
        "W1_0_1": "0.7",
        "W1_1_1": "3.0",
        "steps": "9",
    }
    assert write_link(PRESETS["gate_shut"].exercise) == {"b1_1": "-0.2"}
    grown = changed(PRESETS["grows"].exercise, b2_0=3)
    assert write_link(grown, "grows") == {"exercise": "grows", "b2_0": "3.0"}
    assert read_well({}) == NOTEBOOK


def test_a_link_of_another_shape_says_it_and_lists_its_arrays_row_by_row():
    wide = blank((2, 3, 1), n_samples=2).with_numbers(
        {"x[0, 0]": 1, "x[1, 1]": 2.5, "W1[1, 2]": -0.5, "W1[0, 0]": 4, "y_true[1]": 7}
    )
    assert write_link(wide) == {
        "sizes": "2-3-1",
        "n_samples": "2",
        "x": "1,0;0,2.5",
        "y_true_1": "7.0",
        "W1": "4,0,0;0,0,-0.5",
    }
    held = replace(wide, held=("W1[0, 1]", "b2"), tied=("b1",), loss="half_sse")
    assert write_link(held).items() >= {
        ("held", "W1_0_1,b2"),
        ("tied", "b1"),
        ("loss", "half_sse"),
    }


def test_the_largest_exercise_fits_into_an_address():
    exercise = blank((10, 10, 10, 10, 10), n_samples=8)
    exercise = exercise.with_numbers(dict.fromkeys(exercise.names()[:-4], 1 / 3))
    query = write_link(exercise)
    assert read_well(query) == exercise
    assert (
        len(urlencode({n: v.replace("0.3333333333333333", "-12.75") for n, v in query.items()}))
        < MOST_ADDRESS
    )


def test_units_and_a_loss_that_go_together_only_are_read_together():
    assert read_well({"loss": "bce", "units": "relu-sigmoid"}).loss == "bce"
    found = read({"loss": "bce", "units": "tanh-relu"})
    assert found.exercise.activations == ("tanh", "relu")
    assert found.exercise.loss == "mse"
    (problem,) = found.problems
    assert problem.startswith("loss: ")
    # A target that the loss does not take moves to the next that it does.
    far = read_well({"y_true": "0.25", "loss": "bce", "units": "relu-sigmoid"})
    assert far.target.tolist() == [0.25]
    assert read_well({"loss": "output"}).target is None


def test_biases_are_tied_where_the_numbers_of_the_link_are_equal():
    both = {"b1_0": "0.3", "b1_1": "0.3"}
    for query in ({"tied": "b1", **both}, {**both, "tied": "b1"}):
        assert read_well(query) == replace(notebook_with(b1_0=0.3, b1_1=0.3), tied=("b1",))
    found = read({"tied": "b1", "b1_0": "0.3"})
    assert found.exercise == notebook_with(b1_0=0.3)
    assert found.problems[0].startswith("tied: b1 is tied, one number for the whole layer")
    # Where they are equal from the start, one moves all.
    moved = read_well({"sizes": "2-3-1", "tied": "b1", "b1_0": "0.3"})
    assert moved.network.parameters()["b1"].tolist() == [0.3] * 3


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("b1_1", "abc", "b1[1] must be a number from -1,000,000 to 1,000,000, got 'abc'. The "),
        ("b1_1", "nan", "b1[1] must be a number from"),
        ("b1_1", "1e7", "b1[1] must be a number from"),
        ("b1_1", "1" * 999, f"got '{'1' * 40}...'"),
        ("b1_1", "[[[[1]]]]", "got '[[[[1]]]]'"),
        ("b1_1", "", "b1[1] must be a number from"),
        ("b1_1", "9" * 400, "b1[1] must be a number"),
        ("b1_7", "1", "b1_7 is not a number of this network"),
        ("W9_0_0", "1", "W9_0_0 is not a number of this network"),
        ("x_0_0", "1", "x_0_0 is not a number of this network"),
        ("W9", "1", "W9 is not a number of this network"),
        ("W1" + "_1" * 999, "1", "is not a number of this network"),
        ("steps", "2.5", "steps must be a whole number from 1 to 500"),
        ("momentum", "2", "momentum must be a number from 0 to 1"),
        ("W1", "1,2", "W1 must have 2 rows of 2 numbers"),
        ("W1", "1,2;3,4,5", "got 2 rows of 2 and 3"),
        ("W1", "1,2;3,x", "W1[1, 1] must be a number from"),
        ("W1", ";" * 99999, "W1 must have 2 rows of 2 numbers"),
        ("x", "1,1e9", "x[1] must be a number from"),
        ("exercise", "nothing", "There is no exercise 'nothing'"),
        ("exercise", "n" * 999, "There is no exercise"),
        ("sizes", "2", "sizes must be two to 5 numbers joined by -"),
        ("sizes", "2-0-1", "sizes must be whole numbers from 1 to 10"),
        ("sizes", "2-11-1", "sizes must be whole numbers from 1 to 10"),
        ("sizes", "2-999-1", "sizes must be whole numbers from 1 to 10"),
        ("sizes", "2--1", "sizes must be whole numbers"),
        ("sizes", "2-\u0663-1", "sizes must be whole numbers"),
        ("sizes", "1-1-1-1-1-1", "sizes must be two to 5 numbers"),
        ("sizes", "9" * 9999, "sizes must be two to 5 numbers"),
        ("n_samples", "9", "n_samples must be whole numbers from 1 to 8"),
        ("n_samples", "1e9", "n_samples must be whole numbers"),
        ("bias", "yes-no-yes", "one for each of the 2 layers"),
        ("units", "relu", "units: must be 2 of"),
        ("units", "softmax-identity", "units: "),
        ("units", "gelu-identity", "units: must be 2 of"),
        ("loss", "mae", "loss: unknown loss 'mae'"),
        ("loss", "bce", "loss: "),
        ("held", "W3", "held: 'W3' is no parameter"),
        ("held", "W1_5_5", "held: 'W1[5, 5]' is no entry of W1"),
        ("held", "a" * 9999, "held: 'aaa"),
        ("tied", "W1", "tied: only a whole bias can be tied"),
        ("tied", "b1", "tied: b1 is tied"),
    ],
)
def test_a_wrong_value_is_named_and_the_rest_kept(name, text, told):
    found = read_link({"b2_0": ["0.75"], name: [text], "learning_rate": ["0.5"]})
    assert found.exercise == notebook_with(b2_0=0.75, learning_rate=0.5)
    assert found.start == ""
    (problem,) = found.problems
    assert told in problem
    assert problem.endswith(".")
    assert len(problem) < 400


@pytest.mark.parametrize("name", [*STRUCTURE, "b1_1", "x", "momentum"])
@pytest.mark.parametrize("values", [[], ["1", "2"], ["0.5"] * 99])
def test_what_is_given_more_than_once_is_told(name, values):
    found = read_link({name: values})
    assert found.exercise == NOTEBOOK
    assert found.problems == (f"{name} must be given once, got {len(values)} values.",)


def test_what_is_no_number_of_an_exercise_is_left_to_others():
    query = {name: ["7"] for name in ("page", "reading", "z1_0", "xs", "utm_source", "W", "", "b")}
    assert not any(map(is_ours, query))
    assert read_link(query) == read_link({})
    assert read_link({}).problems == ()


TEXTS = st.text(max_size=30) | st.sampled_from(
    [
        "2-3-1", "10-10", "relu-tanh", "softmax", "bce", "output", "no", "b1", "W1_0_0,b2", "none",
        "1,2;3,4", "8", "nan", "-0", "1e309", "\x00", "\ud7ff", "crawls", "cross_entropy",
    ]
)  # fmt: skip
NAMES = st.sampled_from(
    [*STRUCTURE, "x", "y_true", "W1", "b1", "b1_1", "x_1_1", "y_true_1", "momentum", "steps"]
)


@settings(SETTINGS, max_examples=600)
@given(st.dictionaries(NAMES | st.text(max_size=9), st.lists(TEXTS, min_size=1, max_size=2)))
@case({"n_samples": ["2"], "exercise": ["both_dead"], "loss": ["cross_entropy"]})
@case({"units": ["relu-softmax"], "loss": ["cross_entropy"], "tied": ["b2,b1,b2"], "bias": ["no"]})
def test_any_link_leaves_an_exercise_behind(query):
    found = read_link(query)
    assert isinstance(found.exercise, Exercise)
    assert len(found.problems) <= sum(map(is_ours, query))
    assert all(len(problem) < 600 for problem in found.problems)
    again = read_link({n: [v] for n, v in write_link(found.exercise, found.start).items()})
    assert (again.exercise, again.problems) == (found.exercise, ())
