"""Run every page with nothing to import but what the edition holds: python -m tests.static.walk."""

from __future__ import annotations

import importlib.machinery
import os
import sys
from pathlib import Path

from tests.static.place import ROOT, module

libraries = module("libraries")
module("patches").leave_out_the_server()
TOPS = {name.split(".")[0] for name in libraries.PACKAGES} | {"numpy"}
FOR_THE_TEST = ("streamlit.testing",)
"""What runs a page without a browser; the edition has one."""

UNWANTED = {"pandas", "pyarrow", "PIL", "plotly", "starlette"}


class OnlyWhatIsTaken(importlib.machinery.PathFinder):
    """Finds installed modules that the edition takes; of others it says that they are missing."""

    @classmethod
    def find_spec(cls, fullname, path=None, target=None):
        """Return where a module is, or refuse it."""
        spec = importlib.machinery.PathFinder.find_spec(fullname, path, target)
        if spec is None or spec.origin is None or "site-packages" not in spec.origin:
            return spec
        if fullname.startswith(FOR_THE_TEST) or fullname == "google":
            return spec
        top = fullname.split(".")[0]
        owner = next((name for name in libraries.PACKAGES if name.split(".")[0] == top), top)
        below = f"/{owner.replace('.', '/')}/"
        inner = Path(spec.origin).as_posix().rpartition(below)[2]
        # The compiled parts have another ending there.
        if top not in TOPS or not libraries.is_taken(owner, inner):
            raise ModuleNotFoundError(f"the edition has no {fullname}", name=fullname)
        return spec


def main() -> None:
    """Open every page and print the names of those that showed an exception."""
    os.environ["PROTOCOL_BUFFERS_PYTHON_IMPLEMENTATION"] = "python"
    sys.meta_path.insert(0, OnlyWhatIsTaken)
    from streamlit.testing.v1 import AppTest

    from pages.shared.state.menu import SECTIONS

    names = [page.file for pages in SECTIONS.values() for page in pages]
    for name in names:
        app = AppTest.from_file(str(ROOT / "pages/shared/shell/script.py"), default_timeout=60)
        app.switch_page(str(ROOT / "pages" / f"{name}.py")).run()
        if app.exception or not app.title:
            print(name, [exception.value for exception in app.exception])
    print(len(names), "pages")
    if unwanted := sorted(
        {name.split(".")[0] for name in sys.modules} & {"pandas", "pyarrow", "PIL"}
    ):
        print(unwanted)


if __name__ == "__main__":
    main()
