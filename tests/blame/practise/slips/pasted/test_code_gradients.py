"""Gradients are read under the names that code gives them."""

import pytest

from blame.practise.slips.pasted.code_gradients import read_code_gradients
from tests.blame.practise.slips.shapes import SHAPES

MAZUR, DEEP = SHAPES["mazur"], SHAPES["deep"]
FOUR = ["1", "2", "3", "4"]


def arrays(found):
    """Return the numbers of each array, in a row."""
    rows = {}
    for name, text in found.numbers.items():
        rows.setdefault(name.partition("[")[0], []).append(text)
    return rows


@pytest.mark.parametrize(
    "text",
    [
        "dW1 = [[1, 2], [3, 4]]\ndb2 = [1, 2]",
        "W1.grad = tensor([[1, 2], [3, 4]])\nb2.grad: tensor([1, 2], dtype=torch.float64)",
        '{"W1": [[1, 2], [3, 4]], "b2": [1, 2]}',
        "OrderedDict({'fc1.weight': tensor([[1, 2], [3, 4]]), 'fc2.bias': tensor([1, 2])})",
        "0.weight = [[1, 2], [3, 4]]\n2.bias: [1, 2]",
        "layers.0.weight = [[1, 2], [3, 4]]\nlayers.1.bias = [1, 2]",
        'grads["dW1"] = [[1 2]\n [3 4]]\ngrads["db2"] = [1 2]',
        "grad_W1 = [[1, 2], [3, 4]]; grad_b2 = [1, 2]",
    ],
)
def test_the_names_of_code(text):
    found = read_code_gradients(MAZUR, text)
    assert (arrays(found), found.problems) == ({"dW1": FOUR, "db2": FOUR[:2]}, [])


def test_names_without_a_number_are_taken_in_their_order_and_that_is_said():
    found = read_code_gradients(MAZUR, "hidden.weight=[[1,2],[3,4]]\nout.weight=[[4,3],[2,1]]")
    assert arrays(found) == {"dW1": FOUR, "dW2": FOUR[::-1]}
    assert found.said == [
        "hidden.weight is taken for dW1.", "out.weight is taken for dW2."
    ]  # fmt: skip


def test_an_array_as_pytorch_stores_it_is_told_by_its_shape():
    found = read_code_gradients(DEEP, "fc1.weight.grad = [[1, 4], [2, 5], [3, 6]]")
    assert arrays(found)["dW1"] == ["1", "2", "3", "4", "5", "6"]
    assert any("rows and columns the other way round" in said for said in found.said)


def test_what_is_no_gradient_is_named():
    found = read_code_gradients(MAZUR, "x = [1, 2]\nW3 = [[1, 2], [3, 4]]\nW1 = [1, 2, 3]")
    assert found.numbers == {}
    assert found.problems == [
        "W3 is of no layer of this exercise.",
        "x names no gradient.",
        "dW1 has 4 numbers; the text gives 3.",
    ]
    assert "No array is found" in read_code_gradients(MAZUR, "hello").problems[0]
