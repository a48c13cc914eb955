"""Take the README's pictures from the running app: python -m tests.pictures."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from tests.browser.chromium import missing, open_browser, open_context
from tests.browser.helpers import open_page
from tests.browser.server import serve

HERE = Path(__file__).parent
WIDE = {"width": 1280, "height": 1000}
TALL = {"width": 1280, "height": 1280}
PHONE = {"width": 390, "height": 844}
PICTURES: dict[str, tuple[str, dict[str, int], str]] = {
    "backward": ("/backward_pass", WIDE, "light"),
    "forward": ("/forward_pass", WIDE, "light"),
    "gate": ("/relu_gate", WIDE, "dark"),
    "training": ("/training?steps=20", WIDE, "dark"),
    "lab": ("/training_lab?lab_view=Landscape&b1_1=0.1", TALL, "light"),
    "playground": ("/playground?data=moons&play_step=300&width_1=8", TALL, "light"),
    "phone": ("/backward_pass", PHONE, "light"),
}
"""File name -> the address, the window and the colour scheme."""


def main() -> int:
    """Write every picture beside this file."""
    if reason := missing():
        print(reason, file=sys.stderr)
        return 1
    with open_browser() as browser, serve() as server:
        for name, (address, size, scheme) in PICTURES.items():
            _take(browser, server.url + address, HERE / f"{name}.png", size, scheme)
            print(f"{name}.png")
    return 0


def _take(browser: Any, url: str, file: Path, size: dict[str, int], scheme: str) -> None:
    context = open_context(browser, viewport=size, color_scheme=scheme)
    page = context.new_page()
    open_page(page, url)
    page.mouse.move(0, 0)
    page.screenshot(path=file)
    context.close()


if __name__ == "__main__":
    sys.exit(main())
