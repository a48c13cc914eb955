"""Every page on every preset: it runs, says nothing false, and shows what blame computes."""

import re

import plotly.graph_objects as go
import pytest
from streamlit.testing.v1 import AppTest

from blame import PRESETS
from pages.shared.state.menu import SECTIONS, page_of
from tests.exercises import notebook_with
from tests.pages.app import (
    BESIDE,
    DRAWN,
    PAGES,
    WORKSHOPS,
    bars,
    charts,
    exercise_of,
    figures,
    file_of,
    go_to_step,
    open_page,
    pictures,
    player_of,
    set_number,
    sheet_of,
    words,
)

UNTOUCHED = ("expression", "playground")
"""Pages with numbers of their own."""


def test_the_menu_lists_every_page_once():
    listed = [page.file for pages in SECTIONS.values() for page in pages]
    assert sorted(listed) == PAGES


@pytest.mark.parametrize("page", [page for page in BESIDE if not page_of(page).own_inputs])
def test_page_runs_on_every_preset(page):
    app = open_page(page)
    for preset in PRESETS:
        app.selectbox(key="start").select(preset).run().run()
        assert not app.exception, preset
        assert exercise_of(app) == PRESETS[preset].exercise
        text = words(app)
        assert "nan" not in re.findall(r"[a-z]+", text), preset
        assert "inf" not in re.findall(r"[a-z]+", text), preset
        assert not re.search(r"[-\u2212]0(?![.\d])", text), f"a minus zero is on screen: {preset}"
        if page not in {"home", *WORKSHOPS}:
            assert any("What to notice" in str(heading.value) for heading in app.header)


@pytest.mark.parametrize("page", DRAWN)
def test_every_chart_is_described_and_has_a_fixed_height(page):
    app = open_page(page)
    assert charts(app)
    for chart in charts(app):
        assert chart["alt"], "a chart without words"
    for figure in figures(app):
        assert figure["layout"]["height"] > 0


def shown(app):
    """Return what the page itself shows: the sidebar tells of a change in any case."""
    return figures(app.main), pictures(app.main), words(app.main)


@pytest.mark.parametrize("page", [page for page in BESIDE if page not in UNTOUCHED])
def test_page_answers_to_a_change(page):
    app = open_page(page)
    before = shown(app)
    set_number(app, "b1_0", 0.7)
    assert shown(app) != before
    # And to the same as for whoever comes with this number.
    assert shown(open_page(page, b1_0=0.7)) != before


@pytest.mark.parametrize("page", UNTOUCHED)
def test_what_does_not_speak_of_the_lessons_numbers_stays(page):
    app = open_page(page)
    before = shown(app)
    assert shown(open_page(page, b1_0=0.7)) == before
    if page_of(page).own_inputs:
        # Its own inputs stand in the sidebar, and none of the lessons'.
        with pytest.raises(ValueError, match="not enough values"):
            sheet_of(app)
        assert {box.key for box in app.sidebar.selectbox} == {
            "data", "unit", "task_loss", "play_optimiser"
        }  # fmt: skip
        return
    set_number(app, "b1_0", 0.7)
    assert shown(app) == before


def test_a_page_frozen_to_the_numbers_it_began_with_is_seen():
    def frozen() -> None:
        import streamlit as st

        number = st.sidebar.number_input("b1[0]", value=0.1, key="b1_0")
        st.sidebar.caption("Changed: b1[0]" if number != 0.1 else "As it was.")
        st.markdown("z1[0] = 2.2")
        st.plotly_chart({"data": [{"type": "bar", "y": [2.2]}]}, key="bars")

    app = AppTest.from_function(frozen).run()
    before, everything = shown(app), words(app)
    app.number_input(key="b1_0").set_value(0.7).run()
    assert words(app) != everything
    assert shown(app) == before


def test_numbers_survive_page_changes():
    app = open_page("forward_pass")
    set_number(app, "W1_0_1", -0.7)
    for page in PAGES:
        app.switch_page(file_of(page)).run()
        assert not app.exception
        assert exercise_of(app) == notebook_with(W1_0_1=-0.7)


