"""What the lab says of runs of any kind, beside what those runs did."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from blame import Exercise, Layer, Network
from blame.runs.diagnosis import diagnose
from blame.runs.limits import limit_at_start, limits_along
from blame.runs.rate_sweep import sweep_rates
from blame.runs.verdicts import CALM
from pages.shared.words.lab.neurons import others
from pages.shared.words.lab.rate_sweep import limit_words, what_lambda_is
from pages.shared.words.lab.runs import table
from pages.shared.words.lab.verdicts import say
from pages.shared.words.numbers import Numbers
from tests.blame.exercise.random_exercises import exercises
from tests.pages.words.reading import near, read

ALL = Numbers(True)
QUIET = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def told(exercise, numbers=ALL):
    history = exercise.train()
    limit = limit_at_start(exercise)
    return [say(finding, history, limit, numbers) for finding in diagnose(history)]


def deep(bias, *, n_samples=1, **changes):
    """1-2-2-1, both gates of the second layer shut where `bias` is low enough."""
    layers = (
        Layer([[1.0, -1.0]], [0.5, 2.0], "relu"),
        Layer([[1.0, 1.0], [1.0, 2.0]], [bias, bias], "relu"),
        Layer([[1.0], [1.0]], [0.0], "identity"),
    )
    x = [[0.5], [1.0], [1.5]][:n_samples]
    y = [[1.0], [2.0], [6.0]][:n_samples]
    return Exercise(Network(layers), x, y, **{"learning_rate": 0.05, "steps": 9, **changes})


@QUIET
@given(exercises(largest=3))
def test_every_finding_has_words_and_none_is_no_number(exercise):
    exercise = replace(exercise, steps=min(exercise.steps, 15))
    try:
        history = exercise.train()
    except ValueError:
        return
    for text in told(exercise):
        assert text.startswith("**")
        assert text.endswith((".", ".**"))
        assert "nan" not in text
        assert "inf" not in text
        assert "  " not in text
    kind = diagnose(history)[0].kind
    losses = history.losses.tolist()
    if kind == "falling":
        assert losses[-1] < losses[0]
        assert losses[-1] <= losses[-2]
    if "It fits its sample" in told(exercise)[0]:
        assert exercise.loss != "output"
    row = table({"This run": history}, {"This run": kind})
    assert ("gates at the end" in row) == any(
        name in ("relu", "leaky_relu") for name in exercise.activations
    )


def test_a_run_that_starts_at_the_least_loss_and_does_not_move_is_not_said_to_fall():
    still = Exercise(
        Network((Layer([[0.1]], [0.0], "leaky_relu"),)), [0.0], [0.0],
        learning_rate=0.0, steps=1, weight_decay=0.01,
    )  # fmt: skip
    assert still.train().losses.tolist() == [0, 0]
    assert told(still)[0] == "**It is slow.** With a learning rate of 0 nothing moves."


def test_a_dead_layer_in_the_middle_is_told_with_what_still_learns():
    text = told(deep(-9.0))[0]
    assert text.startswith("**All neurons of layer 2 are dead** from step 0 on: ")
    assert "no blame reaches W1, b1, W2, b2 or W3, and only b3 still learns." in text
    run = deep(-9.0).train()
    blame = {name: np.any(each[0]) for name, each in run.backward.parameter_gradients().items()}
    assert blame == {"W1": 0, "b1": 0, "W2": 0, "b2": 0, "W3": 0, "b3": 1}
    # Of targets 1, 2 and 6 the best constant is 3, with squares of 4, 1 and 9.
    floor, _ = read("the loss down to #; the run ends at #.", told(deep(-9.0, n_samples=3))[0])
    assert near(floor, 14 / 3)


def test_nothing_is_promised_where_the_last_bias_cannot_move():
    still = told(deep(-9.0, held=("b3",)))[0]
    assert "or W3, and nothing else is trained: the loss stays at 1." in still
    decaying = told(deep(-9.0, weight_decay=0.1))[0]
    assert "can take the loss down" not in decaying


def test_neurons_are_told_with_their_layer_and_of_all_samples():
    text = told(deep(-9.0, n_samples=3))[1]
    (z,) = read("**Neuron 0 of layer 2 is dead from the start:** its largest z = #, so", text)
    first = [max(x + 0.5, 0) + max(2 - x, 0) for x in (0.5, 1.0, 1.5)]
    assert z == pytest.approx(max(first) - 9)
    assert "z2[0] = " in told(deep(-9.0))[1]


def test_a_dead_output_neuron_is_told():
    exercise = Exercise(Network((Layer([[1.0]], [-3.0], "relu"),)), [1.0], [1.0], steps=3)
    text = told(exercise)[0]
    assert text == (
        "**The output neuron is dead** from step 0 on: no blame reaches W1 or b1, and nothing "
        "else is trained: the loss stays at 1."
    )
    assert set(exercise.train().losses) == {1.0}


def test_a_saturated_neuron_is_told_with_its_slope():
    layers = (Layer([[0.0]], [-6.0], "sigmoid"), Layer([[1.0]], [0.0], "identity"))
    text = told(Exercise(Network(layers), [1.0], [0.5], steps=1))[-1]
    slope, steepest = read("At the end its slope is #, where the steepest is #, so", text)
    s = 1 / (1 + math.exp(6.0))
    assert slope == pytest.approx(s * (1 - s), rel=0.02)
    assert steepest == 0.25
    assert text.startswith("**Neuron 0 is saturated** from step 0 on: the sigmoid is almost level")


def test_calm_counts_what_is_trained_only():
    layer = Layer([[1.0], [1.0]], None, "identity")
    exercise = Exercise(Network((layer,)), [1.0, 1.0], [5.0], held=("W1",), steps=3)
    assert told(exercise) == [
        "**It converged.** Every weight and bias is held, so nothing moves: the loss is 9."
    ]
    half = replace(exercise, held=("W1[0, 0]",), learning_rate=0.3, steps=60)
    text = told(half)[0]
    assert f"no gradient of what is trained is above {CALM:g}. It fits its sample:" in text
    rolling = told(replace(half, held=(), momentum=0.5, learning_rate=0.1))[0]
    assert "no gradient and no velocity is above" in rolling
    decay = told(replace(half, held=(), weight_decay=1.0, learning_rate=0.1))[0]
    assert "no gradient, with what weight decay adds, is above" in decay
    # y = 2w, so the pull on each is 2 (2w - 5) + w: 0 at w = 2, where y = 4.
    (loss,) = read("It rests in a minimum, the loss and the weight decay taken together: "
                   "the loss is #.", decay)  # fmt: skip
    assert loss == pytest.approx((4 - 5) ** 2, rel=1e-3)


def test_a_cross_entropy_of_shares_is_told_beside_its_least():
    layer = Layer([[0.4, -0.4]], [0.0, 0.0], "softmax")
    exercise = Exercise(
        Network((layer,)), [1.0], [0.5, 0.5], "cross_entropy", learning_rate=0.01, steps=5
    )
    entropy = math.log(2)
    losses = exercise.train().losses
    share, least = read("only #% of what the loss has above #, the lowest", told(exercise)[0])
    assert near(least, entropy)
    assert near(share, 100 * (losses[0] - losses[-1]) / (losses[0] - entropy), 3)
    settled = told(replace(exercise, learning_rate=1.0, steps=200))[0]
    assert "It fits its sample: the loss is 0.693" in settled
    assert settled.endswith(", the lowest there is for these targets.")


def test_the_output_itself_has_no_least_and_is_no_fit():
    layer = Layer([[1.0]], [0.0], "identity")
    exercise = Exercise(Network((layer,)), [1.0], None, "output", steps=5)
    assert told(exercise) == ["**The loss is still falling.**"]
    assert "nothing moves" in told(replace(exercise, learning_rate=0.0))[0]
    flat = Exercise(Network((Layer([[1.0]], [-40.0], "sigmoid"),)), [0.0], None, "output")
    assert "fits" not in told(flat)[0]


def swept(exercise):
    e = exercise
    return sweep_rates(e.network, e.x, e.target, steps=e.steps, loss=e.loss, update=e.update)


def words_of(exercise):
    return limit_words(
        exercise,
        swept(exercise),
        limit_at_start(exercise),
        lambda e: e.train(),
        lambda e: limits_along(e, e.train()),
    )


@QUIET
@given(exercises(largest=3))
def test_the_words_of_any_sweep_hold(exercise):
    exercise = replace(exercise, steps=min(exercise.steps, 8))
    try:
        text = words_of(exercise)
    except ValueError:
        return
    assert "nan" not in text
    assert "inf" not in text
    edge = swept(exercise)
    count = edge.descends_up_to()
    assert ("at no step, whatever the rate" in text) == (count == 400)
    if "By then the gate" in text:
        assert any(layer.activation.kinks for layer in exercise.network.layers)
    if "degree" in text:
        assert set(exercise.activations) <= {"relu", "leaky_relu", "identity"}
        assert exercise.loss in ("mse", "sse", "half_sse")


def test_theory_holds_for_one_straight_layer_to_the_step_of_the_sweep():
    random = np.random.default_rng(1)
    layer = Layer(random.normal(size=(2, 1)), [0.3], "identity")
    exercise = Exercise(
        Network((layer,)), random.normal(size=(4, 2)), random.normal(size=(4, 1)), steps=50
    )
    assert words_of(exercise).endswith(": theory holds.")
    momentum = what_lambda_is(replace(exercise, momentum=0.9, tied=("b1",), weight_decay=0.1))
    assert "in the numbers that are trained, a tied bias as one" in momentum
    assert "with the weight decay added" in momentum
    assert "2(1 + 0.9)/λ" in momentum
    assert "gates" not in momentum


def test_gates_of_many_are_counted():
    exercise = deep(0.0, n_samples=3, learning_rate=0.0, steps=1)
    z = exercise.forward().z
    some = sum(int((each > 0).any(axis=0).sum()) for each in z[:2])
    assert (
        table({"A": exercise.train()}, {"A": "slow"})
        .splitlines()[-1]
        .endswith(f"| {some} of 4 open on some sample |")
    )


def test_further_neurons_share_a_sentence():
    history = deep(-9.0).train()
    found = [f for f in diagnose(history) if f.kind == "neuron_dead"]
    assert others(found, history) == (
        "At the end neuron 0 of layer 2 and neuron 1 of layer 2 are shut too."
    )
    assert others(found[:1], history) == "At the end neuron 0 of layer 2 is shut too."
