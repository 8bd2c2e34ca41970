"""One style sheet and one deferred script, instead of the theme's 2.6 MB.

The theme's sheets are cut to what the site can use (``stylesheet``) and put into a cascade layer,
tsuzuri's own rules into the next, so that these win over the theme's and the user's over both,
whatever their selectors.  The cut
depends on the installed packages and the configuration alone; it is kept beside the doctrees
and made anew when one of them changes.
"""

from __future__ import annotations

import hashlib
import importlib.util
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docutils.writers
import pydata_sphinx_theme
import sphinx
import sphinx_book_theme

from tsuzuri.reading.sources import PACKAGE, files_below, own_code
from tsuzuri.versions import version
from tsuzuri.writing.colours import code_colours
from tsuzuri.writing.stylesheet import cut, minified, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

STATIC = Path(__file__).parent / "static"
TEMPLATES = Path(__file__).parent / "templates"
SEARCH_OPENER = Path(__file__).parent / "search" / "static" / "tsuzuri-search" / "open.js"
BASIC = Path(sphinx.__file__).parent / "themes" / "basic" / "static" / "basic.css.jinja"
PST_PACKAGE = Path(pydata_sphinx_theme.__file__).parent
PST = PST_PACKAGE / "theme" / "pydata_sphinx_theme"
SBT_PACKAGE = Path(sphinx_book_theme.__file__).parent
SBT = SBT_PACKAGE / "theme" / "sphinx_book_theme"

FIRST = ("tokens", "base", "frame", "content")
LAST = ("print",)
ELSEWHERE = ("signs", "head", "lists", "after", "blocks", "cards")

FRAME_PARTS = {
    # parts of the theme's frame that tsuzuri's layout takes the place of
    "layout.html", "sidebar-primary.html", "sidebar-secondary.html", "footer.html",
    "footer-content.html", "sidebar-nav-bs.html", "sbt-sidebar-nav.html", "sidebar-collapse.html",
    "search.html", "search-field.html", "search-button-field.html", "prev-next.html",
    "sphinx-version.html", "theme-version.html", "webpack-macros.html", "sbt-webpack-macros.html",
}  # fmt: skip

WRITERS = [
    Path(sphinx.__file__).parent / "writers",
    Path(sphinx.__file__).parent / "domains",
    Path(sphinx.__file__).parent / "directives",
    PST_PACKAGE,
    SBT_PACKAGE,
]
PACKAGES = (
    "docutils",
    "sphinx",
    "pydata_sphinx_theme",
    "sphinx_book_theme",
    "tinycss2",
    "pygments",
)
OWN = {
    "sphinx",
    "tsuzuri",
    "pydata_sphinx_theme",
    "sphinx_book_theme",
    "alabaster",
    "sphinxcontrib",
}
"""Packages that are looked at in any case, or that make no page."""
SHOWN = (".html", ".js", ".css")
LARGE = 200_000
COMPOSED = {"text-left", "text-center", "text-right"}
"""Classes that a writer puts together from parts, so that no source names them whole."""

IMAGES = Path(__file__).parent / "image_assets" / "images.css"
FONT_AWESOME = PST / "static" / "scripts" / "fontawesome.js"
BANNER = (
    "/*! Bootstrap 5, MIT, getbootstrap.com; PyData Sphinx Theme and Sphinx Book Theme, "
    "BSD-3-Clause; Sphinx, BSD-2-Clause */\n"
)


@dataclass(frozen=True)
class Sources:
    """What the style sheet is made of."""

    settings: tuple[str, ...]
    """Text of the settings that name classes or icons."""
    keep: tuple[str, ...]
    """Classes whose rules the user wants kept."""
    light: str
    dark: str
    """Names of Pygments styles."""
    mincho: bool
    font: str
    extensions: tuple[tuple[str, str], ...] = ()
    """Package and version of each extension of the site: its markup may use the theme's rules."""

    @cached_property
    def markup(self) -> list[str]:
        """The texts from which pages get their classes: templates, scripts, writers, extensions."""
        theme = [path for root in (PST, SBT) for path in root.rglob("*.html")]
        writers = [
            Path(docutils.writers.__file__).parent / "_html_base.py",
            Path(sphinx.__file__).parent / "addnodes.py",
        ]
        writers += [path for root in WRITERS for path in root.rglob("*.py")]
        writers += [path for name, _version in self.extensions for path in package_files(name)]
        files = [path for path in theme if path.name not in FRAME_PARTS] + writers
        files += own_files((".py", *SHOWN))
        return [path.read_text(encoding="utf-8") for path in sorted(set(files))]

    @cached_property
    def theme_css(self) -> str:
        """The sheets that a page of the theme loads."""
        sheets = [
            BASIC,
            PST / "static" / "styles" / "pydata-sphinx-theme.css",
            SBT / "static" / "styles" / "sphinx-book-theme.css",
        ]
        return "\n".join(path.read_text(encoding="utf-8") for path in sheets)

    @cached_property
    def own_css(self) -> str:
        """Our components, in order; one sheet paints sooner than two."""
        files = [IMAGES, *components(STATIC / "css")]
        return "\n".join(path.read_text(encoding="utf-8") for path in files)

    @property
    def key(self) -> str:
        """A digest of everything that the result depends on: settings, packages, our own files."""
        packages = [*PACKAGES, *(name for name, _version in self.extensions)]
        versions = [f"{name} {version_of(name)}" for name in sorted(packages)]
        own = [path.read_text(encoding="utf-8") for path in own_files(SHOWN)]
        return digest("\0".join([repr(self), *versions, own_code(), *own]))


