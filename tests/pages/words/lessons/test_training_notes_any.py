"""What is said of any run is read back and compared with the run as loops make it."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given

from blame import Layer, Network
from blame.exercise.exercise import Exercise
from pages.shared.words.lessons.training_notes import training_notes
from pages.shared.words.numbers import Numbers
from tests.any_shape import FEW, exercises, nearest_kink, run_of

ALL = Numbers(all_digits=True)
NUM = r"([-+]?\d[\d.]*(?:e[-+]?\d+)?)"
OF = r"(?: of layer (\d))?"


class Run:
    def __init__(self, exercise):
        self.exercise, self.found = exercise, run_of(exercise)
        self.losses = [step["loss"] for step in self.found]
        self.last = len(self.losses) - 1

    def dead_from(self, k, j):
        """Return the step from which on a ReLU is shut on every sample to the end."""
        shut = [all(row[j] <= 0 for row in step[f"z{k}"]) for step in self.found]
        return next((s for s in range(len(shut)) if all(shut[s:])), None)


def ends(run, first, last, steps, lowest, at):
    assert float(first) == pytest.approx(run.losses[0], rel=1e-6, abs=1e-9)
    assert float(last) == pytest.approx(run.losses[-1], rel=1e-6, abs=1e-9)
    assert int(steps) == run.last
    assert float(lowest) == pytest.approx(min(run.losses), rel=1e-6, abs=1e-9)
    assert run.losses[int(at)] == pytest.approx(min(run.losses), rel=1e-9, abs=1e-12)


def grows(run, step, no_target):
    after = run.losses[int(step) :]
    assert all(b > a for a, b in pairwise(after))
    assert run.losses[-1] > run.losses[0]
    assert bool(no_target) == (run.exercise.target is None)


def rises(run, step, low, high, overshoots):
    k = int(step)
    first = next(s for s in range(1, run.last + 1) if run.losses[s] > run.losses[s - 1])
    assert k == first
    assert float(low) == pytest.approx(run.losses[k - 1], rel=1e-6, abs=1e-9)
    assert float(high) == pytest.approx(run.losses[k], rel=1e-6, abs=1e-9)
    assert bool(overshoots) == (not run.exercise.weight_decay)


def layer_of(run, text):
    if not text:
        assert run.exercise.activations[0] == "relu"
        assert len(run.exercise.activations) == 2
    return int(text or 1)


def dead_at_start(run, j, layer, name, z):
    k = layer_of(run, layer)
    assert run.dead_from(k, int(j)) == 0
    if name:
        assert name == f"z{k}[{j}]"
        assert float(z) == pytest.approx(run.found[0][f"z{k}"][0][int(j)], abs=1e-9)


def dies(run, j, layer, step, name, was, now):
    k = layer_of(run, layer)
    assert run.dead_from(k, int(j)) == int(step) > 0
    if name:
        assert float(was) == pytest.approx(run.found[int(step) - 1][f"z{k}"][0][int(j)], abs=1e-9)
        assert float(now) == pytest.approx(run.found[int(step)][f"z{k}"][0][int(j)], abs=1e-9)


def all_dead(run, layer, step, said):
    k = layer_of(run, layer)
    each = [run.dead_from(k, j) for j in range(run.exercise.sizes[k])]
    assert None not in each
    assert max(each) == int(step)
    before, after = run.found[int(step)], run.found[-1]
    moved = {name for name in run.exercise.network.parameters() if before[name] != after[name]}
    if "nothing learns any more" in said:
        assert not moved
    if only := re.search(r"only (b\d) still learns", said):
        assert moved <= {only[1]}
    if "can still learn" in said:
        assert all(int(name[1:]) > k for name in moved)
    if "no blame reaches" in said:
        assert all(v == 0 for row in after[f"dW{k}"] for v in row)
    if factor := re.search(r"by 1 - (2 × )?learning rate", said):
        by = 1 - (2 if factor[1] else 1) * run.exercise.learning_rate
        for old, new in zip(run.found[int(step) :], run.found[int(step) + 1 :], strict=False):
            errors = [s["y_pred"][0][0] - s["y_true"][0][0] for s in (old, new)]
            assert errors[1] == pytest.approx(errors[0] * by, abs=1e-9)


CLAIMS = {
    rf"The loss goes from {NUM} to {NUM} in (\d+) steps?; its lowest is {NUM} at step (\d+)\.":
        ends,
    r"From step (\d+) on the loss only grows: the run runs away\. "
    r"(?:A smaller learning rate .*|(Nothing holds it.*))": grows,
    rf"The step to (\d+) raises the loss from {NUM} to {NUM}(: it overshoots)?\.": rises,
    rf"Neuron (\d+){OF} is dead from the start: (?:(z\d\[\d+\]) [=≈] {NUM}, so|its gate is shut "
    rf"on every sample, so) no blame reaches its weights\.": dead_at_start,
    rf"Neuron (\d+){OF} dies at step (\d+): (?:the update moved (z\d\[\d+\]) from {NUM} to {NUM}, "
    rf"and its gate stays shut|from then on its gate is shut on every sample)\.": dies,
    r"With every (?:hidden neuron|neuron of layer (\d)) dead from step (\d+) on, (.*)": all_dead,
}  # fmt: skip


def check(exercise):
    run = Run(exercise)
    if min(nearest_kink(exercise, step) for step in run.found) < 1e-9:
        return []
    said = []
    for sentence in training_notes(exercise.train(), exercise.steps, ALL):
        matching = [(c, found) for c in CLAIMS if (found := re.fullmatch(c, sentence))]
        assert len(matching) == 1, sentence
        claim, found = matching[0]
        said.append(CLAIMS[claim].__name__)
        try:
            CLAIMS[claim](run, *found.groups())
        except AssertionError as wrong:
            raise AssertionError(f"{sentence}: {wrong}") from None
    deaths = sum(
        run.dead_from(k, j) is not None
        for k, unit in enumerate(exercise.activations, 1)
        if unit == "relu"
        for j in range(exercise.sizes[k])
    )
    assert said.count("dies") + said.count("dead_at_start") == deaths
    return said


@FEW
@given(exercises(layers=3))
def test_what_is_said_of_any_run_holds(exercise):
    said = check(exercise)
    assert not said or said[0] == "ends"


def shut(depth, **given):
    """Return ReLUs that are all shut in their first layer."""
    layers = [Layer([[1.0, 0.5]], [-9.0, -9.0], "relu"), Layer([[1.0], [0.5]], [0.3], "identity")]
    if depth == 3:
        layers.insert(1, Layer([[1.0, 0.5], [0.2, 0.1]], [0.4, 0.2], "tanh"))
    return Exercise(Network(tuple(layers)), [1.0], [2.0], steps=4, **given)


@pytest.mark.parametrize(
    ("exercise", "told"),
    [
        (
            shut(2),
            "only b2 still learns. Each step multiplies its error by 1 \u2212 2 × learning rate.",
        ),
        (shut(2, loss="half_sse"), "by 1 \u2212 learning rate."),
        (shut(2, held=("b2",)), "nothing learns any more."),
        (shut(2, momentum=0.9), "no blame reaches the weights before them."),
        (shut(2, weight_decay=0.1), "no blame reaches the weights before them."),
        (shut(3), "no blame passes layer 1: only what lies between it and the output can"),
    ],
)
def test_what_still_learns_behind_dead_neurons(exercise, told):
    assert "all_dead" in check(exercise)
    words = " ".join(training_notes(exercise.train(), 4, ALL))
    assert told in words
    assert words.count("With every") == 1
    alive = exercise.with_numbers({"b1[0]": 0.5})
    assert "With every" not in " ".join(training_notes(alive.train(), 4, ALL))


def test_a_run_without_a_target_grows_or_falls_without_end():
    layer = Layer([[-2.0]], [0.0], "identity")
    down = Exercise(Network((layer,)), [1.0], None, "output", steps=12)
    assert "only grows" not in " ".join(training_notes(down.train(), 12, ALL))
    assert check(down) == ["ends"]
    away = Exercise(Network((layer,)), [1.0], [1.0], learning_rate=2.0, steps=12)
    assert "A smaller learning rate is the first thing to try" in " ".join(
        training_notes(away.train(), 12, ALL)
    )
    assert "grows" in check(away)
    assert "grows" not in check(replace(away, learning_rate=0.1))
