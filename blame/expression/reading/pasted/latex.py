r"""A formula in LaTeX as a formula in Python's notation: \frac{a}{b} is (a) / (b), 2x is 2 * x."""

from __future__ import annotations

import re

from blame.expression.errors import ExpressionError
from blame.expression.graph import Place
from blame.expression.limits import DEEPEST
from blame.expression.operations import called
from blame.expression.reading.pasted.latex_tokens import (
    CLOSE,
    ENDS,
    NAMING,
    OPEN,
    TIMES,
    tokens_of,
    without_what_is_beside,
)

MOST_SAID = 160
_LAYER = re.compile(r"\^\{(?:\((\d+)\)|\[(\d+)\])\}")
_OF = re.compile(r"(\w+) \* (\([\w, ]*\) = )")
_D = r"(?:\\partial|\\mathrm\{d\}|d)"
_DERIVATIVE = re.compile(rf"(?:\\partial|\\nabla).*|\\[dt]?frac\{{{_D}.*\}}\{{{_D}.*\}}")


def looks_like_latex(text: str) -> bool:
    """Whether a text is LaTeX rather than Python."""
    return bool(re.search(r"\\[A-Za-z,;:!(\[]|\$|[_^]\{", text))


def from_latex(text: str) -> str:
    """Return a LaTeX text as assignments, one a line.

    Raises
    ------
    ExpressionError
        If it has a command that means nothing here, or brackets that do not close.
    """
    return _Latex(without_what_is_beside(text)).written()


def latex_said(plain: str) -> str:
    """Say what a LaTeX text was read as."""
    written = "; ".join(plain.split("\n"))
    return f"The LaTeX is read as {written[:MOST_SAID]}{'...' * (len(written) > MOST_SAID)}"


def place_in(text: str, place: Place) -> Place:
    """Return the place of a piece of the plain text in the LaTeX; else its beginning."""
    found = re.search(rf"(?<![A-Za-z\\]){re.escape(place.written)}(?![A-Za-z])", text)
    if not place.written or found is None:
        return Place(written=place.written)
    at = found.start()
    line = text.count("\n", 0, at)
    return Place(line + 1, at - text.rfind("\n", 0, at), place.written)


