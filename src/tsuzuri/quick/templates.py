"""Templates: compiled once a version, looked up once a build.

Jinja looks at the time of every template of a page each time one is rendered (some 60 a
page), and compiles all of them anew in every process.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemBytecodeCache

from tsuzuri.config import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def environment_of(app: Sphinx) -> Environment | None:
    """Return the Jinja environment of *app*'s builder, when it has one."""
    environment = getattr(getattr(app.builder, "templates", None), "environment", None)
    return environment if isinstance(environment, Environment) else None


def on_env_before_read_docs(app: Sphinx, _env: BuildEnvironment, _names: Sequence[str]) -> None:
    """Look at the templates once a build: forget the loaded ones, keep their bytecode."""
    environment = environment_of(app)
    if environment is None or not Settings.of(app.config).shortcuts:
        return
    if environment.bytecode_cache is None:
        folder = Path(app.doctreedir) / "templates"
        folder.mkdir(parents=True, exist_ok=True)
        environment.bytecode_cache = FileSystemBytecodeCache(str(folder))
    environment.auto_reload = False
    if environment.cache is not None:
        environment.cache.clear()


def setup_templates(app: Sphinx) -> None:
    """Prepare the templates before anything is read or written."""
    app.connect("env-before-read-docs", on_env_before_read_docs)
