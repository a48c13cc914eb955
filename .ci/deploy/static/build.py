"""Build the edition that needs no server: python .ci/deploy/static/build.py OUT

OUT becomes a folder that any host of plain files serves, below a path too; nothing it holds asks
for anything outside it. Needs the app's own environment, node and npm, and once the network.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
sys.path.insert(0, str(ROOT))

import pieces
from bundle import FOLDER, hashed, write_core, write_parts
from front import Front

from pages.shared.state.menu import SECTIONS

CACHE = ROOT / ".static"
SCRIPTS = ("progress.js", "page.js", "keep.js")
"""The page's own script, one after the other."""
WORKER = ("unfold.js", "memory.js", "worker.js")
"""The script of the worker that Python runs in."""
SERVER = ROOT / "pages" / "shared" / "server"
"""What stands around Streamlit's server puts scripts into its page that this edition needs too."""
HOME = "/home/pyodide/blame"
PACKAGES = "/lib/python{}.{}/site-packages".format(*pieces.LOCK["info"]["python"].split("."))
"""Where the browser's Python finds the app and its packages."""


def main() -> int:
    """Build what was asked for; return 3 if a piece cannot be had."""
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("out", type=Path, nargs="?", help="the folder; it is made anew")
    parser.add_argument("--numpy", type=Path, help="NumPy's wheel for Pyodide, where no network is")
    parser.add_argument("--cache", type=Path, default=CACHE, help="where fetched pieces are kept")
    parser.add_argument("--zip", action="store_true", help="write OUT.zip too")
    given = parser.parse_args()
    try:
        core = pieces.pyodide(given.cache)
        numpy = pieces.numpy(given.cache, core, given.numpy)
        if given.out is not None:
            build(given.out, core, numpy, given.cache)
    except pieces.PieceMissingError as missing:
        print(missing, file=sys.stderr)
        return 3
    if given.out is None:
        print(f"All pieces are in {given.cache}.")
        return 0
    if given.zip:
        shutil.make_archive(str(given.out), "zip", given.out)
    size = sum(path.stat().st_size for path in given.out.rglob("*") if path.is_file())
    print(f"{size / 1e6:.1f} MB. python -m http.server --directory {given.out} shows it.")
    return 0


def build(out: Path, core: Path, numpy: Path, cache: Path) -> None:
    """Write the whole folder."""
    if out.exists():
        if any(out.iterdir()) and not (out / "edition.json").exists():
            raise SystemExit(f"{out} holds something else; name a folder of its own")
        shutil.rmtree(out)
    out.mkdir(parents=True)
    front = Front()
    parts = write_parts(out, core, numpy, cache)
    folder = write_core(out, core)
    files = front.copy(out)
    worker = _write(out, "worker.js", "\n".join(_texts(WORKER)))
    files += [worker, *(f"{folder}/{path.name}" for path in sorted((out / folder).iterdir()))]
    files += [str(part["way"]) for part in parts.values()]
    of_memory = "".join([folder, *(str(part["way"]) for part in parts.values())])
    edition: dict[str, Any] = {
        "parts": parts,
        # Never fetched: where the browser keeps what it has made of all of these.
        "memory": hashed(f"{FOLDER}/memory.bin", of_memory.encode()),
        "core": folder,
        "worker": worker,
        "lock": pieces.LOCK,
        "folders": {"packages": PACKAGES, "app": HOME},
        "cache": "blame",
        "first": front.first(),
        "files": files,
    }
    script = _write(out, "page.js", _page_script(edition))
    _write_pages(out, front, script, [*files, script])


def _page_script(edition: dict[str, Any]) -> str:
    texts = _texts(SCRIPTS)
    texts += [_of_server("translated.js"), _of_server("number_fields.js")]
    told = json.dumps(edition, separators=(",", ":"), sort_keys=True)
    return "\n".join(["(() => {", f"const EDITION = {told};", *texts, "})();", ""])


def _of_server(name: str) -> str:
    return (SERVER / "scripts" / name).read_text(encoding="utf-8")


def _texts(names: tuple[str, ...]) -> list[str]:
    return [(HERE / "edition" / name).read_text(encoding="utf-8") for name in names]


def _write_pages(out: Path, front: Front, script: str, files: list[str]) -> None:
    """Write the page at each address, and what says to the browser what to keep."""
    styles = (HERE / "edition" / "progress.css").read_text(encoding="utf-8")
    # Once there is a body to stand in.
    last = _of_server("skip_link.js")
    # The first page of all is the one at the top.
    names = [page.file for pages in SECTIONS.values() for page in pages][1:]
    for name, up in (("", "./"), *((name, "../") for name in names)):
        (out / name).mkdir(exist_ok=True)
        page = front.page(script, styles, last, up)
        (out / name / "index.html").write_text(page, encoding="utf-8")
    # Last what may have changed though its name has not.
    anew = [*filter(None, [front.icons]), "", f"{names[0]}/"]
    kept = {"files": [way for way in files if way not in anew], "anew": anew}
    (out / "edition.json").write_text(json.dumps(kept, indent=1), encoding="utf-8")
    worker = (HERE / "edition" / "service_worker.js").read_text(encoding="utf-8")
    worker = worker.replace("CACHE_NAME", "blame").replace("PAGE_NAMES", json.dumps(names))
    (out / "service_worker.js").write_text(worker, encoding="utf-8")
    # Where a host would leave out what begins with an underscore, or build pages of its own.
    (out / ".nojekyll").touch()


def _write(out: Path, name: str, text: str) -> str:
    content = text.encode()
    way = hashed(name, content)
    (out / way).write_bytes(content)
    return way


if __name__ == "__main__":
    sys.exit(main())
