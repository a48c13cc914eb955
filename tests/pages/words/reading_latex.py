"""Reads the formulas' LaTeX back: every equation of one, and what each of its sides comes to."""

import math
import re
from collections.abc import Mapping

import numpy as np

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?(?:e-?\d+)?(?: \\cdot 10\^\{-?\d+\})?)"
    r"|(?P<name>\\texttt\{[^}]*\})"
    r"|(?P<matrix>\\begin\{bmatrix\}.*?\\end\{bmatrix\})"
    r"|(?P<text>\\text\{[^}]*\})"
    r"|(?P<sign>\\[a-zA-Z]+|\\,|.))"
)
_PRODUCTS = {r"\times", r"\,", r"\odot"}


def equations(latex):
    """Return each equation as its name and the sides that are said to equal it.

    An update's equation has its arrow in place of the first equals sign.
    """
    body = latex.removeprefix(r"\footnotesize \begin{aligned} ").removesuffix(r" \end{aligned}")
    assert body != latex, "not aligned"
    matrices = []

    def keep(match):
        matrices.append(match[0])
        return f"@{len(matrices) - 1}@"

    body = re.sub(r"\\begin\{bmatrix\}.*?\\end\{bmatrix\}", keep, body)
    found = []
    for line in re.split(r" \\\\(?:\[6pt\])? ", body):
        restored = re.sub(r"@(\d+)@", lambda m: matrices[int(m[1])], line)
        if line.startswith(r"&\quad "):
            onward, *sides = restored.removeprefix(r"&\quad ").split(" = ")
            found[-1][1][-1] += f" {onward}"
            found[-1][1].extend(sides)
            continue
        start, sides = re.split(r"&(?:=|\\leftarrow) ", restored, maxsplit=1)
        if start:
            found.append((start.strip(), []))
        found[-1][1].extend(sides.split(" = "))
    return found


def value(side, values: Mapping):
    """Return what a side comes to; names are looked up, arrays as rows."""
    reader = _Reader(side, values)
    result = reader.conditional()
    assert reader.at() is None, f"{side!r} is not read to its end: {reader.at()}"
    return result


def holds(side):
    """Return the number of a side such as `2.2 > 0`, and whether its relation holds."""
    number, relation, zero = re.fullmatch(r"(.*) (>|\\le) (0)", side).groups()
    got = value(number, {})
    return got, (got > float(zero)) == (relation == ">")


class _Reader:
    def __init__(self, text, values):
        self.tokens = []
        for match in _TOKEN.finditer(text):
            if match.lastgroup:
                self.tokens.append((match.lastgroup, match[match.lastgroup]))
        self.place, self.values = 0, values

    def at(self, ahead=0):
        place = self.place + ahead
        return self.tokens[place][1] if place < len(self.tokens) else None

    def take(self, *wanted):
        token = self.at()
        assert not wanted or token in wanted, f"{token!r} where {wanted} was expected"
        self.place += 1
        return token

    def conditional(self):
        first = self.sum()
        if self.at() != r"\text{ if }":
            return first
        self.take()
        left = self.sum()
        self.take(">")
        condition = left > self.sum()
        self.take(r"\text{, else }")
        return np.where(condition, first, self.sum())[()]

    def sum(self):
        total = self.signed()
        while self.at() in ("+", "-"):
            sign = self.take()
            total = total + self.product() if sign == "+" else total - self.product()
        return total

    def signed(self):
        if self.at() == "-":
            self.take()
            return -self.product()
        return self.product()

    def product(self):
        result = self.power()
        while True:
            if self.at() in _PRODUCTS and self.at(1) != "]":
                entrywise = self.take() == r"\odot"
                factor = self.power()
            elif self.at() == r"\bigl":
                entrywise, factor = False, self.power()
            elif self.at() == r"\cdot":
                # One row or column times another: a single number.
                self.take()
                result = float(np.ravel(result) @ np.ravel(self.power()))
                continue
            else:
                return result
            both = np.ndim(result) == np.ndim(factor) == 2
            result = result @ factor if both and not entrywise else result * factor

    def power(self):
        if self.at() == "e":
            self.take()
            self.take("^")
            return np.exp(self.group())
        base = self.atom()
        if self.at() != "^":
            return base
        self.take()
        if self.at() == r"\top":
            self.take()
            return np.atleast_2d(base).T
        exponent = self.group() if self.at() == "{" else value(self.take(), {})
        return base**exponent

    def group(self):
        self.take("{")
        inner = self.conditional()
        self.take("}")
        return inner

    def named(self, name):
        """Return what a name is of; `W1[:, 0]` is a column of W1."""
        if ":" not in name:
            return self.values[name]
        array, _, index = name.removesuffix("]").partition("[")
        spans = [slice(None) if one == ":" else int(one) for one in index.split(", ")]
        return np.asarray(self.values[array])[tuple(spans)]

    def atom(self):
        kind = self.tokens[self.place][0]
        token = self.take()
        if kind == "number":
            return _number(token)
        if kind == "name":
            return self.named(token[len(r"\texttt{") : -1].replace(r"\_", "_"))
        if kind == "matrix":
            rows = token.removeprefix(r"\begin{bmatrix} ").removesuffix(r" \end{bmatrix}")
            return np.array([[_number(c) for c in r.split(" & ")] for r in rows.split(r" \\ ")])
        if token == r"\bigl":
            return self.atom()
        if token == r"\textstyle":
            # Over the samples, the rows, or over what belongs to one of them.
            self.take(r"\sum")
            self.take("_")
            axis = self.values.get("axes", {"s": 0, "j": 1})[self.take("s", "j")]
            return np.sum(np.atleast_2d(self.power()), axis=axis, keepdims=True)
        if token == "J":
            return self.values["J"]
        if token == "(":
            inner = self.conditional()
            if self.at() == r"\bigr":
                self.take()
            self.take(")")
            return inner
        if token == "[":
            self.take(r"\,")
            left = self.sum()
            self.take(">")
            result = np.where(left > self.sum(), 1.0, 0.0)[()]
            self.take(r"\,")
            self.take("]")
            return result
        if token in (r"\frac", r"\tfrac"):
            return self.group() / self.group()
        if token == r"\max":
            self.take("(")
            first = self.sum()
            self.take(",")
            second = self.sum()
            self.take(")")
            return np.maximum(first, second)
        functions = {r"\ln": math.log, r"\tanh": math.tanh}
        assert token in functions, f"{token!r} is not known"
        return functions[token](self.atom())


def _number(text):
    return float(re.sub(r" \\cdot 10\^\{(-?\d+)\}", r"e\1", text))
