"""Forms that people have and nobody had tried, each with what it says, worked out by hand."""

import numpy as np
import pytest

from blame.exercise.reading import read_exercise

SMALL = ([[0.1, 0.2], [0.3, 0.4]], [0.1, 0.2], [[0.5], [0.6]], [0.3])
"""W1 as in x @ W1, b1, W2, b2."""
ARROWS = """
Weights: x1->h1: 0.1, x1->h2: 0.2
x2->h1: 0.3, x2->h2: 0.4
Hidden to output: h1->o: 0.5, h2->o: 0.6
Biases: h1: 0.1, h2: 0.2, o: 0.3
Inputs x1 = 1, x2 = 0. Target = 1. Sigmoid. Half squared error. eta = 0.1
"""
ROWS = """
Neuron	Bias	w(x1)	w(x2)
h1	0,1	0,1	0,3
h2	0,2	0,2	0,4

Neuron	Bias	w(h1)	w(h2)
o	0,3	0,5	0,6

x1 = 1, x2 = 0, target 1, sigmoid, half squared error, eta = 0,1
"""
SEMICOLONS = """
x1;x2;t
1;0;1

W1;0,1;0,2
;0,3;0,4
b1;0,1;0,2
W2;0,5
;0,6
b2;0,3
Sigmoidfunktion, Fehler E = 1/2 (t - y)^2, Lernrate 0,1
"""
BRACKETS = """
W1 = [[0,1; 0,3]; [0,2; 0,4]], eine Zeile je Neuron: W x
b1 = (0,1; 0,2)
W2 = (0,5; 0,6)
b2 = 0,3
x = (1; 0)
t = 1
Alle Neuronen sind logistisch, Fehler E = 1/2 (t - y)^2, die Lernrate beträgt 0,1.
"""
NAMES = """
Gewicht	Wert
w11	0,1
w12	0,2
w21	0,3
w22	0,4
v1	0,5
v2	0,6
c	0,3
b1	0,1
b2	0,2
x1	1
x2	0
t	1
Sigmoid; Fehler: E = 1/2 (t \u2212 y)²; Lernrate η = 0,1
"""
KERAS = """
model = keras.Sequential([
    keras.layers.Dense(2, activation="sigmoid",
        kernel_initializer=keras.initializers.Constant([[0.1, 0.2], [0.3, 0.4]]),
        bias_initializer=keras.initializers.Constant([0.1, 0.2])),
    keras.layers.Dense(1, activation="sigmoid",
        kernel_initializer=keras.initializers.Constant([[0.5], [0.6]]),
        bias_initializer=keras.initializers.Constant(0.3)),
])
model.compile(optimizer=keras.optimizers.SGD(0.1), loss="mse")
x = [[1, 0]]
y = [[1]]
"""
FORMULAS = """
h1 = sigmoid(0.1*x1 + 0.3*x2 + 0.1)
h2 = sigmoid(0.2*x1 + 0.4*x2 + 0.2)
out = sigmoid(0.5*h1 + 0.6*h2 + 0.3)
with x1 = 1, x2 = 0, target 1, E = 1/2 (target - out)^2 and lr = 0.1
"""
LATEX = r"""
\[\mathbf{W}^{[1]} = \begin{bmatrix} 0.1 & 0.3 \\ 0.2 & 0.4 \end{bmatrix},\quad
\mathbf{b}^{[1]} = \begin{bmatrix} 0.1 \\ 0.2 \end{bmatrix},\quad
\mathbf{W}^{[2]} = \begin{bmatrix} 0.5 & 0.6 \end{bmatrix},\quad
b^{[2]} = 0.3\]
and $\mathbf{x} = \begin{bmatrix} 1 \\ 0 \end{bmatrix}$, sigmoid everywhere, target $t = 1$,
$E = \frac{1}{2}(t - y)^2$, learning rate $\alpha = 0.1$. One row a neuron.
"""
R = """
x <- c(1, 0)
W1 <- matrix(c(0.1, 0.3, 0.2, 0.4), nrow = 2)
b1 <- c(0.1, 0.2)
W2 <- matrix(c(0.5, 0.6), ncol = 1, byrow = TRUE)
b2 <- 0.3
t <- 1
lr <- 0.1
sigmoid <- function(z) 1 / (1 + exp(-z))
h <- sigmoid(x %*% W1 + b1)
p <- sigmoid(h %*% W2 + b2)
loss <- 0.5 * (t - p)^2
"""
C = """
double x[2] = {1.0, 0.0};
const double W1[2][2] = {{0.1, 0.2}, {0.3, 0.4}};  // W1[i][j]: input i, one column a neuron
double b1[2] = {0.1, 0.2};
double W2[2][1] = {{0.5},
                   {0.6}};
double b2[1] = {0.3};
double target = 1.0;
double lr = 0.1;
// sigmoid everywhere, E = 0.5*(target - out)^2
"""
NEURONS = """
Hidden neuron h1: weights (0.1, 0.3), bias 0.1
Hidden neuron h2: weights (0.2, 0.4), bias 0.2
Output neuron: weights (0.5, 0.6), bias 0.3
Input (1, 0), target 1, all sigmoid, E = 1/2 (t-o)^2, learning rate 0.1
"""
FROM_TO = r"""
| from \ to | h1 | h2 |
|---|---|---|
| x1 | 0.1 | 0.2 |
| x2 | 0.3 | 0.4 |
| bias | 0.1 | 0.2 |

| from \ to | o1 |
|---|---|
| h1 | 0.5 |
| h2 | 0.6 |
| bias | 0.3 |

x1 = 1, x2 = 0, target = 1; sigmoid; E = 1/2 (t - y)^2; learning rate 0.1
"""
ALIKE = {
    "from and to": FROM_TO,
    "R": R,
    "C": C,
    "neurons": NEURONS,
    "arrows": ARROWS,
    "one row a neuron": ROWS,
    "semicolons": SEMICOLONS,
    "brackets": BRACKETS,
    "names": NAMES,
    "formulas": FORMULAS,
    "latex": LATEX,
}


