"""A pasted text made plain: prompts, fences, typographic signs, LaTeX and NumPy's printed matrices.

Line ends stay where they are, so that a line's number is the one the reader sees.
"""

from __future__ import annotations

import re

MOST_TEXT = 20_000
_SIGNS = str.maketrans(
    {
        "\u2212": "-",
        "\u2013": "-",
        "\u2011": "-",
        "\u00d7": "*",
        "\u00b7": "*",
        "\u22c5": "*",
        "\u00a0": " ",
        "\u2009": " ",
        "\u202f": " ",
        "\u2018": "'",
        "\u2019": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u2192": "->",
        "\ufeff": None,
        "\u200b": None,
        "\u00bd": "1/2",
        "\u00b2": "^2",
        **dict(zip("₀₁₂₃₄₅₆₇₈₉", "0123456789", strict=True)),
    }
)
_PROMPT = re.compile(r"(?m)^[ ]{0,8}(?:>>>|\.\.\.(?= |$)|In \[\d{1,4}\]:|Out\[\d{1,4}\]:) ?")
_QUOTED = re.compile(r"(?m)^(?:> ?){1,3}")
_FENCE = re.compile(r"(?m)^[ \t]{0,8}```[\w+-]{0,20}[ \t]{0,8}$")
_PRINTED = re.compile(
    r"Parameter containing:|,\s{0,12}grad_fn=<[^<>\n]{0,60}>|(?<=\d)\.(?=[,\]\s])"
    r"|<tf\.Variable[^<>\n]{0,90}numpy="
)
_ROWS = re.compile(
    r"\\begin\{([bpvBV]?matrix|smallmatrix|array)\*?\}(?:\{[lcr|]{1,20}\})?(.*?)\\end\{\1\*?\}",
    re.S,
)
_COMMANDS = (
    (
        re.compile(
            r"\\(?:mathbf|boldsymbol|mathrm|text|textbf|vec|bm|bf|operatorname)\s?\{([^{}]{1,60})\}"
        ),
        r"\1",
    ),
    (re.compile(r"\\[dt]?frac\s?\{([^{}]{1,25})\}\s?\{([^{}]{1,25})\}"), r"\1/\2"),
    (re.compile(r"\\tfrac(\d)(\d)"), r"\1/\2"),
    (re.compile(r"\^\s?\{?\s?(?:\\top|\\intercal|T|⊤|\\mathsf\{T\})\}?"), "^T"),
    (re.compile(r"\\(?:left|right|big|Big|bigg|displaystyle)\b"), " "),
    (re.compile(r"\\(?:quad|qquad|hspace\{[^{}]{0,9}\})|\\[,;:! ]|&=|\$\$?|\\\[|\\\]"), "  "),
    (re.compile(r"\\(?:to|rightarrow)\b"), "->"),
    (re.compile(r"\\(eta|alpha|theta|sigma|sum|tanh|times|cdot|lambda|gamma|hat|exp)\b"), r" \1"),
    (re.compile(r"\\\\"), " "),
)
_BESIDE = re.compile(r"(?m)^\[[-+\d.eE, ]{1,80}\](?:[ \t]{1,9}\[[-+\d.eE, ]{1,80}\]){1,5}[ \t]*$")
"""Arrays that one print wrote side by side."""
_OF_OUTPUT = re.compile(
    r"\b[oyt]_?(\d) (?:target|desired|expected|soll|ziel)(?=\s{0,3}[:=])"
    r"|\btarget[ _](?:of |for |value )?[oyt]_?(\d)(?=\s{0,3}[:=])",
    re.I,
)
"""What one output should be: o1 target = 0.05, target_o1 = 0.05."""
_COMMAS = r"[-+]?\d{1,9}(?:,\d{1,12})?"
_CELLS = rf"{_COMMAS}(?:\s?;\s?{_COMMAS}){{0,9}}"
_PARTED_BY_SEMICOLONS = re.compile(
    rf"\[\s?(?:\[\s?{_CELLS}\s?\]\s?[;,]?\s?){{1,10}}\]|\(\s?{_COMMAS}(?:\s?;\s?{_COMMAS}){{1,9}}\s?\)"
)
"""Lists whose commas are decimal commas, for semicolons part their cells: [[0,1; 0,2]; [0,3; 1]]."""
_LAYER = re.compile(
    r"(?<![A-Za-z])(W|b|w|B|Theta|theta|V|U)(?:_\{?(\w{1,4})\}?)?\s?\^\s?(?:\{\s?)?[(\[](\d)[)\]]\s?\}?(?:_\{?(\w{1,4})\}?)?"
)
_BELOW = re.compile(r"(?<=[A-Za-z])_(?:\{\s?([\w, ]{1,8})\s?\}|(\d{1,3})(?![\w]))")


