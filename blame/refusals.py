"""One way to refuse: what holds for some networks only says which, and refuses the others."""

from __future__ import annotations

from collections.abc import Sequence

from blame.backward import BackwardPass
from blame.forward import ForwardPass


class RefusedError(ValueError):
    """What holds for some exercises only has been asked of another; the message says which."""


def refuse_unless(
    what: str,
    passes: ForwardPass | BackwardPass,
    *,
    instead: str,
    samples: int | None = 1,
    outputs: int | None = None,
    layers: int | None = None,
    sizes: tuple[int, ...] | None = None,
    hidden: Sequence[str] | None = None,
    last: Sequence[str] | None = None,
    losses: Sequence[str] | None = None,
    steps: bool = False,
) -> None:
    """Raise a ValueError unless a pass is of the kind that `what` holds for; None asks nothing.

    Parameters
    ----------
    what : who refuses, as the message names it.
    passes : of one network; the loss can be asked for where it is a backward pass.
    instead : the remedy, the end of the message.
    samples, outputs, layers : how many there must be.
    sizes : the widths from the input to the output.
    hidden, last : activations that every hidden layer, and the last one, may have.
    losses : losses that it may have.
    steps : one leading axis is allowed, that of a run's steps.

    Raises
    ------
    RefusedError
        That says what is needed, what came, and what to use instead.
    """
    forward = passes if isinstance(passes, ForwardPass) else passes.forward_pass
    stack = forward.prediction.shape[:-2]
    *inner, outer = (layer.activation.name for layer in forward.network.layers)
    asked: list[tuple[str, object, object]] = [
        (_counted(samples, "sample"), samples, forward.prediction.shape[-2]),
        (_counted(outputs, "output"), outputs, forward.network.sizes[-1]),
        (_counted(layers, "layer"), layers, len(forward.network.layers)),
        (f"widths {_row(sizes)}", sizes, forward.network.sizes),
    ]
    wrong = [(need, _row(got)) for need, want, got in asked if want is not None and want != got]
    for options, names, where in (
        (hidden, inner, "in every hidden layer"),
        (last, [outer], "in the last layer"),
    ):
        other = [name for name in names if options is not None and name not in options]
        if other:
            wrong.append((f"{' or '.join(options or ())} {where}", other[0]))
    if losses is not None and isinstance(passes, BackwardPass):
        loss = passes.loss_function.name
        if loss not in losses:
            wrong.append((f"the loss {' or '.join(losses)}", loss))
    if len(stack) > steps:
        wrong.append(("a single network", f"a stack {stack}"))
    if wrong:
        need, got = wrong[0]
        raise RefusedError(f"{what} needs {need}, got {got}; {instead}")


def _counted(count: int | None, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _row(value: object) -> str:
    return "-".join(map(str, value)) if isinstance(value, tuple) else str(value)
