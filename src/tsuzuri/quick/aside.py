"""Work done aside: begun now, waited for later.

In a process of its own where the build may have several, since two threads of Python take turns;
what was there when it began is at hand there, and nothing has to be sent.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from sphinx.util.parallel import parallel_available

from tsuzuri.quick.crew import end

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection


def begun(work: Callable[[], object], processes: int) -> Callable[[], None]:
    """Begin *work*; return what waits for its end, and raises what it failed of.

    With more than one of *processes* it must not count on what it changes in memory.
    """
    if processes < 2 or not parallel_available:  # noqa: PLR2004 - one more than this one
        pool = ThreadPoolExecutor(1)
        future = pool.submit(work)
        pool.shutdown(wait=False)
        return lambda: (future.result(), None)[1]
    fork = multiprocessing.get_context("fork")
    here, there = fork.Pipe()
    hand = fork.Process(target=toil, args=(work, here, there))
    hand.start()
    there.close()

    def finish() -> None:
        try:
            error = here.recv()
        except EOFError:
            error = OSError("its process was killed, perhaps for want of memory")
        finally:
            end(hand)
        if error is not None:
            raise error

    return finish


def toil(work: Callable[[], object], here: Connection, there: Connection) -> None:
    """Do *work* and send what it failed of; runs in a process.

    When the first process was killed, this one ends too: the next build may be about to write
    the same files.  The other end of the pipe is closed then, of which nothing else is read.
    """
    here.close()
    threading.Thread(target=end_with, args=(there,), daemon=True).start()
    error: BaseException | None = None
    try:
        work()
    except BaseException as problem:
        error = problem
    there.send(error)


def end_with(there: Connection) -> None:
    """End this process when the other end of the pipe *there* is closed."""
    there.poll(None)
    os._exit(1)
