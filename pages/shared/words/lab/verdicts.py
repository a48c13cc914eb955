"""What became of a run, in words: each finding with its evidence. Knows no Streamlit."""

from __future__ import annotations

import math
from collections.abc import Mapping

from blame import History
from blame.exercise.names import title_of
from blame.runs.diagnosis import Finding, bottom
from blame.runs.verdicts import CALM, RECENT, VERDICTS
from pages.shared.words.agreeing import from_to
from pages.shared.words.numbers import Numbers, percent, short


def say(finding: Finding, history: History, limit: float, numbers: Numbers) -> str:
    """Return a finding as Markdown: what happened in bold, then what shows it.

    `limit` is the stable learning rate at the start of the run.
    """
    # What asks the run and the limit too is said here; else the verdict's own sentence is enough.
    tell = {
        "away": _away,
        "kink": _kink,
        "dead": _dead,
        "converged": _converged,
        "oscillating": _oscillating,
        "slow": _slow,
        "falling": _falling,
        "neuron_dead": _neuron_dead,
    }.get(finding.kind, _plainly)
    return tell(finding, history, limit, numbers)


def _plainly(finding: Finding, history: History, limit: float, n: Numbers) -> str:
    verdict = VERDICTS[finding.kind]
    shown = {name: n.text(value) for name, value in finding.evidence.items()}
    said = verdict.sentence.format(step=finding.step, where=finding.where, **shown)
    return said or f"**It ended {verdict.title}.**"


def change_words(changes: Mapping[str, float]) -> str:
    """Return changed numbers as a few words: learning rate 0.05, b1[1] -0.2."""
    listed = [f"{title_of(name)} {short(value)}" for name, value in changes.items()]
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
    return (
        f"{said}on average {short(e['factor'], 3)} times at each step. What grew most is "
        f"{what}: {short(e[grown], 3)} times at each step. {_beside(history, limit)}"
    )


def _beside(history: History, limit: float) -> str:
    rate = float(history.learning_rate)
    return (
        f"The learning rate {short(rate)} is {short(rate / limit, 3)} times the stable limit at "
        f"the start, {short(limit, 3)}."
    )


def _kink(finding: Finding, history: History, limit: float, n: Numbers) -> str:
    e, z = finding.evidence, finding.where
    if e["flips"]:
        return (
            f"**It is stuck on a kink.** The gate at {z} flipped at {e['flips']:.0f} of the last "
            f"{min(RECENT, history.steps)} steps on the same sample, and the loss goes up and down."
        )
    return (
        f"**It is stuck on a kink.** {z} = {n.text(e['z'])} cannot be told from 0, where the ReLU "
        f"has two slopes. Blame of {n.signed(e['blame'])} arrives there, but the convention takes "
        "the slope 0, so nothing moves it."
    )


def _dead(finding: Finding, history: History, limit: float, n: Numbers) -> str:
    e = finding.evidence
    return (
        f"**All hidden neurons are dead** from step {finding.step} on: no blame reaches W1, b1 or "
        f"W2, and only b2 still learns. On its own it can take the loss down to "
        f"{n.text(e['floor'])}; the run ends at {n.text(e['loss'])}."
    )


def _converged(finding: Finding, history: History, limit: float, n: Numbers) -> str:
    e = finding.evidence
    came = bottom(finding, float(history.losses[0]))
    where = {
        "fit": "It fits its sample",
        "minimum": "It rests in a minimum",
        "saddle": "It rests on a saddle, where some directions still lead down",
        "flat": "It rests where nothing curves upward",
        "unknown": "It rests",
    }[came]
    return (
        f"**It converged.** From step {finding.step} on no gradient is above {CALM:g}. {where}: "
        f"the loss is {n.text(e['loss'])}."
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
        )
    return (
        f"**It is slow.** In {_steps(history.steps)} only {percent(fell)} of the loss has gone. "
        f"{_beside(history, limit)}"
    )


def _falling(finding: Finding, history: History, limit: float, n: Numbers) -> str:
    ratio = finding.evidence["ratio"]
    if not 0 < ratio < 1:
        return "**The loss is still falling.**"
    halving = math.log(0.5) / math.log(ratio)
    return (
        f"**The loss is still falling.** On average each of the last steps took it to {ratio:.3g} "
        f"of itself: at this pace it halves every {short(halving, 2)} steps."
    )


def _neuron_dead(finding: Finding, history: History, limit: float, n: Numbers) -> str:
    e, z = finding.evidence, finding.where
    neuron = z.partition("[")[2].removesuffix("]")
    if e["rests"]:
        return (
            f"**Neuron {neuron} rests on its kink** from step {finding.step} on: {z} = "
            f"{n.text(e['after'])} cannot be told from 0. Blame arrives, but the ReLU's slope "
            "there counts as 0, so nothing moves it."
        )
    if finding.step == 0:
        return (
            f"**Neuron {neuron} is dead from the start:** {z} = {n.text(e['after'])}, so no blame "
            "reaches its weights."
        )
    before, after = from_to(e["before"], e["after"], n)
    return (
        f"**Neuron {neuron} died at step {finding.step}:** the update moved {z} from "
        f"{before} to {after}, and its gate stays shut."
    )


def _steps(count: int) -> str:
    return f"{count} step" if count == 1 else f"{count} steps"
