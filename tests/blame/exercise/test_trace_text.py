"""The printed trace as a whole, on numbers worked out by hand; and what it says of each run."""

from dataclasses import replace

import pytest

from blame.__main__ import main
from blame.exercise.presets import PRESETS
from blame.exercise.trace_text import text_bar, trace_text
from tests.blame.practise.worked_out import OPEN, SHUT_1
from tests.exercises import changed

# Eighths and quarters are exact in binary, and so is all that is made of them here.
EIGHTHS = changed(
    OPEN, y_true=1.5, W1_0_1=-0.25, W1_1_0=0.25, W1_1_1=0.75, b1_0=0.125, learning_rate=0.5
)
BY_HAND = """\
Forward
  z1       [0.875 0.75 ]
  a1       [0.875 0.75 ]
  y_pred   [0.0625]
  loss     2.06640625

Backward (blame)
  d_loss_y [-2.875]
  dW2
    [[-2.515625]
     [-2.15625 ]]
  db2      [-2.875]
  d_a1     [-4.3125  5.75  ]
  d_z1     [-4.3125  5.75  ]
  dW1
    [[-8.625  11.5   ]
     [ 4.3125 -5.75  ]]
  db1      [-4.3125  5.75  ]

Update (learning rate 0.5)
  W1
    [[ 4.8125  -6.     ]
     [-1.90625  3.625  ]]
  b1       [ 2.28125 -0.875  ]
  W2
    [[ 2.7578125]
     [-0.921875 ]]
  b2       [1.6875]

Blame as bars (one mark for each tenth)
  d_loss_y[0]  -2.875 ||||||||||||||||||||||||||||
  dW2[0, 0]    -2.515625 |||||||||||||||||||||||||
  dW2[1, 0]    -2.15625 |||||||||||||||||||||
  db2[0]       -2.875 ||||||||||||||||||||||||||||
  d_a1[0]      -4.3125 |||||||||||||||||||||||||||||||||||||||||||
  d_a1[1]      5.75 |||||||||||||||||||||||||||||||||||||||||||||||||||||||||
  d_z1[0]      -4.3125 |||||||||||||||||||||||||||||||||||||||||||
  d_z1[1]      5.75 |||||||||||||||||||||||||||||||||||||||||||||||||||||||||
"""


def test_the_whole_trace_by_hand():
    found = trace_text(EIGHTHS)
    assert found.startswith(BY_HAND)
    assert len(found.splitlines()) == len(BY_HAND.splitlines()) + 6
    assert found.endswith("  db1[1]       5.75 " + "|" * 57)


def test_a_shut_gate_has_no_minus_zero_and_no_bar():
    found = trace_text(SHUT_1).splitlines()
    assert "  d_z1     [-3.  0.]" in found
    assert "  d_z1[1]      0.0" in found
    assert "-0." not in found[found.index("Backward (blame)") + 9]


def lines(exercise, steps):
    text = trace_text(exercise, steps)
    return text[text.index("Training,") :].splitlines()


def test_every_step_of_a_short_run_is_printed_and_a_long_one_is_cut_in_the_middle():
    shut = PRESETS["gate_shut"].exercise
    run = replace(shut, steps=20).train()
    found = lines(shut, 20)
    assert found[0] == "Training, 20 of 20 steps"
    assert [line.split()[1] for line in found[1:22]] == [str(k) for k in range(21)]
    assert float(found[4].split()[3]) == run.losses[3]
    assert found[1] == "  step 0    loss 1.5625  z1 [ 2.2 -0.1]  gates open shut"
    assert found[22:] == ["  neuron 1 is dead from step 0 on"]
    cut = lines(shut, 22)
    assert [line.split()[1] for line in cut[1:12]] == [str(k) for k in range(11)]
    assert cut[12] == "  ... 2 steps not shown ..."
    assert [line.split()[1] for line in cut[13:23]] == [str(k) for k in range(13, 23)]
    assert lines(shut, 21)[12] == "  ... 1 steps not shown ..."


def test_what_became_of_the_run_is_said_last():
    assert lines(PRESETS["notebook"].exercise, 6)[8:10] == [
        "  neuron 1 is dead from step 2 on",
        "  neuron 0 is dead from step 3 on",
    ]
    assert lines(PRESETS["gate_open"].exercise, 1)[-1].startswith("  step 1 ")
    assert lines(PRESETS["diverges"].exercise, 6)[-1] == "  from step 0 on the loss only grows"
    # 1 - 2 * 2 = -3: nine times the loss at each step, until it is no float.
    wild = replace(PRESETS["both_dead"].exercise, learning_rate=2.0)
    run = replace(wild, steps=500).train()
    found = lines(wild, 500)
    assert found[0] == f"Training, {run.steps} of 500 steps"
    assert found[-1] == (f"  at step {run.steps + 1} a number left the floats; the run stops there")
    huge = changed(OPEN, x_0=1e6, W1_0_0=1e6, W2_0_0=1e6, W2_1_0=1e6, learning_rate=100.0)
    assert isinstance(trace_text(huge), str)


def test_a_neuron_on_the_kink_is_noted():
    note = "Note: z1[1] cannot be told from 0; its sign, and so its gate, is rounding noise."
    assert trace_text(PRESETS["notebook"].exercise).endswith(note)
    assert "Note" not in trace_text(PRESETS["gate_shut"].exercise)


def test_a_bar_has_a_mark_for_each_tenth_rounded_down():
    assert [len(text_bar(v)) for v in (0.0, 0.09, 0.1, -0.19, 20.0)] == [0, 0, 1, 1, 200]
    assert text_bar(20.1) == "|" * 200 + "... (201 marks)"
    assert (text_bar(0.5, most=5), text_bar(0.6, most=5)) == ("|||||", "|||||... (6 marks)")


def test_the_command_prints_the_trace_of_what_it_is_told(capsys):
    def printed(*arguments):
        assert main(arguments) == 0
        return capsys.readouterr().out

    notebook = PRESETS["notebook"].exercise
    assert printed() == trace_text(notebook) + "\n"
    assert printed("--preset", "fades") == trace_text(PRESETS["fades"].exercise) + "\n"
    fading = changed(PRESETS["fades"].exercise, b1_1=-0.25, x_0=2.0)
    got = printed("--preset", "fades", "--set", "b1_1=-0.25", "--set", "x_0=2")
    assert got == trace_text(fading) + "\n"
    # Steps that are set are steps to train; those asked for go first.
    assert printed("--set", "steps=3") == trace_text(replace(notebook, steps=3), 3) + "\n"
    both = printed("--set", "steps=3", "--steps", "2")
    assert both == trace_text(replace(notebook, steps=3), 2) + "\n"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--set", "x_0"], "'x_0' is not NAME=VALUE; NAME is one of x_0, x_1"),
        (["--set", "x_0=two"], "x[0] must be a number from -1,000,000 to 1,000,000, got 'two'"),
        (["--steps", "501"], "steps must be a whole number from 1 to 500, got '501'"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_line(arguments, told, capsys):
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2
    said = capsys.readouterr().err
    assert said.startswith("python -m blame: ")
    assert told in said
    assert said.count("\n") == 1
