"""What stands around the server: headers, compressed files, a word in the page, no delay."""

import asyncio
import gzip
import socket
import threading
import time
from pathlib import Path

import pytest
import uvicorn
from streamlit import file_util
from streamlit.testing.v1 import AppTest

from pages.shared.server import compressed
from pages.shared.server.around import SCRIPT, around
from pages.shared.server.compressed import Compressed
from pages.shared.server.connection_word import SETTING, ConnectionWord, word
from pages.shared.server.headers import HEADERS, Headers
from pages.shared.server.no_delay import NoDelay, be_prompt
from tests.browser.server import free_port
from tests.pages.app import ROOT, words

STATIC = Path(file_util.get_static_dir())
SCRIPTS = sorted((STATIC / "static" / "js").glob("*.js"), key=lambda path: path.stat().st_size)
PAGE = b"<html><body><p>page</p></body></html>"


def answer_of(app, path="/", method="GET", **headers):
    """Return status, headers and body of an app's answer to one request."""
    sent = []

    async def send(message):
        sent.append(message)

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": method, "path": path, "headers": raw}
    asyncio.run(app(scope, receive, send))
    start, *bodies = sent
    assert start["type"] == "http.response.start"
    return start["status"], dict(start["headers"]), b"".join(body["body"] for body in bodies)


def inner(body=PAGE, status=200, kind=b"text/html; charset=utf-8", parts=1):
    """Return an app that answers so, and the scopes it was asked with."""
    asked = []

    async def app(scope, receive, send):
        asked.append(scope)
        length = str(len(body)).encode()
        headers = [(b"content-type", kind), (b"content-length", length), (b"etag", b"x")]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        cuts = [len(body) * k // parts for k in range(parts + 1)]
        for k in range(parts):
            part = body[cuts[k] : cuts[k + 1]]
            more = k < parts - 1
            await send({"type": "http.response.body", "body": part, "more_body": more})

    return app, asked


def test_a_file_is_sent_compressed_and_is_the_file():
    app, asked = inner()
    for file in (SCRIPTS[0], SCRIPTS[-1]):
        path = f"/static/js/{file.name}"
        status, headers, body = answer_of(Compressed(app), path, accept_encoding="br, gzip")
        assert (status, headers[b"content-encoding"]) == (200, b"gzip")
        assert gzip.decompress(body) == file.read_bytes()
        assert int(headers[b"content-length"]) == len(body)
        assert b"immutable" in headers[b"cache-control"]
        assert headers[b"content-type"].startswith(b"text/javascript")
    assert len(body) < 0.4 * SCRIPTS[-1].stat().st_size
    assert asked == []


def test_a_file_is_compressed_once(monkeypatch):
    calls = []

    def counted(data, *rest, **settings):
        calls.append(len(data))
        return b"small"

    compressed._compressed.cache_clear()
    monkeypatch.setattr(compressed.gzip, "compress", counted)
    app, _ = inner()
    for _ in range(3):
        assert (
            answer_of(Compressed(app), f"/static/js/{SCRIPTS[1].name}", accept_encoding="gzip")[2]
            == b"small"
        )
    compressed._compressed.cache_clear()
    assert calls == [SCRIPTS[1].stat().st_size]


def test_asked_only_for_its_head_a_file_says_its_length_and_sends_nothing():
    app, _ = inner()
    path = f"/static/js/{SCRIPTS[0].name}"
    _, headers, body = answer_of(Compressed(app), path, "HEAD", accept_encoding="gzip")
    assert int(headers[b"content-length"]) > 0
    assert body == b""


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        (f"/static/js/{SCRIPTS[0].name}", {}),
        (f"/static/js/{SCRIPTS[0].name}", {"accept_encoding": "deflate"}),
        (f"/static/js/{SCRIPTS[0].name}", {"accept_encoding": "gzip", "range": "bytes=0-9"}),
        ("/static/js/none.js", {"accept_encoding": "gzip"}),
        ("/static/js/../../../config.py", {"accept_encoding": "gzip"}),
        ("/static/../index.html", {"accept_encoding": "gzip"}),
        ("/backward_pass", {"accept_encoding": "gzip"}),
    ],
)
def test_all_else_is_left_to_streamlit(path, headers):
    app, asked = inner()
    assert answer_of(Compressed(app), path, **headers)[2] == PAGE
    assert len(asked) == 1


def test_an_app_in_a_folder_has_its_files_there(monkeypatch):
    monkeypatch.setattr(compressed.config, "get_option", lambda name: "/school/")
    app, asked = inner()
    path = f"/school/static/js/{SCRIPTS[0].name}"
    assert answer_of(Compressed(app), path, accept_encoding="gzip")[1][b"content-encoding"]
    assert asked == []


