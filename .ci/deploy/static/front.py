"""Streamlit's own page, unchanged but for a script before its own, and the files it may ask for."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from streamlit import file_util

from pages.shared.server.icons import FONT, replaced

NEVER = (
    *("DeckGlJsonChart", "EChartsChart", "GraphVizChart", "ArrowVegaLiteChart", "loadVegaEmbed"),
    *("MermaidChart", "DataFrame", "Table", "Audio", "AudioInput", "Video", "CameraInput"),
    *("ChatInput", "ColorPicker", "DateInput", "DateTimeInput", "TimeInput", "FileUploader"),
    *("ImageList", "Json", "Feedback", "Balloons", "Snow"),
)
"""Elements that no page of the app shows; with each go the files that only it needs."""
FIRST = (
    *("BidiComponent", "PlotlyChart", "StreamlitMarkdown", "Button", "ButtonGroup", "Checkbox"),
    *("DownloadButton", "Html", "MenuButton", "PageLink", "Selectbox", "TextInput"),
    *("rehype-katex", "rehype-raw", "lib"),
)
"""What a first lesson asks for once Python has spoken; it has run by then (page.js)."""
_IMPORTED = re.compile(r"""(?:from|import)\s*\(?\s*["'`]\./([\w.\-]+\.js)["'`]""")
_AT_ONCE = re.compile(r"""(?:from|import)\s*["'`]\./([\w.\-]+\.js)["'`]""")
_MAIN = re.compile(r'<script type="module" crossorigin src="\./static/js/([\w.\-]+)">')


class Front:
    """Streamlit's static files."""

    def __init__(self) -> None:
        self.top = Path(file_util.get_static_dir())
        self.html = (self.top / "index.html").read_text(encoding="utf-8")
        self._scripts = self.top / "static" / "js"
        found = _MAIN.search(self.html)
        if found is None:
            raise ValueError("Streamlit's page names no script of its own any more")
        self._main = found[1]
        self.icons = f"static/media/{name}" if (name := replaced()) else ""
        """The way of a file that holds something else than its name says."""

    def copy(self, out: Path) -> list[str]:
        """Copy what the app may ask for; return the files by their ways."""
        scripts = sorted(self._reached({self._main}, _IMPORTED))
        ways = [
            *(f"static/js/{name}" for name in scripts),
            *(f"static/css/{path.name}" for path in sorted((self.top / "static/css").iterdir())),
            *self._media(scripts),
            "favicon.png",
        ]
        for way in ways:
            (out / way).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(self.top / way, out / way)
        # As the server does: the icons that the app shows, not four thousand.
        if self.icons:
            shutil.copyfile(FONT, out / self.icons)
        return ways

    def page(self, script: str, styles: str, last: str, up: str) -> str:
        """Return the page: `up` leads from where it stands to the top of the folder.

        `script` is the name of the one that comes first, `last` is the text of one at the end.
        """
        head = f'    <script src="./{script}"></script>\n    <style>\n{styles}    </style>\n'
        text = self.html.replace("    <script>", f"{head}    <script>", 1)
        text = text.replace("  </body>", f"    <script>\n{last}    </script>\n  </body>", 1)
        # Both name addresses of the server.
        text = re.sub(r"(?s)(<noscript>\s*<p>.*?</p>).*?</noscript>", r"\1</noscript>", text)
        text = re.sub(r"<link rel=\"service-desc\"[^>]*>", "", text)
        return text.replace('"./', f'"{up}')

    def first(self) -> list[str]:
        """Return the ways of what a first lesson asks for, without what the page names itself."""
        names = {name for name in self._names() if name.split(".")[0] in FIRST}
        told = set(re.findall(r'href="\./static/js/([\w.\-]+)"', self.html)) | {self._main}
        return [f"static/js/{name}" for name in sorted(self._reached(names, _AT_ONCE) - told)]

    def _names(self) -> set[str]:
        return {path.name for path in self._scripts.iterdir()}

    def _reached(self, start: set[str], imports: re.Pattern[str]) -> set[str]:
        """Return the scripts that come with some, those of `NEVER` and what only they need not."""
        there, left, reached = self._names(), list(start), set[str]()
        while left:
            name = left.pop()
            if name in reached or name not in there or name.split(".")[0] in NEVER:
                continue
            reached.add(name)
            left += imports.findall((self._scripts / name).read_text(encoding="utf-8"))
        return reached

    def _media(self, scripts: list[str]) -> list[str]:
        """Return fonts and pictures that the page, its scripts or its styles name."""
        texts = [self.html, *(path.read_text() for path in (self.top / "static/css").iterdir())]
        texts += [(self._scripts / name).read_text(encoding="utf-8") for name in scripts]
        said = "\n".join(texts)
        media = sorted((self.top / "static/media").iterdir())
        return [f"static/media/{path.name}" for path in media if path.name in said]
