"""The reader's own samples: pasted, typed, and put on the map."""

import json

from tests.pages.app import figures, open_page, words
from tests.pages.playground.opened import open_playground


def click_map(app, x, y):
    """Let the map say where it was clicked, as its script does in a browser."""
    (identity,) = (
        element.proto.id
        for element in app.get("bidi_component")
        if element.proto.component_name == "blame_wire"
    )
    states = app._tree.get_widget_states()
    said = {"event": "chart_playground_map__point", "value": {"x": x, "y": y}}
    states.widgets.add(
        id=f"$$STREAMLIT_INTERNAL_KEY_{identity}__events", json_trigger_value=json.dumps([said])
    )
    app._run(states)
    assert not app.exception, app.exception
    # AppTest shows what the last run sent, and that was a part of the page.
    app.run()
    assert not app.exception, app.exception


def test_own_data_is_read_and_bad_lines_are_named_as_text():
    app = open_playground(data="my own", csv="a,b,y\n1,2,0\n2,1,1\n<b>,1,1\n3,3,1")
    text = words(app)
    assert "Left out:" in text
    assert "line 4: '<b>' is not a number" in [element.value for element in app.get("text")]
    assert "accuracy" in text
    app.text_area(key="csv").set_value("nonsense").run()
    assert not app.exception
    assert "no good line in the text yet" in words(app)
    app.text_area(key="csv").set_value("1,5\n2,7\n3,-2").run()
    assert "mse is used instead" in words(app)
    assert figures(app)[0]["layout"]["xaxis"]["title"]["text"] == "x[0]"


def test_a_thousand_rows_can_be_pasted():
    app = open_page("playground", data="my own")
    rows = [f"{k / 7:.15f},{-k / 3:.15f},{k % 2}" for k in range(1000)]
    app.text_area(key="csv").set_value("\n".join(rows)).run()
    assert not app.exception
    kept = app.session_state["csv"].splitlines()
    assert kept == rows[: len(kept)]
    assert len(kept) > 100
    assert f"the first {len(kept)} of 1,000 lines are kept" in words(app)
    app.text_area(key="csv").set_value("1,2,0\n2,1,1").run()
    assert "lines are kept" not in words(app)


def test_samples_are_added_moved_and_removed_by_keyboard_and_on_the_map():
    app = open_playground(data="xor", play_step=20)
    app.toggle(key="edit_on").set_value(True).run()
    app.text_input(key="edit_place").set_value("0.5, \u22121").run()
    app.selectbox(key="edit_target").set_value("1").run()
    app.button(key="edit_do").click().run()
    assert not app.exception
    assert app.session_state["csv"] == "0,0,0\n0,1,1\n1,0,1\n1,1,0\n0.5,-1,1"
    assert app.selectbox(key="data").value == "my own"
    assert app.text_area(key="csv").value == app.session_state["csv"]
    assert "**After 0 steps" in words(app)
    app.segmented_control(key="edit_way").set_value("Move").run()
    click_map(app, 0.9, 0.02)
    assert "Sample 2 is picked: click where it goes." in words(app)
    click_map(app, 2, 0.25)
    assert app.session_state["csv"].splitlines()[2] == "2,0.25,1"
    app.segmented_control(key="edit_way").set_value("Remove").run()
    app.number_input(key="edit_row").set_value(0).run()
    app.button(key="edit_do").click().run()
    assert app.session_state["csv"] == "0,1,1\n2,0.25,1\n1,1,0\n0.5,-1,1"
    app.segmented_control(key="edit_way").set_value("Add").run()
    app.text_input(key="edit_place").set_value("0.5").run()
    app.button(key="edit_do").click().run()
    assert "Its inputs are 2 numbers" in words(app)