def sheet_elsewhere() -> str:
    """Return the rules of what we add to pages of another theme: lists, cards, blocks."""
    own = (STATIC / "elsewhere.css").read_text(encoding="utf-8")
    parts = [(STATIC / "css" / f"{name}.css").read_text(encoding="utf-8") for name in ELSEWHERE]
    rules = "\n".join(parts).replace(".tz-article ", "")
    # above what the theme says of all lists, links and headings
    return minified(f"{own}\n:root:root {{\n{rules}\n}}")


def version_of(package: str) -> str:
    """Return the installed version of the distribution that has *package*."""
    try:
        return version(package.replace("_", "-"))
    except PackageNotFoundError:
        return ""


def own_files(suffixes: tuple[str, ...]) -> list[Path]:
    """Return the files of ours that make pages or their style."""
    return sources_below(PACKAGE, suffixes)


def sources_below(folder: Path, suffixes: tuple[str, ...]) -> list[Path]:
    """Return the files of a package that may name classes; large ones are not sources."""
    return [path for path in files_below(folder, suffixes) if path.stat().st_size < LARGE]


def package_files(name: str) -> list[Path]:
    """Return the files of an extension that may name classes."""
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.origin:
        return []
    origin = Path(spec.origin)
    if origin.name != "__init__.py":
        return [origin]
    return sources_below(origin.parent, (".py", ".html", ".js"))


def digest(text: str) -> str:
    """Return a short, stable name for *text*."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def components(folder: Path) -> list[Path]:
    """Return the style sheets of *folder* in their order: tokens first, print last."""
    rank = {name: index - len(FIRST) for index, name in enumerate(FIRST)}
    rank |= {name: index + 1 for index, name in enumerate(LAST)}
    return sorted(folder.glob("*.css"), key=lambda path: (rank.get(path.stem, 0), path.stem))


def style_sheet(sources: Sources) -> tuple[str, frozenset[str]]:
    """Return the site's style sheet, and the theme's classes that it has no rules for."""
    words = words_of([*sources.markup, *sources.settings]) | COMPOSED | frozenset(sources.keep)
    theme = cut(sources.theme_css, words, others=sources.own_css)
    own = minified(f"{sources.own_css}\n{code_colours(sources.light, sources.dark)}")
    fonts = font_rules(sources)
    sheet = f"{BANNER}@layer theme{{{theme.css}}}@layer tsuzuri{{{own}{fonts}}}\n"
    return sheet, theme.classes - names_of_icons(theme.classes)


def names_of_icons(classes: Iterable[str]) -> frozenset[str]:
    """Return those of *classes* that only choose an icon, which is drawn without a rule."""
    return frozenset(name for name in classes if name.startswith(("fa-", "fab", "fas", "far")))


def font_rules(sources: Sources) -> str:
    """Return the rules for the body's font that the settings ask for."""
    if sources.font:
        return f":root{{--tz-font-body:{sources.font}}}"
    return ":root{--tz-font-body:var(--tz-font-mincho)}" if sources.mincho else ""


def script(folder: Path = STATIC / "js") -> str:
    """Return the site's script: each file of *folder* in a scope of its own."""
    files = [*sorted(folder.glob("*.js")), SEARCH_OPENER]
    return "".join(
        f"(()=>{{\n{path.read_text(encoding='utf-8').strip()}\n}})();\n" for path in files
    )


def head_script() -> str:
    """Return the one inline script: it sets the colours before the first paint."""
    return (STATIC / "head.js").read_text(encoding="utf-8").strip()


def sources_of(config: Any, theme_options: Mapping[str, Any], extensions: Iterable[str]) -> Sources:
    """Return what the style sheet of a site with this configuration is made of."""
    packages = {name.partition(".")[0] for name in extensions} - OWN
    named = [repr(theme_options.get(key)) for key in sorted(theme_options)]
    return Sources(
        settings=(*named, repr(sorted(config.html_sidebars.items()))),
        extensions=tuple((name, version_of(name)) for name in sorted(packages)),
        keep=tuple(config.tsuzuri_keep_classes),
        light=theme_options.get("pygments_light_style") or "",
        dark=theme_options.get("pygments_dark_style") or "",
        mincho=config.tsuzuri_body_font == "mincho",
        font="" if config.tsuzuri_body_font in {"gothic", "mincho"} else config.tsuzuri_body_font,
    )
