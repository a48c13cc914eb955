"""The exponentials of a layer, their sum, and the share of each."""

import math

import pytest

from pages.shared.charts.lessons import softmax
from tests.pages.charts import any_shape
from tests.pages.charts.reading import bars_by_name, check, read, same


@pytest.mark.parametrize("sample", [0, 2])
def test_each_share_is_its_exponential_over_their_sum(sample):
    exercise = any_shape.made((2, 4), ("softmax",), "cross_entropy", n_samples=3, seed=6)
    true = any_shape.passes(exercise)
    (each, shares), layout = read(softmax.softmax_chart(exercise.backward(), sample))
    check(softmax.softmax_chart(exercise.backward(), sample))
    each, shares = bars_by_name(each), bars_by_name(shares)
    z = {f"z1[{sample}, {j}]": true[f"z1[{sample}, {j}]"] for j in range(4)}
    assert list(each) == [*(f"exp({name})" for name in z), "sum"]
    assert same(list(each.values())[:-1], [math.exp(v) for v in z.values()], 1e-9)
    assert same(each["sum"], sum(map(math.exp, z.values())), 1e-9)
    assert list(shares) == [f"y_pred[{sample}, {j}]" for j in range(4)]
    assert same(list(shares.values()), [v / each["sum"] for v in list(each.values())[:-1]], 1e-9)
    told = [t for t in layout["yaxis"]["ticktext"] if t.endswith("%")]
    assert abs(sum(float(t.split("  ")[-1][:-1]) for t in told) - 100) < 0.5
    said = softmax.describe_softmax(exercise.backward(), sample)
    assert all(f"{name} " in said for name in [*each, *shares])


@pytest.mark.parametrize(("size", "off"), [(900.0, " \u2212 900"), (-900.0, " + 900")])
def test_exponentials_that_leave_the_floats_are_taken_from_the_largest(size, off):
    exercise = any_shape.made((1, 2), ("softmax",), "cross_entropy").with_numbers(
        {"x[0]": 1.0, "W1[0, 0]": size, "W1[0, 1]": size - 1, "b1[0]": 0.0, "b1[1]": 0.0}
    )
    (each, shares), _ = read(softmax.softmax_chart(exercise.backward()))
    assert bars_by_name(each) == pytest.approx(
        {f"exp(z1[0]{off})": 1.0, f"exp(z1[1]{off})": math.exp(-1), "sum": 1 + math.exp(-1)}
    )
    assert sum(bars_by_name(shares).values()) == pytest.approx(1)


def test_other_activations_have_no_shares():
    exercise = any_shape.made((2, 2), ("sigmoid",))
    with pytest.raises(ValueError, match="exponentials and shares needs softmax in the last"):
        softmax.softmax_chart(exercise.backward())
