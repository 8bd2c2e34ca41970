"""The command line: a table of commands, each imported when it is called.

To add a command, write a :func:`click.command` in a module of its own and add a row to
:data:`COMMANDS`.  The row's summary is what ``tsuzuri --help`` prints without importing the
command; a test holds it to the command's own first sentence.

Exit statuses: 0 all is well, 1 problems were found, 2 the command could not run.
"""

from __future__ import annotations

from importlib import import_module
from typing import NamedTuple

import click

from tsuzuri import __version__


class Entry(NamedTuple):
    """One command."""

    name: str
    target: str
    """Module and attribute."""
    summary: str


COMMANDS = (
    Entry("init", "tsuzuri.workshop.init:init", "Start a blog of your own in a new folder."),
    Entry("new", "tsuzuri.workshop.new:new", "Start a post."),
    Entry("serve", "tsuzuri.workshop.serve:serve", "Show the site and follow its files."),
    Entry("check", "tsuzuri.workshop.check:check", "Tell what is wrong in the posts."),
    Entry(
        "import",
        "tsuzuri.workshop.importing.command:import_posts",
        "Bring posts from another tool.",
    ),
    Entry("fetch", "tsuzuri.workshop.fetch:fetch", "Bring home what posts show of other sites."),
    Entry("schema", "tsuzuri.workshop.schema:schema", "Print the front matter's JSON Schema."),
)


class Commands(click.Group):
    """A group that knows its commands by name before it imports them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click passes it
        """Return the names in the order of a writer's day, not of the alphabet."""
        return [entry.name for entry in COMMANDS]

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002 - click passes it
        cmd_name: str,
    ) -> click.Command | None:
        """Import the command *cmd_name*."""
        for entry in COMMANDS:
            if entry.name == cmd_name:
                module, _, attribute = entry.target.partition(":")
                command: click.Command = getattr(import_module(module), attribute)
                return command
        return None

    def format_commands(
        self,
        ctx: click.Context,  # noqa: ARG002 - click passes it
        formatter: click.HelpFormatter,
    ) -> None:
        """Write the table of commands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(entry.name, entry.summary) for entry in COMMANDS])


@click.command(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
)
@click.version_option(__version__, "-V", "--version", package_name="tsuzuri")
def cli() -> None:
    """Write a technical blog in Markdown.

    Run it in the folder of the site, the one with conf.py.
    """


def main() -> None:
    """Run the command that the arguments name."""
    cli(prog_name="tsuzuri")
