"""What each tool's project looks like: a row a tool."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Tool:
    """One tool."""

    name: str
    marks: tuple[tuple[str, ...], ...]
    """Files or folders of the project's root: it is this tool's when all of one row are there."""
    contents: tuple[str, ...]
    """Folders with posts; `a/*` stands for each folder in a."""
    served: tuple[str, ...] = ()
    """Folders whose files are at the root of the built site."""
    shortcuts: tuple[tuple[str, str], ...] = ()
    """What the path of an import may begin with, and the folder it stands for."""
    address: str = ""
    """Where the tool puts a post; empty when it is on the tool's own host."""
    hosted: str = ""
    """The tool's own host: what `tsuzuri_former_urls` needs."""


TOOLS = (
    Tool("zenn", (("articles", "books"), ("articles", ".zenn"), ("articles", "images")),
         ("articles",), ("",), hosted="https://zenn.dev/<you>/articles/{slug}"),
    Tool("qiita", (("qiita.config.json",), ("public/.remote",)), ("public",),
         hosted="https://qiita.com/<you>/items/{slug}"),
    Tool("astro", (("astro.config.mjs",), ("astro.config.ts",), ("astro.config.js",),
                   ("astro.config.mts",)),
         ("src/content/*", "src/data/*", "src/pages/blog", "src/pages/posts"), ("public",),
         (("@/", "src"), ("~/", "src"), ("@assets/", "src/assets"), ("src/", "src")),
         "/{collection}/{path}/"),
    Tool("zola", (("config.toml", "content", "templates"), ("zola.toml",),
                  ("config.toml", "content", "sass")),
         ("content",), ("static",), address="/{folder}/{slug}/"),
    Tool("hugo", (("hugo.toml",), ("hugo.yaml",), ("hugo.json",), ("config.toml", "content"),
                  ("config.yaml", "content"), ("config", "content")),
         ("content",), ("static", "assets", "content"), address="/{folder}/{slug}/"),
    Tool("jekyll", (("_config.yml", "_posts"), ("_config.yaml", "_posts"), ("_posts",)),
         ("_posts", "_drafts"), ("",), address="/:categories/:year/:month/:day/:title.html"),
    Tool("pelican", (("pelicanconf.py",),), ("content",), ("content", "content/extra"),
         address="{slug}.html"),
)  # fmt: skip

PLAIN = Tool("markdown", (), ("",), ("",))
"""A folder of Markdown files that no tool's project is around."""

CONFIGS = ("hugo.toml", "hugo.yaml", "config.toml", "config.yaml", "_config.yml", "_config.yaml",
           "zola.toml", "config/_default/hugo.toml", "config/_default/config.toml")  # fmt: skip
PELICAN_SETTING = re.compile(r"^([A-Z_]+)\s*=\s*(?:r?(['\"])(.*?)\2)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Project:
    """A project of a tool, or a folder of posts in one."""

    root: Path
    tool: Tool
    contents: tuple[Path, ...]
    """The folders with the posts that are wanted."""
    config: dict[str, Any] = field(default_factory=dict)

    @property
    def base_urls(self) -> tuple[str, ...]:
        """The URL of the site as its configuration has it."""
        found = (self.config.get(key) for key in ("baseURL", "baseurl", "base_url", "url",
                                                  "SITEURL", "site"))  # fmt: skip
        return tuple(
            url.rstrip("/") for url in found if isinstance(url, str) and url.startswith("http")
        )


def open_project(source: Path, name: str) -> Project | None:
    """Return the project that *source* is, or is in; *name* is a tool's, or ``auto``."""
    source = source.resolve()
    tools = [tool for tool in TOOLS if name in {"auto", tool.name}]
    for folder in (source, *list(source.parents)[:4]):
        for tool in tools:
            if is_project(folder, tool):
                wanted = folders(folder, tool) if folder == source else (source,)
                return Project(folder, tool, wanted or (source,), read_config(folder))
    if name != "auto":
        return Project(source, tools[0], folders(source, tools[0]) or (source,))
    return Project(source, PLAIN, (source,)) if any(source.rglob("*.md")) else None


def is_project(folder: Path, tool: Tool) -> bool:
    """Say whether *folder* is the root of a project of *tool*."""
    return any(all((folder / mark).exists() for mark in row) for row in tool.marks)


def folders(root: Path, tool: Tool) -> tuple[Path, ...]:
    """Return the folders of *root* in which *tool* keeps posts."""
    found: list[Path] = []
    for content in tool.contents:
        if content.endswith("/*"):
            parent = root / content[:-2]
            if parent.is_dir():
                found += sorted(path for path in parent.iterdir() if path.is_dir())
        elif (root / content).is_dir():
            found.append(root / content)
    return tuple(found)


def read_config(root: Path) -> dict[str, Any]:
    """Return what of the project's configuration can be read without running it."""
    for name in CONFIGS:
        path = root / name
        if not path.is_file():
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        try:
            data = tomllib.loads(text) if path.suffix == ".toml" else yaml.safe_load(text)
        except (tomllib.TOMLDecodeError, yaml.YAMLError):
            return {}
        return data if isinstance(data, dict) else {}
    for name in ("pelicanconf.py", "astro.config.mjs", "astro.config.ts"):
        path = root / name
        if path.is_file():
            text = path.read_text(encoding="utf-8", errors="replace")
            found = {match[1]: match[3] for match in PELICAN_SETTING.finditer(text)}
            site = re.search(r"\bsite:\s*['\"](https?://[^'\"]+)['\"]", text)
            return {**found, **({"site": site[1]} if site else {})}
    return {}
