"""What a part says to the server, also while the reader is on the way to another page."""

from types import SimpleNamespace

from pages.shared.state import wire


def test_what_a_part_has_said_is_heard_though_its_page_has_gone(monkeypatch):
    heard, answered, events = [], [], {}
    said = SimpleNamespace(chart_relu__hand={"name": "b1[0]", "value": 0.5})
    monkeypatch.setattr(wire.st, "session_state", {wire._KEY: said})
    monkeypatch.setattr(wire, "_COMPONENT", lambda **given: events.update(given))
    wire.begin(on=True)
    wire.wire().take("chart_relu", {}, {"hand": heard.append})
    wire.send({}, lambda: answered.append(True))
    tell = events["on_chart_relu__hand_change"]
    # A part that was drawn again is told by what it hears with now.
    newer = []
    wire.wire().take("chart_relu", {}, {"hand": newer.append})
    tell()
    assert (heard, newer) == ([], [said.chart_relu__hand])
    wire.begin(on=True)
    tell()
    assert (heard, answered) == ([said.chart_relu__hand], [True, True])
