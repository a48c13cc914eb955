"""What the sources print and what is true, worked out elsewhere: facts the library is held to."""

import json
from pathlib import Path

_FILE = Path(__file__).resolve().parents[3] / "data" / "exercises.json"


def _by_updates(table):
    return {int(updates): numbers for updates, numbers in table.items()}


FACTS = {
    fact["key"]: {
        "published": _by_updates(fact.get("published", {})),
        "true": _by_updates(fact.get("true", {})),
        "derived": fact.get("derived", []),
    }
    for fact in json.loads(_FILE.read_text(encoding="utf-8"))
}
"""By the key of an exercise; `true` comes from a program that shares no code with `blame`."""
