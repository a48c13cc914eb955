"""Write the icons that the app shows as a small font: python .ci/icons.py

Streamlit's font of icons has some four thousand, 375 kB, and every first visit waits for it. After
a new icon, or another Streamlit, run this once; it needs fonttools==4.60.1 and brotli==1.1.0, which
nothing else does. A test says when an icon is missing. The font is Google's Material Symbols
Rounded, under the Apache License 2.0, as Streamlit brings it.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from pages.shared.server.icons import FONT, NAMES, original  # noqa: E402

_ICON = re.compile(r":material/([a-z0-9_]+):")
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789_"


def used() -> set[str]:
    """Return the names of all icons that the app or Streamlit's own scripts speak of."""
    font = original()
    scripts = (font.parents[1] / "js").glob("*.js") if font else ()
    files = [*scripts, *(ROOT / "pages").rglob("*.py")]
    return {name for path in files for name in _ICON.findall(path.read_text(encoding="utf-8"))}


def ligatures(font: Any) -> dict[str, str]:
    """Return the glyph of each icon by the name that is written for it."""
    letters = {glyph: chr(code) for code, glyph in font.getBestCmap().items()}
    found = {}
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            inner = getattr(table, "ExtSubTable", table)
            for first, sets in getattr(inner, "ligatures", {}).items():
                for each in sets:
                    parts = [letters.get(part, "?") for part in (first, *each.Component)]
                    found["".join(parts)] = each.LigGlyph
    return found


def main() -> int:
    """Write the font and the list of its names."""
    path = original()
    assert path is not None, "Streamlit brings no font of icons"
    font = TTFont(path)
    glyphs = ligatures(font)
    names = sorted(used() & glyphs.keys())
    options = subset.Options()
    options.flavor, options.layout_features, options.layout_closure = "woff2", ["*"], False
    cut = subset.Subsetter(options)
    cut.populate(glyphs=[glyphs[name] for name in names], unicodes=map(ord, _LETTERS))
    cut.subset(font)
    subset.save_font(font, str(FONT), options)
    NAMES.write_text("\n".join([path.name, *names, ""]), encoding="utf-8")
    print(f"{len(names)} icons, {FONT.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
