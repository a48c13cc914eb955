"""Questions on numbers worked out by hand: what each gives, the answer, the reason, the slips.

With x = [2, -1] and the weights below, both gates open:
z1 = [1 - 0.2 + 0.1, -0.6 - 0.8 + 2] = [0.9, 0.6], y_pred = 1.35 - 1.2 + 0.25 = 0.4, and with
y_true = 1.4 the loss is 1, d_loss_y = -2, d_a1 = [-3, 4]. No two numbers are alike, so that a row
taken for a column, or one neuron for the other, gives another number.
"""

from dataclasses import replace

from blame.exercise.presets import NOTEBOOK
from tests.exercises import changed, notebook_with

OPEN = notebook_with(
    x_0=2.0,
    x_1=-1.0,
    y_true=1.4,
    W1_0_0=0.5,
    W1_0_1=-0.3,
    W1_1_0=0.2,
    W1_1_1=0.8,
    b1_0=0.1,
    b1_1=2.0,
    W2_0_0=1.5,
    W2_1_0=-2.0,
    b2_0=0.25,
)
SHUT_1 = changed(OPEN, b1_1=0.4, y_true=2.6)
"""z1 = [0.9, -1], y_pred = 1.6; the same blame of -2 at the output."""
SHUT_0 = changed(OPEN, b1_0=-1.7, y_true=0.05)
"""z1 = [-0.9, 0.6], y_pred = -0.95; the same blame of -2 at the output."""

