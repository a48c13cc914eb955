"""Which Python files go into the static edition: the app's, and those of what it stands on.

What no page needs stays out. The pages run without pandas, pyarrow, Pillow and more, and of
Streamlit, Plotly, NumPy and the standard library they use a part; a test walks all pages with
nothing else to import.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from fnmatch import fnmatch
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
APP = ("blame", "pages", ".streamlit")
"""What is taken of the app itself."""
BOOT = Path(__file__).with_name("edition")
"""Where that stands which starts it in the browser."""
READ_AS_TEXT = ("pages/*.py", "pages/shared/shell/script.py")
"""What Streamlit runs: it reads the source itself. All else of the app is compiled."""
PACKAGES = ("streamlit", "google.protobuf", "click", "packaging", "typing_extensions")
"""Installed modules that are taken; they are of plain Python. What else Streamlit asks for is
imported only by what no page does: Plotly's own Python too, for the app's figures are dictionaries,
drawn by the script that Streamlit brings."""
VERSIONED = ("streamlit",)
"""Distributions that ask at run time which version they are."""

LEFT_OUT: Mapping[str, tuple[str, ...]] = {
    "streamlit": (
        *("static/*", "hello/*", "testing/*", "web/*", "starlette.py", ".agents/*"),
        *("runtime/agent/[!_ju]*", "vendor/pympler/*"),
    ),
    "google.protobuf": (
        *("testdata/*", "compiler/*", "util/*", "pyext/*", "internal/*_benchmark.py"),
        "internal/testing_refleaks.py",
    ),
    "click": ("testing.py", "_winconsole.py", "shell_completion.py"),
    "packaging": (
        *("licenses/*", "metadata.py", "pylock.py", "direct_url.py", "dependency_groups.py"),
    ),
    "numpy": (
        *("f2py/*", "distutils/*", "testing/*", "tests/*", "*/tests/*", "ctypeslib/*"),
        *("_core/include/*", "*/lib/*.a", "_pyinstaller/*", "_configtool.py", "conftest.py"),
        *("polynomial/*", "_core/lib/*", "random/lib/*", "linalg/lapack_lite*", "fft/*"),
        *("lib/recfunctions.py", "lib/_user_array_impl.py", "lib/user_array.py", "matlib.py"),
        *("ma/mrecords.py", "ma/testutils.py", "typing/mypy_plugin.py", "random/_examples/*"),
    ),
    "stdlib": (
        *("unittest/*", "test/*", "pydoc*", "doctest.py", "pdb.py", "bdb.py", "_pyrepl/*"),
        *("multiprocessing/*", "xmlrpc/*", "xml/*", "wsgiref/*", "curses/*", "dbm/*", "sqlite3/*"),
        *("mailbox.py", "imaplib.py", "smtplib.py", "ftplib.py", "poplib.py", "netrc.py"),
        *("pickletools.py", "optparse.py", "cProfile.py", "profile.py", "pstats.py", "profiling/*"),
        *("trace.py", "tracemalloc.py", "turtle*", "tkinter/*", "idlelib/*", "ensurepip/*"),
        *("venv/*", "zipapp.py", "py_compile.py", "compileall.py", "http/server.py"),
        *("http/cookiejar.py", "ctypes/macholib/*", "modulefinder.py", "filecmp.py", "cmd.py"),
        *("socketserver.py", "sched.py", "rlcompleter.py", "this.py"),
        *("antigravity.py", "webbrowser.py", "wave.py", "plistlib.py", "tabnanny.py", "pyclbr.py"),
        *("symtable.py", "shelve.py", "configparser.py", "nturl2path.py", "_pyio.py"),
        *("_pydatetime.py", "lzma.py", "_aix_support.py", "_osx_support.py", "_ios_support.py"),
        *("_apple_support.py", "_android_support.py", "pathlib/_local_nt.py", "fileinput.py"),
        *("asyncio/windows*", "asyncio/proactor_events.py"),
        *("tarfile.py", "argparse.py", "logging/handlers.py", "logging/config.py", "statistics.py"),
        *("concurrent/futures/process.py", "concurrent/futures/interpreter.py", "gzip.py"),
        *("concurrent/interpreters/*", "pyodide/console.py", "ctypes/util.py", "ctypes/_aix.py"),
        *("ctypes/wintypes.py", "email/_header_value_parser.py", "email/headerregistry.py"),
        *("email/contentmanager.py", "email/generator.py", "http/cookies.py", "asyncio/tools.py"),
        *("*/__main__.py", "_sysconfigdata*", "urllib/robotparser.py", "json/tool.py", "pty.py"),
        # Part of Python itself already.
        *("zipimport.py", "_collections_abc.py", "codecs.py", "site.py", "posixpath.py"),
        *("genericpath.py", "ntpath.py", "importlib/util.py"),
        # Alphabets of before Unicode.
        *("encodings/big5*", "encodings/cp[125678]*", "encodings/cp03*", "encodings/cp42*"),
        *("encodings/euc_*", "encodings/gb*", "encodings/hz.py", "encodings/iso*"),
        *("encodings/johab.py", "encodings/jis*", "encodings/koi8*", "encodings/kz1048.py"),
        *("encodings/mac_*", "encodings/ptcp154.py", "encodings/shift_*", "encodings/tis_620.py"),
        "encodings/hp_roman8.py",
    ),
}
"""What is left out of each, by the way below it."""
SCRIPTS = "static/js"
KINDS = {".py", ".so", ".json", ".toml", ".js", ".css", ".png", ".pem"}
"""Kinds of files that are taken; no headers, stubs or documents."""


def library_files(numpy: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the content of each file that goes beside Python's own library."""
    # Only here: the list of what is taken is read before Streamlit is.
    from streamlit import file_util

    for module in PACKAGES:
        spec = find_spec(module)
        if spec is None or spec.origin is None:
            raise ModuleNotFoundError(f"{module} is missing: pip install -r requirements.txt")
        top = Path(spec.origin)
        if top.name == "__init__.py":
            yield from _package(module, top.parent)
        else:
            yield top.name, top.read_bytes()
    for name in VERSIONED:
        said = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version(name)}\n"
        yield f"{name}-{version(name)}.dist-info/METADATA", said.encode()
    # pages/shared/live/chart.py looks for its name; it is never read here.
    for path in (Path(file_util.get_static_dir()) / SCRIPTS).glob("PlotlyChart.*.js"):
        yield f"streamlit/static/{SCRIPTS}/{path.name}", b""
    yield from _of_zip(numpy, "numpy", "numpy/")


