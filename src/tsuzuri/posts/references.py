"""Which post a name, a path or an address means.

Pure: a :class:`Directory` is made from posts and document names, and answers every way to point
at a post that a writer may use.  Nothing is guessed: a name that two posts answer to is
:class:`Ambiguous`, one that nothing answers to is :class:`Unknown` with the nearest names.
"""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal
from urllib.parse import unquote, urlsplit

from tsuzuri.posts.slugs import slugify

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tsuzuri.posts.authors import Author
    from tsuzuri.posts.model import Post

Kind = Literal["name", "document", "address", "tag", "category", "author", "series"]
"""How a reference says what it means: a slug or path, a docname, a URL, a list's name."""

EMPTY: Mapping[str, Author] = MappingProxyType({})

NEAREST = 3

LIST_FIELDS = {"tag": "tags", "category": "categories", "author": "authors", "series": "series"}
"""Kind of a list to the field of a post that says which lists it is on."""


@dataclass(frozen=True)
class Reference:
    """A link that a document makes to another one of the site, as its writer wrote it."""

    kind: Kind
    target: str
    anchor: str = ""
    """The id on the page, or an empty string."""
    sentence: str = ""
    """The sentence around the link, plain text."""
    line: int = 1


@dataclass(frozen=True, slots=True)
class Found:
    """The document, or the list, that is meant."""

    docname: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A post that is not published."""

    docname: str
    title: str


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """More than one post answers to the name."""

    candidates: tuple[str, ...]
    """Docnames, each of which would be clear."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nothing answers to the name."""

    nearest: tuple[str, ...] = ()
    anchor: str = ""
    """The missing id, when the page exists."""


Answer = Found | Draft | Ambiguous | Unknown


@dataclass(frozen=True)
class Addresses:
    """The addresses of the site, present and former."""

    base: str = ""
    """URL of the site's root, with a slash at its end."""
    former: tuple[str, ...] = ()
    """Patterns of the URLs that posts used to have, with `{slug}` in the place of the slug."""

    @cached_property
    def patterns(self) -> tuple[re.Pattern[str], ...]:
        """The former addresses as expressions with a group ``slug``."""
        return tuple(
            re.compile(
                re.escape(pattern.rstrip("/")).replace(r"\{slug\}", r"(?P<slug>[^?#]+?)")
                + r"(?:/|/index\.html|\.html)?(?:[?#].*)?",
                re.IGNORECASE,
            )
            for pattern in self.former
        )

    def own_path(self, url: str) -> str | None:
        """Return the path below the site's root that *url* means, or None when it is elsewhere."""
        if url.startswith("/") and not url.startswith("//"):
            root = urlsplit(self.base).path
            path = urlsplit(url).path
            return path.removeprefix(root) if root != "/" and path.startswith(root) else path[1:]
        if self.base and url.startswith(self.base):
            return urlsplit(url).path.removeprefix(urlsplit(self.base).path)
        return None

    def former_slug(self, url: str) -> str | None:
        """Return the slug in *url* when it is a former address of a post."""
        for pattern in self.patterns:
            if match := pattern.fullmatch(url):
                return unquote(match["slug"])
        return None


PLAIN = re.compile(r"/?(?:[\w.-]+/)*[\w.-]*")
"""A path without anything that an address writes otherwise; most are."""


def without_suffix(path: str) -> str:
    """Return the docname that a path of a page means.

    >>> without_suffix("posts/a.html"), without_suffix("posts/a/"), without_suffix("posts/a.md")
    ('posts/a', 'posts/a', 'posts/a')
    """
    if not PLAIN.fullmatch(path):
        path = unquote(urlsplit(path).path)
    path = path.strip("/")
    for suffix in (".html", ".md", ".mdx", ".markdown", ".rst"):
        path = path.removesuffix(suffix)
    return path.removesuffix("/index")


def lists_of(
    posts: Iterable[Post], blog_path: str, authors: Mapping[str, Author] = EMPTY
) -> dict[tuple[str, str], str]:
    """Return the page of every list that has a post, by its kind and name.

    Pages are where ABlog puts them, below *blog_path*: an author's by the name that readers see.
    """
    lists = {}
    for post in posts:
        for kind, attribute in LIST_FIELDS.items():
            value = getattr(post, attribute)
            names = (value,) if isinstance(value, str) else value or ()
            for name in names:
                shown = authors[name].name if kind == "author" and name in authors else name
                lists[kind, name] = f"{blog_path}/{kind}/{slugify(shown)}"
    return lists


