"""Arrays as other languages write them, turned into Python's: R, and C and its relatives."""

from __future__ import annotations

import itertools
import re

_R_MATRIX = re.compile(
    r"\bmatrix\(\s{0,3}c\(([^()]{1,900})\)((?:\s{0,3},\s{0,3}(?:nrow|ncol|byrow)\s{0,3}=\s{0,3}\w{1,5}"
    r"|\s{0,3},\s{0,3}\d{1,2}){0,3})\s{0,3}\)"
)
_R_LIST = re.compile(r"(?<![\w.])c\(([^()]{1,900})\)")
_R_FUNCTION = re.compile(r"\bfunction\(\s{0,3}(\w{1,20})\s{0,3}\)\s{0,3}\{?([^{}\n]{1,200})\}?")
_C_ARRAY = re.compile(
    r"^([ \t]{0,12})(?:(?:const|static|final|var|let)\s{1,3}){0,2}"
    r"(?:(?:double|float|int)\s{0,3}(?:\[\]){0,2}\s{1,3})?"
    r"(\w{1,30})((?:\s?\[\d{0,2}\]){0,2})\s{0,3}=\s{0,3}(\{[-+\d.eEfF,{}\s]{1,1500}\})\s{0,3};",
    re.M,
)
_JULIA_ROWS = re.compile(r"\[[-+\d.eE \t]{1,200}(?:;[-+\d.eE \t]{1,200}){0,20}\]")
_YAML_LAYER = re.compile(r"(?m)^[ \t]{0,20}-[ \t]{0,4}weights?:[ \t]{0,3}\[")
_C_NUMBER = re.compile(
    r"^([ \t]{0,12})(?:(?:const|static|final)\s{1,3}){0,2}(?:double|float|int)\s{1,3}"
    r"(?=\w{1,30}\s{0,3}=)",
    re.M,
)


def other_languages(text: str) -> str:
    """Return the text with the arrays of R and C as lists; its line ends stay where they are."""
    if "<-" in text:
        text = _R_MATRIX.sub(_rows, text)
        text = _R_LIST.sub(r"[\1]", text)
        text = _R_FUNCTION.sub(r"lambda \1: \2", text)
        text = re.sub(r"(?<=[\w\]])[ \t]{0,3}<-", " =", text).replace("%*%", "@")
        text = re.sub(r"(?<=[\w)])\^(?=\d)", "**", text)
    if len(_YAML_LAYER.findall(text)) > 1:
        text = _counted(_counted(text, "weights?", "W"), "bias(?:es)?", "b")
    text = text.replace("vec![", "[")
    if re.search(r"\bChain\(|\busing Flux\b", text):
        text = _JULIA_ROWS.sub(_of_julia, text)
    if re.search(r"\b(?:double|float|int)\b|\{\s?\{", text):
        text = _C_ARRAY.sub(_brackets, text)
        text = _C_NUMBER.sub(r"\1", text)
        text = re.sub(r"(?m)(?<!:)//", "#", text)
    return text


def _counted(text: str, words: str, letter: str) -> str:
    """Return YAML's layers with each layer's own name for what all of them call alike: W1, W2."""
    count = itertools.count(1)

    def named(found: re.Match[str]) -> str:
        return f"{found[1]}{letter}{next(count)}:"

    return re.sub(rf"(?m)^([ \t-]{{0,20}}){words}:(?=[ \t]{{0,3}}\[)", named, text)


def _rows(found: re.Match[str]) -> str:
    """Return R's matrix as rows: it fills column by column where it is not told otherwise."""
    cells = [cell.strip() for cell in found.group(1).split(",")]
    said = dict(re.findall(r"(nrow|ncol|byrow)\s*=\s*(\w+)", found.group(2)))
    plain = re.findall(r",\s*(\d+)(?=\s*(?:,|$))", found.group(2))
    for name, size in zip((n for n in ("nrow", "ncol") if n not in said), plain, strict=False):
        said[name] = size
    sizes = {name: int(said[name]) for name in ("nrow", "ncol") if said.get(name, "").isdigit()}
    rows = sizes.get("nrow") or (len(cells) // sizes["ncol"] if sizes.get("ncol") else len(cells))
    if rows < 1 or len(cells) % rows:
        return found.group()
    width = len(cells) // rows
    by_row = said.get("byrow", "").upper() in ("TRUE", "T")
    listed = [
        [cells[i * width + j] if by_row else cells[j * rows + i] for j in range(width)]
        for i in range(rows)
    ]
    made = ", ".join(f"[{', '.join(row)}]" for row in listed)
    return f"[{made}]" + "\n" * found.group().count("\n")


def _of_julia(found: re.Match[str]) -> str:
    """Return Julia's matrix [1 2; 3 4] as rows; what has one number a row, or one, stays a list."""
    rows = [row.split() for row in found.group()[1:-1].split(";")]
    if all(len(row) == 1 for row in rows):
        return f"[{', '.join(row[0] for row in rows)}]"
    return f"[{', '.join(f'[{chr(44).join(row)}]' for row in rows)}]"


def _brackets(found: re.Match[str]) -> str:
    indent, name, _, values = found.groups()
    listed = re.sub(r"(?<=\d)[fF]\b", "", values.replace("{", "[").replace("}", "]"))
    return f"{indent}{name} = {listed}"
