"""The training lab: its verdict, kept runs, the sweep, the landscape, one step."""

from dataclasses import replace

import numpy as np
import pytest

from blame import PRESETS
from blame.exercise.presets import NOTEBOOK
from blame.probe.landscape import values_along
from blame.runs.curvature import hessian, stable_rate
from blame.runs.diagnosis import diagnose
from blame.runs.rate_sweep import RATES, sweep_rates
from blame.runs.remedies import remedies
from blame.runs.verdicts import VERDICTS
from pages.shared.state.choices import LAB_VIEWS
from tests.exercises import by_link_name, notebook_with
from tests.pages.app import exercise_of, figures, open_page, set_number, words
from tests.pages.words.lab.test_verdicts import BOLD

SHUT = PRESETS["gate_shut"].exercise


def kept_link(app):
    kept = app.query_params["kept"]
    return kept if isinstance(kept, list) else [kept]


def losses_chart(app):
    return [
        figure for figure in figures(app) if figure["data"][0].get("name", "").startswith("A: ")
    ][-1]


def open_lab(**link):
    return open_page("training_lab", **link)


@pytest.mark.parametrize("view", LAB_VIEWS)
@pytest.mark.parametrize("preset", PRESETS)
def test_every_view_of_every_preset(preset, view):
    defaults = by_link_name(NOTEBOOK)
    numbers = by_link_name(PRESETS[preset].exercise).items()
    changed = {name: value for name, value in numbers if value != defaults[name]}
    app = open_lab(lab_view=view, lab_step=7, **changed)
    kind = diagnose(PRESETS[preset].exercise.train())[0].kind
    assert [other for other, bold in BOLD.items() if bold in words(app)] == [kind]
    assert "nan" not in words(app)
    assert "inf" not in words(app).replace("infinit", "")


def test_the_verdict_gives_its_evidence_and_the_way_to_its_step():
    app = open_lab()
    text = words(app)
    assert "**All hidden neurons are dead** from step 3 on" in text
    assert (
        "**Neuron 1 died at step 2:** the update moved z1[1] from 2.25 to \N{MINUS SIGN}5.418"
        in text
    )
    app.button(key="to_neuron_dead_z1[1]").click().run()
    assert not app.exception
    assert app.session_state["lab_view"] == "One step"
    assert "**After 2 of 50 steps: loss 7.793**" in words(app)


@pytest.mark.parametrize(
    ("link", "told"),
    [
        ({"b1_1": -0.2}, "**It converged.** From step 6 on no gradient is above 0.001"),
        ({"b1_1": -0.2, "learning_rate": 1.5}, "22 times the stable limit at the start, 0.0681."),
        ({"b1_1": -0.2, "learning_rate": 0.0001}, "only 20.6% of the loss has gone"),
        ({"b1_1": -0.2, "learning_rate": 0.003}, "at this pace it halves every"),
        ({"learning_rate": 100, "steps": 500}, "too large for the floats"),
        ({"steps": 1}, "The last step raised the loss from 1.5625 to 18.15"),
        (
            {"W1_0_1": 0, "W1_1_1": 0, "b1_1": 0, "learning_rate": 0.005},
            "**Neuron 1 rests on its kink** from step 0 on",
        ),
        ({"learning_rate": 0}, "With a learning rate of 0 nothing moves"),
    ],
)
def test_each_verdict_says_why(link, told):
    assert told in words(open_lab(**link))


def test_a_remedy_is_applied_with_one_click_and_compared():
    app = open_lab(lab_view="Landscape")
    remedy = remedies(NOTEBOOK)[0]
    app.button(key="remedy_0").click().run()
    assert not app.exception
    assert exercise_of(app).learning_rate == remedy.changes["learning_rate"] == 0.025
    assert app.session_state["lab_view"] == "Runs"
    lines = {trace["name"]: trace["y"] for trace in losses_chart(app)["data"]}
    assert list(lines) == ["A: learning rate 0.1", "This run: learning rate 0.025"]
    assert lines["A: learning rate 0.1"] == list(NOTEBOOK.train().losses)
    assert lines["This run: learning rate 0.025"][-1] == remedy.loss


