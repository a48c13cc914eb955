"""Each operator changes a snippet as meant, and nothing else in it."""

import pytest

from tests.mutation.operators import find_mutants


def mutated(text: str, path: str = "blame/some.py") -> list[str]:
    """Return the text of every mutant."""
    source = text.encode()
    return [mutant.apply(source).decode() for mutant in find_mutants(path, source)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a  <b", ["a  <=b", "a  >=b"]),
        ("(a) >= (  # a > sign\n b)", ["(a) < (  # a > sign\n b)", "(a) > (  # a > sign\n b)"]),
        ("a == b != c", ["a != b != c", "a == b == c"]),
        ("a is not b", ["a is b"]),
        ("a in b", ["a not in b"]),
        ("x = a+b * c", ["x = a-b * c", "x = a+b / c"]),
        ("x = a**b // c", ["x = a*b // c", "x = a**b * c"]),
        ("x -= a", ["x += a"]),
        ("x = a and b and c", ["x = a or b and c", "x = a and b or c"]),
        ("x = not(a)", ["x = (a)"]),
        ("x = a * -b", ["x = a / -b", "x = a * b"]),
        ("f(0, 7)", ["f(1, 7)", "f(0, 8)"]),
        ("f(0.0, 2.5, 1e-9)", ["f(1.0, 2.5, 1e-9)", "f(0.0, 5.0, 1e-9)", "f(0.0, 2.5, 1e-06)"]),
        ("f(True)", ["f(False)"]),
        (
            "x[0], y[1, b], f(1)",
            ["x[1], y[1, b], f(1)", "x[0], y[0, b], f(1)", "x[0], y[1, b], f(2)"],
        ),
        ("min(a); np.argmax(b)", ["max(a); np.argmax(b)", "min(a); np.argmin(b)"]),
        ("any(a); b.sum()", ["all(a); b.sum()", "any(a); b.mean()"]),
        ("sum(a)", []),
        ("(a @ b).T", ["(a @ b)"]),
        ("np.swapaxes(a, b, c)", ["(a)"]),
        ("f(a).swapaxes(b, c)", ["f(a)"]),
        ("np.abs(a); abs(b)", ["(a); abs(b)", "np.abs(a); (b)"]),
        ("if a:\n\tb", ["if (not (a)):\n\tb"]),
        ("x = a if f(b) else c", ["x = a if (not (f(b))) else c"]),
        ("x = [a for a in b if a.c]", ["x = [a for a in b if (not (a.c))]"]),
        ("def f() -> float:\n  return a.b", ["def f() -> float:\n  return -(a.b)"]),
        ("def f() -> bool:\n  return a.b", ["def f() -> bool:\n  return (not (a.b))"]),
        ("def f() -> str:\n  return a.b", []),
        ("'It grew.'", []),
        ("x = 'É, it grew: Above'", ["x = 'É, it shrank: Above'", "x = 'É, it grew: Below'"]),
        (
            "x = 'at first' \\\n  r'more'",
            ["x = 'at last' \\\n  r'more'", "x = 'at first' \\\n  r'less'"],
        ),
        ("x = 'firsts, open-ended, circle-open'", []),
        ("x = {'first': y['last']}", []),
        ("x = f'{first} {a.more} lower'", ["x = f'{first} {a.more} raise'"]),
        (
            "x = f'é {\"open\" if a < 2 else b}'",
            [
                "x = f'é {\"shut\" if a < 2 else b}'",
                "x = f'é {\"open\" if a <= 2 else b}'",
                "x = f'é {\"open\" if a >= 2 else b}'",
                "x = f'é {\"open\" if a < 3 else b}'",
            ],
        ),
    ],
)
def test_an_operator_changes_what_it_is_for_and_keeps_the_rest(text, expected):
    assert mutated(f"# é\n{text}\n") == [f"# é\n{each}\n" for each in expected]


@pytest.mark.parametrize(
    "text",
    [
        '"""The first of more."""',
        'def f(x: "int > 0" = a, *, y: Literal[1] = b) -> Literal[-1]:\n    """More than 1."""',
        'class A:\n    b: Literal[1]\n    """The first."""',
        "@cache(maxsize=3)\ndef f(): pass",
        "@dataclass(frozen=True)\nclass A: pass",
        '__all__ = ["more", "less"]',
        "if TYPE_CHECKING and a:\n    b = 1",
        'if __name__ == "__main__":\n    f(1)',
    ],
)
def test_what_claims_nothing_is_left_alone(text):
    assert mutated(text) == []


LOOKS = (
    'f({"width": 3, "margin": {"l": 4 + a}, "size": [-1, True]}, line_width=2)\n'
    'layout["height"] = 300\nlayout["margin"]["t"] = 34\nbase_layout(270)\nMARKER_SIZE = 4\n'
)


def test_numbers_that_set_looks_are_left_alone_in_charts_and_only_there():
    chart = "pages/shared/charts/some.py"
    assert mutated(LOOKS, chart) == []
    assert len(mutated(LOOKS, "blame/some.py")) == 11
    assert mutated('f({"y": 3})', chart) == ['f({"y": 4})']


def test_a_colour_chosen_by_a_sign_is_a_claim():
    assert mutated("f(color=a if b > c else d)", "pages/shared/charts/some.py") == [
        "f(color=a if b <= c else d)",
        "f(color=a if b >= c else d)",
    ]


def test_a_mutant_knows_its_line_its_statement_and_whether_a_function_holds_it():
    text = (
        b"A = 1\n\n\ndef f(a=2):\n    x = [\n        3,\n    ]\n    while x < y:\n        z = 4\n"
    )
    found = [(m.line, m.rows, m.in_function) for m in find_mutants("blame/some.py", text)]
    assert found == [
        (1, (1, 1), False),
        (4, (4, 4), False),
        (6, (5, 7), True),
        (8, (8, 8), True),
        (8, (8, 8), True),
        (9, (9, 9), True),
    ]


def test_a_mutant_is_shown_with_its_whole_lines():
    source = b"a = f(\n    0,\n)\nb = 2\n"
    first, second = find_mutants("blame/some.py", source)
    assert first.shown(source) == ("0,", "1,")
    assert second.shown(source) == ("b = 2", "b = 3")