class _Latex:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = tokens_of(text)
        self.at = 0

    def written(self) -> str:
        lines = []
        while self.at < len(self.tokens):
            if not self._is_derivative():
                lines.append(_OF.sub(r"\1\2", self._run(None, 0).removesuffix("."), count=1))
            self.at += 1
        return "\n".join(filter(None, lines))

    def _is_derivative(self) -> bool:
        """Pass over a statement of what a derivative is, and say whether this was one."""
        equals = next(
            (k for k, (one, _) in enumerate(self.tokens[self.at :]) if one == "=" or one in ENDS), 0
        )
        begins = [token for token, _ in self.tokens[self.at : self.at + equals + 1]]
        if begins[-1:] != ["="] or not _DERIVATIVE.fullmatch("".join(begins[:-1])):
            return False
        while self.at < len(self.tokens) and self._peek() not in ENDS:
            self.at += 1
        return True

    def _peek(self) -> str:
        return self.tokens[self.at][0] if self.at < len(self.tokens) else ""

    def _next(self) -> str:
        token = self._peek()
        self.at += 1
        return token

    def _run(self, closing: str | None, depth: int) -> str:
        """Return all up to the closing bracket, or the end of the statement."""
        if depth > DEEPEST:
            raise self._error("is nested too deep", "give a part a name of its own")
        pieces: list[str] = []
        ended = False
        while self.at < len(self.tokens):
            token = self._peek()
            if token == closing:
                self.at += 1
                return "".join(pieces)
            if closing is None and token in ENDS:
                return "".join(pieces).strip()
            if token in CLOSE:
                raise self._error("closes what was never opened", "take it away")
            if token == "." and self._is_last():
                self.at += 1
                continue
            if token in TIMES or token in ("\\div", "\n") or token in "+-/=,<>":
                self.at += 1
                pieces.append(_sign(token, first=not ended))
                ended = False
                continue
            atom = self._atom(depth)
            pieces.append(f" * {atom}" if ended else atom)
            ended = True
        if closing is not None:
            raise self._error("is never closed", f"add the {closing} that closes it")
        return "".join(pieces).strip()

    def _atom(self, depth: int) -> str:
        """Return one factor with its power."""
        if depth > DEEPEST:
            raise self._error("is nested too deep", "give a part a name of its own")
        token = self._next()
        if (token == "e" or self._is_upright_e(token)) and self._peek() == "^":
            self.at += 1
            return self._power(f"exp({self._argument(depth + 1)})", depth)
        if token in ("\\frac", "\\dfrac", "\\tfrac"):
            over, under = self._digit(depth + 1), self._digit(depth + 1)
            return self._power(f"({_grouped(over)} / {_grouped(under)})", depth)
        if token == "\\sqrt" and self._peek() == "[":
            self.at += 1
            root = self._run("]", depth + 1)
            base = _grouped(self._argument(depth + 1))
            return self._power(f"{base}**(1 / {_grouped(root)})", depth)
        if token == "|":
            return self._power(f"abs({self._run('|', depth + 1)})", depth)
        if token == "\\sqrt":
            return self._power(f"sqrt({self._argument(depth + 1)})", depth)
        if token == "\\lvert":
            return self._power(f"abs({self._run(chr(92) + 'rvert', depth + 1)})", depth)
        if token in OPEN:
            return self._power(f"({self._run(OPEN[token], depth + 1)})", depth)
        if re.fullmatch(r"[\d.].*", token):
            return self._power(token, depth)
        name = self._name(token)
        if called(name) and (len(name) > 1):
            if self._peek() == "^":
                self.at += 1
                power = self._argument(depth + 1)
                return f"{name}({self._inside(depth)})**{_grouped(power)}"
            return self._power(f"{name}({self._inside(depth)})", depth)
        return self._power(name, depth)

    def _inside(self, depth: int) -> str:
        """Return what a function is taken of: a bracket, or the next factor alone."""
        if self._peek() in OPEN:
            return self._run(OPEN[self._next()], depth + 1)
        return self._atom(depth + 1)

    def _power(self, base: str, depth: int) -> str:
        if self._peek() != "^":
            return base
        self.at += 1
        return f"{base}**{_grouped(self._argument(depth + 1))}"

    def _argument(self, depth: int) -> str:
        """Return what a command is applied to: a group in braces, or one token."""
        if self._peek() == "{":
            self.at += 1
            return self._run("}", depth)
        if self._peek() == "-":
            self.at += 1
            return f"-{self._argument(depth)}"
        token = self._next()
        return token if re.fullmatch(r"[\d.].*", token) else self._name(token)

    def _digit(self, depth: int) -> str:
        """Return what a fraction is applied to: without braces one digit."""
        token, start = self.tokens[self.at] if self.at < len(self.tokens) else ("", 0)
        if len(token) > 1 and token.isdecimal():
            self.tokens[self.at : self.at + 1] = [(token[0], start), (token[1:], start + 1)]
        return self._argument(depth)

    def _is_last(self) -> bool:
        """Whether the token here is the last of its statement."""
        after = self.tokens[self.at + 1][0] if self.at + 1 < len(self.tokens) else "\n"
        return after in ENDS

    def _is_upright_e(self, token: str) -> bool:
        if token not in ("\\mathrm", "\\text", "\\textrm"):
            return False
        if [one for one, _ in self.tokens[self.at : self.at + 4]] != ["{", "e", "}", "^"]:
            return False
        self.at += 3
        return True

    def _name(self, token: str) -> str:
        if token in NAMING:
            name = re.sub(r"\W", "", self._raw())
            name = f"{name}_{token[1:]}" if token in ("\\hat", "\\bar", "\\tilde") else name
        elif re.fullmatch(r"[A-Za-z]+\d*", token):
            name = token
        elif re.fullmatch(r"\\[A-Za-z]{2,10}", token):
            name = token[1:]
            if name == "sigma" and self._peek() in OPEN:
                return "sigmoid"
            if name == "lambda":
                name = "lambda_"
        else:
            self.at -= 1
            raise self._error("means nothing here", "write the formula with + - * / and functions")
        if self._peek() == "_":
            self.at += 1
            name += f"_{re.sub(r'[^A-Za-z0-9]', '', self._raw())}"
        above = "".join(token for token, _ in self.tokens[self.at : self.at + 6])
        if layer := _LAYER.fullmatch(above):
            # A number in brackets up there counts layers: it is part of the name.
            name += f"_{layer[1] or layer[2]}"
            self.at += 6
        while self._peek() == "'":
            self.at += 1
            name += "_p"
        return name

    def _raw(self) -> str:
        """Return a group, or one token, as it is written."""
        if self._next() != "{":
            return self.tokens[self.at - 1][0] if self.at <= len(self.tokens) else ""
        pieces = []
        while self.at < len(self.tokens) and self._peek() != "}":
            pieces.append(self._next())
        self.at += 1
        return "".join(pieces)

    def _error(self, why: str, remedy: str) -> ExpressionError:
        token, start = (self.tokens or [("", 0)])[min(self.at, max(len(self.tokens) - 1, 0))]
        line = self.text.count("\n", 0, start)
        column = start - (self.text.rfind("\n", 0, start) + 1)
        return ExpressionError(Place(line + 1, column + 1, token), why, remedy)


def _sign(token: str, *, first: bool) -> str:
    if token in TIMES:
        return " * "
    if token in "+-" and first:
        return token
    return {",": ", ", "\n": " ", "\\div": " / "}.get(token, f" {token} ")


def _grouped(written: str) -> str:
    return written if re.fullmatch(r"[\w.]+", written) else f"({written})"
