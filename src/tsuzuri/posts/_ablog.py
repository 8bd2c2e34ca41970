"""ABlog, made right: the only file that imports it.

ABlog keeps its posts on the environment by attribute, reads their metadata from the doctree's
text and shares one ``Blog`` between all builds of a process.  Here the registry feeds it
instead: ABlog's ``Blog`` is filled from :class:`~tsuzuri.posts.domain.PostDomain` once all
documents are read, so that its catalogues, its ``postlist``, its references and its pages work
from the same posts as everything else.  Each mend below names what it mends.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

import ablog
import ablog.blog
import ablog.post
from docutils import nodes
from sphinx.locale import get_translation
from sphinx.transforms import SphinxTransform
from sphinx.util.i18n import format_date

from tsuzuri.config import Settings
from tsuzuri.posts.authors import authors_of
from tsuzuri.posts.directives import DIRECTIVES, Directives
from tsuzuri.posts.domain import PostDomain
from tsuzuri.posts.slugs import slugify
from tsuzuri.reading.dates import parse_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

    from tsuzuri.posts.model import Post

_ = get_translation("tsuzuri")

REPLACED_HANDLERS = {
    # posts come from the registry: read in parallel, merged, purged by Sphinx
    # (https://github.com/sunpy/ablog/issues/297, 327)
    ablog.post.process_posts,
    ablog.post.purge_posts,
    # globs the file system for the posts that the registry knows
    ablog.config_inited,
    # a list is one page, however long, and each post's excerpt is rendered anew for each list:
    # the lists are ABlog's (`listed`), their pages those of tsuzuri.writing.archives
    ablog.post.generate_archive_pages,
    # one id for all feeds, relative links, the build's time and zone
    # (https://github.com/sunpy/ablog/issues/82, 91): see tsuzuri.writing.feeds
    ablog.post.generate_atom_feeds,
}


DEFAULT_FORMAT = "{date} - {title}"
"""What ABlog writes for each post of a list that names no format."""

ListKind = Literal["year", "tag", "category", "author", "location", "language"]
"""What ABlog makes lists by, in the order of its own pages."""

CATALOGS = {"year": "archive", "tag": "tags"}
"""ABlog's names for kinds of lists that have others here."""

LISTS_POSTS = "tsuzuri_lists_posts"
"""Key of a document's metadata that says that it shows a list of posts."""


class NoteLists(SphinxTransform):
    """Notes which documents show a list of posts: they change with every post."""

    default_priority = 847

    def apply(self, **_options: Any) -> None:
        """Look for ABlog's lists in one document."""
        if next(iter(self.document.findall(ablog.post.PostList)), None) is not None:
            self.env.metadata[self.env.current_document.docname][LISTS_POSTS] = "1"


class ReadDirectives(SphinxTransform):
    """Takes ABlog's directives out of a document and notes what they say."""

    default_priority = 845  # before the registry looks at the document, 850

    def apply(self, **_options: Any) -> None:
        """Read the directives of one document."""
        date, options = None, None
        for node in list(self.document.findall(ablog.post.PostNode)):
            if options is None:
                date, options = node["date"], dict(node.attributes)
            node.replace_self([] if node["exclude"] else node.children)
        updates = []
        for note in self.document.findall(ablog.post.UpdateNode):
            updates.append((note["date"], note.line or 1))
            title = _("Updated on %(date)s") % {"date": self._shown(note["date"])}
            note.insert(0, nodes.title("", title))
            note["classes"] = ["note", "update"]
        if options is not None or updates:
            self.env.current_document[DIRECTIVES] = Directives(date, options, tuple(updates))

    def _shown(self, text: str) -> str:
        """Return a date as the site shows it, or *text* itself where it is none."""
        try:
            date = parse_date(text, Settings.of(self.config).zone)
        except ValueError:
            return text
        return format_date(
            self.config.post_date_format,
            date=date.replace(tzinfo=None),
            language=self.config.language,
        )


class SiteDate(datetime):
    """A date that ABlog shows in the site's language instead of the machine's locale."""

    language: str

    @classmethod
    def of(cls, moment: datetime, language: str) -> SiteDate:
        """Return *moment* as its zone's wall clock shows it, without zone as ABlog compares."""
        local = cls(*moment.timetuple()[:6])
        local.language = language
        return local

    def strftime(self, format: str) -> str:  # noqa: A002 - datetime's name for it
        """Format in the language of the site."""
        return format_date(format, date=datetime(*self.timetuple()[:6]), language=self.language)