@pytest.mark.parametrize("form", ALIKE)
def test_one_exercise_in_many_forms(form):
    found = read_exercise(ALIKE[form])
    exercise = found.exercise
    assert exercise is not None, found.problems
    assert found.problems == ()
    first, second = exercise.network.layers
    W1, b1, W2, b2 = SMALL
    assert (first.weights.tolist(), second.weights.tolist()) == (W1, W2)
    assert (first.bias.tolist(), second.bias.tolist()) == (b1, b2)
    assert exercise.activations == ("sigmoid", "sigmoid")
    assert np.ravel(exercise.x).tolist() == [1, 0]
    assert np.ravel(exercise.target).tolist() == [1]
    assert (exercise.loss, exercise.learning_rate) == ("half_sse", 0.1)


def test_what_keras_begins_its_layers_with():
    found = read_exercise(KERAS)
    first, second = found.exercise.network.layers
    W1, b1, W2, b2 = SMALL
    assert (first.weights.tolist(), second.weights.tolist()) == (W1, W2)
    assert (first.bias.tolist(), second.bias.tolist()) == (b1, b2)
    assert (found.exercise.loss, found.exercise.learning_rate) == ("mse", 0.1)
    assert found.assumed == found.problems == ()


def test_words_in_german():
    found = read_exercise(
        "Zwei Eingänge, verdeckte Schicht mit tanh, Ausgabe linear, ohne Bias.\n"
        "w11 = 0,1, w12 = 0,2, w21 = -0,3, w22 = 0,4, v1 = 0,5, v2 = -0,6\n"
        "x1 = 0,5 und x2 = \u22121, Sollwert 1, quadratischer Fehler, Lernrate 0,5"
    )
    exercise = found.exercise
    assert exercise.activations == ("tanh", "identity")
    assert exercise.network.layers[0].weights.tolist() == [[0.1, 0.2], [-0.3, 0.4]]
    assert [layer.bias for layer in exercise.network.layers] == [None, None]
    assert np.ravel(exercise.target).tolist() == [1]
    assert (exercise.loss, exercise.learning_rate) == ("sse", 0.5)