def test_runs_are_kept_loaded_and_removed_and_go_into_the_link():
    app = open_lab()
    app.button(key="keep").click().run()
    assert app.button(key="keep").disabled
    for rate in (0.2, 0.3, 0.4, 0.5):
        set_number(app, "learning_rate", rate)
        app.button(key="keep").click().run()
    set_number(app, "learning_rate", 0.6)
    assert app.button(key="keep").disabled
    assert kept_link(app) == ["-;" + ";".join(f"learning_rate:0.{k}" for k in (2, 3, 4, 5))]
    app.button(key="remove_1").click().run()
    app.button(key="load_3").click().run()
    assert exercise_of(app).learning_rate == 0.5
    assert kept_link(app) == ["-;learning_rate:0.3;learning_rate:0.4;learning_rate:0.5"]
    # Of a changed chart the one before is still there; the new one stands last.
    gates = [figure for figure in figures(app) if figure["data"][0]["type"] == "heatmap"][-1]
    parameters = [figure for figure in figures(app) if "xaxis9" in figure["layout"]][-1]
    assert len(gates["data"][0]["y"]) == 10
    assert len(parameters["data"]) == 9 * 5
    drawn = {(t["name"], t["xaxis"]): t["y"] for t in parameters["data"]}
    assert drawn["A", "x5"] == list(values_along(NOTEBOOK.train(), "b1[0]"))


def test_the_button_that_keeps_says_why_it_does_not():
    app = open_lab()
    none = "No run is kept yet. Keep this one, change a number, and both are drawn."
    assert none in words(app)
    assert app.button(key="keep").help == "Keep this run as a ghost, change anything, and see both."
    app.button(key="keep").click().run()
    assert app.button(key="keep").help == "This run is kept already: change a number first."
    assert none not in words(app)
    full = open_lab(kept=";".join(f"learning_rate:0.0{k}" for k in range(1, 6)))
    assert full.button(key="keep").help == "Up to 5 runs can be kept: remove one first."
    assert full.button(key="keep").disabled
    four = open_lab(kept=";".join(f"learning_rate:0.0{k}" for k in range(1, 5)))
    assert not four.button(key="keep").disabled


def test_kept_runs_are_named_by_what_differs_the_oldest_first():
    app = open_lab(kept="b1_1:-0.2;learning_rate:0.3", b1_1=0.5)
    rows = [line for line in words(app).splitlines() if line.startswith("| **")]
    names = [row.split("**")[1].replace("\u00a0", " ") for row in rows]
    assert names == [
        "This run: b1[1] 0.5, learning rate 0.1",
        "A: b1[1] \N{MINUS SIGN}0.2, learning rate 0.1",
        "B: b1[1] \N{MINUS SIGN}0.1, learning rate 0.3",
    ]
    loads = [app.button(key=f"load_{k}").label for k in (0, 1)]
    removes = [app.button(key=f"remove_{k}").label for k in (0, 1)]
    assert (loads, removes) == (["Load A", "Load B"], ["Remove A", "Remove B"])
    app.button(key="load_1").click().run()
    assert exercise_of(app) == notebook_with(b1_1=-0.1, learning_rate=0.3)
    alone = [line for line in words(open_lab()).splitlines() if line.startswith("| **")]
    assert [row.split("**")[1] for row in alone] == ["This run"]


def test_a_remedy_takes_no_kept_run_away():
    kept = ";".join(f"learning_rate:0.0{k}" for k in range(1, 6))
    app = open_lab(kept=kept)
    assert "Five runs are kept already, so this one will not be" in words(app)
    app.button(key="remedy_0").click().run()
    assert kept_link(app) == [kept]
    assert exercise_of(app).learning_rate == 0.025


def test_remedies_say_what_they_end_with():
    app = open_lab(b1_0=-3, b1_1=-1)
    remedy = remedies(exercise_of(app))[0]
    assert f"tried: still falling; the last loss is {remedy.loss:.4g}" in words(app)


def test_a_run_that_ran_away_does_not_flatten_the_others():
    app = open_lab(learning_rate=100)
    assert figures(app)[0]["layout"]["yaxis"]["range"] == [0, 20 * 1.5625]
    assert "Cut off at a loss of 31.25" in words(app)
    assert "range" not in figures(open_lab(b1_1=-0.2))[0]["layout"]["yaxis"]


def test_kept_runs_come_from_the_link_and_wrong_ones_are_named():
    app = open_lab(kept="b1_1:-0.2;b1_1:x;<b>")
    text = words(app)
    assert "kept run 2 is left out: b1[1] must be a number" in text
    assert "kept run 3 is left out" in text
    row = next(line for line in text.splitlines() if line.startswith("| **A: b1[1]"))
    assert "converged" in row
    assert "open, shut" in row


