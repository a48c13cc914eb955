"""What each stage of the flow says: a title and one sentence, told from the numbers."""

from __future__ import annotations

from collections.abc import Iterable

from blame.activations import Activation
from blame.exercise.exercise import Exercise
from blame.probe.trace import Trace
from pages.shared.picture.described import is_shut
from pages.shared.words.numbers import Numbers

MOST_TOLD = 4
"""So many numbers are told one by one; of more, the smallest and the largest."""
_ORDINALS = ("The first", "The second", "The third", "The fourth")
_TITLES = {"relu": "ReLU", "leaky_relu": "Leaky ReLU"}

Said = tuple[str, str]


def said_of(trace: Trace, numbers: Numbers, sample: int, stage: str) -> Said:
    """Return the title and the sentence of a stage of both passes, about one sample."""
    words = _Words(trace, numbers.of(trace.passes), sample)
    kind, k, _, _ = trace.place(trace.entries(stage)[0])
    tell = {
        "z": words.sums,
        "a": words.activated,
        "y_pred": words.sums if trace.plain_output else words.activated,
        "loss": words.loss,
        "d_loss_y": words.seed,
        "d_a": words.handed_back,
        "d_z": words.through,
        "dW": words.weights,
    }[kind]
    title, said = tell(k)
    of_one = trace.n_samples > 1 and trace.sample(trace.entries(stage)[0]) is not None
    return title + (f", sample {sample}" if of_one else ""), said


def moving(exercise: Exercise) -> str:
    """Say how every parameter moves in an update."""
    said = "every parameter moves against its blame"
    if exercise.held:
        said = "every parameter that is not held moves against its blame"
    if exercise.tied:
        said += ", a tied bias against the sum of its layer's"
    if exercise.weight_decay:
        said += ", and weight decay draws it towards 0"
    return said


def joined(texts: Iterable[str]) -> str:
    """Return texts as a row: "a", "a and b", "a, b and c"."""
    *before, last = texts
    return f"{', '.join(before)} and {last}" if before else last


