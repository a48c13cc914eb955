"""The loss and the activations of an example stand in one place, and all that use it ask there."""

import numpy as np
import pytest

from blame import Layer, Network, backward, forward, train
from blame.exercise.example import Example
from blame.practise import blame_questions, glossary
from blame.probe.knife_edge import outcomes
from blame.runs import remedies as remedies_of
from blame.runs.diagnosis import diagnose
from blame.runs.remedies import remedies
from pages.shared.lessons import bias_sweep
from pages.shared.state import computed
from pages.shared.state.settings import Settings
from pages.shared.words.numbers import Numbers

SHUT = Example(b1_1=-0.2)


@pytest.fixture
def caches():
    """Forget what has been computed of the same numbers with another loss, before and after."""
    kept = [value for value in vars(computed).values() if hasattr(value, "cache_clear")]
    assert len(kept) > 8
    for function in kept:
        function.cache_clear()
    yield
    for function in kept:
        function.cache_clear()


def results(example):
    """Return what each call that needs a loss says of the example's."""
    known = str(outcomes(example, 3)[0].losses[0]) if example.loss == "mse" else ""
    return {
        "loss": float(example.backward().loss),
        "run": float(example.train().losses[-1]),
        "limit": computed.limit_of(example),
        "limits": float(computed.limits_of(example)[0]),
        "rates": float(computed.rates_of(example).losses[200]),
        "word": glossary.GLOSSARY["stable limit"].live(example),
        "moves": blame_questions.moves(example.backward(), example).text,
        "remedy": [remedy.loss for remedy in remedies(example)],
        "converged": dict(diagnose(example.train())[0].evidence),
        "knife": known,
    }


def test_every_call_takes_the_loss_of_the_example(monkeypatch, caches):
    crawls = Example(b1_1=-0.2, learning_rate=0.001)
    before = results(crawls)
    for value in vars(computed).values():
        if hasattr(value, "cache_clear"):
            value.cache_clear()
    monkeypatch.setattr(Example, "loss", "half_sse")
    after = results(crawls)
    assert [name for name in before if before[name] == after[name]] == []
    # Half the loss of one output: half the curvature, so twice the stable rate, exactly.
    assert after["loss"] == before["loss"] / 2
    assert after["limit"] == 2 * before["limit"]
    assert after["limits"] == 2 * before["limits"]
    slower = train(crawls.network, crawls.x, crawls.target, 0.002, 50, "half_sse")
    assert slower.losses[-1] == pytest.approx(before["run"] / 2)


def test_the_knife_edge_takes_the_loss_and_its_fractions_refuse_another(monkeypatch):
    assert outcomes(SHUT, 2)[0].losses[0] == float(SHUT.backward().loss)
    monkeypatch.setattr(Example, "loss", "output")
    with pytest.raises(ValueError, match="mse, half_sse, sse alone, got output"):
        outcomes(SHUT, 2)


def test_the_activations_stand_in_one_place(monkeypatch):
    monkeypatch.setattr(Example, "activations", ("tanh", "identity"))
    layers = SHUT.network.layers
    assert [layer.activation.name for layer in layers] == ["tanh", "identity"]
    by_hand = np.tanh(SHUT.x @ layers[0].weights + layers[0].bias) @ layers[1].weights
    assert SHUT.forward().prediction[0] == pytest.approx(by_hand + layers[1].bias)


def test_the_notebook_is_as_it_was():
    network = Network(
        (
            Layer([[0.5, -0.3], [0.8, 0.2]], [0.1, -0.1], "relu"),
            Layer([[1.0], [-1.5]], [0.05], "identity"),
        )
    )
    expected = backward(forward(network, [1.0, 2.0]), [1.0], "mse")
    assert float(Example().backward().loss) == float(expected.loss)


@pytest.mark.parametrize("rate", [0.0005, 0.02, 0.09, 0.4, 1.2])
def test_remedies_try_rates_with_the_loss_of_the_example(monkeypatch, rate):
    # Half the loss goes the same way with twice the rate, so the remedies are twice as large too.
    at_mse = remedies(Example(b1_1=-0.2, learning_rate=rate))
    monkeypatch.setattr(Example, "loss", "half_sse")
    at_half = remedies(Example(b1_1=-0.2, learning_rate=2 * rate))
    assert [list(remedy.changes) for remedy in at_half] == [list(r.changes) for r in at_mse]
    for half, whole in zip(at_half, at_mse, strict=True):
        wanted = 2 * whole.changes.get("learning_rate", np.nan)
        assert half.changes.get("learning_rate", np.nan) == pytest.approx(wanted, 6e-3, nan_ok=True)


def test_the_limit_that_remedies_start_from_is_that_of_the_loss(monkeypatch):
    away = Example(b1_1=-0.2, learning_rate=1.2)
    at_mse = remedies_of._near_the_limit(away)
    monkeypatch.setattr(Example, "loss", "half_sse")
    assert remedies_of._near_the_limit(away) == pytest.approx(2 * at_mse)


def test_the_sweep_of_a_bias_takes_the_loss_of_the_example(monkeypatch, caches):
    def shown():
        said = {}
        monkeypatch.setattr(
            bias_sweep, "sweep_chart", lambda passes, *rest: said.update(passes=passes)
        )
        monkeypatch.setattr(bias_sweep, "describe_sweep", lambda *rest: "")
        monkeypatch.setattr(bias_sweep, "chart", lambda *rest: None)
        monkeypatch.setattr(bias_sweep.st, "session_state", {"sweep": 1})
        monkeypatch.setattr(bias_sweep.st, "markdown", lambda *rest: None)
        bias_sweep.show_sweep(Settings(SHUT, Numbers()))
        return said["passes"].loss

    at_mse = shown()
    monkeypatch.setattr(Example, "loss", "half_sse")
    computed.passes_of.cache_clear()
    assert np.array_equal(shown(), at_mse / 2)
    assert (at_mse > 0).any()
