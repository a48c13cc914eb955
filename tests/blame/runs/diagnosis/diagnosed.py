"""Runs of the presets, and the verdict on each."""

from blame import PRESETS
from blame.runs.diagnosis import diagnose
from tests.exercises import changed

SHUT = PRESETS["gate_shut"].exercise


def run(preset="gate_shut", **changes):
    return changed(PRESETS[preset].exercise, **changes).train()


def first(history):
    return diagnose(history)[0]
