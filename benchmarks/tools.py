"""The tools that are measured: ours with and without cards, and ten others."""

from __future__ import annotations

from dataclasses import replace

from benchmarks.posts import Dialect
from benchmarks.tool import Tool

AT_ROOT = Dialect(
    link=lambda text, slug: f"[{text}](/posts/{slug}/)",
    image=lambda alt, name: f"![{alt}](/images/{name})",
)
"""Links by address, for tools that do not follow links between files."""
SPHINX = ("-b", "html", "-d", "_build/doctrees", ".", "_build/html")
BARE = "bare layouts, no search"
ASTRO_7 = ("{bin}/.bin/node", "{bin}/astro/bin/astro.mjs")
ASTRO_4 = ("node", "{bin}/astro/astro.js")
DEV = ("dev", "--host", "127.0.0.1", "--port", "{port}")
ELEVENTY = ("node", "{bin}/@11ty/eleventy/cmd.cjs")
NO_SERIES = {"series": ""}
"""For tools to which a series is an unknown or a different thing."""

OURS = Tool(
    "tsuzuri",
    ("{python}", "-m", "sphinx", "-q", "-j", "auto", *SPHINX),
    ("{python}", "-c", "import tsuzuri; print(tsuzuri.__version__)"),
    ("_build/html", "_build"),
    serve=("{python}", "-m", "tsuzuri", "serve", "--port", "{port}"),
    page="posts/{slug}.html",
    news=".tsuzuri/events",
    note="theme, search, feeds, metadata; social cards off",
)
WITH_CARDS = replace(
    OURS,
    name="tsuzuri-cards",
    project="tsuzuri",
    command=(*OURS.command[:4], "-D", "tsuzuri_social_cards=1", *OURS.command[4:]),
    serve=(),
    note="as tsuzuri, and each social card is drawn in the cold build",
)

PEERS = (
    Tool(
        "plain",
        ("{bin}/python", "-m", "sphinx", "-q", *SPHINX),
        ("{bin}/python", "-c", "import ablog; print('ABlog', ablog.__version__)"),
        ("_build/html", "_build"),
        note="MyST, ABlog and the book theme as their manuals say, `-j 1`",
        serve=("{bin}/sphinx-autobuild", "-q", "--port", "{port}", *SPHINX),
        page="posts/{slug}.html",
    ),
    Tool(
        "hugo",
        ("hugo", "--quiet"),
        ("hugo", "version"),
        ("public", "resources"),
        posts="content/posts",
        images="static/images",
        dialect=AT_ROOT,
        note=BARE,
        serve=("hugo", "server", "--quiet", "--port", "{port}"),
    ),
    Tool(
        "eleventy",
        (*ELEVENTY, "--quiet"),
        (*ELEVENTY, "--version"),
        ("_site",),
        dialect=AT_ROOT,
        note=BARE,
        serve=(*ELEVENTY, "--quiet", "--serve", "--port={port}"),
    ),
    Tool(
        "jekyll",
        ("jekyll", "build", "--quiet"),
        ("jekyll", "--version"),
        ("_site", ".jekyll-cache"),
        posts="_posts",
        images="images",
        dialect=AT_ROOT,
        dated_names=True,
        note=BARE,
        serve=("jekyll", "serve", "--quiet", "--port", "{port}"),
    ),
    Tool(
        "pelican",
        ("{bin}/pelican", "-q"),
        ("{bin}/pelican", "--version"),
        ("output",),
        posts="content",
        images="content/images",
        dialect=AT_ROOT,
        keys={"description": "summary", **NO_SERIES},
        note="its default theme, no search",
        serve=("{bin}/pelican", "-q", "-l", "-r", "-p", "{port}"),
        page="{slug}.html",
    ),
    Tool(
        "astro",
        (*ASTRO_7, "build", "--silent"),
        (*ASTRO_7, "--version"),
        ("dist", ".astro", "node_modules"),
        posts="src/posts",
        images="public/images",
        dialect=AT_ROOT,
        note=BARE,
        serve=(
            "{bin}/.bin/node",
            "{bin}/astro/bin/astro.mjs",
            "dev",
            "--host",
            "127.0.0.1",
            "--port",
            "{port}",
        ),
    ),
    Tool(
        "astro-4",
        (*ASTRO_4, "build", "--silent"),
        (*ASTRO_4, "--version"),
        ("dist", ".astro", "node_modules"),
        posts="src/content/posts",
        images="public/images",
        dialect=AT_ROOT,
        note=BARE,
        serve=(*ASTRO_4, *DEV),
    ),
    Tool(
        "zensical",
        ("{bin}/zensical", "build"),
        ("{bin}/zensical", "--version"),
        ("site", ".cache"),
        posts="docs/posts",
        images="docs/posts/images",
        keys=NO_SERIES,
        serve=("{bin}/zensical", "serve", "-a", "127.0.0.1:{port}"),
    ),
    Tool(
        "mkdocs-material",
        ("{bin}/mkdocs", "build", "-q"),
        ("{bin}/python", "-m", "pip", "show", "mkdocs-material"),
        ("site", ".cache"),
        posts="docs/blog/posts",
        images="docs/blog/posts/images",
        keys=NO_SERIES,
        note="with its blog plugin",
        serve=("{bin}/mkdocs", "serve", "-q", "-a", "127.0.0.1:{port}"),
        page="blog/{slug}/",
    ),
    Tool(
        "nikola",
        ("{bin}/nikola", "build", "-v", "0"),
        ("{bin}/nikola", "version"),
        ("output", "cache", ".doit.db", "__pycache__"),
        images="images",
        dialect=AT_ROOT,
        keys=NO_SERIES,
        note="its default theme, no search",
        serve=("{bin}/nikola", "auto", "-p", "{port}"),
    ),
)
