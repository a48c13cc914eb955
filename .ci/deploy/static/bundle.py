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

HERE = Path(__file__).parent
FOLDER = "parts"
LEVEL = 9
PARTS = ("python", "library", "packages", "app")
"""In the order they are wanted."""
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


def write_parts(out: Path, core: Path, numpy: Path) -> dict[str, dict[str, int | str]]:
    """Write every part into a folder of `out`, and return where each is and how large.

    Parameters
    ----------
    core : the folder with Pyodide's core.
    numpy : NumPy's wheel for WebAssembly.
    """
    (out / FOLDER).mkdir()
    with tempfile.TemporaryDirectory() as place:
        tree = Path(place)
        _unfold(tree / "library", libraries.standard_library(core / "python_stdlib.zip"))
        _unfold(tree / "packages", libraries.library_files(numpy))
        _unfold(tree / "app", libraries.app_files())
        _compile(core, tree)
        contents = {
            "python": (core / "pyodide.asm.wasm").read_bytes(),
            **{name: _archive(tree / name) for name in PARTS[1:]},
        }
    return {name: _part(out, name, content) for name, content in contents.items()}


def hashed(name: str, content: bytes) -> str:
    """Return a name that tells what is in the file."""
    stem, dot, ending = name.rpartition(".")
    return f"{stem}-{hashlib.sha256(content).hexdigest()[:12]}{dot}{ending}"


def write_core(out: Path, core: Path) -> str:
    """Copy Pyodide's two scripts; return their folder."""
    folder = f"{FOLDER}/{core.name}"
    (out / folder).mkdir()
    for name in CORE:
        if name.endswith(".mjs"):
            (out / folder / name).write_bytes((core / name).read_bytes())
    return folder


def _part(out: Path, name: str, content: bytes) -> dict[str, int | str]:
    packed = gzip.compress(content, LEVEL, mtime=0)
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
    command = ["node", str(HERE / "compile.mjs"), str(core), json.dumps(LOCK), str(tree), *kept]
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
