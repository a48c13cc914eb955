"""A few workers, each in its own copy of the tree, that share one list of jobs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from tests.mutation.tree import copy_tree

WORKER = Path(__file__).with_name("worker.py")
Job = dict[str, Any]
T = TypeVar("T")


class Worker:
    """One worker process."""

    def __init__(self, root: Path) -> None:
        # One thread each: the workers are as many as the cores. Dynamic contexts need this core
        # of coverage.
        alone = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"), "1")
        self.process = subprocess.Popen(
            [sys.executable, WORKER],
            cwd=root,
            env={**os.environ, **alone, "COVERAGE_CORE": "ctrace", "PYTHONDONTWRITEBYTECODE": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def do(self, job: Job) -> Job:
        """Have a job done and return its answer."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(job) + "\n")
        self.process.stdin.flush()
        if not (line := self.process.stdout.readline()):
            raise RuntimeError("a worker of the mutation run has ended")
        answer: Job = json.loads(line)
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer


class Pool:
    """Workers that take the next job as soon as they are free."""

    def __init__(self, workers: list[Worker]) -> None:
        self.workers = workers
        self.free: SimpleQueue[Worker] = SimpleQueue()
        for worker in workers:
            self.free.put(worker)

    def do_all(
        self, things: Iterable[T], job_of: Callable[[T], Job], seconds: float = float("inf")
    ) -> Iterator[tuple[T, Job]]:
        """Yield each thing with its answer as they come; begin none after so many seconds."""
        ends = time.monotonic() + seconds
        rest, running = iter(things), dict[Future[Job], T]()
        with ThreadPoolExecutor(len(self.workers)) as threads:
            while True:
                while len(running) < len(self.workers) and time.monotonic() < ends:
                    if (thing := next(rest, None)) is None:
                        break
                    running[threads.submit(self._do, job_of(thing))] = thing
                if not running:
                    return
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    yield running.pop(future), future.result()

    def _do(self, job: Job) -> Job:
        worker = self.free.get()
        try:
            return worker.do(job)
        finally:
            self.free.put(worker)


@contextmanager
def open_pool(root: Path, count: int) -> Iterator[Pool]:
    """Yield workers in copies of the tree, and leave neither behind."""
    with TemporaryDirectory(prefix="mutation-") as folder:
        first = copy_tree(root, Path(folder) / "0")
        roots = [first, *(copy_tree(first, Path(folder) / str(k)) for k in range(1, count))]
        workers = [Worker(root) for root in roots]
        try:
            yield Pool(workers)
        finally:
            for worker in workers:
                worker.process.terminate()
                worker.process.wait()
