"""Each parameter's gradient is a bar made of what the samples give to it."""

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pages.shared.charts.lessons import sample_sums
from tests.pages.charts import any_shape
from tests.pages.charts.any_shape import exercises
from tests.pages.charts.reading import check, holds, named, near, read, same


@settings(max_examples=50, deadline=None)
@given(exercises(), st.integers(0, 3))
def test_the_parts_of_each_bar_are_the_samples_and_the_mark_is_their_sum(exercise, pick):
    true, back = any_shape.passes(exercise), exercise.backward()
    layer = pick % len(exercise.activations) + 1
    assume(len(true) < 400)
    data, layout = read(sample_sums.sample_sums_chart(back, layer))
    labels = dict(zip(layout["yaxis"]["tickvals"], layout["yaxis"]["ticktext"], strict=True))
    sums = named(data, "sum")
    names = [labels[y].partition("\u00a0")[0] for y in sums["y"]]
    assert same(sums["x"], [true[name] for name in names], 1e-7, 1e-8)
    for s in range(exercise.n_samples):
        part = named(data, f"sample {s}")
        assert part["y"] == sums["y"]
        expected = [true[f"{name} of sample {s}"] for name in names]
        assert same(part["x"], expected, 1e-7, 1e-8)
        # Plotly stacks those above 0 to the right, those below to the left.
        assert layout["barmode"] == "relative"
    for i, name in enumerate(names):
        parts = [true[f"{name} of sample {s}"] for s in range(exercise.n_samples)]
        ends = [sum(p for p in parts if p > 0), sum(p for p in parts if p < 0)]
        assert holds(layout["xaxis"], *ends, sums["x"][i])
    whole = {n for n in true if n.startswith((f"dW{layer}[", f"db{layer}[")) and "of" not in n}
    assert set(names) <= whole
    left = len(whole) - len(names)
    assert (f"and {left} smaller" in layout["yaxis"]["ticktext"]) == (left > 0)
    said = sample_sums.describe_sample_sums(back, layer)
    first, _, listed = said.partition("to it: ")[2].partition("; ")[0].partition(": ")
    assert first.split(" ")[0] == names[0].split(" ")[0]
    told = [float(text) for text in listed.split(", ")]
    assert all(
        near(a, true[f"{names[0]} of sample {s}"]) or abs(a) < 1e-12 for s, a in enumerate(told)
    )


def test_eight_samples_are_told_apart_without_their_hue():
    exercise = any_shape.made((3, 2), ("tanh",), n_samples=8)
    data, layout = read(sample_sums.sample_sums_chart(exercise.backward(), 1))
    parts = [trace for trace in data if trace["name"].startswith("sample")]
    assert len({part["marker"]["pattern"]["shape"] for part in parts}) == 8
    assert [part["name"] for part in parts] == [f"sample {s}" for s in range(8)]
    check(sample_sums.sample_sums_chart(exercise.backward(), 1))
    # Room for nine names, three in a row on a phone.
    assert layout["margin"]["t"] >= 60


def test_of_many_parameters_those_with_the_largest_parts_are_shown():
    exercise = any_shape.made((10, 10), ("tanh",), n_samples=3)
    data, layout = read(sample_sums.sample_sums_chart(exercise.backward(), 1))
    assert len(named(data, "sum")["x"]) == sample_sums.MOST
    assert f"and {110 - sample_sums.MOST} smaller" in layout["yaxis"]["ticktext"]
    assert layout["height"] < 900