@pytest.mark.parametrize(
    "said",
    ["o1 target = 0.05, o2 target = 0.9", "target o1 = 0.05, o2 = 0.9",
     "target_o1 = 0.05, target_o2 = 0.9", "\nTarget 1\t0,05\nTarget 2\t0,9\n"],
)  # fmt: skip
def test_targets_beside_the_names_of_their_outputs(said):
    text = (
        "w1=.1 w2=.2 w3=.3 w4=.4 w5=.5 w6=.6 w7=.7 w8=.8, i1 = 1, i2 = 0.5, "
        f"{said}, sigmoid, no bias"
    )
    exercise = read_exercise(text).exercise
    assert exercise.sizes == (2, 2, 2)
    assert np.ravel(exercise.target).tolist() == [0.05, 0.9]


@pytest.mark.parametrize(("said", "sign"), [("added", 1), ("subtracted", -1)])
def test_thresholds_that_the_text_adds_or_subtracts(said, sign):
    text = (
        "x1\tx2\tw13\tw23\tθ3\n1\t0\t0.3\t0.1\t-0.2\n"
        f"Biases (θ) are {said}. Target 1, sigmoid, learning rate 0.8"
    )
    found = read_exercise(text)
    assert found.exercise.network.layers[0].bias.tolist() == [sign * -0.2]
    assert "theta" not in {one.key for one in found.assumed}


XS, YS = [k / 10 for k in range(1, 15)], [k / 5 for k in range(1, 15)]
ADDED = f"""
X = {XS}
y = {YS}
w = 0.5; b = 0.1; lr = 0.05
for epoch in range(20):
    J = 0; dw = 0; db = 0
    for {{loop}}:
        p = w*{{x}} + b
        J += (p - {{y}})**2
        dw += 2*(p - {{y}})*{{x}}
        db += 2*(p - {{y}})
    J = J/14
    w -= lr*dw/14
    b -= lr*db/14
"""


@pytest.mark.parametrize(
    ("loop", "x", "y"),
    [("i in range(14)", "X[i]", "y[i]"), ("i in range(len(X))", "X[i]", "y[i]"),
     ("a, t in zip(X, y)", "a", "t")],
)  # fmt: skip
def test_a_loop_over_more_samples_than_an_exercise_takes(loop, x, y):
    found = read_exercise(ADDED.format(loop=loop, x=x, y=y))
    assert np.ravel(found.exercise.x).tolist() == XS[:8]
    assert np.ravel(found.exercise.target).tolist() == YS[:8]
    assert (found.exercise.loss, found.exercise.steps) == ("mse", 20)
    assert found.problems == (
        "The text has 14 samples and an exercise takes 8: the first 8 are kept.",
    )
    # The update divides, so nothing is missing.
    assert not any("missing" in said for said in found.said)


def test_a_loop_over_very_many_samples_says_that_it_was_cut():
    many = [k / 100 for k in range(60)]
    text = ADDED.replace(str(XS), str(many)).replace(str(YS), str(many)).replace("14", "60")
    found = read_exercise(text.format(loop="a, t in zip(X, y)", x="a", y="t"))
    assert "Line 7: the loop goes through more samples" in " ".join(found.problems)


def test_a_division_that_is_forgotten_is_still_told():
    text = ADDED.replace("lr*dw/14", "lr*dw").replace("14", "3").replace(str(XS), "[1, 2, 3]")
    text = text.replace(str(YS), "[2, 4, 6]").format(loop="i in range(3)", x="X[i]", y="y[i]")
    (said,) = (said for said in read_exercise(text).said if "missing" in said)
    assert "dw: the division by the number of samples is missing" in said


def test_a_weight_of_1_that_is_not_written():
    text = (
        "x1 = 1.0; x2 = 2.0\nh1 = relu(0.5*x1 - 0.3*x2 + 0.3)\nh2 = relu(x1 + 0.2*x2)\n"
        "out = h1 - 1.5*h2 + 0.05\nloss = (out - 1)**2"
    )
    first, second = read_exercise(text).exercise.network.layers
    assert first.weights.tolist() == [[0.5, 1.0], [-0.3, 0.2]]
    assert second.weights.tolist() == [[1.0], [-1.5]]
    assert second.bias.tolist() == [0.05]


