"""What each stage of the backward pass does, in a sentence."""

from __future__ import annotations

SAID = {
    "loss": "How fast would the loss change if the guess grew? That is the first piece of blame.",
    "W2": "Each weight of the last layer is blamed by the activation that came through it.",
    "a1": "The same blame goes back through W2: a larger weight hands more of it on.",
    "z1": "The ReLU is a gate. Open, it passes the blame as it is; shut, it passes nothing.",
    "W1": "What is left meets the input: x times the blame at z is the blame of W1.",
    "update": (
        "Backpropagation ends with the blame. The update is another step: every parameter moves "
        "against its blame, by the learning rate."
    ),
}
