"""The PyTorch programs, run: by a stand-in everywhere, by PyTorch itself where it is installed."""

import contextlib
import io
import re
import sys
from unittest import mock

import pytest
from hypothesis import example, given, settings

from blame import read_expression
from blame.exercise.presets import NOTEBOOK
from blame.expression.library.library import EXPRESSIONS
from blame.expression.programs.torch_program import torch_program
from blame.expression.unfold import unfold
from tests.blame.expression.random_expressions import expressions
from tests.stand_in_torch import stand_in

_NUMBER = re.compile(r"-?\d+\.?\d*(?:e[-+]?\d+)?")


def check(text, torch):
    """Run the program of an expression and compare all that it prints with the expression's own."""
    expression = read_expression(text) if isinstance(text, str) else text
    out = io.StringIO()
    with mock.patch.dict(sys.modules, torch=torch), contextlib.redirect_stdout(out):
        exec(compile(torch_program(expression), "program", "exec"), {})
    lines = (line.partition(" = ") for line in out.getvalue().replace("\n ", " ").splitlines())
    found = {name: value for name, _, value in lines}
    result = float(expression.values[expression.result])
    assert float(found.pop(expression.result)) == pytest.approx(result, rel=1e-12)
    graph, blame = expression.graph, expression.blame()
    assert len(found) == len(graph.given)
    for k, (name, text) in zip(graph.given, found.items(), strict=True):
        ours = graph.nodes[k].name
        # In a program W[0, 1] is called W_0_1.
        assert name == "d_" + re.sub(r"\W+", "_", ours).strip("_")
        truth = blame[ours].reshape(-1).tolist()
        if text == "None":
            # PyTorch's word for what nothing comes back to; that it is meant stands beside it.
            assert not any(truth)
            assert k not in graph.leads
            continue
        entries = [float(entry) for entry in _NUMBER.findall(text)]
        assert entries == pytest.approx(truth, rel=1e-9, abs=1e-11)


@pytest.mark.parametrize("key", EXPRESSIONS)
def test_the_programs_of_the_library_print_the_blame(key):
    check(EXPRESSIONS[key].expression, stand_in())


@given(expressions())
@settings(max_examples=60, deadline=None)
@example("f = exp(2 * 3) * x + sum([1, 2] * [3, 4]); x = 1")
@example("f = exp(2) + x * 0; x = 1")
@example("g = x * p; L = q * q; x = 1; p = 2; q = 3")
@example(
    "f = max(a, b) + min(a, b) * 3 + abs(a - b) + relu(a - b) + max(v); a = b; b = 1; v = [2, 2]"
)
def test_the_program_of_any_expression_prints_the_blame(text):
    check(text, stand_in())


def test_the_program_of_an_unfolded_network_prints_the_blame():
    check(unfold(NOTEBOOK), stand_in())


def test_a_program_without_a_given_number_goes_nowhere_back():
    program = torch_program(read_expression("f = exp(2) * 3"))
    assert "backward" not in program
    check("f = exp(2) * 3", stand_in())


def test_functions_are_of_tensors():
    program = torch_program(
        read_expression("f = sum(max(v, 0.5) * relu(x)) + sigmoid(x)**2; v = [1, 2]; x = -1")
    )
    for line in (
        "x = torch.tensor(-1.0, requires_grad=True)",
        "v = torch.tensor([1.0, 2.0], requires_grad=True)",
        "t1 = torch.maximum(v, torch.tensor(0.5))",
        "t2 = torch.relu(x)",
        "t5 = torch.sigmoid(x)",
        "f.backward()",
        'print("d_v =", v.grad)',
    ):
        assert line in program.splitlines()


@pytest.mark.torch
@pytest.mark.parametrize("key", EXPRESSIONS)
def test_pytorch_itself_prints_the_same(key):
    torch = pytest.importorskip("torch")
    torch.set_printoptions(precision=17)
    check(EXPRESSIONS[key].expression, torch)
