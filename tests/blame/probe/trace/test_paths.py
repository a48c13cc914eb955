"""Every path written out for a network of two outputs, and for outputs behind a sigmoid."""

import itertools
import math

import pytest

from blame import Layer, Network, backward, forward
from blame.probe.trace import Trace
from blame.probe.trace.paths import paths

# x -> 2 leaky -> 2 outputs. z1 = [2, -1.75], a1 = [2, -0.0175].
W1, W2 = [[1.0, -2.0], [0.5, 0.5]], [[3.0, -1.0], [2.0, 4.0]]
TWO = Network((Layer(W1, [0.5, -0.25], "leaky_relu"), Layer(W2, [0.0, 0.0], "identity")))
TRACE = Trace(backward(forward(TWO, [1.0, 1.0]), [7.0, 0.0], "half_sse"))
SLOPES = [1, 0.01]
A1 = [2.0, -0.0175]


def errors():
    return [sum(A1[j] * W2[j][k] for j in range(2)) - t for k, t in enumerate((7.0, 0.0))]


def test_every_path_of_an_input_from_the_strongest_to_the_weakest():
    wanted = {}
    for j, k in itertools.product(range(2), range(2)):
        through = ("x[1]", f"W1[1, {j}]", f"z1[{j}]", f"a1[{j}]", f"W2[{j}, {k}]", f"y_pred[{k}]")
        wanted[(*through, "loss")] = W1[1][j] * SLOPES[j] * W2[j][k] * errors()[k]
    for name in ("x[1]", "d_x[1]"):
        found = paths(TRACE, name)
        assert found.count == 4
        assert {p.through: pytest.approx(p.product) for p in found.shown} == wanted
        sizes = [abs(p.product) for p in found.shown]
        assert sizes == sorted(sizes, reverse=True)
        assert found.total == pytest.approx(sum(wanted.values()))
        assert (found.more, found.rest) == (0, 0)


def test_what_is_not_listed_is_counted_and_summed():
    whole, two = paths(TRACE, "x[1]"), paths(TRACE, "x[1]", most=2)
    assert [p.through for p in two.shown] == [p.through for p in whole.shown[:2]]
    assert (two.count, two.more, two.total) == (4, 2, whole.total)
    assert two.rest == pytest.approx(sum(p.product for p in whole.shown[2:]))


@pytest.mark.parametrize(
    ("names", "factors", "crossed"),
    [
        (("W1[0, 1]", "dW1[0, 1]"), [1.0, 0.01], ("W1[0, 1]", "z1[1]", "a1[1]")),
        (("b1[1]", "db1[1]"), [0.01], ("b1[1]", "z1[1]", "a1[1]")),
        (("z1[1]", "d_z1[1]"), [0.01], ("z1[1]", "a1[1]")),
        (("a1[1]", "d_a1[1]"), [], ("a1[1]",)),
    ],
)
def test_a_number_before_the_outputs_has_a_path_to_each(names, factors, crossed):
    for name in names:
        found = paths(TRACE, name)
        assert found.count == len(found.shown) == 2
        by_output = {p.through[-2]: p for p in found.shown}
        for k in range(2):
            path = by_output[f"y_pred[{k}]"]
            assert path.through == (*crossed, f"W2[1, {k}]", f"y_pred[{k}]", "loss")
            assert [f.value for f in path.factors] == pytest.approx(
                [*factors, W2[1][k], errors()[k]]
            )
        parts = [W2[1][k] * errors()[k] for k in range(2)]
        assert found.total == pytest.approx(math.prod(factors) * sum(parts))


def test_a_number_of_one_output_has_one_path():
    for name, factors, crossed in (
        ("W2[0, 1]", [A1[0]], ("W2[0, 1]", "y_pred[1]", "loss")),
        ("b2[1]", [], ("b2[1]", "y_pred[1]", "loss")),
        ("y_pred[1]", [], ("y_pred[1]", "loss")),
        ("d_loss_y[1]", [], ("y_pred[1]", "loss")),
    ):
        (path,) = paths(TRACE, name).shown
        assert path.through == crossed
        assert [f.value for f in path.factors] == pytest.approx([*factors, errors()[1]])
        assert paths(TRACE, name).total == pytest.approx(path.product)
        assert paths(TRACE, name).count == 1


@pytest.mark.parametrize("name", ["loss", "y_true[0]"])
def test_no_path_starts_at_the_loss_or_the_target(name):
    with pytest.raises(ValueError, match=r"no blame flows to .*; open any other number"):
        paths(TRACE, name)


def test_a_sigmoid_at_the_end_is_a_factor_unless_its_loss_takes_it_in():
    # z2 = ln 3, so that y_pred is 3/4 and the sigmoid's slope 3/16; a1 = 2.
    layers = (Layer([[2.0]], [0.0], "relu"), Layer([[math.log(3) / 2]], [0.0], "sigmoid"))
    ahead = forward(Network(layers), [1.0])
    (path,) = paths(Trace(backward(ahead, [0.25], "half_sse")), "W2[0, 0]").shown
    assert [f.value for f in path.factors] == pytest.approx([2, 3 / 16, 1 / 2])
    assert path.through == ("W2[0, 0]", "z2[0]", "y_pred", "loss")
    (path,) = paths(Trace(backward(ahead, [0.25], "bce")), "W2[0, 0]").shown
    assert [f.value for f in path.factors] == pytest.approx([2, 1 / 2])
    assert path.factors[-1].name == "d_z2[0]"
    assert path.through == ("W2[0, 0]", "z2[0]", "y_pred", "loss")
