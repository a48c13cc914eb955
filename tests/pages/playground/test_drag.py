"""A sample dragged on the map: where it went, and what no hand can have said."""

import pytest

from pages.shared.playground.drag import _tell
from tests.pages.app import open_page, tell, words


def test_a_dragged_sample_is_the_readers_own_and_a_clicked_one_is_picked():
    app = open_page("playground", data="xor", play_step=5)
    app.toggle(key="edit_on").set_value(True).run()
    assert "blame_drag" not in [each.proto.component_name for each in app.get("bidi_component")]
    app.session_state["edit_way"] = "Move"
    app.run()
    tell(app, "blame_drag", "dropped", {"row": 2})
    assert "Sample 2 is picked: click where it goes." in words(app)
    tell(app, "blame_drag", "dropped", {"row": 0, "x": 0.51234, "y": -0.25})
    assert app.session_state["csv"].splitlines() == ["0.5123,-0.25,0", "0,1,1", "1,0,1", "1,1,0"]
    assert app.session_state["data"] == "my own"
    assert app.session_state["play_step"] == 0
    assert "is picked" not in words(app)


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"row": "0", "x": 1, "y": 1},
        {"row": True, "x": 1, "y": 1},
        {"row": 4, "x": 1, "y": 1},
        {"row": -1, "x": 1, "y": 1},
        {"row": 0, "x": 1},
        {"row": 0, "x": float("nan"), "y": 1},
        {"row": 0, "x": "1", "y": 1},
        {"row": 0, "x": 1e7, "y": 1},
    ],
)
def test_what_no_hand_can_have_said_moves_nothing(said):
    told = []
    _tell(said, 4, lambda *given: told.append(given))
    assert told == []
    _tell({"row": 3, "x": 1, "y": 2.5}, 4, lambda *given: told.append(given))
    _tell({"row": 3}, 4, lambda *given: told.append(given))
    assert told == [(3, (1.0, 2.5)), (3, None)]
