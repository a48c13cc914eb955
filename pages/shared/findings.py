"""What became of a run, in words: each finding with its evidence. Knows no Streamlit."""

from __future__ import annotations

import math
from collections.abc import Mapping

from blame import History
from blame.diagnosis import Finding, bottom
from blame.example import SYMBOLS
from blame.verdict import CALM, RECENT
from pages.shared.numbers import Numbers, short

NAMES = {
    "away": "ran away",
    "kink": "stuck on a kink",
    "dead": "all dead",
    "converged": "converged",
    "oscillating": "oscillating",
    "slow": "slow",
    "falling": "still falling",
    "neuron_dead": "one neuron dead",
}
"""Every kind of finding, in a word or two."""


def say(finding: Finding, history: History, limit: float, numbers: Numbers) -> str:
    """Return a finding as Markdown: what happened in bold, then what shows it.

    `limit` is the stable learning rate at the start of the run.
    """
    tell = {
        "away": _away,
        "kink": _kink,
        "dead": _dead,
        "converged": _converged,
        "oscillating": _oscillating,
        "slow": _slow,
        "falling": _falling,
        "neuron_dead": _neuron_dead,
    }
    return tell[finding.kind](finding, history, limit, numbers)


def change_words(changes: Mapping[str, float]) -> str:
    """Return changed numbers as a few words: learning rate 0.05, b1[1] -0.2."""
    listed = [f"{SYMBOLS[name]} {short(value)}" for name, value in changes.items()]
    return ", ".join(listed[:3]) + (f" and {len(listed) - 3} more" if len(listed) > 3 else "")


def _away(finding: Finding, history: History, limit: float, n: Numbers) -> str:
    e = finding.evidence
    grew = {
        "output blame": "the blame at the output",
        **{name: f"the largest entry of {name}" for name in e},
    }
    said = f"**It ran away.** From step {finding.step} on the loss grew, "
    if history.overflow_step is not None:
        said = (
            f"**It ran away.** At step {history.overflow_step} a number grew too large for the "
            "floats, and the run ends there. The loss grew "
        )
    return (
        f"{said}on average {short(e['factor'], 3)} times at each step. What grew most is "
        f"{grew[finding.where]}: {short(e[finding.where], 3)} times at each step. "
        f"{_beside(history, limit)}"
    )


def _beside(history: History, limit: float) -> str:
    rate = float(history.learning_rate)
    if not math.isfinite(limit):
        return "Nothing curves upward at the start, so theory sets no limit there."
    share = f"{short(rate / limit, 3)} times the stable limit at the start, {short(limit, 3)}."
    return f"The learning rate {short(rate)} is {share}"


def _kink(finding: Finding, history: History, limit: float, n: Numbers) -> str:
    e, z = finding.evidence, finding.where
    if e["flips"]:
        return (
            f"**It is stuck on a kink.** The gate at {z} flipped at {e['flips']:.0f} of the last "
            f"{min(RECENT, history.steps)} steps: on each side of the kink the blame points back "
            "to the other."
        )
    return (
        f"**It is stuck on a kink.** {z} = {n.text(e['z'])} cannot be told from 0, where the ReLU "
        f"has two slopes. Blame of {n.signed(e['blame'])} arrives there, but the convention takes "
        "the slope 0, so nothing moves it."
    )


def _dead(finding: Finding, history: History, limit: float, n: Numbers) -> str:
    e = finding.evidence
    return (
        f"**All hidden neurons are dead** from step {finding.step} on. Only b2 still learns, "
        f"so the prediction is the same for every x. The lowest loss a constant can reach here is "
        f"{n.text(e['floor'])}; the run ends at {n.text(e['loss'])}."
    )


def _converged(finding: Finding, history: History, limit: float, n: Numbers) -> str:
    e = finding.evidence
    came = {
        "fit": f"It fits its sample: the loss is {n.text(e['loss'])}.",
        "minimum": f"It rests in a minimum with a loss of {n.text(e['loss'])}: no direction "
        "curves downward.",
        "saddle": f"It rests on a saddle with a loss of {n.text(e['loss'])}: the gradient is 0, "
        f"yet one direction curves downward, by {n.text(e['lowest'])}.",
        "flat": f"It rests on a plateau with a loss of {n.text(e['loss'])}: nothing curves at all.",
    }[bottom(finding, float(history.losses[0]))]
    return f"**It converged.** From step {finding.step} on no gradient is above {CALM:g}. {came}"


def _oscillating(finding: Finding, history: History, limit: float, n: Numbers) -> str:
    e = finding.evidence
    return (
        f"**It oscillates.** {e['rises']:.0f} of the last {e['steps']:.0f} steps raised the loss, "
        f"the one to step {finding.step} the first of them; it went between {n.text(e['low'])} and "
        f"{n.text(e['high'])}. {_beside(history, limit)}"
    )


def _slow(finding: Finding, history: History, limit: float, n: Numbers) -> str:
    fell = finding.evidence["fell"]
    if float(history.learning_rate) == 0:
        return "**It is slow.** With a learning rate of 0 nothing moves."
    return (
        f"**It is slow.** In {_steps(history.steps)} only {fell:.1%} of the loss has gone, and no "
        f"step raised it. {_beside(history, limit)}"
    )


def _falling(finding: Finding, history: History, limit: float, n: Numbers) -> str:
    ratio = finding.evidence["ratio"]
    said = "**The loss is still falling.** Each of the last steps took it to "
    if 0 < ratio < 1:
        halving = math.log(0.5) / math.log(ratio)
        return f"{said}{ratio:.3g} of itself: at this pace it halves in {short(halving, 2)} steps."
    return f"{said}{ratio:.3g} of itself."


def _neuron_dead(finding: Finding, history: History, limit: float, n: Numbers) -> str:
    e, z = finding.evidence, finding.where
    neuron = z.partition("[")[2].removesuffix("]")
    if finding.step == 0:
        return (
            f"**Neuron {neuron} is dead from the start:** {z} = {n.text(e['after'])}, so no blame "
            "reaches its weights."
        )
    return (
        f"**Neuron {neuron} died at step {finding.step}:** the update moved {z} from "
        f"{n.text(e['before'])} to {n.text(e['after'])}, and its gate stays shut."
    )


def _steps(count: int) -> str:
    return f"{count} step" if count == 1 else f"{count} steps"