@pytest.mark.parametrize("parts", [1, 3])
def test_the_page_gets_a_word_and_its_length(parts):
    app, asked = inner(parts=parts)
    sent = {"accept": "text/html,*/*", "accept_encoding": "gzip"}
    _, headers, body = answer_of(ConnectionWord(app), "/backward_pass", **sent)
    assert headers[b"content-encoding"] == b"gzip"
    assert gzip.decompress(body) == PAGE.replace(b"</body>", word())
    assert int(headers[b"content-length"]) == len(body)
    assert b"etag" not in headers
    _, headers, plain = answer_of(ConnectionWord(app), "/backward_pass", accept="text/html")
    assert plain == gzip.decompress(body)
    assert b"content-encoding" not in headers
    # Compressed before, there would be nothing to find.
    assert all(name != b"accept-encoding" for name, _ in asked[0]["headers"])


def test_the_word_offers_the_edition_that_a_setting_names_and_else_none(monkeypatch):
    app, _ = inner()
    assert b'INSTEAD = "";' in answer_of(ConnectionWord(app), accept="text/html")[2]
    monkeypatch.setenv(SETTING, "https://school.example/blame")
    body = answer_of(ConnectionWord(app), accept="text/html")[2]
    assert b'INSTEAD = "https://school.example/blame";' in body


def test_an_address_ends_no_script_and_leads_to_no_other_kind_of_place():
    assert word("/blame</script>").count(b"</script>") == word("/blame").count(b"</script>")
    with pytest.raises(ValueError, match="begins with https"):
        word("javascript:alert(1)")


@pytest.mark.parametrize(
    ("accept", "kind", "status"),
    [
        ("*/*", b"text/html", 200),
        ("text/html", b"application/json", 200),
        ("text/html", b"text/html", 404),
    ],
)
def test_what_is_no_page_gets_no_word(accept, kind, status):
    app, _ = inner(kind=kind, status=status)
    assert answer_of(ConnectionWord(app), accept=accept)[2] == PAGE


def test_streamlits_page_has_one_place_for_the_word():
    # Should a later Streamlit leave it out, the word would be lost without a sound.
    assert (STATIC / "index.html").read_bytes().count(b"</body>") == 1
    assert b"data-test-connection-state" in b"".join(
        path.read_bytes() for path in SCRIPTS if path.name.startswith("index.")
    )


def test_headers_are_added_and_none_stands_twice():
    app, _ = inner()
    _, headers, _ = answer_of(Headers(app))
    assert {name: headers[name] for name, _ in HEADERS} == dict(HEADERS)
    # Nothing that keeps the app out of another page's frame.
    assert b"x-frame-options" not in headers
    assert b"frame-ancestors" not in headers[b"content-security-policy"]

    async def already(scope, receive, send):
        own = [(b"Referrer-Policy", b"no-referrer")]
        await send({"type": "http.response.start", "status": 200, "headers": own})
        await send({"type": "http.response.body", "body": b""})

    _, headers, _ = answer_of(Headers(already))
    assert headers[b"Referrer-Policy"] == b"no-referrer"
    assert b"referrer-policy" not in headers


@pytest.mark.parametrize("prompt", [True, False])
def test_under_uvicorn_no_answer_waits_for_an_acknowledgement(prompt):
    seen = []

    async def look(scope, receive, send):
        if scope["type"] != "http":
            return
        connection = send.__self__.transport.get_extra_info("socket")
        seen.append(connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    # Bound as Streamlit binds it.
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as bound:
        bound.bind(("127.0.0.1", free_port()))
        config = uvicorn.Config(NoDelay(look) if prompt else look, log_level="error")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
        thread.start()
        try:
            while not server.started:
                time.sleep(0.01)
            with socket.create_connection(bound.getsockname(), timeout=10) as client:
                client.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                while client.recv(4096):
                    pass
        finally:
            server.should_exit = True
            thread.join(10)
    assert [bool(value) for value in seen] == [prompt]


def test_without_a_socket_to_reach_nothing_happens():
    assert not be_prompt(print)
    assert not be_prompt(lambda message: None)


def test_a_websocket_passes_all_of_it():
    reached = []

    async def app(scope, receive, send):
        reached.append(scope["type"])

    whole = app
    for layer in reversed(around()):
        whole = layer.cls(whole, *layer.args, **layer.kwargs)

    async def nothing(*_):
        return {}

    asyncio.run(whole({"type": "websocket", "path": "/", "headers": []}, nothing, nothing))
    asyncio.run(whole({"type": "lifespan"}, nothing, nothing))
    assert reached == ["websocket", "lifespan"]


def test_run_as_a_plain_script_it_shows_the_same_app():
    plain = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=30).run()
    served = AppTest.from_file(str(SCRIPT), default_timeout=30).run()
    assert not plain.exception
    assert len(words(served)) > 500
    assert words(plain) == words(served)
