"""The few names of PyTorch that the exported programs use, for where it is not installed.

Reverse mode written out on plain NumPy; nothing of `blame` is used. It refuses what PyTorch
refuses in a program like these: a function of what is no tensor, a gradient of whole numbers, a
product of two kinds of numbers, a backward from several numbers or from none that asks for it.
"""

import itertools
import types

import numpy as np

_COUNT = itertools.count()
_DEFAULT = {"dtype": np.float32}


class Tensor:
    """An array that knows what it was made from; `pulls` are its makers and the way back to each.

    A way back takes the gradient at this tensor and gives that at the maker, before it is summed
    over what broadcasting repeated.
    """

    __array_ufunc__ = None

    def __init__(self, data, *pulls):
        self.data = np.asarray(data)
        self.pulls = [(maker, way) for maker, way in pulls if maker.requires_grad]
        self.requires_grad = bool(self.pulls)
        self.grad = None
        self.turn = next(_COUNT)

    def requires_grad_(self):
        if self.data.dtype.kind != "f":
            raise RuntimeError("only Tensors of floating point dtype can require gradients")
        self.requires_grad = True
        return self

    def backward(self):
        if not self.requires_grad:
            raise RuntimeError("element 0 of tensors does not require grad")
        if self.data.size != 1:
            raise RuntimeError("grad can be implicitly created only for scalar outputs")
        waiting = {self.turn: (self, np.ones_like(self.data))}
        while waiting:
            # What was made last has all of its own gradient by now.
            tensor, gradient = waiting.pop(max(waiting))
            if not tensor.pulls:
                before = 0 if tensor.grad is None else tensor.grad.data
                tensor.grad = Tensor(before + gradient)
            for maker, way in tensor.pulls:
                part = _summed(way(gradient), maker.data.shape)
                _, before = waiting.get(maker.turn, (maker, 0))
                waiting[maker.turn] = maker, before + part

    def item(self):
        return self.data.item()

    def tolist(self):
        return self.data.tolist()

    def __repr__(self):
        return f"tensor({self.data.tolist()!r})"

    def __neg__(self):
        return Tensor(-self.data, (self, lambda g: -g))

    def __getitem__(self, index):
        def way(g):
            whole = np.zeros_like(self.data)
            whole[index] = g
            return whole

        return Tensor(self.data[index], (self, way))

    def __add__(self, other):
        other = _number(other)
        return Tensor(self.data + other.data, (self, lambda g: g), (other, lambda g: g))

    def __sub__(self, other):
        other = _number(other)
        return Tensor(self.data - other.data, (self, lambda g: g), (other, lambda g: -g))

    def __mul__(self, other):
        a, b = self, _number(other)
        return Tensor(a.data * b.data, (a, lambda g: g * b.data), (b, lambda g: g * a.data))

    def __truediv__(self, other):
        a, b = self, _number(other)
        return Tensor(
            a.data / b.data,
            (a, lambda g: g / b.data),
            (b, lambda g: -g * a.data / b.data / b.data),
        )

    def __pow__(self, other):
        a, b = self, _number(other)
        y = a.data**b.data

        def to_base(g):
            lower = np.where(b.data == 0, 1, b.data - 1)
            return np.where(b.data == 0, 0, g * b.data * a.data**lower)

        return Tensor(y, (a, to_base), (b, lambda g: g * y * np.log(a.data)))

    def __matmul__(self, other):
        a, b = self, other
        if not isinstance(b, Tensor):
            raise TypeError("matmul takes a Tensor")
        if a.data.dtype != b.data.dtype:
            raise RuntimeError("expected m1 and m2 to have the same dtype")
        if a.data.ndim == 1:
            return Tensor(
                a.data @ b.data,
                (a, lambda g: b.data @ g),
                (b, lambda g: a.data[:, None] * g),
            )
        return Tensor(a.data @ b.data, (a, lambda g: g @ b.data.T), (b, lambda g: a.data.T @ g))

    def __radd__(self, other):
        return _number(other) + self

    def __rsub__(self, other):
        return _number(other) - self

    def __rmul__(self, other):
        return _number(other) * self

    def __rtruediv__(self, other):
        return _number(other) / self

    def __rpow__(self, other):
        return _number(other) ** self


