"""Where the static edition is built, and its modules, which are in no package."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / ".ci" / "deploy" / "static"
BUILD = STATIC / "build.py"


def module(name: str) -> ModuleType:
    """Return a module of the build, or of `edition/`."""
    for folder in (STATIC, STATIC / "edition"):
        if (folder / f"{name}.py").exists():
            sys.path.insert(0, str(folder))
            try:
                return importlib.import_module(name)
            finally:
                sys.path.remove(str(folder))
    raise ModuleNotFoundError(name)
