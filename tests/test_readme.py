"""What the README says of the tree and of the commands is so."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
LEFT_OUT = {"__pycache__", "node_modules"}


def folders_of_the_layout():
    """Return every folder that the README's layout names, by its way from the top."""
    (block,) = re.findall(r"## Layout\n\n```\n(.*?)```", README, flags=re.DOTALL)
    way, found = [], set()
    for line in block.splitlines():
        indent, name = re.match(r"( *)(\S+)", line).groups()
        if not name.endswith("/"):
            continue
        del way[len(indent) // 2 :]
        way.append(name.rstrip("/"))
        found.add("/".join(way))
    return found


def folders_of_the_tree(top, deep):
    """Return every folder below one of the top, down to a depth."""
    found = {top}
    for path in (ROOT / top).rglob("*"):
        way = path.relative_to(ROOT)
        if path.is_dir() and not LEFT_OUT & set(way.parts) and len(way.parts) <= deep:
            found.add(way.as_posix())
    return found


def test_the_layout_is_the_tree_that_is_there():
    layout = folders_of_the_layout()
    # The rooms of the tests mirror those above and are not named again.
    tree = folders_of_the_tree("blame", 9) | folders_of_the_tree("pages", 9)
    assert layout == tree | folders_of_the_tree("tests", 2)


def test_every_file_the_readme_names_is_there():
    named = set(re.findall(r"[`(]((?:[\w.]+/)+[\w.]+\.\w+)[`)]", README))
    assert len(named) > 12
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("module", sorted(set(re.findall(r"python -m (tests\.\w+)", README))))
def test_every_command_the_readme_names_is_there(module):
    assert (ROOT / Path(*module.split(".")) / "__main__.py").exists()
