"""Many checks are told by array, and long rows of names are cut and counted."""

from dataclasses import replace

from blame.probe.gradient_check import Check
from blame.training.updates import Update
from pages.shared.words.lessons.gradient_check import arrays, kinks, of_update, some, summary
from pages.shared.words.numbers import Numbers


def check(name, central=1.0, flipped=(), noise=0.0):
    return Check(name, 1.0, central, central, central, flipped, noise)


def many(array, count):
    return [check(f"{array}[0, {j}]") for j in range(count)]


def test_few_checks_are_shown_one_by_one():
    assert arrays(many("W1", 40)) == []
    assert arrays([*many("W1", 40), check("b1[0]")]) == ["W1", "b1"]


def test_each_array_has_a_row_with_its_verdicts_and_its_worst():
    found = [
        *many("W1", 3),
        replace(check("W1[1, 0]"), central=1.1),
        check("b1[0]", flipped=("z1[0]",)),
        replace(check("b1[1]"), central=1.001, noise=1.0),
        replace(check("b1[2]"), central=float("nan")),
    ]
    lines = [
        [cell.strip(" *") for cell in line.strip("| ").split(" | ")]
        for line in summary(found).replace("\u00a0", " ").splitlines()
    ]
    assert lines[2] == ["W1", "4", "3 agree, 1 differs", "0.091 at W1[1, 0]"]
    told = "1 across a kink, 1 lost in rounding, 1 not finite"
    assert lines[3] == ["b1", "3", told, "0.001 at b1[1]"]


def test_names_are_cut_and_counted():
    assert some(["a", "b"]) == "a, b"
    assert some([str(k) for k in range(6)]) == "0, 1, 2, 3, 4, 5"
    assert some([str(k) for k in range(9)]) == "0, 1, 2, 3, 4, 5 and 3 more"
    crossing = [check(f"W1[0, {j}]", flipped=("z1[0]",)) for j in range(8)]
    told = kinks(crossing, Numbers())
    assert len(told) == 7
    assert told[-1] == "And 2 more cross a kink within h."


def test_what_is_tied_or_held_is_said():
    assert of_update(Update()) == []
    tied, held = of_update(Update(held=("W1[0, 0]",), tied=("b2",)))
    assert tied.startswith("b2 is tied, one number for its layer")
    assert held.startswith("Held, so not trained: W1[0, 0].")
