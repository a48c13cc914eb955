"""The same in PyTorch, which finds the blame by itself."""

from __future__ import annotations

from collections.abc import Iterator

from blame.expression.expression import Expression
from blame.expression.graph import CONSTANT
from blame.expression.operations import OPERATIONS
from blame.expression.programs.code_names import code_names, leading, refuse_stack


def torch_program(expression: Expression) -> str:
    """Return a program that works out an expression in PyTorch and prints every gradient.

    Raises
    ------
    ValueError
        If it is a stack.
    """
    refuse_stack(expression)
    return "\n".join(_lines(expression)) + "\n"


def _lines(expression: Expression) -> Iterator[str]:
    graph, names = expression.graph, code_names(expression)
    result = names[graph.result]
    yield "import torch"
    yield ""
    yield "torch.set_default_dtype(torch.float64)"
    yield ""
    for k in graph.given:
        yield f"{names[k]} = torch.tensor({_plain(expression, k)}, requires_grad=True)"
    yield ""
    for k in leading(expression):
        node = graph.nodes[k]
        operation = OPERATIONS[node.operation]
        template = operation.torch or operation.formula.replace("np.", "torch.")
        plain = {k for k in node.inputs if graph.nodes[k].operation == CONSTANT}
        # A function takes tensors only, and what is made of numbers alone may go into one.
        tensors = "torch." in template or len(plain) == len(set(node.inputs))
        inputs = [
            f"torch.tensor({_plain(expression, source)})"
            if source in plain and (tensors or graph.widths[source] > 1)
            else names[source]
            for source in node.inputs
        ]
        yield f"{names[k]} = {operation.write(template, *inputs)}"
    yield ""
    if graph.moves[graph.result]:
        yield f"{result}.backward()"
    else:
        yield f"# {result} is made of no given number: nothing goes back from it."
    yield f'print("{result} =", {result}.item())'
    for k in graph.given:
        none = "" if k in graph.leads else f"  # None: {result} is not made of it."
        yield f'print("d_{names[k]} =", {names[k]}.grad){none}'


def _plain(expression: Expression, k: int) -> str:
    entries = expression.node_values[k].tolist()
    return repr(entries if len(entries) > 1 else entries[0])
