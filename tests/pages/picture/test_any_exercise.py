"""The picture, receipts and flow of exercises of any shape, against passes by loops."""

import json
import math
import re
from fractions import Fraction

import pytest
from hypothesis import given

from blame import Layer, Network, initialise
from blame.exercise.exercise import Exercise
from blame.exercise.library.library import LIBRARY
from blame.probe.trace import Trace
from pages.shared.picture.data import picture_data
from pages.shared.picture.flow import at_stage, flow_data
from pages.shared.picture.receipt import lit_by, receipt_data
from pages.shared.picture.samples import as_named, in_sample, names_to_open
from pages.shared.words.numbers import Numbers
from tests.any_shape import FEW, exercises, nearest_kink, worked_out
from tests.pages.words.reading import as_number

N = Numbers()
ALL = Numbers(all_digits=True)


def hand_of(exercise):
    """Return every number of both passes by its name, from loops; names are spelled here."""
    found, many = {}, exercise.n_samples > 1
    for array, values in worked_out(exercise).items():
        if array == "loss":
            found[array] = values
        elif array[0] in "Wb" or array[:2] in ("dW", "db"):
            for i, row in enumerate(values):
                for j, value in enumerate(row if isinstance(row, list) else [row]):
                    found[f"{array}[{i}, {j}]" if isinstance(row, list) else f"{array}[{i}]"] = (
                        value
                    )
        else:
            single = array in ("y_pred", "y_true", "d_loss_y") and exercise.sizes[-1] == 1
            for s, row in enumerate(values):
                for j, value in enumerate(row):
                    places = [str(s)] * many + [str(j)] * (not single)
                    found[f"{array}[{', '.join(places)}]" if places else array] = value
    return found


def items_of(data):
    for column in data["columns"]:
        for node in column:
            yield from (*node["lines"], *node["below"])
    for edge in data["edges"]:
        yield from edge["items"]


def clear(exercise):
    """Whether no number hangs on rounding: no gate on its kink."""
    return nearest_kink(exercise) > 1e-6


def close(shown, value):
    return shown == pytest.approx(value, rel=2e-3, abs=1e-9)


@FEW
@given(exercises())
def test_every_number_drawn_is_that_of_the_pass_and_stands_once(exercise):
    if not clear(exercise):
        return
    hand, trace = hand_of(exercise), Trace(exercise.backward())
    for sample in range(exercise.n_samples):
        for view in ("forward", "blame", "both"):
            data = picture_data(trace, view, ALL, sample=sample, exercise=exercise)
            json.dumps(data, allow_nan=False)
            names = [item["id"] for item in items_of(data)]
            assert len(names) == len(set(names))
            for item in items_of(data):
                if "≈" in item["text"]:
                    continue
                digits = 0.06 if data["dense"] else 2e-3
                shown = as_number(item["text"].split()[-1])
                assert shown == pytest.approx(hand[item["id"]], rel=digits, abs=1e-9), item
                # Of several samples only the chosen one's.
                assert trace.sample(item["id"]) in (None, sample)
            edges = {edge["id"]: edge for edge in data["edges"]}
            widths = exercise.sizes
            assert len(edges) == sum(a * b for a, b in zip(widths, (*widths[1:], 1), strict=True))
            if view != "forward":
                for name, edge in edges.items():
                    blame = hand[name if name.startswith("d") else f"d{name}"]
                    if abs(blame) > 1e-9:
                        assert edge["tone"] == ("raises" if blame > 0 else "lowers")


@FEW
@given(exercises())
def test_held_numbers_are_marked_and_a_tied_bias_is_drawn_once(exercise):
    trace = Trace(exercise.backward())
    data = picture_data(trace, "both", N, exercise=exercise)
    drawn = {item["id"]: item for item in items_of(data)}
    for name, item in drawn.items():
        held = name in exercise.held or name.partition("[")[0] in exercise.held
        assert item.get("held", False) == held == ("held: not trained" in item["say"])
    for k, layer in enumerate(exercise.network.layers, 1):
        biases = [name for name in drawn if name.startswith(f"b{k}[")]
        there = 0 if layer.bias is None or data["dense"] else len(layer.bias)
        assert len(biases) == (min(1, there) if f"b{k}" in exercise.tied else there)


def check_equation(line):
    """Check that every side that is numbers alone is the same number, behind ≈ nearly so."""
    sides = re.split(r" (=|≈) ", line)
    exact = []
    for sign, side in zip(("=", *sides[1::2]), sides[::2], strict=True):
        written = side.replace("²", "**2").replace("×", "*").removesuffix(" (given)")
        if not re.fullmatch(r"[-+\d. e/()*]+", written) or "more" in written:
            continue
        number = re.sub(r"\d[\d.]*(?:e-?\d+)?", r"Fraction('\g<0>')", written)
        value = eval(number, {"Fraction": Fraction})
        if sign == "=":
            exact.append(value)
        elif exact:
            # What its numbers as written make, to a few units of their last digits.
            sizes = [abs(float(n)) for n in re.findall(r"\d[\d.]*(?:e-?\d+)?", line)]
            room = 2e-3 * max(1.0, *sizes) ** 2 * len(sizes)
            assert abs(float(exact[-1] - value)) <= room, line
    assert len(set(exact)) <= 1, line


