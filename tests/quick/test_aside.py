"""Work done aside: begun at once, waited for when it is needed, its failure heard."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tsuzuri.quick.aside import begun

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize("processes", [1, 2])
def test_it_is_done_when_it_was_waited_for(tmp_path: Path, processes: int) -> None:
    file = tmp_path / "pid"
    finish = begun(lambda: file.write_text(str(os.getpid())), processes)
    finish()
    assert (int(file.read_text()) == os.getpid()) == (processes == 1)


@pytest.mark.parametrize("processes", [1, 2])
def test_what_it_failed_of_is_raised(processes: int) -> None:
    """A search index that was not made, and a build that says nothing."""

    def fail() -> None:
        raise FileNotFoundError(2, "no such file", "index")

    finish = begun(fail, processes)
    with pytest.raises(FileNotFoundError, match="no such file: 'index'"):
        finish()


def test_a_killed_process_is_an_error() -> None:
    """The kernel takes the largest process when memory is short."""
    finish = begun(lambda: os.kill(os.getpid(), signal.SIGKILL), 2)
    with pytest.raises(OSError, match="killed"):
        finish()


def test_it_ends_with_the_build(tmp_path: Path) -> None:
    """What a killed build had begun writes into the folder of the next one."""
    file = tmp_path / "pid"
    code = (
        "import os, time, pathlib\n"
        "from tsuzuri.quick.aside import begun\n"
        "def work():\n"
        f"    pathlib.Path({str(file)!r}).write_text(str(os.getpid()))\n"
        "    time.sleep(60)\n"
        "begun(work, 2)()\n"
    )
    with subprocess.Popen([sys.executable, "-c", code]) as build:
        until(lambda: file.exists() and file.read_text() != "")
        build.kill()
    until(lambda: not is_alive(int(file.read_text())))


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


def is_alive(pid: int) -> bool:
    """Whether a process is still there; one that ended and is not waited for is not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return state.rpartition(")")[2].split()[0] != "Z"
