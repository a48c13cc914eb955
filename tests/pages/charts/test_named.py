"""The numbers of one sample go by the names they have everywhere, each with its own value."""

from hypothesis import given, settings

from pages.shared.charts.named import Sample
from tests.pages.charts.any_shape import exercises, made, passes
from tests.pages.charts.reading import same


def told(exercise, sample):
    """Return every number that charts can name, of one sample."""
    one = Sample(exercise.backward(), sample)
    rows = [one.inputs(1)]
    for k in range(1, one.depth + 1):
        rows += [one.z(k), one.a(k), one.upstream(k), one.delta(k), one.parameters(k)]
    rows += [row for row in [one.target()] if row]
    found = {}
    for names, values in rows:
        for name, value in zip(names, values, strict=True):
            assert found.setdefault(name, value) == value
    return found


@settings(max_examples=60, deadline=None)
@given(exercises())
def test_every_number_of_a_sample_has_its_name_and_value(exercise):
    true = passes(exercise)
    found = {}
    for sample in range(exercise.n_samples):
        found |= told(exercise, sample)
    expected = {n: v for n, v in true.items() if " of sample " not in n and n != "loss"}
    assert found.keys() == expected.keys()
    for name, value in expected.items():
        assert same(found[name], value, 1e-8, 1e-9), name
    # The very names that the exercise itself gives its quantities.
    assert found.keys() <= exercise.values().keys()


def test_slopes_are_those_of_the_layer():
    exercise = made((2, 3, 1), ("tanh", "identity"), n_samples=2, seed=4)
    one, true = Sample(exercise.backward(), 1), passes(exercise)
    assert same(one.slopes(1), [1 - true[f"a1[1, {j}]"] ** 2 for j in range(3)])