class SitePost(ablog.blog.Post):  # type: ignore[misc] # ABlog has no types
    """ABlog's view of one of our posts; what it renders is made only when a template asks."""

    def __init__(self, blog: Any, post: Post, app: Sphinx) -> None:
        self.post = post
        self._app = app
        language = app.config.language
        super().__init__(
            blog,
            post.docname,
            {
                "section": "",
                "order": 1,
                "date": SiteDate.of(post.date, language),
                "update": SiteDate.of(post.changed, language),
                "nocomments": not post.comments,
                "canonical_link": post.canonical,
                "external_link": post.external,
                "title": post.title,
                "excerpt": [nodes.paragraph("", post.lead)] if post.lead else [],
                "doctree": None,
                "tags": list(post.tags),
                "author": list(post.authors),
                "category": list(post.categories),
                "location": list(post.locations),
                "language": [post.language] if post.language in blog.language.collections else [],
                "redirect": [],
            },
        )

    def __lt__(self, other: SitePost) -> bool:
        return self.post.order < other.post.order

    def to_html(self, pagename: str, fulltext: bool = False, **options: Any) -> str:
        """Render as ABlog does, for a template of the user's own."""
        if fulltext:
            self.doctree = self._app.env.get_doctree(self.docname)
        html: str = super().to_html(pagename, fulltext, **options)
        return html


def fill(app: Sphinx, posts: list[Post]) -> None:
    """Put *posts* into a fresh ABlog ``Blog`` of *app*."""
    ablog.blog.Blog._dict = {}
    # every post that reaches us is published; ABlog would compare with the day on which it was
    # imported (no upstream issue as of 0.11.13)
    ablog.blog.TOMORROW = datetime.max
    blog = ablog.blog.Blog(app)
    for post in posts:
        site_post = SitePost(blog, post, app)
        blog.posts.add(site_post)
        for catalog in blog.catalogs.values():
            catalog.add(site_post)


def plain_lists(
    app: Sphinx, doctree: nodes.document, docname: str
) -> Iterator[tuple[nodes.Element, list[Post]]]:
    """Yield each ``postlist`` of a document that asks for no format of its own, with its posts."""
    for node, posts in every_list(app, doctree, docname):
        if node["format"] == DEFAULT_FORMAT and node["list-style"] == "none":
            yield node, posts


def every_list(
    app: Sphinx, doctree: nodes.document, docname: str
) -> Iterator[tuple[nodes.Element, list[Post]]]:
    """Yield each ``postlist`` of a document with its posts."""
    blog = ablog.blog.Blog(app)
    for node in list(doctree.findall(ablog.post.PostList)):
        wanted = [
            blog.catalogs[kind].collections[name]
            for kind in ("tags", "author", "category", "location", "language")
            for name in node[kind]
            if name in blog.catalogs[kind].collections
        ]
        posts = [
            item.post
            for item in blog.recent(None, docname)
            if all(item in collection for collection in wanted)
        ]
        ordered = posts[: node["length"]]
        yield node, ordered[::-1] if node["sort"] else ordered


class Listed(NamedTuple):
    """One of ABlog's lists."""

    kind: ListKind
    key: str
    """What the posts have in common, as they write it."""
    name: str
    """The same as readers see it."""
    pagename: str
    posts: tuple[Post, ...]
    """Newest first."""


def listed(app: Sphinx) -> Iterator[Listed]:
    """Yield every list that ABlog makes of the posts and that has one."""
    blog = ablog.blog.Blog(app)
    for kind in get_args(ListKind):
        for collection in getattr(blog, CATALOGS.get(kind, kind)):
            if len(collection):
                posts = tuple(item.post for item in collection)
                key, name = str(collection.label), str(collection.name)
                yield Listed(kind, key, name, collection.docname, posts)


def on_config_inited(app: Sphinx, config: Config) -> None:
    """Do what is left of ABlog's own handler, and tell it of the authors' profiles."""
    del app
    if isinstance(config.blog_post_pattern, str):
        config.blog_post_pattern = [config.blog_post_pattern]
    profiles = authors_of(config).items()
    config.blog_authors = {key: (author.name, author.url or None) for key, author in profiles}


def on_builder_inited(app: Sphinx) -> None:
    """Start with no posts: ABlog keeps those of the last build of this process."""
    fill(app, [])


def on_env_updated(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Tell ABlog of the posts, once all are read."""
    fill(app, PostDomain.of(env).published())
    return []


def setup_ablog(app: Sphinx) -> None:
    """Set ABlog up, then mend what it registers."""
    app.setup_extension("ablog")
    for listeners in app.events.listeners.values():
        listeners[:] = [item for item in listeners if item.handler not in REPLACED_HANDLERS]
    # metadata come from FrontMatter, not from the doctree's text
    # (tags as \u escapes, posts without heading dropped; no upstream issue as of 0.11.13)
    app.registry.transforms.remove(ablog.post.CheckFrontMatter)
    # the theme sets it after the configuration is read, so that every build would read all anew
    # (https://github.com/pydata/pydata-sphinx-theme/issues/1222)
    app.config._options["fontawesome_included"] = app.config._options[
        "fontawesome_included"
    ].__class__(False, "html", frozenset({bool}))
    # NFKD and [^\w] make one address of バグ and ハク, of C, C++ and C# (no upstream issue)
    ablog.blog.slugify = ablog.post.slugify = slugify
    app.add_transform(NoteLists)
    app.add_transform(ReadDirectives)
    app.extensions["ablog"].parallel_read_safe = True
    app.connect("config-inited", on_config_inited, priority=100)
    app.connect("builder-inited", on_builder_inited, priority=100)
    app.connect("env-updated", on_env_updated, priority=400)
