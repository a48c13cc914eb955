"""The pages that test the blame: their numbers against blame's, and what they say."""

import pytest

from blame.activations import units
from blame.exercise.presets import NOTEBOOK
from blame.probe.chains import chains
from blame.probe.knife_edge import ARITHMETICS, outcomes
from tests.exercises import changed, notebook_with
from tests.pages.app import bars, charts, exercise_of, figures, open_page, set_number, words


def cells(app, name):
    """Return the cells of one row of the page's table."""
    lines = words(app).replace("\u2011", "-").splitlines()
    line = next(line for line in lines if line.startswith(f"| **{name}**"))
    return [cell.strip() for cell in line.strip("| ").split("|")[1:]]


def test_knife_edge_shows_both_runs_of_the_notebook():
    app = open_page("knife_edge")
    lines = {trace["name"]: trace["y"] for trace in figures(app)[0]["data"]}
    assert list(lines) == list(ARITHMETICS.values())
    assert lines["float64"][:4] == pytest.approx([1.5625, 18.1476, 7.7931, 0.8214], abs=5e-5)
    assert lines["exact fractions"][:4] == pytest.approx([1.5625, 0.7832, 0.1204, 0.0006], abs=5e-5)
    assert cells(app, "z1[1]") == ["2.776e-17", "\N{MINUS SIGN}7.451e-9", "0", "0"]
    assert cells(app, "gate") == ["open", "shut", "shut", "shut"]
    assert cells(app, "gates at the end")[0] == "shut, shut"
    text = words(app)
    assert "the neuron stands on the kink" in text
    assert "After 1 update the loss is 18.15 in float64 and 0.7832 on paper" in text


def test_knife_edge_on_other_numbers_and_the_other_neuron():
    app = open_page("knife_edge", b1_1=-0.2)
    assert "All four agree on every gate" in words(app)
    assert "its sign is certain" in words(app)
    app.segmented_control(key="knife_neuron").set_value("neuron 0").run()
    assert not app.exception
    assert cells(app, "z1[0]")[-1] == "2.2"
    app.toggle(key="knife_log").set_value(True).run()
    assert figures(app)[0]["layout"]["yaxis"]["type"] == "log"
    expected = outcomes(exercise_of(app), 5)[0].losses
    assert figures(app)[0]["data"][0]["y"] == list(expected)


@pytest.mark.parametrize(
    "page",
    ["forward_pass", "backward_pass", "relu_gate", "training", "what_if", "gradient_check"],
)
def test_lessons_point_to_the_edge_only_where_there_is_one(page):
    # The last link leads on, from one lesson to the next.
    links = [link.proto.page for link in open_page(page).get("page_link")[:-1]]
    assert links.count("knife_edge") == 1
    links = [link.proto.page for link in open_page(page, b1_1=-0.2).get("page_link")[:-1]]
    assert "knife_edge" not in links
    assert ({"training_lab", "playground"} <= set(links)) == (page == "training")


def test_what_if_compares_promise_and_truth():
    app = open_page("what_if")
    # y_pred = 2.25 + 2 x 0.1 = 2.45, so the loss is 1.45 squared = 2.1025.
    assert "= **+0.5**. The loss went from 1.5625 to 2.1025: **+0.54**. The gap is 0.04." in words(
        app
    )
    curve, every, gap = figures(app)
    loss, promise = curve["data"][:2]
    exercise = exercise_of(app)
    for k in (0, 77, 240):
        typed = changed(exercise, W1_1_0=loss["x"][k])
        assert loss["y"][k] == pytest.approx(float(typed.backward().loss), rel=1e-12)
        assert promise["y"][k] == pytest.approx(1.5625 + 5 * (loss["x"][k] - 0.8), rel=1e-9)
    gap_line, today, promised_point, nudged_point = curve["data"][2:]
    assert gap_line["x"] == pytest.approx([0.9, 0.9])
    assert gap_line["y"] == pytest.approx([2.0625, 2.1025])
    assert (today["x"], today["y"]) == ([0.8], [1.5625])
    assert promised_point["y"] == pytest.approx([2.0625])
    assert (nudged_point["x"], nudged_point["y"]) == (pytest.approx([0.9]), pytest.approx([2.1025]))
    truths = bars(every)
    assert truths["b2[0]"] == pytest.approx(1.35**2 - 1.5625)
    assert truths["y_true"] == pytest.approx(1.15**2 - 1.5625)
    told = [float(text.rpartition(" ")[2]) for text in every["data"][1]["customdata"]]
    promised = dict(zip(truths, told, strict=True))
    assert promised["W1[1, 1]"] == pytest.approx(-0.75)
    assert promised["y_true"] == pytest.approx(-0.25)
    assert gap["data"][-1]["y"][0] == pytest.approx(0.04)
    assert "power 2.0" in words(app)