@dataclass(frozen=True)
class Directory:
    """Everything that can be pointed at."""

    posts: Mapping[str, Post]
    documents: Mapping[str, str]
    """Docname to title, posts included."""
    anchors: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Docname to the ids on its page, each with the text it stands for."""
    drafts: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Docname of each post that is not published to its slug and title."""
    lists: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """Kind and name of each list (`("tag", "Python")`) to the name of its page."""
    addresses: Addresses = field(default_factory=Addresses)

    def answer(self, reference: Reference, base: str) -> Answer:
        """Return what *reference* means in the document *base*."""
        answer = self._page(reference, base)
        if not isinstance(answer, Found) or not reference.anchor:
            return answer
        known = self.anchors.get(answer.docname)
        if known is None or reference.anchor in known:
            return Found(answer.docname, reference.anchor)
        return Unknown(self.nearest(reference.anchor, known), anchor=reference.anchor)

    def _page(self, reference: Reference, base: str) -> Answer:
        if reference.kind == "document":
            return self.by_docname(reference.target)
        if reference.kind == "address":
            return self.by_address(reference.target)
        if reference.kind == "name":
            return self.by_name(reference.target, base)
        return self.by_list(reference.kind, reference.target)

    def by_docname(self, docname: str) -> Answer:
        """Return the document called *docname*."""
        for name in (docname, f"{docname}/index" if docname else "index"):
            if name in self.documents:
                return Found(name)
            if name in self.drafts:
                return Draft(name, self.drafts[name][1])
        return Unknown(self.nearest(docname, self.documents))

    def by_name(self, name: str, base: str = "") -> Answer:
        """Return the post that *name* means: a slug, the end of a path, or a whole path.

        Among posts of one name the one in the folder of *base* is not preferred: what a name
        means may not depend on where it is written.
        """
        del base
        wanted = without_suffix(name.removeprefix("/"))
        docnames = self._by_name.get(wanted) or self._by_lower_name.get(wanted.lower(), [])
        return self._one_of(docnames, wanted)

    def by_address(self, url: str) -> Answer:
        """Return the document at *url*, an address of the site, present or former."""
        path = self.addresses.own_path(url)
        if path is not None:
            docname = without_suffix(path)
            answer = self.by_docname(docname)
            if not isinstance(answer, Unknown):
                return answer
            former = self._aliases.get(f"/{docname}")
            if former is not None:
                return Found(former)
            pages = {page: page for page in self.lists.values()}
            if docname in pages:
                return Found(docname)
            return self._one_of(self._by_lower_docname.get(docname.lower(), ()), docname)
        slug = self.addresses.former_slug(url)
        return Unknown() if slug is None else self.by_name(slug)

    def by_list(self, kind: str, name: str) -> Answer:
        """Return the page of the tag, category, author or series called *name*."""
        page = self.lists.get((kind, name)) or self._lists_by_slug.get((kind, slugify(name)))
        if page is not None:
            return Found(page)
        return Unknown(self.nearest(name, [other for of, other in self.lists if of == kind]))

    def _one_of(self, docnames: Iterable[str], wanted: str) -> Answer:
        candidates = sorted(set(docnames))
        published = [docname for docname in candidates if docname in self.documents]
        if len(published) > 1:
            return Ambiguous(tuple(published))
        if published:
            return Found(published[0])
        if candidates:
            return Draft(candidates[0], self.drafts[candidates[0]][1])
        return Unknown(self.nearest(wanted, self._by_name))

    @staticmethod
    def nearest(name: str, known: Iterable[str]) -> tuple[str, ...]:
        """Return the names most like *name* among the *known*."""
        return tuple(difflib.get_close_matches(name, sorted(known), n=NEAREST, cutoff=0.5))

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        """Every name that posts answer to: slug, and each end of the path that has a folder."""
        names: dict[str, list[str]] = defaultdict(list)
        slugs = {docname: post.slug for docname, post in self.posts.items()}
        slugs |= {docname: slug for docname, (slug, _title) in self.drafts.items()}
        for docname, slug in slugs.items():
            parts = without_suffix(docname).split("/")
            tails = {"/".join(parts[start:]) for start in range(len(parts))}
            tails |= {"/".join([*parts[start:-1], slug]) for start in range(len(parts))}
            for name in tails:
                names[name].append(docname)
        return names

    @cached_property
    def _by_lower_name(self) -> dict[str, list[str]]:
        names: dict[str, list[str]] = defaultdict(list)
        for name, docnames in self._by_name.items():
            names[name.lower()] += docnames
        return names

    @cached_property
    def _by_lower_docname(self) -> dict[str, list[str]]:
        names: dict[str, list[str]] = defaultdict(list)
        for docname in self.documents:
            names[without_suffix(docname).lower()].append(docname)
        return names

    @cached_property
    def _aliases(self) -> dict[str, str]:
        return {
            "/" + without_suffix(alias): docname
            for docname, post in self.posts.items()
            for alias in post.aliases
        }

    @cached_property
    def _lists_by_slug(self) -> dict[tuple[str, str], str]:
        return {(kind, slugify(name)): page for (kind, name), page in self.lists.items()}
