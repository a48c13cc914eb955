"""Where the nodes of a graph stand: behind what they are made of, each once."""

from collections import Counter

from hypothesis import given, settings

from blame import LIBRARY, read_expression
from blame.expression.unfold import unfold
from pages.shared.expression.layout import drawn, lay_out
from tests.blame.expression.random_expressions import expressions


def check(graph):
    layout = lay_out(graph)
    nodes = [slot[0] for column in layout.columns for slot in column if slot[1] < 0]
    assert sorted(nodes) == drawn(graph)
    for k in drawn(graph):
        for source in graph.nodes[k].inputs:
            if source not in nodes:
                assert graph.nodes[source].operation == "constant"
                continue
            before, after = layout.place(source)[0], layout.place(k)[0]
            assert before < after
            passed = [c for c, _ in layout.via(source, k)]
            assert passed == list(range(before + 1, after))
            for c, slot in layout.via(source, k):
                assert layout.columns[c][slot] == (source, k)
    for column in layout.columns:
        assert max(Counter(column).values(), default=1) == 1
        assert any(slot[1] < 0 for slot in column)
    return layout


@given(expressions())
@settings(max_examples=60, deadline=None)
def test_every_node_stands_behind_what_it_is_made_of(text):
    check(read_expression(text).graph)


def test_a_network_of_forty_nodes():
    layout = check(unfold(LIBRARY["mazur"].exercise).graph)
    assert sum(slot[1] < 0 for column in layout.columns for slot in column) == 41
    assert max(map(len, layout.columns)) <= 9


def test_what_leads_to_nothing_is_drawn_too():
    check(read_expression("x = 1; unused = 3; y = x * 2; z = x**3").graph)
