"""The command line as a whole: quick to start, honest about itself."""

from __future__ import annotations

import subprocess
import sys

import pytest
from click.testing import CliRunner

from tsuzuri import __version__
from tsuzuri.workshop.cli import COMMANDS, cli


def test_it_starts_without_what_it_does_not_need() -> None:
    """`tsuzuri --help` answers before one looks up: nothing heavy is imported for it."""
    code = (
        "import sys; from tsuzuri.workshop.cli import cli; cli(['--help'], standalone_mode=False);"
        "print(*sorted({'sphinx', 'docutils', 'pydantic', 'yaml', 'ablog'} & sys.modules.keys()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.splitlines()[-1] == ""


@pytest.mark.parametrize("entry", COMMANDS, ids=lambda entry: entry.name)
def test_the_table_of_commands_is_true(entry: object) -> None:
    """The summary in the table is the first sentence of the command's own help."""
    command = cli.get_command(None, entry.name)  # type: ignore[attr-defined, arg-type] # an Entry
    assert command is not None
    assert (command.help or "").split("\n")[0] == entry.summary  # type: ignore[attr-defined]
    assert command.name == entry.name  # type: ignore[attr-defined]


def test_python_m_works_too() -> None:
    """Where scripts are not on the path, `python -m tsuzuri` is."""
    done = subprocess.run(
        [sys.executable, "-m", "tsuzuri", "--version"],
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    assert done.stdout.strip() == f"tsuzuri, version {__version__}"


def test_a_wrong_command_could_not_run() -> None:
    """Exit status 2 tells a script that nothing was done."""
    assert CliRunner().invoke(cli, ["neu"]).exit_code == 2
    assert CliRunner().invoke(cli, []).exit_code == 2