def test_weights_set_layer_by_layer():
    text = (
        "model = Sequential()\nmodel.add(Dense(2, input_dim=2, activation='sigmoid'))\n"
        "model.add(Dense(1, activation='sigmoid'))\n"
        "model.layers[0].set_weights([np.array([[0.1, 0.2], [0.3, 0.4]]), np.array([0.1, 0.2])])\n"
        "model.layers[1].set_weights([np.array([[0.5], [0.6]]), np.array([0.3])])\n"
    )
    first, second = read_exercise(text).exercise.network.layers
    W1, b1, W2, b2 = SMALL
    assert (first.weights.tolist(), second.weights.tolist()) == (W1, W2)
    assert (first.bias.tolist(), second.bias.tolist()) == (b1, b2)


def test_how_many_rows_is_no_weight():
    assert read_exercise("nrow = 2; ncol = 3").exercise is None


def test_many_decimal_commas_are_told_once():
    text = "w1 = 0,5, w2 = 0,25, x1 = 1,5 und x2 = 0,75, t = 1, Sigmoid"
    said = [one for one in read_exercise(text).said if "read as" in one]
    assert len(said) == 1
    assert said[0].startswith("Decimal commas are read as points: 0,5 is read as 0.5")


def test_the_first_factor_of_a_sum_is_no_number_of_the_exercise():
    text = (
        "net_h1 = w1*i1 + w2*i2 + b1 = 0.15*0.05 + 0.20*0.10 + 0.35 = 0.3775\n"
        "i1 = 0.05, i2 = 0.10, w1 = 0.15, w2 = 0.20, w3 = 0.25, w4 = 0.30, w5 = 0.4, w6 = 0.45\n"
        "b1 = 0.35, b2 = 0.60, t = 1, sigmoid"
    )
    first, second = read_exercise(text).exercise.network.layers
    assert (first.bias.tolist(), second.bias.tolist()) == ([0.35, 0.35], [0.6])


def test_the_output_bias_c_beside_b():
    text = "W = [[0.2, 0.4, -0.5], [-0.3, 0.1, 0.2]]\nb = [-0.4, 0.2]\nV = [-0.3, -0.2]\nc = 0.1\n"
    found = read_exercise(text + "x = [1, 0, 1], t = 1, eta = 0.9, sigmoid")
    assert [layer.bias.tolist() for layer in found.exercise.network.layers] == [[-0.4, 0.2], [0.1]]
    assert "bias" not in {one.key for one in found.assumed}


LOGITS = (
    "Logits z = W x + b, W = [[1, -1], [0.5, 0.25], [-0.5, 2]], b = [0, 0.1, -0.1], x = [2, 1]. "
)


def test_a_class_in_words_is_counted_from_0_and_said_so():
    found = read_exercise(
        LOGITS + "Softmax and cross-entropy; the correct class is 2. Step size 0.1"
    )
    assert np.ravel(found.exercise.target).tolist() == [0, 0, 1]
    assert "The target is a class, counted from 0." in found.said


def test_without_a_class_the_first_is_taken_and_said_so():
    found = read_exercise(LOGITS + "Softmax and cross-entropy. Step size 0.1")
    assert np.ravel(found.exercise.target).tolist() == [1, 0, 0]
    (asked,) = (one for one in found.assumed if one.key == "target")
    assert asked.sentence.endswith("the first output is taken as the right one.")


def test_a_perceptron_whose_bias_is_a_weight_of_1():
    text = "Inputs x0 = 1, x1 = 2, x2 = -1, weights w0 = 0.3, w1 = 0.5, w2 = -0.4, sigmoid, t = 1"
    found = read_exercise(text)
    assert found.exercise.network.layers[0].weights.tolist() == [[0.3], [0.5], [-0.4]]
    assert np.ravel(found.exercise.x).tolist() == [1, 2, -1]
    assert found.named["w0"] == "W1[0, 0]"


def test_a_neuron_that_ends_in_a_step_is_told_to_have_no_slope():
    text = (
        "w = [0.0, 0.5]; b = -0.2\nfor (x1, x2), t in [((0, 0), 0), ((1, 1), 1)]:\n"
        "    y = 1 if w[0]*x1 + w[1]*x2 + b > 0 else 0\n    w[0] += (t - y)*x1; b += t - y\n"
    )
    assert "end in a step" in read_exercise(text).problems[0]
