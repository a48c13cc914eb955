"""What became of a run, in words: each finding with its evidence. Knows no Streamlit."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from blame import History
from blame.exercise.names import title_of
from blame.runs.diagnosis import Finding, bottom
from blame.runs.signs import least_loss
from blame.runs.verdicts import CALM, VERDICTS
from pages.shared.words.agreeing import from_to
from pages.shared.words.lab import neurons
from pages.shared.words.numbers import Numbers, full, percent, printed, short


def say(finding: Finding, history: History, limit: float, numbers: Numbers) -> str:
    """Return a finding as Markdown: what happened in bold, then what shows it.

    `limit` is the stable learning rate at the start of the run.
    """
    # What asks the run and the limit too is said here; else the verdict's own sentence is enough.
    tell = {
        "away": _away,
        "kink": lambda *told: neurons.kink(told[0], told[1], told[3]),
        "dead": lambda *told: neurons.dead(told[0], told[1], told[3]),
        "converged": _converged,
        "oscillating": _oscillating,
        "slow": _slow,
        "falling": _falling,
        "neuron_dead": lambda *told: neurons.neuron_dead(told[0], told[1], told[3]),
        "neuron_saturated": lambda *told: neurons.neuron_saturated(told[0], told[1]),
    }.get(finding.kind, _plainly)
    return tell(finding, history, limit, numbers)


def _plainly(finding: Finding, history: History, limit: float, n: Numbers) -> str:
    verdict = VERDICTS[finding.kind]
    shown = {name: n.text(value) for name, value in finding.evidence.items()}
    said = verdict.sentence.format(step=finding.step, where=finding.where, **shown)
    return said or f"**It ended {verdict.title}.**"


def change_words(changes: Mapping[str, float]) -> str:
    """Return changed numbers as a few words: learning rate 0.05, b1[1] 0.2."""
    listed = [f"{title_of(name)} {printed(short(value))}" for name, value in changes.items()]
    return ", ".join(listed[:3]) + (f" and {len(listed) - 3} more" if len(listed) > 3 else "")


def _away(finding: Finding, history: History, limit: float, n: Numbers) -> str:
    e, grown = finding.evidence, finding.where
    what = "the blame at the output" if grown == "output blame" else f"the largest entry of {grown}"
    said = f"**It ran away.** From step {finding.step} on the loss grew, "
    if history.overflow_step is not None:
        said = (
            f"**It ran away.** At step {history.overflow_step} a number grew too large for the "
            "floats, and the run ends there. The loss grew "
        )
    if e["factor"] == 1 or not math.isfinite(e["factor"]):
        # It cannot tell: from 0, or from below it, or by more than a float holds.
        first, last = from_to(float(history.losses[0]), float(history.losses[-1]), n)
        said += f"from {first} to {last} in all. "
    else:
        said += f"on average {short(e['factor'], 3)} times at each step. "
    if 1 < e[grown] < math.inf:
        said += f"What grew most is {what}: {short(e[grown], 3)} times at each step. "
    return f"{said}{_beside(history, limit)}".strip()


def _beside(history: History, limit: float) -> str:
    """Say where the rate stands beside what theory allows at the start of the run."""
    rate = float(history.learning_rate)
    if np.isposinf(limit):
        return "At the start nothing curves upward, so theory sets the rate no limit there."
    if not (np.isfinite(limit) and limit > 0):
        return ""
    return (
        f"The learning rate {short(rate)} is {short(rate / limit, 3)} times the stable limit at "
        f"the start, {short(limit, 3)}."
    )


def _converged(finding: Finding, history: History, limit: float, n: Numbers) -> str:
    e = finding.evidence
    came = bottom(finding, float(history.losses[0]))
    update, samples = history.update, history.forward.x.shape[-2]
    rules = update.rules(history.at(0)).values()
    if all(rule.held is not None and rule.held.all() for rule in rules):
        return (
            "**It converged.** Every weight and bias is held, so nothing moves: "
            f"the loss is {n.text(e['loss'])}."
        )
    decay = ", the loss and the weight decay taken together" if update.weight_decay else ""
    where = {
        "fit": f"It fits its sample{'s' if samples > 1 else ''}",
        "minimum": f"It rests in a minimum{decay}",
        "saddle": f"It rests on a saddle{decay}, where some directions still lead down",
        "flat": f"It rests where nothing curves upward{decay}",
        "unknown": "It rests",
    }[came]
    what = "no gradient of what is trained" if update.held else "no gradient"
    what += ", with what weight decay adds," if update.weight_decay else ""
    what += " and no velocity" if update.momentum else ""
    lowest = ", the lowest there is for these targets" if came == "fit" and e.get("least") else ""
    return (
        f"**It converged.** From step {finding.step} on {what} is above {CALM:g}. {where}: "
        f"the loss is {n.text(e['loss'])}{lowest}."
    )


def _oscillating(finding: Finding, history: History, limit: float, n: Numbers) -> str:
    e = finding.evidence
    low, high = from_to(e["low"], e["high"], n)
    beside = _beside(history, limit)
    if e["rises"] == 1:
        before, after = from_to(float(history.losses[-2]), float(history.losses[-1]), n)
        return (
            f"**It overshoots at the end.** The last step raised the loss from "
            f"{before} to {after}; "
            f"more steps would tell whether it settles. {beside}"
        )
    return (
        f"**It does not settle.** {e['rises']:.0f} of the last {e['steps']:.0f} steps raised the "
        f"loss, the one to step {finding.step} the first of them; it went between "
        f"{low} and {high}. {beside}"
    )


def _slow(finding: Finding, history: History, limit: float, n: Numbers) -> str:
    fell = finding.evidence["fell"]
    if float(history.learning_rate) == 0:
        return "**It is slow.** With a learning rate of 0 nothing moves."
    if fell < 0:
        first, last = from_to(float(history.losses[0]), float(history.losses[-1]), n)
        return (
            f"**It is slow.** The loss falls again, but at {last} it is still above the {first} it "
            f"started from. {_beside(history, limit)}"
        ).strip()
    gone = _above_least(history, n) or "the loss"
    return (
        f"**It is slow.** In {_steps(history.steps)} only {percent(fell)} of {gone} has gone. "
        f"{_beside(history, limit)}"
    ).strip()


def _above_least(history: History, n: Numbers) -> str:
    """Return how the part of the loss is called that can go; nothing where that is all of it."""
    least = float(least_loss(history))
    if least == 0 or not np.isfinite(least):
        return ""
    return f"what the loss has above {n.text(least)}, the lowest there is for these targets,"


def _falling(finding: Finding, history: History, limit: float, n: Numbers) -> str:
    ratio = finding.evidence["ratio"]
    if not 0 < ratio < 1:
        return "**The loss is still falling.**"
    # Written out: of so many steps nobody speaks in powers of ten.
    halving = float(f"{math.log(0.5) / math.log(ratio):.2g}")
    took = _above_least(history, n) or "it"
    return (
        f"**The loss is still falling.** On average each of the last steps took {took} to "
        f"{ratio:.3g} of itself: at this pace it halves every {full(halving)} steps."
    )


def _steps(count: int) -> str:
    return f"{count} step" if count == 1 else f"{count} steps"
