"""The backward pass: blame, from the loss back to every parameter and the input."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from blame.activations import Activation
from blame.arrays import Array, product, read_only
from blame.forward import ForwardPass
from blame.losses import Loss, check_domain, find_loss
from blame.losses.targets import check_target


@dataclass(frozen=True, eq=False)
class BackwardPass:
    """The loss and its gradient with respect to everything the forward pass computed.

    Index k counts layers from 0, as in `ForwardPass`. With S for the common leading axes of
    network, x and target, which are () for one network:

    loss                     S
    activation_gradients[k]  S + (n_samples, n_out), dL/da, the upstream gradient of the gate
    local_gradients[k]       S + (n_samples, n_out), f'(z), at a kink its subgradient; for an
                             activation of a whole layer, such as softmax, the diagonal of its
                             Jacobian, which alone does not make the delta
    deltas[k]                S + (n_samples, n_out), dL/dz
    weight_gradients[k]      S + (n_in, n_out), dL/dW, summed over samples
    bias_gradients[k]        S + (n_out,), dL/db, summed over samples; None without a bias
    input_gradient           S + (n_samples, n_in), dL/dx

    `target` is (..., n_samples, n_out), zeros where the loss asks for none.
    """

    forward_pass: ForwardPass
    target: Array
    loss_function: Loss
    loss: Array
    activation_gradients: tuple[Array, ...]
    local_gradients: tuple[Array, ...]
    deltas: tuple[Array, ...]
    weight_gradients: tuple[Array, ...]
    bias_gradients: tuple[Array | None, ...]
    input_gradient: Array

    @cached_property
    def finite(self) -> bool:
        """Whether the loss and all blame are numbers: none too large for the floats."""
        arrays = (self.loss, *self.activation_gradients, *self.deltas, *self.weight_gradients)
        return all(bool(np.isfinite(array).all()) for array in (*arrays, self.input_gradient))

    def parameter_gradients(self) -> dict[str, Array]:
        """Return every parameter's gradient under the parameter's name: W1, b1, W2, ..."""
        named: dict[str, Array] = {}
        pairs = zip(self.weight_gradients, self.bias_gradients, strict=True)
        for k, (weight_gradient, bias_gradient) in enumerate(pairs, start=1):
            named[f"W{k}"] = weight_gradient
            if bias_gradient is not None:
                named[f"b{k}"] = bias_gradient
        return named


def backward(
    forward_pass: ForwardPass, target: ArrayLike | None, loss: str | Loss = "mse"
) -> BackwardPass:
    """Return the loss and every gradient, by the chain rule from the output to the input.

    Parameters
    ----------
    forward_pass : what `forward` returned; its network may be a stack.
    target : (n_out,) or (n_samples, n_out), or with leading axes that broadcast. A cross-entropy
        of shares also takes a class, or (n_samples,) of them; a loss without target takes None.
    loss : a key of `LOSSES`, or a `Loss`.

    Raises
    ------
    ValueError
        If the target does not fit the prediction, a number lies outside what the loss is defined
        for, or the loss is unknown.

    References
    ----------
    Rumelhart, Hinton and Williams (1986), Nature 323, 533-536.
    """
    loss_function = find_loss(loss)
    wanted = check_target(forward_pass, target, loss_function)
    check_domain(loss_function, "prediction", forward_pass.prediction)
    network = forward_pass.network
    activations = [layer.activation for layer in network.layers]
    with np.errstate(all="ignore"):
        value = loss_value(loss_function, activations[-1], forward_pass, wanted)
        blame = propagate_back(
            [layer.weights for layer in network.layers],
            activations,
            forward_pass.x,
            forward_pass.z,
            forward_pass.a,
            wanted,
            loss_function,
        )
        input_gradient = product(blame.deltas[0], network.layers[0].weights.swapaxes(-1, -2))
    return BackwardPass(
        forward_pass,
        wanted,
        loss_function,
        loss=read_only(np.asarray(value)),
        activation_gradients=tuple(map(read_only, blame.activation_gradients)),
        local_gradients=tuple(map(read_only, blame.local_gradients)),
        deltas=tuple(map(read_only, blame.deltas)),
        weight_gradients=tuple(map(read_only, blame.weight_gradients)),
        bias_gradients=tuple(
            None if layer.bias is None else read_only(gradient)
            for layer, gradient in zip(network.layers, blame.bias_gradients, strict=True)
        ),
        input_gradient=read_only(input_gradient),
    )


class Blame(NamedTuple):
    """The gradients of each layer as plain lists, in the order of `BackwardPass`.

    Those of a bias are here for every layer, whether it has one or not.
    """

    activation_gradients: list[Array]
    local_gradients: list[Array]
    deltas: list[Array]
    weight_gradients: list[Array]
    bias_gradients: list[Array]


def propagate_back(
    weights: Sequence[Array],
    activations: Sequence[Activation],
    x: Array,
    z: Sequence[Array],
    a: Sequence[Array],
    target: Array,
    loss: Loss,
) -> Blame:
    """Return the gradients of each layer, from arrays already checked.

    The one implementation of the backward pass: `backward` calls it once, `train` at every step.
    """
    blame = Blame([], [], [], [], [])
    last = len(weights) - 1
    fused = loss.fused if loss.fused and loss.fused.activation == activations[-1].name else None
    for k in reversed(range(len(weights))):
        local = activations[k].derivative(z[k])
        if k == last and fused:
            upstream = fused.gradient(z[k], target)
            delta = fused.delta(z[k], target)
        else:
            if k == last:
                upstream = loss.gradient(a[k], target)
            else:
                upstream = product(blame.deltas[-1], weights[k + 1].swapaxes(-1, -2))
            delta = activations[k].delta(z[k], upstream, local)
        inputs = x if k == 0 else a[k - 1]
        blame.activation_gradients.append(upstream)
        blame.local_gradients.append(local)
        blame.deltas.append(delta)
        blame.weight_gradients.append(product(inputs.swapaxes(-1, -2), delta))
        blame.bias_gradients.append(np.add.reduce(delta, -2))
    for per_layer in blame:
        per_layer.reverse()
    return blame


def loss_value(
    loss: Loss, output_activation: Activation, forward_pass: ForwardPass, target: Array
) -> Array:
    """Return the loss of each stack member, through z where the loss is fused to the output."""
    if loss.fused is not None and loss.fused.activation == output_activation.name:
        return loss.fused.value(forward_pass.z[-1], target)
    return loss.value(forward_pass.prediction, target)
