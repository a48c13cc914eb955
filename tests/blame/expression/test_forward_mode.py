"""What each way costs."""

from blame import read_expression
from blame.expression.forward_mode import both_ways


def test_products_of_a_small_circuit_counted_by_hand():
    # Edges: x, y -> t1; t1, z -> f. Forward: x 2, y 2, z 1; backward one an edge.
    both = both_ways(read_expression("f = (x + y) * z; x = -2; y = 5; z = -4"))
    assert (both.forward_passes, both.backward_passes) == (3, 1)
    assert (both.forward_products, both.backward_products) == (5, 4)
    assert both.gradient == {"x": -4, "y": -4, "z": 3}


def test_what_does_not_lead_to_the_result_is_no_work():
    both = both_ways(read_expression("x = 2; y = x**2; f = x * 3"))
    assert (both.forward_products, both.backward_products) == (1, 1)


def test_with_a_single_input_both_cost_the_same():
    both = both_ways(read_expression("f = sin(tanh(x)); x = 1"))
    assert both.forward_products == both.backward_products == 2
