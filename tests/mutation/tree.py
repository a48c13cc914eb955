"""What is mutated, and throwaway copies of the tree to do it in."""

from __future__ import annotations

import ast
import compileall
import py_compile
import shutil
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
UNNEEDED = shutil.ignore_patterns(
    *(".git", ".venv", "node_modules", "__pycache__", ".mutation", ".static"),
    *(".*_cache", ".hypothesis"),
)


@dataclass(frozen=True)
class Tree:
    """A tree of code and tests; all names are paths in it, with slashes."""

    root: Path = ROOT
    targets: tuple[str, ...] = (
        "blame",
        "pages/shared/words",
        "pages/shared/charts",
        "pages/shared/picture",
    )
    """What is mutated unless asked otherwise; what does not exist is passed over."""
    sources: tuple[str, ...] = ("blame", "pages/shared")
    """Where it is followed which lines a test runs."""
    tests: tuple[str, ...] = ("tests/blame", "tests/pages")
    """Tests that need no browser."""
    imports: dict[str, set[str]] = field(default_factory=dict, compare=False)

    def files(self, places: tuple[str, ...], pattern: str = "*.py") -> list[str]:
        """Return the files in these folders, or these files, in order."""
        found: set[Path] = set()
        for place in places:
            path = self.root / place
            found |= {path} if path.is_file() else set(path.rglob(pattern))
        return sorted(path.relative_to(self.root).as_posix() for path in found)

    def read(self, name: str) -> bytes:
        """Return a file's bytes."""
        return (self.root / name).read_bytes()

    def imported(self, name: str) -> set[str]:
        """Return the files of the tree that a file imports itself, be it through a package."""
        if name not in self.imports:
            found = self.imports[name] = set()
            for node in ast.walk(ast.parse(self.read(name))):
                if isinstance(node, ast.Import):
                    found |= {file for alias in node.names for file in self.places(alias.name)}
                elif isinstance(node, ast.ImportFrom) and node.module:
                    found |= self.places(node.module)
                    for alias in node.names:
                        found |= self.places(f"{node.module}.{alias.name}")
                        found |= self.handed_on(node.module, alias.name)
        return self.imports[name]

    def places(self, module: str) -> set[str]:
        """Return the file of a module, if it is in the tree."""
        path = module.replace(".", "/")
        return {f for f in (f"{path}.py", f"{path}/__init__.py") if (self.root / f).is_file()}

    def handed_on(self, package: str, name: str) -> set[str]:
        """Return the file from which a package imports a name that it hands on."""
        path = f"{package.replace('.', '/')}/__init__.py"
        if not (self.root / path).is_file():
            return set()
        return {
            file
            for node in ast.parse(self.read(path)).body
            if isinstance(node, ast.ImportFrom) and node.module
            if name in {alias.name for alias in node.names}
            for file in self.places(node.module)
        }


def copy_tree(root: Path, to: Path) -> Path:
    """Copy the tree and compile it, so that a fork has to compile only what is mutated."""
    shutil.copytree(root, to, ignore=UNNEEDED)
    # Checked by content: a mutant written within the same second would pass a check by time.
    checked = py_compile.PycInvalidationMode.CHECKED_HASH
    compileall.compile_dir(to, quiet=2, invalidation_mode=checked)
    return to