def test_forward_bars_are_the_forward_pass():
    app = open_page("forward_pass", b1_1=0.1)
    forward = exercise_of(app).forward()
    waterfall, activations, _ = figures(app)
    shown = bars(waterfall)
    assert shown["= z1[0]"] == forward.z[0][0, 0]
    assert shown["= z1[1]"] == forward.z[0][0, 1]
    assert shown["= y_pred"] == forward.prediction[0, 0]
    assert shown["x[1] W1[1, 0]"] == 2 * 0.8
    total = shown["x[0] W1[0, 1]"] + shown["x[1] W1[1, 1]"] + shown["b1[1]"]
    assert total == pytest.approx(shown["= z1[1]"], abs=1e-15)
    assert bars(activations)["a1[1]"] == forward.a[0][0, 1]
    assert bars(activations)["y_true"] == 1


def test_loss_curve_has_its_slope_and_its_lowest_point():
    app = open_page("forward_pass")
    curve, tangent, today, target = figures(app)[2]["data"]
    assert today["x"] == [2.25]
    assert today["y"] == [1.5625]
    (x0, x1), (y0, y1) = tangent["x"], tangent["y"]
    assert (y1 - y0) / (x1 - x0) == pytest.approx(2.5)
    assert target["x"] == [1]
    assert min(curve["y"]) == pytest.approx(0, abs=1e-12)


def test_gradient_bars_are_the_gradients():
    app = open_page("backward_pass")
    shown = bars(figures(app)[0])
    back = exercise_of(app).backward()
    # Rounding alone made it: it is drawn as nothing, and its digits are there to open.
    assert back.weight_gradients[1][1, 0] != 0
    assert shown["dW2[1, 0]"] == 0
    for i in range(2):
        assert shown[f"d_a1[{i}]"] == back.activation_gradients[0][0, i]
        assert shown[f"d_z1[{i}]"] == back.deltas[0][0, i]
        assert shown[f"db1[{i}]"] == back.bias_gradients[0][i]
        for j in range(2):
            assert shown[f"dW1[{i}, {j}]"] == back.weight_gradients[0][i, j]
    assert "dW1[1, 1]\u00a0\u00a0\u22127.5" in figures(app)[0]["layout"]["yaxis"]["ticktext"]
    # By hand, so that both sides cannot be wrong together.
    assert shown["d_loss_y"] == shown["db2[0]"] == 2.5
    assert shown["dW1[1, 1]"] == -7.5
    assert "dW2[1, 0]\u00a0\u00a0≈0" in figures(app)[0]["layout"]["yaxis"]["ticktext"]
    assert any(
        said == "dW2[1, 0] = 0 but for rounding"
        for said in figures(app)[0]["data"][0]["customdata"]
    )
    assert shown["dW2[0, 0]"] == 5.5


def test_backward_stages_reveal_one_group_after_another():
    app = open_page("backward_pass")
    revealed, told = [], []
    for _ in range(5):
        app.button(key="stage_next").click().run()
        assert not app.exception
        revealed.append(len(bars(figures(app)[0])))
        told.append(words(app))
    # One for the loss, then three for Linear2, two before and two after the gate, six for Linear1.
    assert revealed == [1, 4, 6, 8, 14]
    # Nor do the sentences tell of a weight whose blame is found later.
    assert ["Blame begins at y_pred" in said for said in told] == [True] + 4 * [False]
    assert ["so far is W2[0, 0]" in said for said in told] == [False] + 3 * [True] + [False]
    assert ["W1[1, 1]: growing" in said for said in told] == 4 * [False] + [True]
    app.button(key="stage_next").click().run()
    assert bars(figures(app)[-1]) == {"before": 1.5625, "after": pytest.approx(18.1476)}
    app.button(key="stage_next").click().run()
    assert app.session_state["stage"] == "all"


def test_a_stage_without_biases_waits_for_the_first_weights_too():
    app = open_page("backward_pass", exercise="hmkcode-2-2-1")
    said = []
    for _ in range(5):
        app.button(key="stage_next").click().run()
        said.append("The rest is told once all blame is found" in words(app))
    assert said == 4 * [True] + [False]


