"""``tsuzuri import``: posts of another tool, brought here."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tsuzuri.workshop.importing.plan import make_plan
from tsuzuri.workshop.importing.tools import TOOLS, open_project
from tsuzuri.workshop.site import CannotRunError, find_site
from tsuzuri.writing.files import holds, write_if_changed

if TYPE_CHECKING:
    from tsuzuri.workshop.importing.plan import Plan
    from tsuzuri.workshop.importing.tools import Project

NAMES = ["auto", *sorted(tool.name for tool in TOOLS)]


@dataclass(slots=True)
class Outcome:
    """What became of the planned files."""

    written: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


@click.command("import")
@click.argument("source", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--from", "tool", type=click.Choice(NAMES), default="auto", show_default=True,
    help="The tool that SOURCE is of; found out by its files when not given.",
)  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Tell what would be written, and write nothing.")
def import_posts(source: Path, tool: str, *, dry_run: bool) -> None:
    """Bring posts from another tool.

    SOURCE is a project of Astro, Hugo, Jekyll, Zola, Pelican, Zenn or Qiita, or a folder
    of posts. Posts go to posts/ with their images; shortcodes and components that have an
    equal are turned into it, all other text stays as it is. Each post keeps its former
    address among its aliases, so that links to it lead on.

    A file that is there already with other content is not overwritten. The exit status is
    1 when something could not be carried or was refused: each such thing is told with its
    file and line.
    """
    site = find_site()
    project = open_project(source, tool)
    if project is None:
        raise CannotRunError(
            f"{source} holds no posts that a known tool would have; name the tool with --from"
        )
    folder = site.root / site.settings.new_post_folder
    if project.root == site.root:
        raise CannotRunError(f"{source} is this site itself")
    plan = make_plan(project, site.settings.new_post_folder, site.zone)
    if not plan.texts:
        raise CannotRunError(f"{source} holds no Markdown files")
    outcome = carry_out(plan, folder, dry_run=dry_run)
    tell(plan, outcome, project, site.settings.new_post_folder, dry_run=dry_run)
    sys.exit(1 if plan.notes or outcome.refused else 0)


def carry_out(plan: Plan, folder: Path, *, dry_run: bool) -> Outcome:
    """Write what is not there yet below *folder*."""
    outcome = Outcome()
    content = {target: data for target, (_source, data) in plan.texts.items()}
    for target in sorted({*content, *plan.files}, key=str):
        path = folder / target
        data = content[target] if target in content else plan.files[target].read_bytes()
        name = target.as_posix()
        if holds(path, data):
            outcome.same.append(name)
        elif path.exists() or path.is_symlink():
            outcome.refused.append(name)
        else:
            outcome.written.append(name)
            if not dry_run:
                write_if_changed(path, data)
    return outcome


def tell(plan: Plan, outcome: Outcome, project: Project, folder: str, *, dry_run: bool) -> None:
    """Say what was done, or would be."""
    origins = {target.as_posix(): source.shown for target, (source, _data) in plan.texts.items()}
    root = project.root.resolve()
    origins |= {
        target.as_posix(): path.relative_to(root).as_posix() for target, path in plan.files.items()
    }
    if dry_run:
        for name in outcome.written:
            click.echo(f"{origins[name]} -> {folder}/{name}")
    for name in outcome.refused:
        click.echo(f"{folder}/{name} is there with other content; it is not overwritten")
    for note in plan.notes:
        click.echo(f"{note.path}:{note.line}: {note.message}")
    if project.tool.hosted:
        click.echo(f'Links to the old posts: tsuzuri_former_urls = ["{project.tool.hosted}"]')
    verb = "would be written" if dry_run else "written"
    click.echo(
        f"{project.tool.name}: {len(plan.texts)} posts and {len(plan.files)} files, "
        f"{len(outcome.written)} {verb}, {len(outcome.same)} there already, "
        f"{len(outcome.refused)} refused, {len(plan.notes)} to look at"
    )