def _number(value):
    if isinstance(value, Tensor):
        return value
    if not isinstance(value, int | float):
        raise TypeError(f"unsupported operand type: {type(value).__name__}")
    return Tensor(value)


def _summed(gradient, shape):
    """Return a gradient summed over what broadcasting repeated."""
    gradient = np.asarray(gradient)
    gradient = gradient.sum(tuple(range(gradient.ndim - len(shape))))
    once = tuple(k for k, size in enumerate(shape) if size == 1 and gradient.shape[k] != 1)
    return gradient.sum(once, keepdims=True)


def _of_tensors(function):
    def checked(*tensors):
        for one in tensors:
            if not isinstance(one, Tensor):
                raise TypeError(f"argument must be Tensor, not {type(one).__name__}")
        return function(*tensors)

    return checked


def _each(value, slope):
    """Return a function entry by entry; `slope` is of what goes in and what comes out."""

    def function(a):
        y = value(a.data)
        return Tensor(y, (a, lambda g: g * slope(a.data, y)))

    return _of_tensors(function)


def _larger(turned):
    """Return maximum, or minimum where it is turned; at a tie each of the two gets half."""

    def function(a, b):
        ahead = np.sign((b.data - a.data) if turned else (a.data - b.data))
        y = np.where(ahead >= 0, a.data, b.data)
        return Tensor(y, (a, lambda g: g * (1 + ahead) / 2), (b, lambda g: g * (1 - ahead) / 2))

    return _of_tensors(function)


def _largest(pick):
    """Return max or min of a whole tensor; those that are level get equal parts."""

    def function(a):
        y = pick(a.data)
        level = a.data == y
        return Tensor(y, (a, lambda g: g * level / level.sum()))

    return _of_tensors(function)


def _softmax(z, dim):
    powers = np.exp(z.data - z.data.max(dim, keepdims=True))
    y = powers / powers.sum(dim, keepdims=True)
    return Tensor(y, (z, lambda g: y * (g - (g * y).sum(dim, keepdims=True))))


def _leaky_relu(z, leak):
    slope = np.where(z.data > 0, 1, leak)
    return Tensor(z.data * slope, (z, lambda g: g * slope))


def _tensor(values, requires_grad=False):
    data = np.array(values)
    made = Tensor(data.astype(_DEFAULT["dtype"]) if data.dtype.kind == "f" else data)
    return made.requires_grad_() if requires_grad else made


def stand_in():
    """Return a module to stand in for `torch`; numbers are of 32 bits until a program asks."""
    _DEFAULT["dtype"] = np.float32
    torch = types.ModuleType("torch")
    torch.float64 = np.float64
    torch.set_default_dtype = lambda kind: _DEFAULT.update(dtype=kind)
    torch.tensor = _tensor
    torch.exp = _each(np.exp, lambda a, y: y)
    torch.log = _each(np.log, lambda a, y: 1 / a)
    torch.sqrt = _each(np.sqrt, lambda a, y: 1 / (2 * y))
    torch.sin = _each(np.sin, lambda a, y: np.cos(a))
    torch.cos = _each(np.cos, lambda a, y: -np.sin(a))
    torch.tanh = _each(np.tanh, lambda a, y: 1 - np.tanh(a) ** 2)
    torch.sigmoid = _each(
        lambda a: 1 / (1 + np.exp(-a)), lambda a, y: np.exp(-a) / (1 + np.exp(-a)) ** 2
    )
    torch.relu = _each(lambda a: np.where(a > 0, a, 0.0), lambda a, y: a > 0)
    torch.abs = _each(np.abs, lambda a, y: np.sign(a))
    torch.maximum, torch.minimum = _larger(turned=False), _larger(turned=True)
    torch.max, torch.min = _largest(np.max), _largest(np.min)
    torch.sum = _of_tensors(
        lambda a: Tensor(a.data.sum(), (a, lambda g: g * np.ones(a.data.shape)))
    )
    torch.mean = _of_tensors(
        lambda a: Tensor(a.data.mean(), (a, lambda g: g * np.full(a.data.shape, 1 / a.data.size)))
    )
    torch.softmax = _softmax
    torch.allclose = lambda a, b, rtol, atol: np.allclose(a.data, b.data, rtol, atol)
    torch.nn = types.SimpleNamespace(functional=types.SimpleNamespace(leaky_relu=_leaky_relu))
    return torch