def test_common_scale_can_be_switched_off():
    app = open_page("backward_pass")

    def longest():
        """Return the length of the longest bar of each group, as a share of the longest of all."""
        lengths = {}
        for trace in figures(app)[0]["data"]:
            for said, length in zip(trace["customdata"], trace["x"], strict=True):
                array = said.partition("[")[0].partition(" =")[0]
                lengths[array] = max(lengths.get(array, 0), abs(length))
        return lengths

    together = longest()
    assert max(together.values()) == 1
    assert min(together.values()) < 0.6
    app.toggle(key="common_scale").set_value(False).run()
    assert sum(length == 1 for length in longest().values()) > 1 + sum(
        length == 1 for length in together.values()
    )


def test_text_bars_are_the_notebooks():
    app = open_page("backward_pass")
    app.toggle(key="text_bars").set_value(True).run()
    lines = app.code[0].value.splitlines()
    marks = {line.split()[0]: line.count("|") for line in lines if "|" in line or "e-17" in line}
    assert marks["d_loss_y"] == 25
    assert next(line for line in lines if "dW1[1, 1]" in line).count("|") == 75
    assert next(line for line in lines if "dW2[1, 0]" in line).count("|") == 0


def test_shut_gate_says_so_and_passes_nothing():
    app = open_page("relu_gate", b1_1=-0.2)
    shown = bars(figures(app)[1])
    assert shown["d_a1[1]"] == -3.75
    assert shown["d_z1[1]"] == 0
    assert "Neuron 1 is shut" in words(app)
    sweep = figures(app)[2]["data"][1]
    live = [y for x, y in zip(sweep["x"], sweep["y"], strict=True) if y is not None and x > 0]
    shut = [y for x, y in zip(sweep["x"], sweep["y"], strict=True) if y is not None and x < -0.11]
    assert set(shut) == {0}
    assert live
    assert all(y != 0 for y in live)


def test_the_kink_is_told():
    assert "cannot be told from 0" in words(open_page("relu_gate"))
    assert "cannot be told" not in words(open_page("backward_pass", b1_1=-0.2))
    exact = words(open_page("backward_pass", W1_0_1=0, W1_1_1=0, b1_1=0))
    assert "exactly 0" in exact


def test_training_shows_the_notebooks_run_and_why():
    app = open_page("training")
    loss = figures(app)[0]["data"][0]
    assert loss["y"][:4] == pytest.approx([1.5625, 18.1476, 7.7931341845, 0.8214226709], rel=1e-9)
    text = words(app)
    assert "Neuron 1 dies at step 2" in text
    assert "Neuron 0 dies at step 3" in text
    assert "18.15" in text


def test_training_screen_follows_the_chosen_step():
    app = open_page("training")
    go_to_step(app, 3)
    assert app.session_state["step"] == player_of(app)["value"] == 3
    assert "After 3 of 50 steps" in words(app)
    shown = bars(figures(app)[1])
    back = exercise_of(app).train().backward
    assert shown["db2[0]"] == back.bias_gradients[1][3, 0]
    assert shown["dW1[1, 1]"] == 0
    go_to_step(app, -1)
    assert app.session_state["step"] == 0
    assert bars(figures(app)[1])["dW1[1, 1]"] == -7.5


def test_training_says_where_it_left_the_floats():
    app = open_page("training", learning_rate=2, steps=500, b1_1=0.1)
    overflow = exercise_of(app).train().overflow_step
    assert overflow is not None
    assert f"At step {overflow} of 500" in words(app)
    assert player_of(app)["last"] == overflow - 1
    go_to_step(app, 500)
    assert player_of(app)["value"] == overflow - 1


def test_text_on_home_answers_the_question():
    text = words(open_page("home"))
    assert "W1[1, 1], with a blame of \u22127.5" in text
    assert "promises \u22120.075" in text


@pytest.mark.parametrize("page", DRAWN)
def test_every_figure_is_one_plotly_accepts(page):
    found = figures(open_page(page))
    assert found
    for drawn in found:
        # Raises ValueError on any name or value that Plotly does not know.
        go.Figure(drawn)
    with pytest.raises(ValueError, match="Invalid property"):
        go.Figure({"data": [{"type": "bar", "colour": "red"}]})
