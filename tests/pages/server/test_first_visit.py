"""What a first visit is spared: most icons, and letters before there is something to read."""

import re
from pathlib import Path

from streamlit import file_util

from pages.shared.server.connection_word import ConnectionWord
from pages.shared.server.first_visit import FewIcons, letters_last, without_letters
from pages.shared.server.icons import FONT, NAMES, original, replaced
from tests.pages.app import ROOT
from tests.pages.server.test_middleware import answer_of, inner

STATIC = Path(file_util.get_static_dir())
STYLES = b"".join(path.read_bytes() for path in (STATIC / "static" / "css").glob("*.css"))


def test_every_icon_is_in_the_small_font():
    scripts = (STATIC / "static" / "js").glob("*.js")
    files = [*scripts, *(ROOT / "pages").rglob("*.py"), *(ROOT / "tests").glob("new_*.py")]
    used = {
        name
        for path in files
        for name in re.findall(r":material/([a-z0-9_]+):", path.read_text(encoding="utf-8"))
    }
    _, *names = NAMES.read_text(encoding="utf-8").split()
    assert len(used) > 90
    # Streamlit's own scripts name one that its font has not, and the tests one of their own.
    missing = used - {*names} - {"star_filled", "campaign"}
    assert missing == set(), "run .ci/icons.py"
    # A name put together is found by nobody: its letters would stand there, over what is beside.
    composed = [
        path.name
        for path in files
        if path.suffix == ".py" and ":material/{" in path.read_text("utf-8")
    ]
    assert composed == []


def test_the_small_font_is_sent_for_the_large_one_and_for_no_other_file():
    app, asked = inner()
    path = f"/school/static/media/{original().name}"
    assert replaced() == original().name
    status, headers, body = answer_of(FewIcons(app), path)
    assert (status, headers[b"content-type"]) == (200, b"font/woff2")
    assert body == FONT.read_bytes()
    assert body[:4] == b"wOF2"
    assert len(body) * 20 < original().stat().st_size
    tag = headers[b"etag"].decode()
    assert answer_of(FewIcons(app), path, if_none_match=tag)[::2] == (304, b"")
    assert asked == []
    answer_of(FewIcons(app), "/static/media/SourceSansVF-Upright.ttf.BsWL4Kly.woff2")
    assert len(asked) == 1


def test_another_streamlit_sends_its_own_icons(monkeypatch, tmp_path):
    names = tmp_path / "icons.txt"
    names.write_text("MaterialSymbols-Rounded.older.woff2\nadd\n", encoding="utf-8")
    monkeypatch.setattr("pages.shared.server.icons.NAMES", names)
    app, asked = inner()
    answer_of(FewIcons(app), f"/static/media/{original().name}")
    assert len(asked) == 1


def faces(styles):
    return re.findall(rb"@font-face\{[^}]*font-family:([^;}]*)", styles)


def test_only_letters_leave_the_styles_and_the_page_brings_them_later():
    left = faces(without_letters(STYLES))
    assert {name for name in faces(STYLES) if name not in left} == {
        b"Source Sans",
        b"Source Code Pro",
        b"Source Serif",
    }
    assert b"Material Symbols Rounded" in left
    page = (STATIC / "index.html").read_bytes()
    shown = letters_last(page)
    assert b'rel="preload"' in page
    assert b'rel="preload"' not in shown
    brought = faces(shown)
    assert sorted(brought) == sorted(name for name in faces(STYLES) if name not in left)
    # Each of its files is there, from where the page stands.
    files = re.findall(rb"url\(\./([^)]*)\)", shown)
    assert len(files) == len(brought)
    assert all((STATIC / file.decode()).is_file() for file in files)
    assert letters_last(b"<html></html>") == b"<html></html>"


def test_the_page_that_is_sent_has_its_letters_last():
    app, _ = inner(body=(STATIC / "index.html").read_bytes())
    _, headers, body = answer_of(ConnectionWord(app), accept="text/html")
    assert b"Source Sans" in body
    assert b'rel="preload"' not in body
    assert int(headers[b"content-length"]) == len(body)