def test_gates_are_drawn_as_they_were():
    gates = figures(open_lab())[1]["data"][0]
    history = NOTEBOOK.train()
    assert gates["z"][1] == [int(z > 0) for z in history.forward.z[0][:, 0, 1]]


def test_the_sweep_shows_every_rate_with_its_loss_and_what_became_of_it():
    app = open_lab(lab_view="Learning rates", b1_1=-0.2)
    chart, limits = figures(app)
    swept = sweep_rates(SHUT.network, SHUT.x, SHUT.target, steps=50)
    marks = [trace for trace in chart["data"] if trace["mode"] == "markers"]
    seen = sorted(x for trace in marks for x in trace["x"])
    assert seen == list(RATES)
    away = next(trace for trace in chart["data"] if trace["name"] == "ran away")
    assert away["x"] == list(RATES[swept.verdicts == "away"])
    learned = next(trace for trace in chart["data"] if trace["name"] == "learned")
    expected = np.clip(swept.losses[swept.verdicts == "converged"], 1e-16, 1e6)
    assert learned["y"] == list(expected)
    run = SHUT.train()
    expected = stable_rate(hessian(run.networks, SHUT.x, SHUT.target))
    assert limits["data"][0]["y"] == list(expected)
    assert "Theory puts the edge at 2/λ = **0.06811**" in words(app)
    # No rate below the edge raises the loss at any step, and the next one does.
    edge = swept.descends_up_to() - 1
    for k, falls in ((edge, True), (edge + 1, False)):
        losses = replace(SHUT, learning_rate=RATES[k]).train().losses
        assert (np.diff(losses) <= 1e-12).all() == falls
    assert f"The loss rises at no step up to a rate of **{RATES[edge]:.4g}**" in words(app)
    app.button(key="limit_rate").click().run()
    assert exercise_of(app).learning_rate == 0.0681
    app.button(key="best_rate").click().run()
    assert not app.exception
    assert diagnose(exercise_of(app).train())[0].kind == "converged"


def test_the_landscape_is_the_loss_at_the_chosen_step():
    app = open_lab(lab_view="Landscape", b1_1=-0.2, lab_step=1)
    chart = figures(app)[0]
    surface = chart["data"][0]
    network = SHUT.train().at(1)
    j, i = 40, 60
    moved = network.with_parameters(
        W1=[[network.layers[0].weights[0, 0], network.layers[0].weights[0, 1]],
            [surface["x"][i], network.layers[0].weights[1, 1]]],
        W2=[[surface["y"][j]], [network.layers[1].weights[1, 0]]],
    )  # fmt: skip
    from blame import backward, forward

    loss = float(backward(forward(moved, SHUT.x), SHUT.target).loss)
    assert surface["z"][j][i] == pytest.approx(np.log10(loss), abs=5.1e-4)
    assert np.shape(surface["z"]) == (65, 65)
    arrow = next(trace for trace in chart["data"] if trace.get("name") == "where a step goes")
    across, up = (arrow[side][1] - arrow[side][0] for side in "xy")
    back = backward(forward(network, SHUT.x), SHUT.target)
    slope = back.weight_gradients[0][1, 0], back.weight_gradients[1][0, 0]
    assert across / up == pytest.approx(slope[0] / slope[1])
    assert across * slope[0] < 0
    assert "WebGL" not in words(app)
    app.segmented_control(key="land_form").set_value("surface").run()
    assert not app.exception
    assert "It needs WebGL, which this browser may lack: contours show the same." in words(app)
    assert figures(app)[-1]["data"][0]["type"] == "surface"
    assert "The surface is cut off above a loss of" in words(app)
    app.selectbox(key="land_up").select("W1[1, 0]").run()
    assert "Choose two different parameters" in words(app)


def test_a_step_beyond_the_run_is_its_last():
    app = open_lab(lab_view="One step", lab_step=400, steps=9)
    assert "**After 9 of 9 steps" in words(app)
    app = open_lab(lab_view="One step", steps=1)
    assert not app.exception


def test_every_verdict_has_a_title_of_its_own():
    assert len({verdict.title for verdict in VERDICTS.values()}) == len(VERDICTS) == 7
