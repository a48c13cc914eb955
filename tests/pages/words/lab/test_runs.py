"""The table of runs against the runs themselves, worked out by hand."""

from dataclasses import replace

from blame import PRESETS
from pages.shared.words.lab.runs import table
from tests.exercises import notebook_with
from tests.pages.words.reading import as_number, near, run_by_hand

SHUT = PRESETS["gate_shut"].exercise
EXERCISES = {
    "This run": replace(SHUT, steps=7),
    "A": PRESETS["notebook"].exercise,
    "B": replace(SHUT, learning_rate=0.17, steps=1),
}


def test_every_run_has_its_own_row():
    verdicts = {"This run": "converged", "A": "dead", "B": "oscillating"}
    histories = {name: exercise.train() for name, exercise in EXERCISES.items()}
    lines = [line.strip("| ").split(" | ") for line in table(histories, verdicts).splitlines()]
    assert lines[0] == ["run", "ended", "steps", "last loss", "lowest", "gates at the end"]
    rows = {row[0].strip("*").replace("\u00a0", " "): row[1:] for row in lines[2:]}
    assert list(rows) == list(EXERCISES)
    gates = set()
    for name, (ended, steps, last, lowest, ends) in rows.items():
        hand = run_by_hand(EXERCISES[name])
        losses = [passes["loss"] for passes in hand]
        assert ended == {"converged": "converged", "dead": "all dead"}.get(
            verdicts[name], verdicts[name]
        )
        assert int(steps) == EXERCISES[name].steps
        assert near(as_number(last), losses[-1])
        assert near(as_number(lowest), min(losses))
        gates.add(ends)
        shown = [{"open": True, "shut": False}[word] for word in ends.split(", ")]
        assert shown == [hand[-1][f"z1[{j}]"] > 0 for j in (0, 1)]
    assert gates == {"open, shut", "shut, shut"}
    assert rows["B"][2] != rows["B"][3]


def test_a_gate_is_shut_at_0_and_open_just_above():
    still = notebook_with(
        W1_0_1=0, W1_1_1=0, b1_1=0, W1_0_0=0, W1_1_0=0, b1_0=0.25, learning_rate=0
    )
    row = table({"A": still.train()}, {"A": "slow"}).splitlines()[-1]
    assert row.endswith("| open, shut |")
