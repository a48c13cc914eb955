"""Each slip, on exercises of several shapes, beside a plain-Python pass with that slip."""

import numpy as np
import pytest

from blame.practise.slips.asked import ask, known_places
from blame.practise.slips.desk import Setup
from blame.practise.slips.registry import SLIPS
from blame.practise.slips.work import Work
from tests.blame.practise.slips.plain import Plain
from tests.blame.practise.slips.shapes import SHAPES, TIES


def all_ways(exercise, keys):
    """Return the numbers of each slip by name, all slips but those alone in one stack."""
    asked = ask(exercise, dict.fromkeys(known_places(exercise), 1.0))
    together = [key for key in keys if not SLIPS[key].alone]
    found = {}
    for stack in [together, *([key] for key in keys if SLIPS[key].alone)]:
        changes = [(SLIPS[key].changes, np.array([row])) for row, key in enumerate(stack)]
        work = Work(Setup.of(exercise), changes, len(stack))
        for key, row in zip(stack, asked.values(work), strict=True):
            found[key] = dict(zip(asked.names, row, strict=True))
    return found


@pytest.mark.parametrize("shape", SHAPES)
def test_the_right_way_is_the_exercise(shape):
    exercise = SHAPES[shape]
    asked = ask(exercise, dict.fromkeys(known_places(exercise), 1.0))
    found = dict(zip(asked.names, asked.values(Work(Setup.of(exercise)))[0], strict=True))
    values = exercise.values()
    shared = [name for name in found if not name.startswith("new ")]
    assert {name: found[name] for name in shared} == {name: values[name] for name in shared}
    assert {name for name in values if name.partition("[")[0][0] not in "xWb"} >= set(shared)
    updated = exercise.updated()
    later = updated.numbers() | updated.values()
    assert all(value == pytest.approx(later[name[4:]], rel=1e-12)
               for name, value in found.items() if name.startswith("new "))  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_each_slip_makes_the_numbers_of_a_plain_pass(shape):
    exercise = SHAPES[shape]
    setup = Setup.of(exercise)
    keys = [key for key, slip in SLIPS.items() if slip.fits(setup)]
    keys = [key for key in keys if not key.startswith(TIES.get(shape, ("no slip",)))]
    right = Plain(exercise).names()
    for key, found in all_ways(exercise, keys).items():
        plain = Plain(exercise, key).names()
        assert set(found) == set(plain) == set(right)
        for name, value in plain.items():
            if np.isfinite(value):
                assert found[name] == pytest.approx(value, rel=1e-9, abs=1e-12), (key, name)
            else:
                assert not np.isfinite(found[name]), (key, name)


def test_every_slip_changes_something_somewhere():
    moved = set()
    for exercise in SHAPES.values():
        setup = Setup.of(exercise)
        right = Plain(exercise).names()
        keys = [key for key, slip in SLIPS.items() if slip.fits(setup)]
        for key, found in all_ways(exercise, keys).items():
            if any(abs(found[name] - right[name]) > 1e-6 for name in right):
                moved.add(key)
    assert moved == set(SLIPS)


@pytest.mark.parametrize("slip", SLIPS.values(), ids=lambda slip: slip.key)
def test_a_slip_says_what_it_is_in_one_plain_sentence(slip):
    assert slip.sentence.startswith("This is what you get if ")
    assert slip.sentence.count(".") - slip.sentence.count("...") == 1
    assert slip.as_done
    assert slip.as_is
    assert slip.as_done != slip.as_is
    assert not any(word in slip.sentence.lower() for word in ("wrong", "mistake", "you forgot"))
