"""What goes into the edition: nothing unchecked, and all that a page imports."""

import hashlib
import io
import subprocess
import sys
import zipfile

import pytest

from tests.pages.app import PAGES
from tests.static.place import ROOT, module

libraries = module("libraries")
pieces = module("pieces")
front = module("front")


def test_every_page_runs_with_what_the_edition_holds():
    done = subprocess.run(
        [sys.executable, "-m", "tests.static.walk"],
        capture_output=True,
        text=True,
        timeout=120,
        cwd=ROOT,
    )
    assert done.stdout.strip() == f"{len(PAGES)} pages", done.stdout + done.stderr[-2000:]


@pytest.mark.parametrize(
    ("package", "inner", "taken"),
    [
        ("streamlit", "runtime/runtime.py", True),
        ("streamlit", "static/static/js/index.js", False),
        ("streamlit", "web/bootstrap.py", False),
        ("streamlit", "proto/BackMsg_pb2.pyi", False),
        ("streamlit", "__pycache__/util.cpython-311.py", False),
        ("numpy", "linalg/_umath_linalg.cpython-314-wasm32-emscripten.so", True),
        ("numpy", "linalg/tests/test_linalg.py", False),
        ("numpy", "_core/include/numpy/ndarraytypes.h", False),
        ("stdlib", "encodings/utf_8.py", True),
        ("stdlib", "encodings/cp1252.py", False),
    ],
)
def test_what_is_taken(package, inner, taken):
    assert libraries.is_taken(package, inner) is taken


def test_what_runs_while_python_starts_is_there(tmp_path):
    """Above all what draws: a chart's script takes the page a third of a second."""
    streamlits = front.Front()
    first = streamlits.first()
    kinds = {way.rsplit("/", 1)[1].split(".")[0] for way in first}
    assert {"PlotlyChart", "BidiComponent"} <= kinds
    assert set(first) <= set(streamlits.copy(tmp_path))
    # Before it comes what Python starts with: the page does not ask for it by itself.
    page = streamlits.page("page.js", "", "", "./")
    assert not any(way in page for way in first)


def test_the_app_goes_whole():
    names = {name for name, _ in libraries.app_files()}
    source = {
        path.relative_to(ROOT).as_posix()
        for top in ("blame", "pages")
        for path in (ROOT / top).rglob("*")
        # The server's font of icons is not sent: the edition has Streamlit's.
        if path.is_file() and not {"__pycache__", "icons"} & {*path.parts[:-1]}
    }
    names = {name for name in names if "/icons/" not in name}
    assert source <= names
    assert names - source == {".streamlit/config.toml", "boot.py", "patches.py"}


def test_a_given_wheel_of_another_content_is_refused(tmp_path):
    other = tmp_path / pieces.wheel("2.4.6")
    other.write_bytes(b"not a wheel")
    with pytest.raises(pieces.PieceMissingError, match="is none of NumPy 2"):
        pieces.numpy(tmp_path / "cache", tmp_path, other)


def test_a_fetched_piece_of_another_content_is_refused_and_not_kept(tmp_path, monkeypatch):
    def fetch(command):
        place = command[command.index("--pack-destination") + 1]
        (pieces.Path(place) / f"pyodide-{pieces.PYODIDE}.tgz").write_bytes(b"something else")

    monkeypatch.setattr(pieces, "_run", fetch)
    with pytest.raises(pieces.PieceMissingError, match="not what was pinned"):
        pieces.pyodide(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_wheel_in_a_package_is_taken_by_its_hash(tmp_path, monkeypatch):
    wheel = b"the wheel"

    def fetch(command):
        place = pieces.Path(command[command.index("--dest") + 1])
        with zipfile.ZipFile(place / "carrier.whl", "w") as packed:
            packed.writestr(f"some/where/{pieces.wheel(pieces.CARRIED)}", wheel)

    monkeypatch.setattr(pieces, "_run", fetch)
    (tmp_path / "pyodide.mjs").write_text("no address", encoding="utf-8")
    cache = tmp_path / "cache"
    with pytest.raises(pieces.PieceMissingError, match="give a file with --numpy"):
        pieces.numpy(cache, tmp_path)
    monkeypatch.setitem(pieces.NUMPY, pieces.CARRIED, hashlib.sha256(wheel).hexdigest())
    assert pieces.numpy(cache, tmp_path).read_bytes() == wheel


def test_the_app_pins_the_numpy_that_pyodide_releases():
    pins = (ROOT / "requirements.txt").read_text(encoding="utf-8").split()
    assert f"numpy=={pieces.RELEASED}" in pins


def test_the_same_tree_is_the_same_part(tmp_path):
    bundle = module("bundle")
    for place in ("one", "two"):
        (tmp_path / place / "b").mkdir(parents=True)
        (tmp_path / place / "b" / "z.py").write_text("z", encoding="utf-8")
        (tmp_path / place / "a.py").write_text("a", encoding="utf-8")
    first, second = (bundle._archive(tmp_path / place) for place in ("one", "two"))
    assert first == second
    assert zipfile.ZipFile(io.BytesIO(first)).namelist() == ["a.py", "b/z.py"]
    assert bundle.hashed("app.bin", b"a") != bundle.hashed("app.bin", b"b")