def test_what_if_names_the_gate_that_flips_and_the_kink():
    app = open_page("what_if", b1_1=0.3)
    app.selectbox(key="quantity").select("b1[1]").run()
    app.number_input(key="nudge").set_value(-0.6).run()
    assert not app.exception
    assert [note["text"] for note in figures(app)[0]["layout"]["annotations"]] == ["z1[1] = 0"]
    # z1[1] is 0.4 at 0.3, so 0 at -0.1.
    assert "z1[1] crosses 0 at b1[1] = \u22120.1" in words(app)
    set_number(app, "b1_1", -0.1)
    assert "stands on a kink" in words(app)
    app.button(key="nudge_-1").click().run()
    assert app.session_state["nudge"] == 0.6
    app.button(key="nudge_0.1").click().run()
    assert app.session_state["nudge"] == 0.06
    app.number_input(key="nudge").set_value(0.0).run()
    assert not app.exception
    assert "A nudge of 0 changes nothing" in words(app)


def test_gradient_check_gives_every_parameter_a_verdict():
    app = open_page("gradient_check", b1_1=0.3)
    text = words(app)
    assert text.count("| agrees |") == 9
    assert "9 of 9 gradients agree" in text
    one_sided, central = figures(app)[0]["data"]
    # h = 0.1: (L(p + h) - L(p)) / h = 2.6 + 4 h against 2.6.
    assert one_sided["y"][0] == pytest.approx(0.4 / 3.0)
    assert central["y"][0] < 1e-12
    app.select_slider(key="h").set_value("1e-14").run()
    assert not app.exception
    assert "| rounding |" in words(app)


def test_gradient_check_tells_both_slopes_at_the_kink():
    app = open_page("gradient_check")
    text = words(app)
    assert text.count("| agrees, from above |") == 3
    assert (
        "b1[1]: z1[1] crosses 0 within h. The slope is 0 below and \N{MINUS SIGN}3.75 above" in text
    )
    assert "backpropagation takes \N{MINUS SIGN}3.75, the one above" in text
    app.selectbox(key="checked").select("b1[1]").run()
    assert not app.exception
    assert figures(app)[0]["data"][1]["y"][0] == pytest.approx(0.51, abs=0.05)


def test_depth_shows_the_chains_and_answers_the_sentence_honestly():
    app = open_page("depth")
    found = chains(12, 8, "relu", 0.5, 0)
    said = charts(app)[0]["alt"]
    assert said.startswith(f"By layer, from 1 to 12: median blame from {found.arriving:.4g} ")
    lines = {trace.get("name"): trace for trace in figures(app)[0]["data"]}
    assert lines["blame, relative to the output's"]["y"] == list(found.band(found.blame)[1])
    assert lines["activation"]["y"] == list(found.band(found.size)[1])
    assert lines["gates shut"]["y"] == list(found.shut.mean(0))
    # In the notebook dW1 reaches 7.5 while the output's blame is 2.5.
    assert "dW1 reaches 7.5, the output's blame is 2.5. The sentence does not hold" in words(app)
    small = open_page("depth", W2_1_0=-0.01, W2_0_0=0.01)
    assert "The sentence holds this time" in words(small)


@pytest.mark.parametrize(
    ("scale", "verdict"), [(0.15, "**fades**"), (0.5, "**holds**"), (1.5, "**explodes**")]
)
def test_depth_says_what_becomes_of_blame(scale, verdict):
    app = open_page("depth")
    app.slider(key="layers").set_value(8).run()
    app.slider(key="scale").set_value(scale).run()
    assert not app.exception
    assert verdict in words(app)