BY_HAND = [
    (
        "z1",
        OPEN,
        "What is z1[1], before the ReLU? x = [2, -1], column 1 of W1 is [-0.3, 0.8], b1[1] = 2.",
        0.6,
        "z1[1] = 2 × -0.3 + -1 × 0.8 + 2 = 0.6.",
        {-1.4: "without the bias", 1.6: "takes row 1 of W1"},
    ),
    (
        "z1",
        SHUT_1,
        "What is z1[1], before the ReLU? x = [2, -1], column 1 of W1 is [-0.3, 0.8], b1[1] = 0.4.",
        -1.0,
        "z1[1] = 2 × -0.3 + -1 × 0.8 + 0.4 = -1.",
        {-1.4: "without the bias", 0.0: "a1[1], after the ReLU"},
    ),
    (
        # Neuron 1 stands on the kink; 1 (0.5) + 2 (-0.3) + 0.1 takes the row.
        "z1",
        NOTEBOOK,
        "What is z1[0], before the ReLU? x = [1, 2], column 0 of W1 is [0.5, 0.8], b1[0] = 0.1.",
        2.2,
        "z1[0] = 1 × 0.5 + 2 × 0.8 + 0.1 = 2.2.",
        {2.1: "without the bias", 0.0: "takes row 0 of W1"},
    ),
    (
        "y_pred",
        OPEN,
        "What is y_pred? z1 = [0.9, 0.6], W2 = [1.5, -2], b2 = 0.25.",
        0.4,
        "a1 = max(0, z1) = [0.9, 0.6], so y_pred = 0.9 × 1.5 + 0.6 × -2 + 0.25 = 0.4.",
        {0.15: "without b2"},
    ),
    (
        "y_pred",
        SHUT_1,
        "What is y_pred? z1 = [0.9, -1], W2 = [1.5, -2], b2 = 0.25.",
        1.6,
        "a1 = max(0, z1) = [0.9, 0], so y_pred = 0.9 × 1.5 + 0 × -2 + 0.25 = 1.6.",
        {3.6: "forgets the ReLU", 1.35: "without b2"},
    ),
    (
        "loss",
        changed(OPEN, y_true=-0.1),
        "What is the loss? y_pred = 0.4, y_true = -0.1.",
        0.25,
        "The error is 0.5, and the loss is its square, 0.25.",
        {
            0.5: "the error, not its square",
            -0.5: "the error, not its square",
            0.125: "has a one half",
            1.0: "the loss's slope",
        },
    ),
    (
        "d_loss_y",
        OPEN,
        "How fast does the loss change if y_pred grows? y_pred = 0.4, y_true = 1.4.",
        -2.0,
        "The slope of the square is twice the error: 2 × (0.4 - 1.4) = -2.",
        {-1.0: "the 2 is left out", 2.0: "has the sign turned", 1.0: "the loss itself"},
    ),
    (
        "d_a1",
        OPEN,
        "What is d_a1[0], the blame that arrives at neuron 0? d_loss_y = -2, W2[0, 0] = 1.5, "
        "a1[0] = 0.9.",
        -3.0,
        "Blame goes back through the weight it came by: -2 × 1.5 = -3.",
        {
            -1.5: "leaves out the 2",
            -1.8: "That is dW2[0, 0]",
            3.0: "has the sign turned",
            0.0: "The gate comes later",
            -2.0: "d_loss_y itself",
        },
    ),
    (
        "gate",
        OPEN,
        "z1[1] = 0.6, and blame of 4 arrives. Does the gate of neuron 1 let it through?",
        "Yes",
        "z1[1] = 0.6 is above 0, so it is open and passes all.",
        {"No": "Only z decides"},
    ),
    (
        "gate",
        SHUT_1,
        "z1[1] = -1, and blame of 4 arrives. Does the gate of neuron 1 let it through?",
        "No",
        "z1[1] = -1 is not above 0, so it is shut.",
        {"Yes": "forgets the gate"},
    ),
    (
        "gate",
        NOTEBOOK,
        "z1[0] = 2.2, and blame of 2.5 arrives. Does the gate of neuron 0 let it through?",
        "Yes",
        "z1[0] = 2.2 is above 0, so it is open and passes all.",
        {"No": "Only z decides"},
    ),
    (
        "d_z1",
        OPEN,
        "What is d_z1[0]? z1[0] = 0.9, d_a1[0] = -3.",
        -3.0,
        "z1[0] = 0.9, so the blame passes as it is: d_z1[0] = -3.",
        {
            0.0: "The gate is open: z is above 0",
            -2.7: "does not multiply by z",
            3.0: "does not turn the sign",
        },
    ),
    (
        "d_z1",
        SHUT_1,
        "What is d_z1[1]? z1[1] = -1, d_a1[1] = 4.",
        0.0,
        "z1[1] = -1, so the blame stops at the shut gate: d_z1[1] = 0.",
        {4.0: "forgets the gate: z is below 0", -4.0: "does not multiply by z"},
    ),
    (
        "paths",
        OPEN,
        "What is the blame of x[0]? d_z1 = [-3, 4], row 0 of W1 is [0.5, -0.3].",
        -2.7,
        "Two paths lead from x[0] to the loss, and their blame adds up: -3 × 0.5 + 4 × -0.3 = "
        "-2.7.",
        {-1.5: "neuron 0 alone", -1.2: "neuron 1 alone", -0.3: "subtracts one"},
    ),
    (
        "paths",
        SHUT_0,
        "What is the blame of x[0]? d_z1 = [0, 4], row 0 of W1 is [0.5, -0.3].",
        -1.2,
        "Two paths lead from x[0] to the loss, and their blame adds up: 0 × 0.5 + 4 × -0.3 = -1.2.",
        {0.0: "neuron 0 alone", -2.7: "forgets the gates", 1.2: "subtracts one"},
    ),
    (
        "dW2",
        OPEN,
        "What is dW2[0, 0]? a1[0] = 0.9, W2[0, 0] = 1.5, d_loss_y = -2.",
        -1.8,
        "A weight is blamed by what came through it: a1[0] × d_loss_y = 0.9 × -2 = -1.8.",
        {
            -3.0: "That is d_a1[0]",
            -0.9: "the 2 is left out",
            1.8: "has the sign turned",
            1.35: "what the weight adds to the guess",
        },
    ),
    (
        "dW2",
        SHUT_0,
        "What is dW2[1, 0]? a1[1] = 0.6, W2[1, 0] = -2, d_loss_y = -2.",
        -1.2,
        "A weight is blamed by what came through it: a1[1] × d_loss_y = 0.6 × -2 = -1.2.",
        {4.0: "That is d_a1[1]", -0.6: "the 2 is left out", 1.2: "has the sign turned"},
    ),
    (
        "dW1",
        OPEN,
        "What is dW1[1, 0]? x = [2, -1], d_z1[0] = -3.",
        3.0,
        "A weight is blamed by what came through it: x[1] × d_z1[0] = -1 × -3 = 3.",
        {-3.0: "not yet multiplied by x[1]", -6.0: "takes x[0]", 1.5: "leaves out the 2"},
    ),
    (
        # The open neuron is asked about: the shut one's blame is 0 whatever x is.
        "dW1",
        changed(SHUT_0, x_1=-3.0, b1_0=-2.0, b1_1=3.6),
        "What is dW1[1, 1]? x = [2, -3], d_z1[1] = 4.",
        -12.0,
        "A weight is blamed by what came through it: x[1] × d_z1[1] = -3 × 4 = -12.",
        {
            4.0: "not yet multiplied by x[1]",
            8.0: "takes x[0]",
            -6.0: "leaves out the 2",
            12.0: "has the sign turned",
        },
    ),
    (
        "most_blamed",
        OPEN,
        "Which weight gets the most blame, whatever its sign? x = [2, -1], d_z1 = [-3, 4]; "
        "a1 = [0.9, 0.6], d_loss_y = -2.",
        "W1[0, 1]",
        "W1[0, 1] has a blame of 8, the largest in size: what came through it times the blame "
        "behind it.",
        {"W2[1, 0]": "the largest weight"},
    ),
    (
        "most_blamed",
        SHUT_1,
        "Which weight gets the most blame, whatever its sign? x = [2, -1], d_z1 = [-3, 0]; "
        "a1 = [0.9, 0], d_loss_y = -2.",
        "W1[0, 0]",
        "W1[0, 0] has a blame of -6, the largest in size: what came through it times the blame "
        "behind it.",
        {
            "W1[0, 1]": "no blame reaches the weights of a shut neuron",
            "W2[1, 0]": "the largest weight",
        },
    ),
    (
        "update",
        OPEN,
        "What is b2 after one update? b2 = 0.25, db2 = -2, the learning rate is 0.1.",
        0.45,
        "The update goes against the blame: 0.25 - 0.1 × -2 = 0.45.",
        {
            0.05: "goes with the blame",
            2.25: "leaves out the learning rate",
            0.2: "the change alone",
            0.25: "the old b2",
        },
    ),
    (
        # W2 = [1.68, -1.88], b2 = 0.45, z1 = [2.7, -1.8]: y_pred = 4.986, off by 3.586.
        "moves",
        OPEN,
        "The loss is 1. One update with the learning rate 0.1: does the loss fall or rise?",
        "It rises",
        "It goes from 1 to 12.859396. The way is right, but the step is so long that it "
        "overshoots.",
        {"It falls": "For a small step it would"},
    ),
    (
        # W2 = [1.509, -1.994], b2 = 0.26, z1 = [0.99, 0.48]: y_pred = 0.79679.
        "moves",
        replace(OPEN, learning_rate=0.005),
        "The loss is 1. One update with the learning rate 0.005: does the loss fall or rise?",
        "It falls",
        "It goes from 1 to 0.3638623041.",
        {"It rises": "this step is short enough"},
    ),
    (
        "nudge",
        OPEN,
        "W2[0, 0] grows by 0.01. By about how much does the loss change? Its blame is -1.8.",
        -0.018,
        "Blame times nudge: -1.8 × 0.01 = -0.018. The loss really changes by -0.017919.",
        {
            0.018: "mixes up raising and lowering",
            -1.8: "the blame itself",
            -0.009: "leaves out the 2",
        },
    ),
]
