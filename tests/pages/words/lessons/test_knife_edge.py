"""The words of the knife edge against sums in fractions and outcomes made for each claim."""

from fractions import Fraction

import pytest
from hypothesis import given

from blame.exercise.presets import NOTEBOOK
from blame.probe.knife_edge import Outcome, outcomes
from pages.shared.words.lessons import knife_edge as said
from tests.exercises import by_link_name, notebook_with
from tests.pages.words.reading import ALL, EXERCISES, FEW, SHORT, as_number, near, read

TITLES = ("float64", "float32", "float64, bias first", "exact fractions")
FAR = notebook_with(b1_1=-0.2)


def made(gates, losses=((1.0, 0.5),) * 4, ends=((True, True),) * 4, z=(2.0, 0.0)):
    """Return four outcomes, from what differs among them."""
    return [
        Outcome(title, title, z, each, (2.5, -3.75), loss, end)
        for title, each, loss, end in zip(TITLES, gates, losses, ends, strict=True)
    ]


OPEN, SHUT = (True, True), (True, False)


def on_paper(exercise, neuron):
    """Return z1 of a neuron in fractions of the numbers as typed, and the sum of its sizes."""
    numbers = by_link_name(exercise)
    x = [Fraction(str(numbers[f"x_{i}"])) for i in (0, 1)]
    w = [Fraction(str(numbers[f"W1_{i}_{neuron}"])) for i in (0, 1)]
    b = Fraction(str(numbers[f"b1_{neuron}"]))
    terms = [x[0] * w[0], x[1] * w[1], b]
    return sum(terms), sum(map(abs, terms))


@FEW
@given(EXERCISES)
def test_a_sign_is_certain_where_z_is_larger_than_its_rounding(exercise):
    for neuron in (0, 1):
        text = said.verdict(exercise, neuron, SHORT)
        (z,) = read(f"In float64 z1[{neuron}] is #.", text)
        (bound,) = read("The rounding errors of its own sum can add up to #;", text)
        exact, size = on_paper(exercise, neuron)
        # Three numbers typed or products, and two sums: five roundings of half a unit each.
        assert near(bound, float(size) * 5 * 2.0**-53, 2)
        assert abs(Fraction(z) - exact) <= Fraction(bound) * Fraction(11, 10)
        stands = abs(exact) <= Fraction(bound)
        assert ("the neuron stands on the kink" in text) == stands
        assert ("its sign is certain" in text) != stands
        assert ("|z| is no larger, so" in text) == stands
        assert ("|z| is larger, so" in text) != stands


def test_the_notebooks_second_neuron_stands_on_the_kink_and_the_first_does_not():
    assert "the neuron stands on the kink" in said.verdict(NOTEBOOK, 1, SHORT)
    text = said.verdict(NOTEBOOK, 0, SHORT)
    assert "every arithmetic of this precision agrees on the gate" in text
    assert len({outcome.gates[0] for outcome in outcomes(NOTEBOOK, 1)}) == 1


def rows_of(table):
    cells = [[c.strip() for c in line.strip("| ").split(" | ")] for line in table.splitlines()]
    return {row[0].strip("*").replace("\u00a0", " "): row[1:] for row in cells}


def test_the_table_has_a_column_for_each_arithmetic_and_says_where_one_left_the_floats():
    losses = ((1.5, 18.0, 7.0), (1.5, 0.75), (1.5, 2.5, 3.5), (1.5, 4.5, 5.5))
    ends = ((False, True), (True, True), (False, False), (True, False))
    found = made((OPEN, SHUT, OPEN, SHUT), losses, ends, z=(2.0, -7.5e-9))
    rows = rows_of(said.table(found, 1))
    assert rows["quantity"] == list(TITLES)
    assert rows["gate"] == ["open", "shut", "open", "shut"]
    assert [as_number(text) for text in rows["z1[1]"]] == [-7.5e-9] * 4
    assert [as_number(text) for text in rows["blame d_z1[1]"]] == [-3.75] * 4
    assert rows["loss at start"] == ["1.5"] * 4
    assert rows["loss after 1"] == ["18", "0.75", "2.5", "4.5"]
    assert rows["loss after 2"] == ["7", "left the floats", "3.5", "5.5"]
    assert "loss after 3" not in rows
    assert rows["gates at the end"] == ["shut, open", "open, open", "shut, shut", "open, shut"]
    first = rows_of(said.table(found, 0))
    assert first["gate"] == ["open"] * 4
    assert [as_number(text) for text in first["z1[0]"]] == [2.0] * 4


def test_the_sums_grow_term_by_term_in_every_arithmetic():
    blocks: dict[str, list[tuple[str, float]]] = {}
    title = ""
    for line in said.sums(NOTEBOOK, 1).splitlines():
        if line.startswith("  + "):
            name, _, total = line.removeprefix("  + ").rpartition(" ")
            blocks[title].append((name.strip(), as_number(total)))
        else:
            title = line
            blocks[title] = []
    assert tuple(blocks) == TITLES
    for title, grown in blocks.items():
        names = [name for name, _ in grown]
        bias_first = title == "float64, bias first"
        terms = ["x[0] W1[0, 1]", "x[1] W1[1, 1]"]
        assert names == (["b1[1]", *terms] if bias_first else [*terms, "b1[1]"])
    assert [total for _, total in blocks["exact fractions"]] == [-0.3, 0.1, 0.0]
    assert [total for _, total in blocks["float64"]] == [-0.3, -0.3 + 0.4, (-0.3 + 0.4) - 0.1]
    first = [total for _, total in blocks["float64, bias first"]]
    assert first == [-0.1, -0.1 - 0.3, (-0.1 - 0.3) + 0.4]


