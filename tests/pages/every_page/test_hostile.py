"""Hostile text by every way in: it may come back as text, and as nothing else.

What Streamlit shows as `text` or `code` the browser writes as text; everything else is read as
Markdown, LaTeX or HTML by someone on its way to the screen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from blame.expression.limits import MOST_TEXT as MOST_EXPRESSION
from blame.practise.challenges import CHALLENGES
from blame.practise.progress import MOST_CODE, progress_code
from blame.practise.question import MOST_TYPED
from blame.practise.quiz import MAKERS
from pages.shared.server.around import SCRIPT
from pages.shared.state.choices import CHOICES, MOST_PASTED, MOST_TEXT
from pages.shared.teachers.handed_in import MOST_TEXT as MOST_HANDED_IN
from pages.shared.teachers.links import MOST_ASKED
from tests.exercises import NAMES
from tests.pages.app import PAGES, ROOT, file_of, open_page, pictures

MARK = "zqhit"
"""Letters that no page says by itself."""
HOSTILE = (
    f"<img src=x onerror={MARK}>",
    f"</style><script>{MARK}</script>",
    f"[{MARK}](javascript:{MARK})",
    f"![{MARK}](http://192.0.2.1/{MARK}.png)",
    f":red[{MARK}] **{MARK}** :material/{MARK}: ${MARK}$ `{MARK}`",
    f"http://192.0.2.1/{MARK}",
    f"| {MARK} |\n|---|\n# {MARK}",
)
AS_TEXT = {"text", "code"}
TYPED = {"text_input", "text_area"}
LONGEST = 100_000


KEEPER = "blame_kept"
"""The component that keeps a sheet in the browser's storage."""


def nodes(block: Any) -> Iterator[Any]:
    """Yield everything on the page, blocks such as expanders with their labels included."""
    for child in block.children.values():
        yield child
        if hasattr(child, "children"):
            yield from nodes(child)


def sinks(app: AppTest) -> list[str]:
    """Return every place where the mark would be read as more than text."""
    found = []
    for node in nodes(app._tree):
        if node.type in AS_TEXT or node.proto is None:
            continue
        if getattr(node.proto, "component_name", "") == KEEPER:
            # It draws nothing: see below.
            continue
        proto = type(node.proto)()
        proto.CopyFrom(node.proto)
        if node.type in TYPED:
            # What stands in a field is the reader's own, and a field's content is text.
            proto.ClearField("value")
            proto.ClearField("default")
        if MARK in str(proto):
            found.append(f"{node.type}: {str(proto)[:300]}")
    return found


def texts(app: AppTest) -> str:
    """Return what is shown as text."""
    return "\n".join(str(element.value) for element in app.get("text"))


def test_what_keeps_a_sheet_draws_nothing():
    script = (SCRIPT.parents[1] / "live" / "scripts" / "kept.js").read_text(encoding="utf-8")
    code = re.sub(r"//.*", "", script)
    assert not re.search(r"document|parentElement|innerHTML|eval|Function", code)


@pytest.mark.parametrize("page", PAGES)
def test_a_link_full_of_hostile_text_stays_text(page):
    ways = [*NAMES, *CHOICES, "kept", "ask", MARK, *HOSTILE]
    for k in (0, 3):
        app = AppTest.from_file(str(SCRIPT), default_timeout=60)
        for number, name in enumerate(ways):
            app.query_params[name] = HOSTILE[(number + k) % len(HOSTILE)]
        # The reader's own samples, so that the page reads the text and names its lines.
        app.query_params["data"] = "my own"
        if page != "home":
            app.switch_page(file_of(page))
        app.run()
        assert not app.exception
        assert sinks(app) == []
        # It was there to be shown: in the question and in the message.
        assert MARK in texts(app)


def hostile_fields(page: str) -> Iterator[AppTest]:
    """Type each hostile text into a field of a page, and yield what the page makes of it."""
    keys = [field.key for field in open_page(page).text_input]
    for number, text in enumerate(HOSTILE):
        app = open_page(page)
        # All of them for the first text, then one each: a worksheet has many alike.
        for key in keys if number == 0 else [keys[number % len(keys)]]:
            app.text_input(key=key).set_value(text)
        for button in app.button:
            if button.label == "Take it up":
                button.click()
        app.run()
        assert not app.exception
        yield app


@pytest.mark.parametrize("page", ["by_hand", "challenges", "teachers"])
def test_what_is_typed_stays_text(page):
    for app in hostile_fields(page):
        assert sinks(app) == []
        # A composed link carries the question with every sign of markup encoded.
        assert not any(re.search(rf"[<>\[\]*]+.*{MARK}", str(e.value)) for e in app.get("code"))
        if page == "challenges":
            assert "is no challenge" in texts(app)


