"""Every entry has a meaning and a live value that follows the numbers."""

import pytest

from blame.exercise.example import Example
from blame.exercise.presets import PRESETS, random_example
from blame.practise.glossary import GLOSSARY
from tests.pages.app import PAGES


@pytest.mark.parametrize("word", GLOSSARY)
def test_an_entry_is_alive(word):
    entry = GLOSSARY[word]
    assert entry.meaning.endswith(".")
    assert entry.page in PAGES
    examples = [*(preset.example for preset in PRESETS.values()), *map(random_example, range(9))]
    said = {entry.live(example) for example in examples}
    assert len(said) > 1
    assert all(text and "nan" not in text for text in said)


def test_live_values_of_the_notebook():
    values = {word: entry.live(Example()) for word, entry in GLOSSARY.items()}
    assert values["loss"] == "1.5625"
    assert values["blame"] == "dW1[1, 0] = 5"
    assert values["chain rule"] == "d_a1[0] = 2.5 · 1 = 2.5"
    assert values["update"] == "b2: 0.05 - 0.1 · 2.5 = -0.2"
    assert values["kink"] == "neuron 1 on it"
    assert values["dead neuron"] == "neuron 0 from step 3 on; neuron 1 from step 2 on"
    assert values["stable limit"] == "λ = 53.80439288, so 2/λ = 0.03717168605"
    assert values["gate"] == "neuron 0 open, neuron 1 open"
