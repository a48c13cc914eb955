"""The loss and the activations are the exercise's own, and all that use it ask there."""

from dataclasses import replace

import numpy as np
import pytest

from blame import Layer, Network, backward, forward, train
from blame.exercise.presets import NOTEBOOK
from blame.practise import glossary
from blame.practise.questions import use
from blame.probe.knife_edge import outcomes
from blame.runs import remedies as remedies_of
from blame.runs.diagnosis import diagnose
from blame.runs.remedies import remedies
from pages.shared.lessons import bias_sweep
from pages.shared.state import computed
from pages.shared.state.settings import Settings
from pages.shared.words.numbers import Numbers
from tests.exercises import notebook_with

SHUT = notebook_with(b1_1=-0.2)


def halved(exercise):
    """Return an exercise with half its loss: one output's mse is its squared error."""
    return replace(exercise, loss="half_sse")


def results(exercise):
    """Return what each call that needs a loss says of the example's."""
    known = str(outcomes(exercise, 3)[0].losses[0]) if exercise.loss == "mse" else ""
    return {
        "loss": float(exercise.backward().loss),
        "run": float(exercise.train().losses[-1]),
        "limit": computed.limit_of(exercise),
        "limits": float(computed.limits_of(exercise)[0]),
        "rates": float(computed.rates_of(exercise).losses[200]),
        "word": glossary.GLOSSARY["stable limit"].live(exercise),
        "moves": use.moves(exercise.backward(), exercise).text,
        "remedy": [remedy.loss for remedy in remedies(exercise)],
        "converged": dict(diagnose(exercise.train())[0].evidence),
        "knife": known,
    }


def test_every_call_takes_the_loss_of_the_exercise():
    crawls = notebook_with(b1_1=-0.2, learning_rate=0.001)
    # What has been computed of the same numbers with another loss is not taken for this one's.
    before, after = results(crawls), results(halved(crawls))
    assert [name for name in before if before[name] == after[name]] == []
    # Half the loss of one output: half the curvature, so twice the stable rate, exactly.
    assert after["loss"] == before["loss"] / 2
    assert after["limit"] == 2 * before["limit"]
    assert after["limits"] == 2 * before["limits"]
    slower = train(crawls.network, crawls.x, crawls.target, 0.002, 50, "half_sse")
    assert slower.losses[-1] == pytest.approx(before["run"] / 2)


def test_the_knife_edge_takes_the_loss_and_its_fractions_refuse_another():
    assert outcomes(SHUT, 2)[0].losses[0] == float(SHUT.backward().loss)
    with pytest.raises(ValueError, match="must be a squared error, got no loss"):
        outcomes(replace(SHUT, loss="output", target=None), 2)


def test_the_activations_are_those_of_its_layers():
    layers = SHUT.network.layers
    hidden = Layer(layers[0].weights, layers[0].bias, "tanh")
    bent = replace(SHUT, network=Network((hidden, layers[1])))
    assert bent.activations == ("tanh", "identity")
    assert bent != SHUT
    by_hand = np.tanh(SHUT.x @ layers[0].weights + layers[0].bias) @ layers[1].weights
    assert bent.forward().prediction[0] == pytest.approx(by_hand + layers[1].bias)


def test_the_notebook_is_as_it_was():
    network = Network(
        (
            Layer([[0.5, -0.3], [0.8, 0.2]], [0.1, -0.1], "relu"),
            Layer([[1.0], [-1.5]], [0.05], "identity"),
        )
    )
    expected = backward(forward(network, [1.0, 2.0]), [1.0], "mse")
    assert float(NOTEBOOK.backward().loss) == float(expected.loss)


@pytest.mark.parametrize("rate", [0.0005, 0.02, 0.09, 0.4, 1.2])
def test_remedies_try_rates_with_the_loss_of_the_exercise(rate):
    # Half the loss goes the same way with twice the rate, so the remedies are twice as large too.
    at_mse = remedies(notebook_with(b1_1=-0.2, learning_rate=rate))
    at_half = remedies(halved(notebook_with(b1_1=-0.2, learning_rate=2 * rate)))
    assert [list(remedy.changes) for remedy in at_half] == [list(r.changes) for r in at_mse]
    for half, whole in zip(at_half, at_mse, strict=True):
        wanted = 2 * whole.changes.get("learning_rate", np.nan)
        assert half.changes.get("learning_rate", np.nan) == pytest.approx(wanted, 6e-3, nan_ok=True)


def test_the_limit_that_remedies_start_from_is_that_of_the_loss():
    away = notebook_with(b1_1=-0.2, learning_rate=1.2)
    at_mse = remedies_of._near_the_limit(away)
    assert remedies_of._near_the_limit(halved(away)) == pytest.approx(2 * at_mse)


def test_the_sweep_of_a_bias_takes_the_loss_of_the_exercise(monkeypatch):
    def shown(exercise):
        said = {}
        monkeypatch.setattr(
            bias_sweep, "sweep_chart", lambda passes, *rest, **more: said.update(passes=passes)
        )
        monkeypatch.setattr(bias_sweep, "describe_sweep", lambda *rest, **more: "")
        monkeypatch.setattr(bias_sweep, "with_handles", lambda *given: None)
        monkeypatch.setattr(bias_sweep, "chart", lambda *rest, **more: None)
        monkeypatch.setattr(bias_sweep.st, "session_state", {"sweep": 1})
        monkeypatch.setattr(bias_sweep.st, "markdown", lambda *rest, **more: None)
        bias_sweep.show_sweep(Settings(exercise, Numbers()))
        return said["passes"].loss

    at_mse = shown(SHUT)
    assert np.array_equal(shown(halved(SHUT)), at_mse / 2)
    assert (at_mse > 0).any()