@pytest.mark.parametrize(
    ("gates", "told"),
    [
        ((OPEN, SHUT, SHUT, SHUT), "gate of neuron 1 shut; float64 takes the other side."),
        ((SHUT, OPEN, OPEN, OPEN), "gate of neuron 1 open; float64 takes the other side."),
        (
            (OPEN, OPEN, SHUT, SHUT),
            "gate of neuron 1 shut; float64 and float32 take the other side.",
        ),
        (((False, True), OPEN, OPEN, OPEN), "gate of neuron 0 open; float64 takes"),
    ],
)
def test_who_takes_the_other_side_is_told(gates, told):
    (line, *_) = said.notes(made(gates), FAR, SHORT)
    assert told in line
    neuron = int(told.split("neuron ")[1][0])
    assert read(f"On paper z1[{neuron}] is # and the", line) == [(2.0, 0.0)[neuron]]
    assert "All four agree" not in line


def test_agreement_is_told_only_where_there_is_agreement():
    assert said.notes(made((OPEN,) * 4), FAR, SHORT) == [
        "All four agree on every gate: here rounding changes only the last digits."
    ]
    assert "All four" not in " ".join(said.notes(made((OPEN, SHUT, SHUT, SHUT)), FAR, SHORT))


@pytest.mark.parametrize(
    ("losses", "told"),
    [
        ((1.0, 18.0, 7.0), "After 1 update the loss is 18 in float64 and 0.5 on paper."),
        ((1.0, 0.5, 7.0), "After 2 updates the loss is 7 in float64 and 0.25 on paper."),
        ((1.0, 0.506, 0.2), "After 1 update the loss is 0.506 in float64 and 0.5 on paper."),
        ((1.0, 0.494, 0.2), "After 1 update the loss is 0.494 in float64 and 0.5 on paper."),
        ((1.0, 0.504, 0.25), None),
        ((1.0, 0.5), None),
        ((4.0, 0.5, 0.25), "After 0 updates the loss is 4 in float64 and 1 on paper."),
    ],
)
def test_the_first_step_at_which_the_runs_part_is_told(losses, told):
    every = (losses, *((1.0, 0.5, 0.25),) * 3)
    text = " ".join(said.notes(made((OPEN, SHUT, SHUT, SHUT), every), FAR, SHORT))
    if told is None:
        assert "on paper. The numbers typed in" not in text
    else:
        assert f"{told} The numbers typed in are the same." in text
    # With the same gates it is not the gates that part them.
    same = " ".join(said.notes(made((SHUT,) * 4, every), FAR, SHORT))
    assert "The numbers typed in are the same." not in same


def test_every_arithmetic_that_parts_is_told_beside_the_exact_one():
    losses = ((1.0, 9.0), (1.0, 8.0), (1.0, 7.0), (1.0, 0.5))
    text = " ".join(said.notes(made((OPEN, OPEN, OPEN, SHUT), losses), FAR, SHORT))
    for title, loss in zip(TITLES, (9, 8, 7), strict=False):
        assert f"After 1 update the loss is {loss} in {title} and 0.5 on paper." in text
    assert "and the gate of neuron 1 shut; float64 and float32 and float64, bias first take" in text


def test_dead_neurons_at_the_end_are_told_by_arithmetic():
    dead, half = (False, False), (False, True)
    text = " ".join(said.notes(made((OPEN,) * 4, ends=(dead, half, OPEN, dead)), FAR, SHORT))
    assert "Both neurons are dead at the end in float64, exact fractions." in text
    text = " ".join(said.notes(made((OPEN,) * 4, ends=(half,) * 4), FAR, SHORT))
    assert "dead" not in text


def test_a_lucky_agreement_on_the_kink_is_told():
    lucky = "here all of them happen to round to the same side"
    exact_zero = notebook_with(W1_0_1=0, W1_1_1=0, b1_1=0)
    assert lucky in " ".join(said.notes(outcomes(exact_zero, 2), exact_zero, SHORT))
    assert lucky not in " ".join(said.notes(outcomes(FAR, 2), FAR, SHORT))
    assert lucky not in " ".join(said.notes(outcomes(NOTEBOOK, 2), NOTEBOOK, SHORT))


def test_the_notebook_tells_both_runs_in_all_digits():
    text = " ".join(said.notes(outcomes(NOTEBOOK, 3), NOTEBOOK, ALL))
    off, paper = read("After 1 update the loss is # in float64 and # on paper.", text)
    # By hand: with the gate open the guess goes to 5.26, with it shut to 0.115.
    assert off == pytest.approx(18.1476, abs=5e-5)
    assert paper == pytest.approx(0.783225)
    assert "On paper z1[1] is 0 and the gate of neuron 1 shut; float64 takes" in text
