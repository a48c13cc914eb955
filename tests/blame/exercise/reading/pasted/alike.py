"""One small exercise in the forms that people have it in."""

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
