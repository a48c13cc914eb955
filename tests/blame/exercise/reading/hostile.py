"""Texts made to hurt: deep, wide, endless, or asking for what nobody should do."""

HOSTILE = {
    "powers": "x = 9**9**9**9\nW1 = [[1,2]]",
    "long number": "x = " + "9" * 15000,
    "long sum": "x = " + "+".join(["1"] * 9000),
    "long product": "x = " + "*".join(["x"] * 9000),
    "minuses": "x = " + "-" * 15000 + "1",
    "parentheses": "x = " + "(" * 9000 + ")" * 9000,
    "brackets": "x = " + "[" * 9000 + "]" * 9000,
    "open brackets": "[" * 19000,
    "many names": "\n".join(f"w{k}={k}" for k in range(1800)),
    "huge arrays": "W1=np.zeros((10**9,10**9))\nx = np.ones((1000,1000))\n" * 50,
    "matrix powers": "A=np.ones((30,30))\n" + "A = A @ A\n" * 1500,
    "doubling": "x = 1.0\n" + "x = x + x\n" * 1800,
    "doubling list": "a = 1.0\nx=[a]\n" + "x = x + x\n" * 1800,
    "doubling product": "w=1.0\nx=2.0\na=w*x\n" + "a=(a+a)*a\n" * 600,
    "loops in loops": "x=1.0\n"
    + "\n".join(" " * k + f"for i{k} in [1,2,3,4,5,6,7,8,9]:" for k in range(18))
    + "\n"
    + " " * 18
    + "x = x*2.0+1",
    "recursion": "def f(x):\n    return f(x)+f(x)\nf(1)\n",
    "two that call each other": (
        "def f(x):\n    return g(x)+g(x)\ndef g(x):\n    return f(x)*f(x)\ny=f(3.0)\n" * 200
    ),
    "class of itself": "class A:\n def __init__(self):\n  self.a = A()\na = A()\n" * 300,
    "endless": "while True:\n    x = 1\n" * 800,
    "begin": "\\begin{pmatrix}" * 1300,
    "begin rows": "\\begin{pmatrix} 1 & 2 \\\\ " * 700,
    "fractions": "\\frac{1}{" * 2000,
    "blanks": "x" + " " * 19000 + "=1",
    "tabs": "x\t" * 9500,
    "equals": "x=" * 9500,
    "digits": "1 " * 9500,
    "weights are": "the input weights are 1, " * 800,
    "weights are ones": "weights are " + "1, " * 6000,
    "halves": "1/2(" * 4900,
    "words": "relu hidden output " * 1000,
    "sizes": "2-" * 9900,
    "quotes": "'" * 19999,
    "triple quotes": '"""\n' * 4900,
    "line ends": "\n" * 19999,
    "sequentials": (
        "s = nn.Sequential(nn.Linear(2,2), nn.Linear(2,2))\n" + "s = nn.Sequential(s, s)\n" * 700
    ),
    "tensors": "w = tensor(" * 1800,
    "lambdas": "f = " + "lambda x: " * 1900 + "x",
    "attributes": "x" + ".a" * 9900,
    "indices": "x = y" + "[0]" * 6500,
    "ifs": "x = " + "1 if 1 else " * 1600 + "1",
    "printed": "W1 = [[0.1 0.2\n" * 1300,
    "comprehensions": (
        "a=list(range(900))\nx = [[[[i*j*k*l for i in a] for j in a] for k in a] for l in a]"
    ),
    "control signs": "\x00" * 1000 + "x=1",
    "half a sign": "\ud800 x=1",
    "random": "np.random.seed(1)\nW=np.random.randn(10000,10000,10000)",
    "seeds": "np.random.seed(10**30)\nnp.random.seed(-1)\nrng=np.random.RandomState(2**32)",
    "not finite": 'W1=[[1e999, float("inf")]]\nb1=[nan]\nx=[1e308]\nW1 = [[1e308*10]]',
    "tables": "a b c d\n1 2 3 4\n" * 1200,
    "column": "x\n" + "1\n" * 9000,
    "modules": "(0): Linear(in_features=3, out_features=2, bias=True)\n" * 350,
    "many losses": "w=1.0\nx=2.0\ny=3.0\n"
    + "\n".join(f"loss{k} = (w*x - y)**2" for k in range(600)),
    "a deep net": "x=np.ones((8,10))\nW=np.ones((10,10))\n" + "x = np.tanh(x@W)\n" * 40,
    "a long dictionary": "data = {"
    + ", ".join(f"({k}, {k % 5}): {k % 2}" for k in range(900))
    + "}\nfor (a, b), t in data.items():\n    y = 0.5*a + 0.2*b\n    w -= lr*(y - t)\n",
    "a long list of pairs": "w = [0.1, 0.2]\ndata = ["
    + ", ".join(f"(({k}, 0.5), {k % 2})" for k in range(900))
    + "]\nfor (a, b), t in data:\n    y = w[0]*a + w[1]*b\n    w[0] -= 0.1*(y - t)*a\n",
    "many layers in JSON": '{"layers": ['
    + ", ".join(['{"weights": [[0.1]], "bias": [0]}'] * 500)
    + "]}",
}
