"""Everything around Streamlit's own server, in the order a request meets it."""

from __future__ import annotations

from pathlib import Path

from starlette.middleware import Middleware

from pages.shared.server.compressed import Compressed
from pages.shared.server.connection_word import ConnectionWord
from pages.shared.server.early import Early
from pages.shared.server.first_visit import FewIcons
from pages.shared.server.headers import Headers
from pages.shared.server.kept_memory import keep_memory
from pages.shared.server.no_delay import NoDelay
from pages.shared.server.page_names import PageNames

SCRIPT = Path(__file__).parents[1] / "shell" / "script.py"
"""What Streamlit runs for every reader. It stands in no folder with `pages/` beside it: Streamlit
would take such a folder for its older kind of app of several pages until the first visitor came."""


def around() -> list[Middleware]:
    """Return the middleware of the app; the server that takes it keeps memory for its answers."""
    keep_memory()
    return [
        Middleware(NoDelay),
        Middleware(Early, shell=SCRIPT),
        Middleware(Headers),
        Middleware(PageNames),
        Middleware(FewIcons),
        Middleware(Compressed),
        Middleware(ConnectionWord),
    ]
