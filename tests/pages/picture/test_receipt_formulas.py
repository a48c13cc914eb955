"""Each receipt's formula, read back as Python, comes to the number that it is the receipt of."""

import math

import pytest

from blame import ACTIVATIONS, LOSSES, Activation, Loss, backward, forward, initialise
from blame.activations import units
from blame.playground.recipe import output_of, tasks
from blame.probe.trace import Trace
from pages.shared.picture.receipt import receipt_data
from pages.shared.words.numbers import Numbers

DIGITS = Numbers(all_digits=True)
FUNCTIONS = {"ln": math.log, "exp": math.exp, "tanh": math.tanh, "max": max}


def worked_out(line, values):
    """Return what a line comes to: a name of the trace counts as its number."""
    for name in sorted(values, key=len, reverse=True):
        line = line.replace(name, f"({values[name]!r})")
    for written, python in (("\u00d7", "*"), ("²", "**2"), (", else", " else"), ("^", "**")):
        line = line.replace(written, python)
    return eval(line, FUNCTIONS)


@pytest.mark.parametrize("unit", units())
@pytest.mark.parametrize("loss", tasks())
@pytest.mark.parametrize("target", [0.25, 1.0])
def test_the_receipts_of_functions_come_to_their_numbers(unit, loss, target):
    network = initialise(
        (2, 3, 1), 4, activation=unit, output_activation=output_of(LOSSES[loss]), scale=1.0
    )
    trace = Trace(backward(forward(network, [1.0, -0.5]), [target], loss))
    hidden = [trace.value(f"z1[{j}]") for j in range(3)]
    assert min(hidden) < 0 < max(hidden)
    values = {name: trace.value(name) for name in trace.names()}
    read = [n for n in trace.names() if trace.receipt(n).operation not in ("given", "sum")]
    assert {"a1[0]", "loss", "d_loss_y"} <= set(read)
    for name in read:
        symbols, numbers, _ = receipt_data(trace, name, DIGITS)["formula"]
        assert symbols.startswith(f"{name} = ")
        assert worked_out(symbols.partition(" = ")[2], values) == pytest.approx(values[name])
        assert worked_out(numbers.removeprefix("= "), {}) == pytest.approx(values[name])


@pytest.mark.parametrize(("loss", "over"), [("mse", "mean of"), ("half_sse", "sum of")])
def test_several_outputs_say_how_they_are_joined(loss, over):
    trace = Trace(backward(forward(initialise((2, 3, 2), 5), [1.0, -0.5]), [1.0, 2.0], loss))
    said, value = receipt_data(trace, "loss", DIGITS)["formula"]
    assert said.startswith(f"loss = {over} (y_pred[0] - y_true[0])²")
    assert value == f"= {float(trace.passes.loss)!r}"
    values = {name: trace.value(name) for name in trace.names()}
    symbols, numbers, _ = receipt_data(trace, "d_loss_y[1]", DIGITS)["formula"]
    assert worked_out(symbols.partition(" = ")[2], values) == pytest.approx(values["d_loss_y[1]"])
    assert worked_out(numbers.removeprefix("= "), {}) == pytest.approx(values["d_loss_y[1]"])


def test_an_entry_without_a_formula_has_its_name():
    bare = Loss("bare", LOSSES["mse"].value, LOSSES["mse"].gradient, "")
    unit = Activation("unit", ACTIVATIONS["tanh"].value, ACTIVATIONS["tanh"].derivative, "")
    for width in (1, 2):
        network = initialise((2, 3, width), 5, activation=unit)
        trace = Trace(backward(forward(network, [1.0, -0.5]), [1.0] * width, bare))
        assert receipt_data(trace, "a1[0]", DIGITS)["formula"][0] == "a1[0] = unit(z1[0])"
        guess, target = (trace.output(name, 0) for name in ("y_pred", "y_true"))
        slope = trace.output("d_loss_y", 0)
        said = receipt_data(trace, slope, DIGITS)["formula"][0]
        assert said == f"{slope} = slope of bare({guess}, {target})"
        said = receipt_data(trace, "loss", DIGITS)["formula"][0]
        over = "mean of " if width > 1 else ""
        assert said == f"loss = {over}bare({guess}, {target})"