def test_pasted_samples_stay_text():
    for text in HOSTILE:
        app = open_page("playground")
        app.selectbox(key="data").select("my own").run()
        app.text_area(key="csv").set_value(f"x0,x1,y\n1,2,0\n{text}\n2,1,1").run()
        assert not app.exception
        assert sinks(app) == []
        assert "line 3" in texts(app)


@pytest.mark.parametrize("text", [*HOSTILE, f"{MARK}/0", "1e99999999"])
def test_typed_answers_stay_text(text):
    app = open_page("backward_pass")
    app.button_group(key="reading").set_value("Predict first").run()
    field = app.main.text_input[0]
    field.set_value(text)
    next(button for button in app.main.button if button.label == "Commit").click().run()
    assert not app.exception
    assert sinks(app) == []
    assert any("Write a number" in str(caption.value) for caption in app.caption)


@pytest.mark.parametrize(
    "page", sorted(set(PAGES) - {"by_hand", "expression", "glossary", "playground", "teachers"})
)
def test_a_number_that_is_asked_to_be_opened_must_exist(page):
    app = open_page("home", lab_view="One step")
    if page != "home":
        app.switch_page(file_of(page)).run()
    assert len(pictures(app)) == 1
    opened = [key for key in app.session_state.to_dict() if str(key).endswith("_opened")]
    # The first run is home's: a page has a key of its own.
    assert len(opened) == 1 + (page != "home")
    for key in opened:
        app.session_state[key] = HOSTILE[0]
    app.run()
    assert not app.exception
    assert sinks(app) == []


def test_a_sink_is_seen():
    def script() -> None:
        import streamlit as st

        st.text("zqhit")
        st.text_input("name", value="zqhit")
        st.markdown("zqhit")
        st.expander("zqhit")
        st.plotly_chart({"data": [{"type": "bar"}], "layout": {"title": {"text": "zqhit"}}})

    assert len(sinks(AppTest.from_function(script).run())) == 3


def test_scripts_write_text_as_text():
    rooms = ROOT / "pages" / "shared"
    scripts = sorted(rooms.rglob("*.js"))
    assert {path.relative_to(rooms).parts[0] for path in scripts} >= {"live", "picture", "server"}
    for path in scripts:
        text = path.read_text(encoding="utf-8")
        found = re.findall(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|srcdoc"
            r"|createContextualFragment|setHTML|javascript:",
            text,
        )
        assert found == [], path.name


def test_only_four_places_send_html_and_none_lets_markdown_hold_it():
    places = {}
    for path in sorted((ROOT / "pages").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        assert "unsafe_allow_html" not in text, path
        assert "unsafe_allow_javascript" not in text, path
        if calls := re.findall(r"(?:st\.html|iframe|components\.v1)\((.*)\)", text):
            places[path.name] = calls
    assert places == {
        "page_frame.py": ["_STYLES"],
        # Its rules come from a table in the same file.
        "frame.py": ["f\"<style>{', '.join(rules)} {{ display: none !important; }}</style>\""],
        "on_the_wall.py": ["_STYLES"],
        "screen.py": ["_STYLES"],
    }


FIELDS = {
    "by_hand": MOST_TYPED,
    "challenges": MOST_CODE,
    "teachers": MOST_ASKED,
    "playground": MOST_PASTED,
    "expression": MOST_EXPRESSION,
    "backward_pass": MOST_TYPED,
    "my_numbers": MOST_TEXT,
}
"""Page -> how many characters its fields take."""
OTHERS = {"checked_code": MOST_CODE, "handed_in_texts": MOST_HANDED_IN}
"""Those of its fields that take another number."""
LESSONS = {maker.lesson for maker in MAKERS.values()}
"""Pages that ask questions, in a field each."""


@pytest.mark.parametrize("page", PAGES)
def test_every_field_has_a_limit_that_holds_on_the_server(page):
    app = open_page(page, data="my own", reading="Predict first")
    fields = [*app.get("text_input"), *app.get("text_area")]
    assert bool(fields) == (page in {*FIELDS, *LESSONS})
    for field in fields:
        most = field.proto.max_chars
        assert most == OTHERS.get(field.key, FIELDS.get(page, MOST_TYPED)), field.key
        # As a client of its own making would send it: no browser stands between.
        field.set_value("9" * LONGEST)
    app.run()
    assert not app.exception
    for field in fields:
        assert len(app.session_state[field.key]) <= field.proto.max_chars
    if page == "playground":
        assert len(app.session_state["csv"]) <= MOST_TEXT
        assert f"{MOST_TEXT:,} characters" in app.text_area(key="csv").proto.help
    if page == "teachers":
        assert f"{MOST_ASKED} characters" in app.text_input(key="to_question").proto.help


def test_a_code_of_all_challenges_fits_into_its_field():
    assert len(progress_code(CHALLENGES)) <= FIELDS["challenges"]
