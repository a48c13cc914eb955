"""What a text leaves open: one key each, the choices there are, and a plain sentence for each."""

from __future__ import annotations

from collections.abc import Mapping

from blame.exercise.reading.draft import Assumption

CHOICES: dict[str, dict[str, str]] = {
    "layout": {
        "x_at_W": "one column a neuron, as in x @ W",
        "rows": "one row a neuron, as in W @ x",
    },
    "numbering": {
        "by_neuron": "neuron by neuron: first all weights into the first one",
        "by_input": "input by input: first all weights out of the first one",
    },
    "index": {
        "from_to": "from the first number to the second",
        "to_from": "to the first number from the second",
    },
    "theta": {"subtracted": "subtracted", "added": "added"},
    "loss": {
        "mse": "the mean of the squared errors, without one half",
        "half_sse": "one half of the sum of the squared errors",
        "sse": "the sum of the squared errors, without one half",
        "bce": "the mean of the binary cross-entropy",
        "bce_sum": "the sum of the binary cross-entropy",
        "cross_entropy": "the mean over samples of the cross-entropy",
        "cross_entropy_sum": "the sum of the cross-entropy",
        "output": "none: the gradient is that of the output itself",
    },
    "learning_rate": {"0.01": "0.01", "0.1": "0.1", "0.5": "0.5", "1": "1"},
    "bias": {
        "none": "without a bias",
        "zero": "with biases that start at 0",
        "zero_held": "with a bias of 0 that is not trained",
    },
    "biases": {
        "each": "each neuron has its own, trained apart",
        "tied": "it stays one number, trained as one",
        "held": "it is held and not trained",
    },
    "hidden_activation": {
        name: name for name in ("sigmoid", "tanh", "relu", "leaky_relu", "softplus", "identity")
    },
    "output_activation": {
        name: name for name in ("identity", "sigmoid", "tanh", "relu", "softplus", "softmax")
    },
    "leak": {"0.01": "0.01"},
    "samples": {
        "first": "its first sample alone, as in the first update",
        "all": "all its samples at once, in one update",
    },
    "x": {"ones": "every input is 1", "halves": "every input is 0.5"},
    "target": {"zeros": "every target is 0", "ones": "every target is 1"},
}
SENTENCES = {
    "layout": "The text does not say which way its matrices lie: {words}.",
    "numbering": "The weights are numbered {words}.",
    "index": "The two numbers of a weight's name are read {words}.",
    "theta": "The text does not say what becomes of the thresholds: they are {words}.",
    "loss": "The text does not fix the loss: taken as {words}.",
    "learning_rate": "The text gives no learning rate: taken as {words}.",
    "bias": "The text gives no biases: the layers are {words}.",
    "biases": "A bias is one number for its whole layer: {words}.",
    "hidden_activation": "The text does not say what activation hidden neurons have: {words}.",
    "output_activation": "The text does not say what activation the output has: {words}.",
    "leak": "The leak of the leaky ReLU is taken as {words}, what PyTorch takes.",
    "samples": "Of a loop over the samples the exercise is {words}.",
    "x": "The text gives no input: {words}.",
    "target": "The text gives no target: {words}.",
}
NAMES = {
    "relu": "ReLU",
    "leaky_relu": "leaky ReLU",
    "identity": "none, a linear unit",
}


class Assumed:
    """Takes the reader's choices, and keeps what had to be assumed."""

    def __init__(self, choices: Mapping[str, str]) -> None:
        self.choices = dict(choices)
        self.kept: dict[str, Assumption] = {}

    def ask(self, key: str, default: str, only: tuple[str, ...] = (), sentence: str = "") -> str:
        """Return the choice for a key: the reader's where it is one, else the default."""
        words = {
            choice: NAMES.get(said, said)
            for choice, said in CHOICES[key].items()
            if not only or choice in only
        }
        chosen = str(self.choices.get(key, default))
        if key == "learning_rate":
            chosen = chosen if _is_rate(chosen) else default
            words.setdefault(chosen, chosen)
        elif chosen not in words:
            chosen = default
        text = (sentence or SENTENCES[key]).format(words=words.get(chosen, chosen))
        self.kept[key] = Assumption(key, text, chosen, tuple(words.items()))
        return chosen


def _is_rate(text: str) -> bool:
    try:
        return 0 <= float(text) <= 100
    except ValueError:
        return False
