"""The command, run as a reader runs it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from blame.exercise.trace_text import text_bar
from tests.blame.oracles.worked_examples import NOTEBOOK

ROOT = Path(__file__).resolve().parents[3]


def run(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "blame", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_trace_is_the_notebooks():
    done = run()
    assert (done.returncode, done.stderr) == (0, "")
    # The lines that the notebook prints, in NumPy's digits.
    for line in (
        "z1       [2.20000000e+00 2.77555756e-17]",
        "a1       [2.20000000e+00 2.77555756e-17]",
        "y_pred   [2.25]",
        "loss     1.5625",
        "d_loss_y [2.5]",
        "[[5.5000000e+00]\n     [6.9388939e-17]]",
        "d_a1     [ 2.5  -3.75]",
        "d_z1     [ 2.5  -3.75]",
        "dW1\n    [[ 2.5  -3.75]\n     [ 5.   -7.5 ]]",
        "W1\n    [[0.25  0.075]\n     [0.3   0.95 ]]",
        "W2\n    [[ 0.45]\n     [-1.5 ]]",
        f"dW2[1, 0]    {NOTEBOOK['dW2'][1][0]!r}\n",
    ):
        assert line in done.stdout
    bars = re.findall(r"(\S+\[.*?\])\s+(-?[\d.e-]+)(?: (\|+))?$", done.stdout, re.MULTILINE)
    assert len(bars) == 14
    for _, value, marks in bars:
        assert len(marks) == int(abs(float(value)) * 10)
    assert "cannot be told from 0" in done.stdout


def test_steps_print_the_run_to_the_last_digit():
    done = run("--steps", "4")
    losses = [float(text) for text in re.findall(r"step \d+ +loss (\S+)", done.stdout)]
    assert losses == NOTEBOOK["losses_of_the_run"]
    assert "neuron 0 is dead from step 3 on" in done.stdout


def test_set_changes_a_number_and_a_long_run_is_shortened():
    done = run("--set", "b1_1=-0.2", "--set", "learning_rate=0.01", "--steps", "100")
    assert "d_z1     [2.5 0. ]" in done.stdout
    assert "80 steps not shown" in done.stdout
    # NumPy writes a minus zero as "-0.", and 0.1 below zero as "-0.1".
    assert not re.search(r"-0\.?(?![.\d])", done.stdout)


def test_a_number_is_read_as_a_hand_types_it_and_a_decimal_comma_is_said():
    done = run("--set", "b1_1=\u22120.2", "--set", "x_0=2/2", "--steps", "2")
    assert done.stderr == ""
    assert done.stdout == run("--set", "b1_1=-0.2", "--set", "x_0=1", "--steps", "2").stdout
    comma = run("--set", "b1_1=-0,2", "--set", "x_0=1", "--steps", "2")
    assert comma.stdout == done.stdout
    assert comma.stderr == "b1_1: -0,2 is read as -0.2.\n"


def test_overflow_is_said():
    done = run("--set", "learning_rate=100", "--steps", "500")
    assert re.search(r"at step \d+ a number left the floats", done.stdout)
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            ["--set", "W9=1"],
            "unknown name 'W9'; the numbers are those of x, y_true, W1, b1, W2, b2",
        ),
        (["--set", "x_0=abc"], "x[0] must be a number from -1,000,000 to 1,000,000, got 'abc'"),
        (["--set", "x_0=inf"], "x[0] must be a number"),
        (["--set", "x_0"], "NAME=VALUE"),
        (["--steps", "0"], "steps must be a whole number from 1 to 500"),
        (["--preset", "none"], "notebook"),
        (["--other"], "unrecognized"),
    ],
)
def test_bad_arguments_get_one_line_and_status_2(arguments, told):
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert told in done.stderr


def test_text_bar():
    assert text_bar(-0.37) == "|||"
    assert text_bar(6.9e-17) == ""
    assert text_bar(1e9, most=5) == "|||||... (10000000000 marks)"


def test_the_library_is_listed_and_opened():
    listed = run("--library")
    assert (listed.returncode, listed.stderr) == (0, "")
    assert listed.stdout.startswith("mazur ")
    opened = run("--library", "nielsen-ch3")
    assert "y_pred  0.82, as published." in opened.stdout
    unknown = run("--library", "nobody")
    assert (unknown.returncode, unknown.stdout) == (2, "")
    assert "mazur" in unknown.stderr