class _Words:
    def __init__(self, trace: Trace, numbers: Numbers, sample: int) -> None:
        self.trace, self.n, self.sample = trace, numbers, sample
        self.outputs = trace.sizes[-1]

    def sums(self, k: int) -> Said:
        trace = self.trace
        biased = trace.network.layers[k - 1].bias is not None
        if k == trace.depth and trace.plain_output:
            name = "The layer" if trace.depth == 1 else f"{_ORDINALS[k - 1]} layer"
            came = "what comes in" if k == 1 else "what came through"
            return "The guess", f"{name} adds up {came}: y_pred is {self._told('y_pred')}."
        told = f"z{k} is {self._told(f'z{k}')}"
        met = "the weights and biases" if biased else "the weights"
        if k == 1:
            return "Weighted sums", f"The inputs meet {met}: {told}."
        return "Weighted sums", f"What came through meets {met} of layer {k}: {told}."

    def activated(self, k: int) -> Said:
        trace, activation = self.trace, self.trace.activations[k - 1]
        last = k == trace.depth
        array = "y_pred" if last else f"a{k}"
        told = f"{array} is {self._told(array)}"
        if activation.joint:
            return "The guess", f"The softmax makes shares of all z, together 1: {told}."
        title = "The guess" if last else _title(activation)
        if activation.name == "relu" and not last:
            return title, f"{told}: {self._gates(k)}."
        low, high = activation.output_range
        how = f"the {_title(activation).lower()} of each z"
        if max(abs(low), abs(high)) < float("inf"):
            how = f"each z squeezed between {low:g} and {high:g}"
        return title, f"{told}: {how}."

    def _gates(self, k: int) -> str:
        shut, n = self._shut(k), self.trace.sizes[k]
        every = {1: "the gate is", 2: "both gates are"}.get(n, f"all {n} gates are")
        if not shut:
            passed = {1: "it", 2: "both"}.get(n, "all")
            return f"{every} open, and the ReLU passes {passed} on"
        if len(shut) == n:
            return f"{every} shut, and nothing gets through"
        if len(shut) == 1:
            return f"the gate of neuron {shut[0]} is shut, and it gives 0"
        return f"{len(shut)} of {n} gates are shut, and give 0"

    def loss(self, k: int) -> Said:
        trace, n = self.trace, self.n
        loss = n.text(trace.value("loss"))
        if not trace.loss.asks_target:
            summed = trace.n_samples > 1 or self.outputs > 1
            what = "the sum of all outputs" if summed else "the output itself"
            return "The loss", f"There is no target: what is blamed is {what}, {loss}."
        if self.outputs <= MOST_TOLD:
            guess = f"guess {self._told('y_pred')}"
            pair = f"The {guess} should have been {self._told('y_true')}"
        else:
            pair = f"The {self.outputs} guesses are held against their targets"
        if trace.n_samples == 1:
            return "The loss", f"{pair}: the loss is {loss}."
        told = f"{pair}. Over all {trace.n_samples} samples the loss is {loss}."
        return "The loss", told.replace("The guess", f"In sample {self.sample} the guess")

    def seed(self, k: int) -> Said:
        n = self.n
        told = f"d_loss_y is {self._told('d_loss_y')}"
        if self.outputs > 1:
            asked = "How fast does the loss change with each guess?"
            return "Blame begins", f"{asked} {told}."
        value = self.trace.value(self.trace.output("d_loss_y", 0, self.sample))
        sign = 0 if n.is_nothing(value) else (value > 0) - (value < 0)
        way = {
            1: "a larger guess raises it",
            -1: "a larger guess lowers it",
            0: "nothing to blame",
        }[sign]
        return "Blame begins", f"How fast does the loss change with the guess? {told}: {way}."

    def handed_back(self, k: int) -> Said:
        told = f"d_a{k} is {self._told(f'd_a{k}')}"
        return f"Back through W{k + 1}", f"The blame goes back through the weights: {told}."

    def through(self, k: int) -> Said:
        trace, activation = self.trace, self.trace.activations[k - 1]
        told = f"d_z{k} is {self._told(f'd_z{k}')}"
        if k == trace.depth:
            return f"Back through the {_title(activation).lower()}", self._last(k, told)
        if activation.name != "relu":
            how = f"each times the slope of the {_title(activation).lower()} there"
            return "Back through the slopes", f"{told}: {how}."
        shut, n = self._shut(k), trace.sizes[k]
        if not shut:
            gates = {1: "the gate lets", 2: "both gates let"}.get(n, f"all {n} gates let")
            how = f"{gates} it pass as it is"
        elif n == 1:
            how = "the shut gate stops it"
        elif len(shut) == n:
            how = "both shut gates stop it" if n == 2 else f"all {n} gates are shut and stop it"
        elif len(shut) == 1:
            how = f"the shut gate of neuron {shut[0]} stops it"
        else:
            how = f"the {len(shut)} shut gates stop theirs"
        return "Back through the gates", f"{told}: {how}."

    def _last(self, k: int, told: str) -> str:
        trace, fused = self.trace, self.trace.loss.fused
        activation = _title(trace.activations[-1]).lower()
        if trace.fused and fused and fused.slope == "y - t":
            over = f", over {trace.shares} for the mean" if trace.shares > 1 else ""
            if trace.whole_targets or not fused.slope_of_any:
                return (
                    f"The slopes of this loss and of the {activation} multiply to y_pred - "
                    f"y_true{over}: {told}."
                )
        if trace.activations[-1].joint:
            return f"Every share hangs on every z, so each z collects from all of them: {told}."
        return f"The blame meets the slope of the {activation}: {told}."

    def weights(self, k: int) -> Said:
        trace, n = self.trace, self.n
        names = trace.entries(f"dW{k}")
        title = f"Blame of W{k}"
        each = "Each weight is blamed by what came through it"
        if trace.n_samples > 1:
            each += f", summed over the {trace.n_samples} samples"
        if k > 1 and len(names) <= MOST_TOLD:
            told = joined(n.signed(trace.value(name)) for name in names)
            return title, f"{each}: dW{k} is {told}."
        largest = max(names, key=lambda name: abs(trace.value(name)))
        most = trace.value(largest)
        told = (
            f"the most blamed is {largest[1:]}, with {n.signed(most)}"
            if most and not n.is_nothing(most)
            else "no weight of it is blamed"
        )
        over = f", summed over the {trace.n_samples} samples" if trace.n_samples > 1 else ""
        begin = f"What is left meets the input{over}" if k == 1 else each
        return title, f"{begin}: {told}."

    def _told(self, array: str) -> str:
        """Return the numbers of an array, as far as they belong to the sample."""
        trace, gradient = self.trace, array.startswith("d")
        names = [n for n in trace.entries(array) if trace.sample(n) in (None, self.sample)]
        write = self.n.signed if gradient else self.n.text
        values = [trace.value(name) for name in names]
        if len(values) <= MOST_TOLD:
            return joined(map(write, values))
        low, high = write(min(values)), write(max(values))
        return f"{low} for all {len(values)}" if low == high else f"between {low} and {high}"

    def _shut(self, k: int) -> list[int]:
        return [j for j in self.trace.width(k) if is_shut(self.trace, k, j, self.sample)]


def _title(activation: Activation) -> str:
    return _TITLES.get(activation.name, activation.name.replace("_", " ").capitalize())
