"""The library of expressions. A new one is one entry here."""

from __future__ import annotations

from blame.expression.library.entry import Entry

EXPRESSIONS: dict[str, Entry] = {
    entry.key: entry
    for entry in (
        Entry(
            "circuit",
            "A circuit: one sum, one product",
            "circuit",
            "CS231n notes, cs231n.github.io/optimization-2",
            "The sum hands its blame on unchanged, the product hands each factor the other one.",
            "q = x + y\nf = q * z\nx = -2\ny = 5\nz = -4",
            values={"q": 3.0, "f": -12.0},
            blame={"z": 3.0, "q": -4.0, "x": -4.0, "y": -4.0},
        ),
        Entry(
            "two-ways",
            "One number, two ways to the result",
            "shared value",
            "Christopher Olah, Calculus on Computational Graphs, colah.github.io",
            "b goes into both factors: its blame is the sum of what both ways hand back.",
            "c = a + b\nd = b + 1\ne = c * d\na = 2\nb = 1",
            values={"e": 6.0},
            blame={"a": 2.0, "b": 5.0},
        ),
        Entry(
            "lecture",
            "L = (a b + c) f",
            "circuit",
            "Andrej Karpathy, the micrograd lecture, github.com/karpathy/nn-zero-to-hero",
            "Move each of the four a hundredth along its own blame, and L rises to -7.286496.",
            "e = a * b\nd = e + c\nL = d * f\na = 2\nb = -3\nc = 10\nf = -2",
            values={"L": -8.0},
            blame={"a": 6.0, "b": -4.0, "c": -2.0, "f": 4.0},
        ),
        Entry(
            "neuron",
            "A neuron with tanh, written out",
            "neuron",
            "Andrej Karpathy, the micrograd lecture, github.com/karpathy/nn-zero-to-hero",
            "The bias is chosen so that the slope of tanh is one half. A weight whose input is 0 "
            "gets no blame.",
            "n = x1 * w1 + x2 * w2 + b\no = tanh(n)\nx1 = 2\nx2 = 0\nw1 = -3\nw2 = 1\n"
            "b = 6.8813735870195432",
            values={"n": 0.8813735870195432, "o": 0.7071067811865476},
            blame={"x1": -1.5, "w1": 1.0, "x2": 0.5, "w2": 0.0, "b": 0.5},
        ),
        Entry(
            "engine",
            "The first test of a small engine",
            "shared value",
            "github.com/karpathy/micrograd, README",
            "a and b are used again and again, and names are given new values on the way.",
            "a = -4.0\nb = 2.0\nc = a + b\nd = a * b + b**3\nc += c + 1\nc += 1 + c + (-a)\n"
            "d += d * 2 + relu(b + a)\nd += 3 * d + relu(b - a)\ne = c - d\nf = e**2\n"
            "g = f / 2.0\ng += 10.0 / f",
            values={"g": 24.7041},
            blame={"a": 138.8338, "b": 645.5773},
        ),
        Entry(
            "autograd-relu",
            "A product, two sums, a ReLU",
            "circuit",
            "Deep-ML, question 26, github.com/Open-Deep-ML/DML-OpenProblem",
            "7 \u00d7 2 depends on none of the given numbers, so no blame is worked out for it.",
            "d = a + b * c\ne = 7 * 2\nf = e + d\ng = relu(f)\na = 2\nb = 3\nc = 10",
            values={"d": 32.0, "g": 46.0},
            blame={"a": 1.0, "b": 10.0, "c": 3.0},
        ),
        Entry(
            "through-time",
            "One weight, two steps in time",
            "chain through time",
            "PyTorch forum, discuss.pytorch.org/t/187917",
            "w_h is used in both steps: its blame has two parts. Each tanh has its slope at its "
            "own output.",
            "h1 = tanh(w_h * h0)\nh2 = tanh(w_h * h1)\ny = w_y * h2\nh0 = 0.5\nw_h = 2\nw_y = 40",
            blame={"w_h": 8.1888, "w_y": 0.9093},
            asked={
                "w_h": (
                    -40.21530288726289,
                    "Here 1 \u2212 x\u00b2 was taken at what goes into tanh, not at its output.",
                )
            },
        ),
        Entry(
            "vectors",
            "Q = 3a\u00b3 \u2212 b\u00b2, entry by entry",
            "vector",
            "PyTorch, A Gentle Introduction to autograd",
            "A vector has no single gradient: its entries are summed, as an upstream of ones does.",
            "Q = 3 * a**3 - b**2\ntotal = sum(Q)\na = [2, 3]\nb = [6, 4]",
            blame={"a[0]": 36.0, "a[1]": 81.0, "b[0]": -12.0, "b[1]": -8.0},
        ),
        Entry(
            "twice",
            "Backward twice: gradients add up",
            "shared value",
            "zhang-yang.medium.com, how PyTorch accumulates gradient",
            "Asked for y and then for z without clearing, x.grad holds 2 and then 5: the blame of "
            "y + z.",
            "y = x**2\nz = x**3\nboth = y + z\nx = 1",
            blame={"x": 5.0},
        ),
        Entry(
            "sum",
            "sum before backward",
            "vector",
            "fast.ai forum, MNIST basics",
            "sum hands every entry the whole of what comes back.",
            "L = sum(x**2)\nx = [2, 6]",
            blame={"x[0]": 4.0, "x[1]": 12.0},
        ),
        Entry(
            "mean",
            "mean before backward",
            "vector",
            "fast.ai forum, MNIST basics",
            "mean hands every entry its share: half of what sum would, for two entries.",
            "L = mean(x**2)\nx = [2, 6]",
            blame={"x[0]": 2.0, "x[1]": 6.0},
        ),
        Entry(
            "momentum",
            "One step with momentum",
            "circuit",
            "Deep-ML, question 146, github.com/Open-Deep-ML/DML-OpenProblem",
            "An update is an expression too: blame says how far each number moves where p goes.",
            "v1 = 0.9 * v0 + 0.01 * g\np1 = p0 - v1\np0 = 1\nv0 = 0.1\ng = 0.1",
            values={"p1": 0.909, "v1": 0.091},
        ),
        Entry(
            "errors-sent-back",
            "Errors sent back without a slope",
            "circuit",
            "math.union.edu, chaos course, exercise 44",
            "r and s come out of step units, whose slope is 0: through them no blame goes. There "
            "the error of 1 is sent back by the weights alone, which is the blame at r and s.",
            "o = w_ro * r + w_so * s\nw_ro = -1.6\nw_so = 1.4\nr = 1\ns = 1",
            blame={"r": -1.6, "s": 1.4},
        ),
        Entry(
            "largest",
            "Only the largest is blamed",
            "max",
            "",
            "max hands everything to the larger one. Drag a beyond b, and the blame changes sides.",
            "m = max(a, b)\nL = (m - t)**2\na = 1.5\nb = 2\nt = 0.5",
        ),
        Entry(
            "largest-of-four",
            "The largest of four, as in max pooling",
            "max",
            "",
            "One entry takes all the blame. Drag v[2] up to v[1]: where both are level, each takes "
            "half.",
            "m = max(v)\nL = (m * W[0, 1] - t)**2\nv = [0.3, 1.2, 0.9, -0.5]\nW[0, 1] = 1.5\nt = 1",
        ),
        Entry(
            "shared-weight",
            "One weight in two places",
            "shared weight",
            "",
            "Both uses hand a part back to w; its blame is their sum.",
            "p = w * x1\nq = w * x2\nL = (p + q - t)**2\nw = 0.5\nx1 = 1\nx2 = -3\nt = 1",
        ),
        Entry(
            "cross-entropy",
            "Softmax and cross-entropy, by hand",
            "neuron",
            "",
            "The blame at each z comes to its share minus the target: watch the long way there.",
            "e1 = exp(z1)\ne2 = exp(z2)\np = e1 / (e1 + e2)\nL = -log(p)\nz1 = 1\nz2 = 2",
        ),
        Entry(
            "no-slope",
            "Blame that is no slope",
            "kink",
            "",
            "relu(x) \u2212 relu(\u2212x) is x itself, so its slope is 1 everywhere. Exactly at 0 "
            "both gates hand back 0.",
            "a = relu(x)\nb = relu(-x)\nf = a - b\nx = 0",
        ),
        Entry(
            "on-the-kink",
            "A ReLU that rounding opens",
            "kink",
            "",
            "On paper z is exactly 0. The floats give 2.8e-17, so the gate opens.",
            "z = 1 * w + 2 * v - 0.1\na = relu(z)\nL = (a - 1)**2\nw = -0.3\nv = 0.2",
        ),
    )
}
"""Every entry by its key, the simplest first."""