@FEW
@given(exercises(samples=(1, 2), most=3, layers=3))
def test_every_receipt_opens_and_what_it_claims_to_equal_it_does(exercise):
    if not clear(exercise):
        return
    hand, trace = hand_of(exercise), Trace(exercise.backward())
    for name in trace.names():
        receipt = receipt_data(trace, name, N, exercise)
        json.dumps(receipt, allow_nan=False)
        if not receipt["made"]:
            assert close(as_number(receipt["value"]), hand[name]), name
        assert all(factor["opens"] in hand for factor in receipt["factors"])
        for line in (" ".join(receipt["formula"]), *receipt["steps"]):
            check_equation(line)
        lit = lit_by(trace, name, exercise.n_samples - 1)
        assert all(trace.sample(each) in (None, exercise.n_samples - 1) for each in lit)


@FEW
@given(exercises())
def test_the_flow_finds_every_number_of_the_sample_once(exercise):
    trace = Trace(exercise.backward())
    sample = exercise.n_samples - 1
    stages = flow_data(exercise, trace, N, sample=sample)
    found = [name for stage in stages for name in stage["shows"]]
    mine = [name for name in trace.names() if trace.sample(name) in (None, sample)]
    given_ = [name for name in mine if name[0] in "xWb" or name.startswith(("y_true", "d_x"))]
    assert sorted(found) == sorted(set(mine) - set(given_))
    assert len(found) == len(set(found))
    drawn = picture_data(trace, "both", N, sample=sample, exercise=exercise)
    edges = {edge["id"] for edge in drawn["edges"]}
    ids = {each for column in drawn["columns"] for node in column for each in node["ids"]} | edges
    for stage in stages:
        assert stage["said"].endswith(".")
        assert set(stage["moves"]) <= edges
        assert set(stage["lit"]) <= ids
    forward = flow_data(exercise, trace, N, sample=sample, forward_only=True)
    assert [stage["title"] for stage in forward] == [s["title"] for s in stages if not s["back"]]
    assert at_stage(trace, "d_a9") is None


@FEW
@given(exercises(losses=("mse", "half_sse", "bce", "cross_entropy", "output")))
def test_the_sentences_of_the_flow_tell_the_numbers_of_the_pass(exercise):
    if not clear(exercise):
        return
    hand, trace = worked_out(exercise), Trace(exercise.backward())
    s = exercise.n_samples - 1
    stages = trace.stages()
    told = flow_data(exercise, trace, ALL, sample=s)
    for stage, each in zip(stages, told, strict=False):
        match = re.search(rf"{stage.name} is ([^:.;]*(?:\.\d[^:.;]*)*)", each["said"])
        values = hand[stage.name]
        row = values[s] if stage.name[:2] in ("z1", "a1", "z2", "y_", "d_") and values else None
        if match is None or row is None or "≈" in each["said"]:
            continue
        numbers = [
            float(text.rstrip("."))
            for text in re.findall(r"-?\d[\d.]*(?:e-?\d+)?", match[1].replace("sample", ""))
        ]
        if "between" in match[1]:
            row = [min(row), max(row)]
        assert numbers == pytest.approx(row, rel=1e-6, abs=1e-9), (stage.name, each["said"])


@FEW
@given(exercises(samples=(1, 2)))
def test_gates_are_told_as_they_are(exercise):
    if not clear(exercise):
        return
    hand, trace = worked_out(exercise), Trace(exercise.backward())
    for stage, each in zip(trace.stages(), flow_data(exercise, trace, N), strict=False):
        k = int(re.sub(r"\D", "", stage.name) or 0)
        if not (k and k < len(exercise.activations) and exercise.activations[k - 1] == "relu"):
            continue
        row = hand[f"z{k}"][0]
        shut = [j for j, z in enumerate(row) if z < 0]
        if stage.name == f"a{k}":
            said = each["said"]
            assert ("shut" in said) == bool(shut)
            assert ("nothing gets through" in said) == (len(shut) == len(row))
            assert bool(re.search("open, and the ReLU passes", said)) == (not shut)
            if len(shut) == 1 < len(row):
                assert f"the gate of neuron {shut[0]} is shut" in said
        if stage.name == f"d_z{k}":
            assert ("shut" in each["said"]) == bool(shut)


@pytest.mark.parametrize("key", ["cs763-softmax", "mazur"])
def test_why_the_blame_at_the_last_z_is_short(key):
    exercise = LIBRARY[key].exercise
    trace = Trace(exercise.backward())
    depth = len(exercise.activations)
    receipt = receipt_data(trace, f"d_z{depth}[0]", N, exercise)
    assert bool(receipt["why"]) == (key == "cs763-softmax")
    if receipt["why"]:
        # As it says: -y / p of every output through the softmax, summed, is p - y.
        z = worked_out(exercise)["z1"][0]
        p = [math.exp(v) / sum(map(math.exp, z)) for v in z]
        y = exercise.target
        jacobian = [p[i] * ((i == 0) - p[0]) for i in range(len(p))]
        through = sum(-y[i] / p[i] * jacobian[i] for i in range(len(p)))
        assert through == pytest.approx(p[0] - y[0])
        assert "p - y is left" in receipt["why"]


