"""Work on many documents, shared out among a few processes.

Sphinx forks anew for every ten documents, reads the whole environment back from each, and writes
with one process less than it was given, since it resolves the pages' references in the first
one.  With two cores that is no gain at all, and with a thousand posts the environments sent
back and forth grow with their square.  Here as many processes as were asked for are forked once;
each takes the next document as soon as it is done with the last, and reports when none is left.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import traceback
from contextlib import ExitStack
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any

from sphinx.errors import SphinxParallelError
from sphinx.util import logging

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.connection import Connection

LOOK_SECONDS = 0.1
"""How often the progress is looked at while nothing else happens."""
MANY = 200_000
"""Objects of one document before Python looks for unused cycles in the midst of it."""

OFTEN = 100
"""After so many documents what is older is looked through too: an extension may hold on to a
document until it sees the next one."""

logger = logging.getLogger(__name__)


def shared_out(
    names: Sequence[str],
    processes: int,
    work: Callable[[Iterator[str]], Any],
    progress: Callable[[int], None],
) -> Iterator[tuple[list[str], Any]]:
    """Yield for each of *processes* the *names* it took and what *work* returned for them.

    *progress* is told how many names have been taken.  What the processes logged is logged here.

    Raises:
        SphinxParallelError: *work* failed in one of them, or it was killed; the others are ended.
    """
    fork = multiprocessing.get_context("fork")
    taken = fork.Value("L", 0)
    with ExitStack() as stack:
        answers: list[Connection] = []
        for _number in range(min(processes, len(names))):
            here, there = fork.Pipe(duplex=False)
            hand = fork.Process(target=toil, args=(names, taken, work, there))
            hand.start()
            there.close()
            stack.callback(end, hand)
            answers.append(here)
        while answers:
            for answer in wait(answers, LOOK_SECONDS):
                answers.remove(answer)  # type: ignore[arg-type] # one of them
                yield received(answer)  # type: ignore[arg-type]
            progress(min(taken.value, len(names)))


def toil(
    names: Sequence[str], taken: Any, work: Callable[[Iterator[str]], Any], answer: Connection
) -> None:
    """Work on documents until none is left, then send what came of it; runs in a process."""
    # what was there before the fork stays shared with the first process
    gc.freeze()
    gc.set_threshold(MANY)
    parent = os.getppid()
    mine: list[str] = []
    collector = logging.LogCollector()
    try:
        with collector.collect():
            result, error = work(nexts(names, taken, mine, parent)), None
    except BaseException as problem:
        words = traceback.format_exception_only(type(problem), problem)[0].strip()
        result, error = None, (words, traceback.format_exc())
    logging.convert_serializable(collector.logs)
    answer.send((error, collector.logs, mine, result))


def nexts(names: Sequence[str], taken: Any, mine: list[str], parent: int) -> Iterator[str]:
    """Yield names that no other process has taken, and note them as *mine*.

    When the first process, *parent*, was killed, this one ends too: the next build may be about
    to write the same files.

    Unused cycles are looked for between two documents, when all that one has left is unused: in
    the midst of one, its doctree would be looked through in vain and kept for long.
    """
    while True:
        if os.getppid() != parent:
            os._exit(1)
        with taken.get_lock():
            number = taken.value
            taken.value = number + 1
        if number >= len(names):
            return
        mine.append(names[number])
        yield names[number]
        gc.collect(2 if len(mine) % OFTEN == 0 else 1)


def received(answer: Connection) -> tuple[list[str], Any]:
    """Return what a process took and made; raise what it failed of."""
    try:
        error, logs, mine, result = answer.recv()
    except EOFError:
        words = "a process of the build was killed, perhaps for want of memory"
        raise SphinxParallelError(words, "") from None
    if error:
        raise SphinxParallelError(*error)
    for record in logs:
        logger.handle(record)
    return mine, result


def end(process: Any) -> None:
    """End a *process* that may still be at work, and wait for it."""
    if process.exitcode is None:
        process.join(LOOK_SECONDS)
    if process.exitcode is None:
        process.terminate()
        process.join()
