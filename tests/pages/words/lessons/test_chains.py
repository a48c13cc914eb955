"""The words of the chains against the factors counted one by one."""

import re
from math import prod
from statistics import median

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from blame.exercise.presets import PRESETS
from blame.probe.chains import Chains, chains
from pages.shared.words.lessons import chains as said
from tests.exercises import notebook_with
from tests.pages.words.reading import EXERCISES, FEW, SHORT, by_hand, near, read

NOTEBOOK = PRESETS["notebook"].exercise.backward()


def made(blame, shut=0.0):
    blame = np.asarray(blame, dtype=float)
    return Chains(blame, np.ones_like(blame), np.full_like(blame, shut))


@pytest.mark.parametrize(
    ("arriving", "told", "number"),
    [
        ((0.0, 0.0, 5.0), "In most chains **no blame at all** arrives", None),
        ((0.05, 0.0, 5.0), "Blame **fades**: of the output's, a share of # arrives.", 0.05),
        ((0.2, 0.0, 5.0), "Blame **holds** to within a factor of 10: # times the output's", 0.2),
        ((9.0, 0.0, 50.0), "Blame **holds** to within a factor of 10: # times the output's", 9.0),
        ((11.0, 0.0, 50.0), "Blame **explodes**: # times the output's arrives.", 11.0),
    ],
)
def test_the_sentence_is_that_of_the_middle_chain(arriving, told, number):
    text = said.sentence(made([[first, 1.0] for first in arriving]))
    fates = [fate for fate in ("no blame", "fades", "holds", "explodes") if fate in text]
    assert len(fates) == 1
    if number is None:
        assert told in text
    else:
        assert read(told, text) == [number] == [median(arriving)]


def test_where_no_blame_arrives_a_layer_has_every_gate_shut_as_it_says():
    found = chains(4, 1, "relu", 1.0, 0)
    assert found.fate == "dies"
    assert said.sentence(found).endswith("some layer has every gate shut.")
    dead = found.blame[:, 0] == 0
    assert 0.5 < dead.mean() < 1
    assert ((found.shut == 1).any(axis=1) == dead).all()


def test_one_layer_has_no_way_back():
    assert "layer 1 is the output" in said.sentence(made([[1.0]]))
    assert "no way back" not in said.sentence(made([[1.0, 1.0]]))
    text = " ".join(said.notes(made([[1.0]], shut=1.0), NOTEBOOK, SHORT))
    assert "each layer" not in text
    assert "In " not in text.partition('"Earlier')[0]
    assert "gates" not in text


def written(tex):
    """Return the factors and the product that a line of LaTeX shows."""
    shown = re.sub(r"\\cdot 10\^\{(-?\d+)\}", r"e\1", tex).replace(" e", "e")
    left, right = shown.split(" = ")
    factors = [part.strip().strip("()") for part in left.split(r"\times")]
    return [f for f in factors if f != r"\cdots"], r"\cdots" in tex, float(right.strip("()"))


@FEW
@given(st.lists(st.integers(1, 400).map(lambda n: n / 100), min_size=1, max_size=12))
def test_the_product_is_that_of_the_first_chain_from_the_output_back(factors):
    # Blame of layer k from the output on, which is 1: each factor in turn.
    blame = [prod(factors[:k]) for k in range(len(factors) + 1)][::-1]
    other = [7.0] * len(blame)
    shown, cut, product = written(said.product(made([blame, other])))
    assert shown[0] == "1"
    assert cut == (len(factors) > 6)
    expected = factors[:6] + (factors[-1:] if len(factors) > 6 else [])
    assert len(shown) - 1 == len(expected)
    for text, factor in zip(shown[1:], expected, strict=True):
        assert near(float(text), factor, 3)
    assert near(product, prod(factors), 3)


