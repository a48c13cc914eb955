"""The parts that the browser fetches: Python, its library, the packages, the app; each one file.

A part is compressed by us, not by the host, so that it is small from any host. Its name holds a
hash of what is in it, so that it can be kept for ever.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import subprocess
import tempfile
import zipfile
from collections.abc import Iterable
from fnmatch import fnmatch
from pathlib import Path

import libraries
from pieces import CORE, LOCK, PieceMissingError
from places import SCRIPT, with_places

COMPILE = Path(__file__).with_name("compile.mjs")
FOLDER = "parts"
LEVEL = 9
PARTS = ("python", "library", "packages", "app")
"""In the order they are wanted."""
Files = list[tuple[str, bytes]]
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


def write_parts(out: Path, core: Path, numpy: Path, cache: Path) -> dict[str, dict[str, int | str]]:
    """Write every part into a folder of `out`, and return where each is and how large.

    Parameters
    ----------
    core : the folder with Pyodide's core.
    numpy : NumPy's wheel for WebAssembly.
    cache : where parts are kept: one whose sources are the same is not compiled again.
    """
    (out / FOLDER).mkdir()
    trees = {
        "library": [*libraries.standard_library(core / "python_stdlib.zip")],
        "packages": [*libraries.library_files(numpy)],
        "app": [*libraries.app_files()],
    }
    kept = {name: cache / f"part-{name}-{_key(core, files)}.bin" for name, files in trees.items()}
    _make({kept[name]: (name, trees[name]) for name in trees if not kept[name].exists()}, core)
    python = _packed((core / "pyodide.asm.wasm").read_bytes())
    packed = {"python": python, **{name: path.read_bytes() for name, path in kept.items()}}
    return {name: _part(out, name, packed[name]) for name in PARTS}


def _key(core: Path, files: Files) -> str:
    """Return what is different for whatever would be compiled otherwise."""
    told = hashlib.sha256((core.name + COMPILE.read_text(encoding="utf-8")).encode())
    for name, content in sorted(files):
        told.update(f"{name} {len(content)} ".encode() + content)
    return told.hexdigest()[:12]


def _make(missing: dict[Path, tuple[str, Files]], core: Path) -> None:
    if not missing:
        return
    with tempfile.TemporaryDirectory() as place:
        tree = Path(place)
        for name, files in missing.values():
            _unfold(tree / name, files)
        _compile(core, tree)
        for path, (name, _) in missing.items():
            for old in path.parent.glob(f"part-{name}-*.bin"):
                old.unlink(missing_ok=True)
            half = path.with_suffix(".half")
            half.write_bytes(_packed(_archive(tree / name)))
            half.replace(path)


def hashed(name: str, content: bytes) -> str:
    """Return a name that tells what is in the file."""
    stem, dot, ending = name.rpartition(".")
    return f"{stem}-{_digest(content)}{dot}{ending}"


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]


def write_core(out: Path, core: Path) -> str:
    """Write Pyodide's two scripts; return their folder."""
    scripts = {
        name: (core / name).read_text(encoding="utf-8") for name in CORE if name.endswith(".mjs")
    }
    scripts[SCRIPT] = with_places(scripts[SCRIPT])
    folder = f"{FOLDER}/{core.name}-{_digest(''.join(scripts.values()).encode())}"
    (out / folder).mkdir()
    for name, script in scripts.items():
        (out / folder / name).write_text(script, encoding="utf-8")
    return folder


def _packed(content: bytes) -> bytes:
    return gzip.compress(content, LEVEL, mtime=0)


def _part(out: Path, name: str, packed: bytes) -> dict[str, int | str]:
    # Not .gz: some hosts would send that as something the browser unpacks itself, others not.
    way = f"{FOLDER}/{hashed(f'{name}.bin', packed)}"
    (out / way).write_bytes(packed)
    return {"way": way, "size": len(packed)}


def _unfold(top: Path, files: Iterable[tuple[str, bytes]]) -> None:
    for name, content in files:
        path = top / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _compile(core: Path, tree: Path) -> None:
    kept = [
        path.relative_to(tree).as_posix()
        for path in sorted((tree / "app").rglob("*.py"))
        if _is_read_as_text(path.relative_to(tree / "app").as_posix())
    ]
    command = ["node", str(COMPILE), str(core), json.dumps(LOCK), str(tree), *kept]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise PieceMissingError("node is missing") from error
    if done.returncode:
        raise RuntimeError(f"not compiled:\n{done.stderr[-2000:]}")


def _is_read_as_text(name: str) -> bool:
    # A star of fnmatch also goes over a slash.
    return any(
        fnmatch(name, pattern) and name.count("/") == pattern.count("/")
        for pattern in libraries.READ_AS_TEXT
    )


def _archive(top: Path) -> bytes:
    """Return a tree as a zip whose files are not compressed: as one, they are smaller."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        for path in sorted(top.rglob("*")):
            if path.is_file():
                name = path.relative_to(top).as_posix()
                archive.writestr(zipfile.ZipInfo(name, _LONG_AGO), path.read_bytes())
    return kept.getvalue()
