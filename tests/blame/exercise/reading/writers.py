"""One small network written in the forms people paste; no code shared with the readers."""

from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st

NUMBERS = st.integers(-400, 400).map(lambda k: k / 100)
MOST_OUT = 3


@dataclass
class Drawn:
    """A network of two layers, its input and its target."""

    w1: np.ndarray
    b1: np.ndarray
    w2: np.ndarray
    b2: np.ndarray
    x: np.ndarray
    y: np.ndarray


@st.composite
def networks(draw, sizes=None):
    n_in, n_hidden, n_out = sizes or (
        draw(st.integers(1, 4)),
        draw(st.integers(2, 5)),
        draw(st.integers(1, MOST_OUT)),
    )

    def array(*shape):
        count = int(np.prod(shape))
        return np.array(draw(st.lists(NUMBERS, min_size=count, max_size=count))).reshape(shape)

    return Drawn(
        array(n_in, n_hidden),
        array(n_hidden),
        array(n_hidden, n_out),
        array(n_out),
        array(n_in),
        array(n_out),
    )


def listing(net, rows=False):
    """A NumPy listing, x @ W or W @ x."""
    w1, w2 = (net.w1.T, net.w2.T) if rows else (net.w1, net.w2)
    first, second = ("W1 @ x", "W2 @ h") if rows else ("x @ W1", "h @ W2")
    return f"""import numpy as np
x = np.array({net.x.tolist()})
y = np.array({net.y.tolist()})
W1 = np.array({w1.tolist()})
b1 = np.array({net.b1.tolist()})
W2 = np.array({w2.tolist()})
b2 = np.array({net.b2.tolist()})
h = np.tanh({first} + b1)
out = {second} + b2
loss = np.mean((out - y)**2)
lr = 0.25
"""


def dotted(net):
    """Calls of np.dot, with names of the reader's own."""
    return f"""
def act(v): return 1.0 / (1.0 + np.exp(-v))
inputs = {net.x.tolist()}
target = {net.y.tolist()}
weights_ih = np.array({net.w1.tolist()})
bias_h = {net.b1.tolist()}
weights_ho = np.array({net.w2.tolist()})
bias_o = {net.b2.tolist()}
hidden = act(np.dot(inputs, weights_ih) + bias_h)
output = act(np.dot(hidden, weights_ho) + bias_o)
error = 0.5 * np.sum(np.square(np.array(target) - output))
learning_rate = 0.25
"""


def state_dict(net):
    """A printed module and its state_dict."""

    def tensor(array):
        rows = np.atleast_2d(array)
        text = ",\n        ".join("[" + ", ".join(f"{v: .4f}" for v in row) + "]" for row in rows)
        return f"tensor({'[' + text + ']' if np.ndim(array) == 2 else text})"

    return f""">>> net
Sequential(
  (0): Linear(in_features={net.w1.shape[0]}, out_features={net.w1.shape[1]}, bias=True)
  (1): Tanh()
  (2): Linear(in_features={net.w2.shape[0]}, out_features={net.w2.shape[1]}, bias=True)
)
>>> net.state_dict()
OrderedDict([('0.weight', {tensor(net.w1.T)}), ('0.bias', {tensor(net.b1)}), \
('2.weight', {tensor(net.w2.T)}), ('2.bias', {tensor(net.b2)})])
>>> x, y
({tensor(net.x[None])}, {tensor(net.y[None])})
MSELoss(), lr=0.25
"""


def keras(net):
    """Keras' get_weights as NumPy prints it."""
    arrays = [net.w1, net.b1, net.w2, net.b2]
    return (
        ">>> model.get_weights()\n"
        + repr([np.array(a) for a in arrays])
        + "\ntanh hidden, linear output\n"
    )


def latex(net):
    """LaTeX with one row a neuron, said so."""

    def matrix(name, array):
        rows = r" \\ ".join(" & ".join(str(v) for v in row) for row in np.atleast_2d(array))
        return rf"{name} = \begin{{pmatrix}} {rows} \end{{pmatrix}}"

    lines = [
        matrix("W^{(1)}", net.w1.T),
        matrix("b^{(1)}", net.b1[:, None]),
        matrix("W^{(2)}", net.w2.T),
        matrix("b^{(2)}", net.b2[:, None]),
        matrix(r"\mathbf{x}", net.x[:, None]),
        matrix(r"\mathbf{y}", net.y[:, None]),
        r"h = \tanh(W^{(1)} x + b^{(1)}), \hat{y} = W^{(2)} h + b^{(2)}, \eta = 0.25",
        "The hidden layer is tanh, the output linear. Mean squared error.",
    ]
    return "\n".join(f"\\[ {line} \\]" if "=" in line else line for line in lines)


def sheet(net):
    """A spreadsheet's cells: a name, then its rows."""

    def block(name, array):
        rows = ["\t".join(str(v) for v in row) for row in np.atleast_2d(array)]
        return f"{name}\t" + "\n\t".join(rows)

    parts = [
        block("x", net.x),
        block("W1", net.w1),
        block("b1", net.b1),
        block("W2", net.w2),
        block("b2", net.b2),
        block("y", net.y),
    ]
    return "\n".join(parts) + "\nhidden tanh, output linear, x @ W, MSE, learning rate 0.25\n"


def weight_table(net):
    """w1, w2, ... neuron by neuron, biases of each neuron after them."""
    numbers = [*net.w1.T.ravel(), *net.w2.T.ravel()]
    lines = [f"x{k} = {v}" for k, v in enumerate(net.x, 1)]
    lines += [f"w{k} = {v}" for k, v in enumerate(numbers, 1)]
    lines += [f"b{k} = {v}" for k, v in enumerate([*net.b1, *net.b2], 1)]
    lines += [f"t{k} = {v}" for k, v in enumerate(net.y, 1)]
    n_in, n_hidden = net.w1.shape
    return f"A {n_in}-{n_hidden}-{len(net.y)} network, sigmoid everywhere, rate 0.25\n" + ", ".join(
        lines
    )


def unit_table(net):
    """w13, w14, ...: units numbered in order; a table with thresholds that are added."""
    n_in, n_hidden = net.w1.shape
    hidden = [n_in + 1 + j for j in range(n_hidden)]
    outs = [n_in + n_hidden + 1 + k for k in range(len(net.y))]
    cells = {f"x{i + 1}": v for i, v in enumerate(net.x)}
    cells |= {f"w{i + 1}{h}": net.w1[i, j] for i in range(n_in) for j, h in enumerate(hidden)}
    cells |= {f"w{h}{o}": net.w2[j, k] for j, h in enumerate(hidden) for k, o in enumerate(outs)}
    cells |= {f"th{u}": v for u, v in zip(hidden + outs, [*net.b1, *net.b2], strict=True)}
    cells |= {f"y{k + 1}": v for k, v in enumerate(net.y)}
    names, numbers = "  ".join(cells), "  ".join(str(v) for v in cells.values())
    return f"{names}\n{numbers}\ntheta is added, sigmoid units\n"


def neurons(net):
    """A list of dicts with the bias last."""
    layers = [
        [{"weights": [*column.tolist(), float(b)]} for column, b in zip(w.T, bias, strict=True)]
        for w, bias in ((net.w1, net.b1), (net.w2, net.b2))
    ]
    return f"network = {layers}\nrow = {net.x.tolist()}\nexpected = {net.y.tolist()}\nsigmoid units"