def test_the_average_factor_is_the_geometric_mean_of_the_chains_that_arrive():
    found = made([[8.0, 3.0, 1.0], [2.0, 5.0, 1.0], [0.0, 0.0, 1.0], [0.5, 1.0, 1.0]])
    mean, times, grew, *_ = said.notes(found, NOTEBOOK, SHORT)
    # Two factors a chain: 8, 2 and 0.5 multiply to 8, over six factors.
    factor, layers, made_of = read(
        "each layer on the way back multiplies it by # on average. Over # of them that makes #.",
        mean,
    )
    assert factor == pytest.approx(8 ** (1 / 6), abs=5e-3)
    assert layers == 2
    assert made_of == 2
    assert read("In # of # chains no blame reaches layer 1.", times) == [1, 4]
    assert read("In # of # chains the first layer gets more blame than the output.", grew) == [2, 4]


def test_a_chain_that_keeps_its_blame_has_not_grown_and_one_that_loses_all_has_no_mean():
    even = " ".join(said.notes(made([[1.0, 1.0]]), NOTEBOOK, SHORT))
    assert "In 0 of 1 chains the first layer gets more blame than the output." in even
    assert "no blame reaches" not in even
    none = " ".join(said.notes(made([[0.0, 1.0]]), NOTEBOOK, SHORT))
    assert "on average" not in none
    assert "In 1 of 1 chains no blame reaches layer 1." in none


def test_the_share_of_shut_gates_leaves_the_linear_output_out():
    found = Chains(np.ones((2, 3)), np.ones((2, 3)), np.array([[0.5, 0.5, 0.0], [0.0, 0.0, 0.0]]))
    text = " ".join(said.notes(found, NOTEBOOK, SHORT))
    # A quarter on average over two layers, not over the three.
    assert "25% of the gates are shut; a shut gate takes its neuron's blame to 0." in text
    two = Chains(np.ones((1, 2)), np.ones((1, 2)), np.array([[0.75, 0.0]]))
    assert "75% of the gates" in " ".join(said.notes(two, NOTEBOOK, SHORT))
    first = Chains(np.ones((1, 3)), np.ones((1, 3)), np.array([[0.5, 0.0, 0.0]]))
    assert "25% of the gates" in " ".join(said.notes(first, NOTEBOOK, SHORT))
    assert "gates are shut" not in " ".join(said.notes(made([[1.0, 1.0]]), NOTEBOOK, SHORT))


@FEW
@given(EXERCISES)
def test_the_readers_own_numbers_decide_whether_the_sentence_holds(exercise):
    text = said.notes(made([[1.0, 1.0]]), exercise.backward(), SHORT)[-1]
    assert text.startswith('"Earlier layers get weaker signals", tested on your own') or (
        "no blame" in text
    )
    passes = by_hand(exercise)
    if any(abs(passes[f"z1[{j}]"]) < 1e-9 for j in (0, 1)):
        return
    if abs(passes["d_loss_y"]) < 1e-9:
        return
    reached, seed = read("dW1 reaches #, the output's blame is #. The sentence ", text)
    largest = max(abs(passes[f"dW1[{i}, {j}]"]) for i in (0, 1) for j in (0, 1))
    assert near(reached, largest)
    assert near(seed, abs(passes["d_loss_y"]))
    if abs(largest - abs(passes["d_loss_y"])) > 1e-9:
        grew = largest > abs(passes["d_loss_y"])
        assert ("does not hold: blame grew" in text) == grew
        assert ("holds this time, because its factors are small" in text) != grew


def test_equal_blame_has_not_grown_and_a_right_guess_has_none():
    equal = notebook_with(x_0=1, x_1=0.5, W2_0_0=1, W2_1_0=0, b1_1=-9)
    passes = by_hand(equal)
    assert passes["dW1[0, 0]"] == passes["d_loss_y"] != 0
    assert "holds this time" in said.notes(made([[1.0, 1.0]]), equal.backward(), SHORT)[-1]
    right = notebook_with(b1_1=-0.2, y_true=notebook_with(b1_1=-0.2).forward().prediction[0, 0])
    text = said.notes(made([[1.0, 1.0]]), right.backward(), SHORT)[-1]
    assert text == "In your own numbers there is no blame: the prediction is right."