def test_depth_takes_every_choice():
    app = open_page("depth")
    app.slider(key="layers").set_value(1).run()
    assert "no way back" in words(app)
    app.slider(key="layers").set_value(30).run()
    app.slider(key="width").set_value(1).run()
    assert "no blame at all" in words(app)
    for activation in units():
        app.selectbox(key="activation").select(activation).run()
        assert not app.exception
    app.slider(key="scale").set_value(0.0).run()
    assert not app.exception
    app.button(key="he").click().run()
    assert app.session_state["scale"] == 1.41


def test_a_wrong_choice_in_a_link_is_named_and_the_others_are_kept():
    app = open_page("what_if", quantity="dW1", nudge="-0.2", h="2", layers="3.5", b1_1="-0.2")
    text = words(app)
    assert "quantity must be one of x[0], x[1]" in text
    assert "h must be one of 1e-1" in text
    assert "layers must be a whole number from 1 to 30, got '3.5'. The default 12 is used." in text
    assert app.session_state["quantity"] == "W1[1, 0]"
    assert app.session_state["nudge"] == -0.2
    assert exercise_of(app) == notebook_with(b1_1=-0.2)


def test_what_if_claims_no_more_than_can_be_seen():
    # The gap of 4 nudge squared drowns in rounding, but the loss is no straight line.
    tiny = words(open_page("what_if", nudge=1e-9))
    assert "agree up to rounding, at this nudge" in tiny
    near = words(open_page("what_if", nudge=1e-6))
    assert "too close to rounding" in near
    assert "straight line" not in tiny + near


def test_gradient_check_does_not_blame_truncation_for_a_kink():
    # On the kink with the gate shut: the slope above it is another one at every step.
    app = open_page("gradient_check", W1_0_1=0, W1_1_1=0, b1_1=0, checked="b1[1]")
    assert min(figures(app)[0]["data"][0]["y"]) > 0.5
    assert "truncation) spoils it" not in words(app)
    smooth = open_page("gradient_check", b1_1=0.3)
    assert "(truncation) spoils it" in words(smooth)


@pytest.mark.parametrize(
    ("link", "why"),
    [
        ({"exercise": "mazur"}, "layer 1 must be relu, got sigmoid"),
        ({"sizes": "2-2-1", "n_samples": 4}, "take one sample, got 4"),
        ({"sizes": "1-1"}, "there is no hidden layer"),
        ({"momentum": 0.9}, "without momentum"),
        ({"exercise": "jay-3-3-3-3"}, "here, "),
    ],
    ids=str,
)
def test_knife_edge_says_where_it_holds_and_opens_the_notebook(link, why):
    app = open_page("knife_edge", **link)
    (told,) = [str(info.value) for info in app.info]
    assert why in told
    assert not figures(app)
    app.button(key="knife_notebook").click().run()
    assert not app.exception
    assert app.session_state["exercise"] == NOTEBOOK
    assert not app.info
    assert figures(app)


def test_knife_edge_of_a_deeper_network_chooses_the_neuron_by_its_z():
    app = open_page("knife_edge", sizes="2-2-2-1", x="1,3", W1=".3,.1;-.1,0", W2="1,.5;3,-1",
                    b2="-.3,.2", W3="1;-2", b3_0=0.1)  # fmt: skip
    assert "In float64 z1[0] is" in words(app)
    app.segmented_control(key="knife_neuron").set_value("z2[1]").run()
    assert not app.exception
    said = words(app)
    assert "In float64 z2[1] is" in said
    assert "a1[1] W2[1, 1]" in said
    wide = open_page("knife_edge", sizes="2-4-3-1", x="1,3", W1=".3,.1,.2,.4;-.1,.5,.6,.7")
    assert wide.selectbox(key="knife_neuron").options == [
        "z1[0]", "z1[1]", "z1[2]", "z1[3]", "z2[0]", "z2[1]", "z2[2]",
    ]  # fmt: skip
    wide.selectbox(key="knife_neuron").set_value("z2[2]").run()
    assert not wide.exception
    assert "z2[2]" in words(wide)
