"""Slips of sum and mean: over samples, over outputs, over both."""

from __future__ import annotations

from collections.abc import Callable

from blame.practise.slips.desk import Change, Setup
from blame.practise.slips.entries.at_loss import AT_LOSS
from blame.practise.slips.slip import Slip


def _factor(of: Callable[[Setup], float]) -> Change:
    return lambda work, k, go: go(work, k) * of(work.setup)


def _samples(setup: Setup) -> int:
    return setup.target.shape[-2]


def _outputs(setup: Setup) -> int:
    return setup.target.shape[-1]


_SHARES: tuple[tuple[str, str, Callable[[Setup], float], Callable[[Setup], bool]], ...] = (
    (
        "samples",
        "samples",
        _samples,
        lambda setup: _samples(setup) > 1,
    ),
    (
        "outputs",
        "outputs",
        _outputs,
        lambda setup: _outputs(setup) > 1,
    ),
    (
        "both",
        "samples and outputs",
        lambda setup: _samples(setup) * _outputs(setup),
        lambda setup: _samples(setup) > 1 and _outputs(setup) > 1,
    ),
)


def _sum(key: str, fits: Callable[[Setup], bool]) -> Callable[[Setup], bool]:
    """Return whether a loss is the mean over these, and so somebody may take the sum."""
    over: Callable[[Setup], bool] = {
        "samples": lambda setup: bool(setup.loss.averages),
        "outputs": lambda setup: "outputs" in setup.loss.averages,
        "both": lambda setup: "outputs" in setup.loss.averages,
    }[key]
    return lambda setup: fits(setup) and over(setup)


def _mean(key: str, fits: Callable[[Setup], bool]) -> Callable[[Setup], bool]:
    """Return whether a loss is the sum over these, and so somebody may take the mean."""
    over: Callable[[Setup], bool] = {
        "samples": lambda setup: not setup.loss.averages,
        "outputs": lambda setup: "outputs" not in setup.loss.averages,
        "both": lambda setup: not setup.loss.averages,
    }[key]
    return lambda setup: fits(setup) and over(setup)


SHARES = (
    *(
        Slip(
            f"sum_over_{share}{key}",
            f"{words} sum over the {over}" if not key else f"{words} sums over the {over}",
            "here the loss is their mean",
            place(_factor(count)),
            "Σ …",
            "Σ … / n",
            _sum(share, fits),
        )
        for share, over, count, fits in _SHARES
        for key, words, place in AT_LOSS
    ),
    *(
        Slip(
            f"mean_over_{share}{key}",
            f"{words} are the mean over the {over}"
            if not key
            else f"{words} is the mean over the {over}",
            "here the loss is their sum",
            place(_factor(lambda setup, count=count: 1 / count(setup))),  # type: ignore[misc]
            "Σ … / n",
            "Σ …",
            _mean(share, fits),
        )
        for share, over, count, fits in _SHARES
        for key, words, place in AT_LOSS
    ),
)
