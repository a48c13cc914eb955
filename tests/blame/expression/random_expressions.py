"""Random expressions, as text, in which values are used again and again."""

from hypothesis import strategies as st

STEPS = (
    "{a} + {b}",
    "{a} - {b}",
    "{a} * {b}",
    "{a} / ({b}**2 + 1)",
    "-{a} * 0.5",
    "tanh({a})**3",
    "(tanh({a}) + 2)**tanh({b})",
    "exp(tanh({a}))",
    "log({a}**2 + 0.5)",
    "sigmoid({a})",
    "relu({a})",
    "max({a}, {b}, 0.25)",
    "min({a}, {b})",
    "abs({a})",
    "sqrt({a}**2 + 0.1)",
    "sin({a}) * cos({b})",
    "sum({a} * {b})",
    "mean({a}) + {b}",
    "max({a} * [0.5, -1.25, 2]) - {b}",
    "min(tanh({a} * [0.5, -1.25, 2])) * {b}",
    "({a} * [0.5, 1.25, -2])[-2]",
)
"""Steps that have a value whatever goes in; each result is then squashed, so that none grows."""
NUMBERS = st.integers(-3000, 3000).map(lambda n: (2 * n + 1) / 1024)


@st.composite
def expressions(draw):
    """Return a text whose every line is used, the first numbers several times."""
    lines, names = [], []
    for name in "pqr"[: draw(st.integers(2, 3))]:
        lines.append(f"{name} = {draw(NUMBERS)}")
        names.append(name)
    if draw(st.booleans()):
        lines.append(f"v = {[draw(NUMBERS) for _ in range(3)]}")
        names.append("v")
    count = draw(st.integers(2, 9))
    for k in range(count):
        a, b = draw(st.sampled_from(names)), draw(st.sampled_from(names))
        lines.append(f"s{k} = {draw(st.sampled_from(STEPS)).format(a=a, b=b)}")
        names.append(f"s{k}")
    # All that nothing has used, and the first once more: shared in any case.
    lines.append(f"L = sum({' + '.join(f'sin({name})' for name in names)}) * mean(p * s0 + p)")
    return "\n".join(lines)