def standard_library(archive: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the content of each file of Python's own library."""
    yield from _of_zip(archive, "stdlib", "")


def app_files() -> Iterator[tuple[str, bytes]]:
    """Yield the name and the content of each file of the app."""
    for top in APP:
        for path in sorted((ROOT / top).rglob("*")):
            name = path.relative_to(ROOT).as_posix()
            if path.is_file() and path.suffix in KINDS:
                yield name, path.read_bytes()
    for path in sorted(BOOT.glob("*.py")):
        yield path.name, path.read_bytes()


def is_taken(module: str, inner: str) -> bool:
    """Whether a file is taken, named by its way below the module."""
    if Path(inner).suffix not in KINDS or "__pycache__" in inner:
        return False
    return not any(fnmatch(inner, pattern) for pattern in LEFT_OUT.get(module, ()))


def _package(module: str, top: Path) -> Iterator[tuple[str, bytes]]:
    way = module.replace(".", "/")
    for path in sorted(top.rglob("*")):
        inner = path.relative_to(top).as_posix()
        if path.is_file() and path.suffix != ".so" and is_taken(module, inner):
            yield f"{way}/{inner}", path.read_bytes()


def _of_zip(archive: Path, module: str, below: str) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(archive) as packed:
        for name in sorted(packed.namelist()):
            if name.startswith(below) and is_taken(module, name.removeprefix(below)):
                yield name, packed.read(name)