def plain_text(text: str) -> str:
    """Return the text with ASCII signs, without prompts and fences, its matrices as lists."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_SIGNS)
    text = _FENCE.sub("", _QUOTED.sub("", _PROMPT.sub("", text)))
    text = _OF_OUTPUT.sub(lambda found: f"target{found.group(1) or found.group(2)}", text)
    text = _PARTED_BY_SEMICOLONS.sub(_with_points, text)
    text = _PRINTED.sub(lambda found: "." if found.group() == "." else "", text)
    if "\\" in text or "_{" in text or "^{" in text or "^(" in text or "^[" in text:
        text = plain_latex(text)
    return commas_between(text)


def _with_points(found: re.Match[str]) -> str:
    listed = found.group()
    if ";" not in listed:
        return listed
    cells = re.sub(r"(?<=\d),(?=\d)", ".", listed).replace(";", ",")
    cells = re.sub(r"\]\s?,?\s?\[", "], [", cells)
    return f"[{cells[1:-1]}]"


def plain_latex(text: str) -> str:
    """Return LaTeX as the names and lists that a listing would have."""
    if text.count("\\begin") <= 60:
        text = _ROWS.sub(_as_list, text)
    for pattern, instead in _COMMANDS:
        text = pattern.sub(instead, text)
    text = re.sub(r"(?<=\])\s?\^T", ".T", text)
    text = _LAYER.sub(_layered, text)
    return _BELOW.sub(lambda found: re.sub(r"[, ]", "", found.group(1) or found.group(2)), text)


def _as_list(found: re.Match[str]) -> str:
    inside = found.group(2)
    lines = inside.count("\n")
    rows = [
        row
        for row in re.split(r"\\\\(?:\[[^\]\n]{0,9}\])?", inside.replace("\n", " "))
        if row.strip()
    ]
    rows = [row.replace("\\hline", " ") for row in rows]
    cells = [[cell.strip() for cell in row.split("&")] for row in rows]
    listed = ", ".join(f"[{', '.join(row)}]" for row in cells)
    return f"[{listed}]" + "\n" * lines


def _layered(found: re.Match[str]) -> str:
    letter, below, layer, after = found.groups()
    index = below or after or ""
    return f"{letter}{layer}" + (f"_{re.sub('[^0-9A-Za-z]', '', index)}" if index else "")


def commas_between(text: str) -> str:
    """Return the text with commas in the lists that NumPy and MATLAB write without."""
    made = []
    start = depth = 0
    for place, sign in enumerate(text):
        if sign == "[":
            if depth == 0:
                made.append(text[start:place])
                start = place
            depth += 1
        elif sign == "]" and depth:
            depth -= 1
            if depth == 0:
                made.append(_with_commas(text[start : place + 1]))
                start = place + 1
    return _BESIDE.sub(_parted, "".join(made) + text[start:])


def _parted(found: re.Match[str]) -> str:
    return re.sub(r"\][ \t]+\[", "], [", found.group())


def _with_commas(listed: str) -> str:
    if len(listed) > 6000 or re.search(r"[^-+\d.eE\s\[\];,]", listed):
        return listed
    if "," in listed and ";" not in listed:
        return listed
    if ";" in listed and "[" not in listed[1:]:
        rows = listed[1:-1].split(";")
        listed = "[" + ",".join(f"[{row.strip()}]" for row in rows if row.strip()) + "]"
    listed = re.sub(r"(?<=[\d.])([ \t\n]+)(?=[-+.\d])", r",\1", listed)
    return re.sub(r"\](\s*)\[", r"],\1[", listed)
