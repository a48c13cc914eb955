"""What of Pyodide's script is changed: a compiled part can be put where it was at another visit.

Pyodide can begin with a memory it has kept, but not with one in which compiled parts have been
loaded: they would get other places, and the memory's pointers would lead elsewhere. Here they are
told their places (edition/memory.js). Pyodide is pinned by its hash; another one asks for a look.
"""

from __future__ import annotations

SCRIPT = "pyodide.asm.mjs"
CHANGES = (
    (
        "var getMemory=size=>{",
        "var getMemory=size=>{if(Module.place)return Module.place.memory;",
    ),
    (
        "var tableBase=metadata.tableSize?wasmTable.length:0;",
        "var tableBase=Module.place?Module.place.table:metadata.tableSize?wasmTable.length:0;",
    ),
    (
        "if(metadata.tableSize){wasmTable.grow(",
        "if(metadata.tableSize&&!Module.place){wasmTable.grow(",
    ),
)
"""What stands there once -> what takes its place."""


def with_places(script: str) -> str:
    """Return Pyodide's script with the changes.

    Raises
    ------
    ValueError
        If what is to be changed is not there, or more than once.
    """
    for old, new in CHANGES:
        if script.count(old) != 1:
            raise ValueError(
                f"{SCRIPT} has changed: {old!r} stands there {script.count(old)} times"
            )
        script = script.replace(old, new)
    return script
