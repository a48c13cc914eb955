"""Freed memory is there for the next answer: the pages that the system hands out are counted."""

import ctypes
import platform
import subprocess
import sys

import pytest

from pages.shared.server import kept_memory
from pages.shared.server.around import around

COUNTED = """
import resource, sys, threading
import numpy as np
from blame import Layer, Network, train
from pages.shared.server.around import around
if sys.argv[1] == "kept":
    around()
def fresh():
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt
def answer():
    # A sweep of learning rates, in a thread as every answer of the server.
    rates = np.full(50, 0.01)
    thread = threading.Thread(target=train, args=(network, x, x[:, :3], rates, 50))
    thread.start()
    thread.join()
layer = lambda n_in, n_out: Layer(np.ones((n_in, n_out)), np.ones(n_out), "relu")
network = Network((layer(4, 8), layer(8, 8), layer(8, 3)))
x = np.full((4, 4), 0.01)
answer()
before = fresh()
for _ in range(10):
    answer()
print(fresh() - before)
"""


def pages_taken(how):
    done = subprocess.run(
        [sys.executable, "-c", COUNTED, how], capture_output=True, text=True, timeout=60, check=True
    )
    return int(done.stdout)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc can be told")
def test_an_answer_uses_the_memory_of_the_one_before():
    plain, kept = pages_taken("plain"), pages_taken("kept")
    # Some 10 MB an answer come fresh from the system, or a few.
    assert plain > 10_000
    assert kept < plain / 3


@pytest.mark.parametrize("found", [object(), None])
def test_another_c_library_is_left_as_it_is(monkeypatch, found):
    def without(name):
        if found is None:
            raise OSError("no such library")
        return found

    monkeypatch.setattr(ctypes, "CDLL", without)
    assert kept_memory.keep_memory() is False
    assert around()
