"""A small blog that is edited at random: its state, the files it stands for, and its builds."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from benchmarks.posts import image
from tests.conftest import split_warnings
from tsuzuri.workshop.live.build import forget_translations

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NOW = "1735689600"
"""The builds' present, 2025-01-01T00:00:00Z: what is published must not hang on the real one."""


@dataclass(frozen=True)
class Entry:
    """One post as its writer knows it."""

    title: str = "最初の記事"
    date: str = "2024-03-01"
    tags: tuple[str, ...] = ()
    slug: str = ""
    draft: bool = False
    series: str = ""
    aliases: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    """Keys of other posts, linked to by their file."""
    roles: tuple[str, ...] = ()
    """Keys of other posts, linked to by their slug."""
    picture: int | None = None
    heading: str = ""
    version: int = 0
    folder: bool = False
    """True when the post is ``<key>/index.md``."""
    spoilt: bool = False
    """True when the front matter can't be read."""

    def text(self, key: str, paths: Mapping[str, str], slugs: Mapping[str, str]) -> str:
        """Return the file's text; *paths* and *slugs* are those of all posts."""
        lines = [f"title: {json.dumps(self.title, ensure_ascii=False)}", f"date: {self.date}"]
        lines += ["license: 'CC"] if self.spoilt else []
        lines += [f"tags: [{', '.join(self.tags)}]"] if self.tags else []
        lines += [f"slug: {self.slug}"] if self.slug else []
        lines += ["draft: true"] if self.draft else []
        lines += [f"series: {self.series}"] if self.series else []
        lines += [f"aliases: [{', '.join(self.aliases)}]"] if self.aliases else []
        here = os.path.dirname(paths[key])  # noqa: PTH120 - of a path that is a str
        body = [f"第{self.version}版の本文。ここでは`{key}`について書く。"]
        body += [f"- [その記事]({os.path.relpath(paths[to], here)})" for to in self.links]
        body += [f"- [](<{os.path.relpath(paths[to], here)}>)" for to in self.links]
        body += [f"前に {{post}}`{slugs[to]}` で書いた。" for to in self.roles]
        if self.picture is not None:
            up = "../" if self.folder else ""
            body.append(f"![図]({up}images/{self.picture}.png)")
        body += [f"## {self.heading}", "節の文。$x^2$ と書く。"] if self.heading else []
        return "---\n" + "\n".join(lines) + "\n---\n\n" + "\n\n".join(body) + "\n"


@dataclass(frozen=True)
class Blog:
    """The whole source folder."""

    posts: Mapping[str, Entry] = field(default_factory=dict)
    about: int = 0
    """Version of the page beside the posts."""
    pictures: tuple[int, ...] = (0, 1)
    """Version of each image."""
    style: int = 0
    template: int = 0
    conf: Mapping[str, object] = field(default_factory=dict)

    def edit(self, key: str, **changes: object) -> Blog:
        """Return the blog after a change of one post."""
        return replace(self, posts={**self.posts, key: replace(self.posts[key], **changes)})  # type: ignore[arg-type]

    def path(self, key: str) -> str:
        """Return the file of a post."""
        return f"posts/{key}/index.md" if self.posts[key].folder else f"posts/{key}.md"

    def files(self) -> dict[str, str | bytes]:
        """Return every file of the source folder."""
        paths = {key: self.path(key) for key in self.posts}
        slugs = {key: entry.slug or key for key, entry in self.posts.items()}
        found: dict[str, str | bytes] = {}
        for key, entry in self.posts.items():
            known = replace(
                entry,
                links=tuple(to for to in entry.links if to in paths),
                roles=tuple(to for to in entry.roles if to in paths),
            )
            found[paths[key]] = known.text(key, paths, slugs)
        for number, version in enumerate(self.pictures):
            found[f"posts/images/{number}.png"] = image(version, 500, 16 + version % 5)
        toctree = "```{toctree}\n:hidden:\n\nabout\ndocs/index\n```\n"
        found["index.md"] = f"# 試し\n\n```{{postlist}} 5\n```\n\n{toctree}"
        found["about.md"] = f"# このブログ\n\n第{self.about}版。\n"
        found["docs/index.md"] = "# 手引き\n\n```{toctree}\n\nmore\n```\n"
        found["docs/more.md"] = f"# 詳しく\n\n第{self.about // 2}版。\n"
        found["_static/own.css"] = f":root {{ --own: {self.style}; }}\n"
        found["_templates/own.html"] = f"<p class='own'>{self.template}</p>\n"
        found["conf.py"] = CONF + "".join(f"{k} = {v!r}\n" for k, v in self.conf.items())
        return found


CONF = """\
project = "試しの綴り"
author = "綴り手"
language = "ja"
extensions = ["tsuzuri"]
html_theme = "sphinx_book_theme"
blog_title = "試しの綴り"
html_baseurl = blog_baseurl = "https://blog.example/"
html_static_path = ["_static"]
html_css_files = ["own.css"]
templates_path = ["_templates"]
html_theme_options = {"footer_content_items": ["own.html"]}
"""


def sync(source: Path, blog: Blog) -> list[Path]:
    """Make *source* hold the files of *blog*; return those that differed, the others untouched."""
    wanted = blog.files()
    changed = []
    for path in sorted(source.rglob("*"), reverse=True):
        if path.is_file() and path.relative_to(source).as_posix() not in wanted:
            path.unlink()
            changed.append(path)
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()
    for name, content in wanted.items():
        data = content.encode() if isinstance(content, str) else content
        path = source / name
        if not path.exists() or path.read_bytes() != data:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            changed.append(path)
    return changed


def build_here(source: Path, out: Path, doctrees: Path, parallel: int = 1) -> tuple[str, ...]:
    """Build in this process; return the warnings."""
    forget_translations()
    stream = io.StringIO()
    with patch_docutils(str(source)), docutils_namespace():
        app = Sphinx(
            srcdir=source,
            confdir=source,
            outdir=out,
            doctreedir=doctrees,
            buildername="html",
            status=io.StringIO(),
            warning=stream,
            parallel=parallel,
        )
        app.build()
    return split_warnings(stream.getvalue(), source)


def build_apart(
    source: Path, out: Path, doctrees: Path, *options: str, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Build in a fresh process, as the Makefile does."""
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "html", "-d", str(doctrees)]
    return subprocess.run(
        [*command, *options, str(source), str(out)],
        env={**os.environ, "SOURCE_DATE_EPOCH": NOW, **environment},
        cwd=source.parent,
        check=True,
        capture_output=True,
        text=True,
    )


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file below *folder*."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "searchindex.js"
    }


def differences(built: Mapping[str, bytes], clean: Mapping[str, bytes]) -> list[str]:
    """Return one line for each file that differs, with the first words that do."""
    found = [f"left over: {name}" for name in built.keys() - clean.keys()]
    found += [f"missing: {name}" for name in clean.keys() - built.keys()]
    for name in sorted(built.keys() & clean.keys()):
        if built[name] != clean[name]:
            found.append(f"differs: {name}: {first_difference(built[name], clean[name])}")
    return sorted(found)


def first_difference(ours: bytes, theirs: bytes) -> str:
    """Return what stands around the first byte that differs, in both."""
    place = next(
        (index for index, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b),
        min(len(ours), len(theirs)),
    )
    around = slice(max(0, place - 60), place + 60)
    return f"{ours[around].decode('utf-8', 'replace')!r} but {theirs[around].decode('utf-8', 'replace')!r}"
