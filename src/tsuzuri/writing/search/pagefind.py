"""Pagefind, spoken to as a process of its own.

The messages are those of its Python wrapper: JSON in base64 with a comma after each, answered
in order.  The wrapper itself sleeps 0.1 s before every answer, which is 100 s for 1,000 pages.
"""

from __future__ import annotations

import base64
import json
import subprocess
import threading
from importlib import metadata
from typing import IO, TYPE_CHECKING, Any

from pagefind_bin import get_executable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PATIENCE_SECONDS = 600
"""After this long without an end, the process is taken to hang."""


class PagefindError(Exception):
    """Pagefind can't be started, refused a page, or ended before its work was done."""


def bundle_files(pages: Iterable[tuple[str, str]]) -> dict[str, bytes]:
    """Index *pages*, each a URL and its HTML; return Pagefind's files by path.

    They are asked for as values: when Pagefind is told to write them, it says that it has
    before the last bytes are on the disk.
    """
    requests: list[dict[str, Any]] = [
        {"type": "NewIndex", "config": {"include_characters": "_+#", "keep_index_url": True}}
    ]
    requests += [
        {"type": "AddFile", "index_id": 0, "url": url, "file_contents": html} for url, html in pages
    ]
    requests.append({"type": "GetFiles", "index_id": 0})
    try:
        files = converse(requests)["files"]
    except OSError as error:
        raise PagefindError(f"Pagefind can't be run: {error}") from error
    return {file["path"]: base64.b64decode(file["content"]) for file in files}


def converse(requests: list[dict[str, Any]]) -> dict[str, Any]:
    """Send all *requests* to a new process, check each answer and return the last."""
    process = subprocess.Popen(  # noqa: S603 - the binary of an installed package, no shell
        [str(get_executable()), "--service"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    watchdog = threading.Timer(PATIENCE_SECONDS, process.kill)
    watchdog.start()
    assert process.stdin and process.stdout and process.stderr  # noqa: S101, PT018 - all are pipes
    sender = threading.Thread(target=send, args=(process.stdin, requests))
    sender.start()
    try:
        answers = receive(process.stdout)
        answer: dict[str, Any] = {}
        for request in requests:
            try:
                answer = next(answers)
            except StopIteration:
                raise PagefindError(last_words(process)) from None
            check(request, answer)
        return answer
    finally:
        watchdog.cancel()
        process.kill()
        sender.join()
        for pipe in (process.stdin, process.stdout, process.stderr):
            close(pipe)
        process.wait()


def last_words(process: subprocess.Popen[bytes]) -> str:
    """Return why *process*, which has closed its output, did not finish."""
    status = process.wait()
    said = process.stderr.read().decode(errors="replace").strip() if process.stderr else ""
    return f"Pagefind ended with status {status}" + (f": {said}" if said else "")


def send(pipe: IO[bytes], requests: list[dict[str, Any]]) -> None:
    """Write *requests* to Pagefind; when it is gone, the receiver says so."""
    try:
        for number, payload in enumerate(requests):
            message = json.dumps({"message_id": number, "payload": payload}).encode()
            pipe.write(base64.b64encode(message) + b",")
        pipe.flush()
    except (BrokenPipeError, ValueError):
        return


def receive(pipe: IO[bytes]) -> Iterator[dict[str, Any]]:
    """Yield Pagefind's answers; ends when the process does."""
    begun: list[bytes] = []
    for piece in iter(lambda: pipe.read1(1 << 20), b""):  # type: ignore[attr-defined] # buffered
        *ends, rest = piece.split(b",")
        for end in ends:
            yield json.loads(base64.b64decode(b"".join([*begun, end])))["payload"]
            begun = []
        begun.append(rest)


def close(pipe: IO[bytes]) -> None:
    """Close *pipe*, whether or not its other end is still there."""
    try:
        pipe.close()
    except BrokenPipeError:
        return


def check(request: dict[str, Any], answer: dict[str, Any]) -> None:
    """Raise what Pagefind's *answer* to *request* says went wrong."""
    if answer["type"] == "Error":
        of = f" of {request['url']}" if "url" in request else ""
        raise PagefindError(f"Pagefind refused the {request['type']}{of}: {answer['message']}")


def version() -> str:
    """Return the version of the installed Pagefind."""
    return metadata.version("pagefind-bin")
