"""What the static edition takes from elsewhere: each piece pinned, its hash checked, and kept.

Pyodide's core comes by npm. NumPy for WebAssembly comes from a given file, or from Pyodide's own
release, or out of a package that carries it along.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import urllib.request
import zipfile
from pathlib import Path

PYODIDE = "314.0.7"
PYODIDE_SHA256 = "66b7949e5a0cba2250b586d7e368bf12fb482800748d182c4618254b685ffaa0"
CORE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
"""What is taken of Pyodide; its lock file is not, for nothing is ever installed in the browser."""
LOCK = {
    "info": {
        "abi_version": "2026_0",
        "arch": "wasm32",
        "platform": "emscripten_5_0_3",
        "python": "3.14.2",
    },
    "packages": {},
}
"""What Pyodide could install: nothing."""

NUMPY = {
    "2.4.6": "a292c1f5d7d8a2208cd5e94fc467604c131cabcd2fc14fed6eefde121e7fabdf",
    "2.4.3": "0cad9c1b91f0082e4f959bc0e0bf5835a2efbba6ab3b1e9d1fe6e7e564cca98e",
}
"""Version -> SHA-256 of the wheel. The first is in the pinned Pyodide's release and is what the app
pins; the second is what the package carries, built for the same Python."""
RELEASED, CARRIED = NUMPY
CARRIER = "open-webui==0.12.4"
PATIENCE = 15.0


class PieceMissingError(Exception):
    """A piece can be had from nowhere; says what was tried."""


def pyodide(cache: Path) -> Path:
    """Return the folder with Pyodide's core, fetched if it is not there yet."""
    archive = cache / f"pyodide-{PYODIDE}.tgz"
    if not _is(archive, PYODIDE_SHA256):
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as place:
            _run(["npm", "pack", "--silent", "--pack-destination", place, f"pyodide@{PYODIDE}"])
            shutil.move(Path(place) / archive.name, archive)
        _check(archive, PYODIDE_SHA256)
    folder = cache / f"pyodide-{PYODIDE}"
    if not all((folder / name).exists() for name in CORE):
        folder.mkdir(exist_ok=True)
        with tarfile.open(archive) as packed:
            for name in CORE:
                taken = packed.extractfile(f"package/{name}")
                if taken is None:
                    raise PieceMissingError(f"{archive.name} has no {name}")
                (folder / name).write_bytes(taken.read())
    return folder


def numpy(cache: Path, core: Path, given: Path | None = None) -> Path:
    """Return NumPy's wheel for WebAssembly, fetched if it is not there yet.

    Parameters
    ----------
    core : Pyodide's core, which knows where its own release is.
    given : a file that is to be taken, of one of the pinned versions.
    """
    if given is not None:
        if not any(_is(given, known) for known in NUMPY.values()):
            raise PieceMissingError(f"{given} is none of NumPy {', '.join(NUMPY)} for Pyodide")
        return given
    for version in NUMPY:
        if _is(kept := cache / wheel(version), NUMPY[version]):
            return kept
    cache.mkdir(parents=True, exist_ok=True)
    try:
        return _released(cache, core)
    except OSError as no_release:
        try:
            return _carried(cache)
        except PieceMissingError as no_package:
            raise PieceMissingError(
                f"NumPy for WebAssembly: neither Pyodide's release ({no_release}) nor "
                f"{CARRIER} ({no_package}) can be had; give a file with --numpy"
            ) from no_package


def wheel(version: str) -> str:
    """Return the name of NumPy's wheel."""
    return f"numpy-{version}-cp314-cp314-pyemscripten_2026_0_wasm32.whl"


def _released(cache: Path, core: Path) -> Path:
    text = (core / "pyodide.mjs").read_text(encoding="utf-8")
    found = re.search(r"`(https://[^`]+/)v\$\{\w+\}/full/`", text)
    if found is None:
        raise OSError("pyodide.mjs does not say where it is")
    kept = cache / wheel(RELEASED)
    url = f"{found[1]}v{PYODIDE}/full/{kept.name}"
    with urllib.request.urlopen(url, timeout=PATIENCE) as answer:
        kept.write_bytes(answer.read())
    _check(kept, NUMPY[RELEASED])
    return kept


def _carried(cache: Path) -> Path:
    kept = cache / wheel(CARRIED)
    with tempfile.TemporaryDirectory() as place:
        wanted = ["--no-deps", "--only-binary", ":all:", "--ignore-requires-python", CARRIER]
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
        _run([*pip, "--dest", place, *wanted])
        (package,) = Path(place).glob("*.whl")
        with zipfile.ZipFile(package) as packed:
            names = [name for name in packed.namelist() if name.endswith(f"/{kept.name}")]
            if len(names) != 1:
                raise PieceMissingError(f"it has no {kept.name}")
            kept.write_bytes(packed.read(names[0]))
    _check(kept, NUMPY[CARRIED])
    return kept


def _run(command: list[str]) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise PieceMissingError(f"{command[0]} is missing") from error
    if done.returncode:
        last = (done.stderr or done.stdout).strip().splitlines()[-1:]
        raise PieceMissingError(f"{command[0]} could not fetch {command[-1]}: {' '.join(last)}")


def _is(file: Path, sha256: str) -> bool:
    return file.exists() and hashlib.sha256(file.read_bytes()).hexdigest() == sha256


def _check(file: Path, sha256: str) -> None:
    if not _is(file, sha256):
        file.unlink()
        raise PieceMissingError(f"{file.name} is not what was pinned: its hash differs")