def test_a_softmax_shows_its_exponentials_their_sum_and_the_share():
    exercise = LIBRARY["cs763-softmax"].exercise
    steps = receipt_data(Trace(exercise.backward()), "y_pred[0]", N)["steps"]
    z = worked_out(exercise)["z1"][0]
    powers = [math.exp(v) for v in z]
    shown = [as_number(line.split()[-1]) for line in steps]
    assert shown[:3] == pytest.approx(powers, rel=1e-3)
    assert shown[3] == pytest.approx(sum(powers), rel=1e-3)
    assert shown[4] == pytest.approx(powers[0] / sum(powers), rel=1e-3)


def test_a_sigmoid_shows_its_slope_as_a_times_one_minus_a():
    receipt = receipt_data(Trace(LIBRARY["mazur"].exercise.backward()), "d_z1[0]", N)
    (line,) = receipt["steps"]
    assert line.startswith("sigmoid'(z1[0]) = a1[0] × (1 - a1[0]) = 0.5933 × (1 - 0.5933) ≈ ")


def test_a_number_has_its_name_in_every_sample():
    trace = Trace(four_samples().backward())
    assert in_sample(trace, "z1[2, 1]", 3) == "z1[3, 1]"
    assert in_sample(trace, "y_pred[2]", 0) == "y_pred[0]"
    assert in_sample(trace, "W1[0, 1]", 3) == "W1[0, 1]"
    assert as_named(trace, "z1[0]", 2) == "z1[2, 0]"
    assert as_named(trace, "y_pred", 2) == "y_pred[2]"
    assert as_named(trace, "dW1[1, 0]", 2) == "dW1[1, 0]"
    assert as_named(trace, "z7[0]", 2) == ""
    names = names_to_open(trace, 1, "z1[3, 0]")
    assert {"z1[1, 0]", "z1[3, 0]"} <= set(names)
    assert "z1[2, 0]" not in names


def four_samples():
    network = Network(
        (
            Layer([[0.4, -0.7], [0.9, 0.3]], [0.0, 0.0], "tanh"),
            Layer([[0.8], [-0.6]], [0.1], "sigmoid"),
        )
    )
    return Exercise(network, [[0, 0], [0, 1], [1, 0], [1, 1]], [[0], [1], [1], [0]])


def test_long_sums_fold_and_what_is_folded_is_the_rest():
    exercise = Exercise(initialise([10, 2], 3), [0.1 * (i - 4.6) for i in range(10)], [0.0, 1.0])
    trace = Trace(exercise.backward())
    receipt = receipt_data(trace, "y_pred[0]", N)
    more = receipt["more"]
    assert more["title"] == "and 3 more"
    assert len(more["lines"]) == 3
    shown = {f["name"] for f in receipt["factors"]} | {f["name"] for f in more["factors"]}
    assert shown == {*(f"x[{i}]" for i in range(10)), *(f"W1[{i}, 0]" for i in range(10)), "b1[0]"}
    sizes = [abs(trace.value(f"x[{i}]") * trace.value(f"W1[{i}, 0]")) for i in range(10)]
    folded = [i for i in range(10) if any(line.startswith(f"x[{i}] ") for line in more["lines"])]
    kept = [size for i, size in enumerate(sizes) if i not in folded]
    assert folded
    assert max(sizes[i] for i in folded) <= min(kept)


def test_of_many_numbers_the_smallest_and_the_largest_are_told():
    exercise = Exercise(initialise([2, 6, 1], 3), [0.4, -0.7], [1.0])
    hand = worked_out(exercise)["z1"][0]
    said = flow_data(exercise, Trace(exercise.backward()), ALL)[0]["said"]
    low, high = re.search(r"z1 is between (\S+) and (\S+)\.$", said).groups()
    assert [float(low), float(high)] == pytest.approx([min(hand), max(hand)])


def test_every_slope_of_a_softmax_is_worked_out():
    network = Network((Layer([[0.5, -0.3, 0.2]], [0.1, 0.0, -0.4], "softmax"),))
    exercise = Exercise(network, [0.7], [1.0, 0.0, 0.0], "sse")
    lines = receipt_data(Trace(exercise.backward()), "d_z1[1]", N)["steps"]
    p = worked_out(exercise)["y_pred"][0]
    expected = [p[i] * ((i == 1) - p[1]) for i in range(3)]
    assert [as_number(line.split()[-1]) for line in lines] == pytest.approx(expected, rel=1e-3)
    for line, slope in zip(lines, expected, strict=True):
        worked = line.split(" = ")[2].split(" ≈ ")[0].replace("×", "*")
        assert eval(worked) == pytest.approx(slope, rel=2e-3)
