"""Images: the right size, light, clean of what a camera noted, and enlarged when clicked.

When all documents are read, every image file that they show becomes a
:class:`~tsuzuri.writing.pictures.Picture`, in parallel and once; its files go beside the pages
under names that change with the content.  Then each image node is told how it is shown.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import escape
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import quote

from docutils import nodes
from sphinx.locale import get_translation
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.transforms.post_transforms.images import ImageDownloader
from sphinx.writers.html5 import HTML5Translator

from tsuzuri.config import Settings
from tsuzuri.problems import report
from tsuzuri.reading.nodes import embed, link_card
from tsuzuri.writing.bundle import is_ours
from tsuzuri.writing.files import write_if_changed
from tsuzuri.writing.gallery import Gallery
from tsuzuri.writing.image_sizes import Sizing, sizing
from tsuzuri.writing.outputs import EVENT
from tsuzuri.writing.print_images import IN_BOOKS, PrintImages, copy_for

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from tsuzuri.writing.pictures import Picture

_ = get_translation("tsuzuri")

SHOWN = "tsuzuri_shown"
"""The node's attribute with its :class:`Shown`."""
NO_SIZE = Sizing()
STATIC = Path(__file__).parent / "image_assets"


@dataclass(frozen=True, slots=True)
class Shown:
    """How one image of a page is shown."""

    file: str = ""
    """Its name among the site's images; empty for one that stays where it is."""
    sizing: Sizing = NO_SIZE
    copies: tuple[tuple[int, str], ...] = ()
    """Width and name of the smaller copies."""
    first: bool = False
    """It may be what a reader sees first, so it must not wait."""
    plain: bool = False
    """For EPUB, which knows no copies and no loading."""
    missing: bool = False
    """Only its alternative text can be shown."""


def shown(path: str, picture: Picture, node: nodes.image, *, first: bool, plain: bool) -> Shown:
    """Return how *node* shows the *picture* of the file *path*."""
    stem = PurePosixPath(path).stem
    asked = {name: node.get(name) for name in ("width", "height")}
    copies = [(width, picture.variant(stem, width)) for width in picture.widths]
    if picture.sharpest:
        copies.append((picture.width_px, picture.published(stem)))
    return Shown(
        file=picture.published(stem),
        sizing=sizing((picture.width_px, picture.height_px), asked, scale=node.get("scale")),
        copies=tuple(copies),
        first=first,
        plain=plain,
        missing=not picture.usable,
    )


def image_tag(node: nodes.image, how: Shown, folder: str) -> dict[str, Any]:
    """Return the attributes of the ``<img>`` of *node*, whose files are in *folder*."""
    size = how.sizing
    attributes: dict[str, Any] = {
        "src": f"{folder}/{quote(how.file)}" if how.file else node["uri"],
        "alt": node.get("alt", ""),
        "width": size.width,
        "height": size.height,
        "style": "; ".join(filter(None, (size.style, node.get("style", "")))),
        "title": node.get("title"),
        "classes": [f"align-{node['align']}"] if "align" in node else [],
    }
    if not how.plain:
        if how.copies:
            pairs = (f"{folder}/{quote(name)} {width}w" for width, name in how.copies)
            attributes |= {"srcset": ", ".join(pairs), "sizes": size.sizes}
        if not how.first:
            attributes |= {"loading": "lazy", "decoding": "async"}
        if not how.file:
            attributes["referrerpolicy"] = "no-referrer"
    return {name: value for name, value in attributes.items() if value not in (None, "", [])} | {
        "alt": attributes["alt"]
    }


# --- what Sphinx calls ---------------------------------------------------------------------


def visit_image(writer: HTML5Translator, node: nodes.image) -> None:
    """Write an image."""
    how: Shown | None = node.get(SHOWN)
    if how is None:
        HTML5Translator.visit_image(writer, node)
        return
    if how.missing:
        writer.body.append(f'<span class="image-missing">{escape(node.get("alt", ""))}</span>')
        return
    folder = writer.builder.imgpath
    tag = writer.emptytag(node, "img", "", **image_tag(node, how, folder))
    if how.file and how.sizing.zoom and not how.plain and not in_link(node):
        label = _("Enlarge the image")
        name = f' aria-label="{escape(label)}"' if not node.get("alt") else ""
        href = f"{folder}/{quote(how.file)}"
        tag = f'<a class="image-zoom" href="{escape(href)}"{name}>{tag}</a>'
    inline = isinstance(node.parent, nodes.TextElement)
    writer.body.append(tag if inline else f"{tag}\n")


def depart_image(_writer: HTML5Translator, _node: nodes.image) -> None:
    """Nothing is open."""


def in_link(node: nodes.Node) -> bool:
    """Say whether *node* stands in a link, or in a card or facade that is one as a whole."""
    parent = node.parent
    while parent is not None:
        if isinstance(parent, (nodes.reference, link_card, embed)):
            return True
        parent = parent.parent
    return False


class ShowImages(SphinxPostTransform):
    """Tells each image of a document how it is shown."""

    default_priority = 300
    formats = ("html",)
    gallery: ClassVar[Gallery]

    def run(self, **_kwargs: Any) -> None:
        """Mark the images; the first that is not only for dark pages need not wait."""
        builder = self.app.builder
        plain = builder.name == "epub"
        first = True
        for node in self.document.findall(nodes.image):
            how = self.how(node, builder, first=first, plain=plain)
            if how is not None:
                node[SHOWN] = how
                # what the page shows lies there already; Sphinx needs not copy the file as it is
                node["candidates"] = {"?": node["uri"]}
                first = first and "only-dark" in node["classes"]

    def how(self, node: nodes.image, builder: Builder, *, first: bool, plain: bool) -> Shown | None:
        """Return how *node* is shown; None leaves it to Sphinx (a video, a missing file)."""
        candidates: dict[str, str] = node.get("candidates", {})
        if "?" in candidates:
            remote = candidates["?"].startswith(("http:", "https:"))
            asked = {name: node.get(name) for name in ("width", "height")}
            size = sizing((0, 0), asked)
            return Shown(sizing=size, first=first, plain=plain) if remote else None
        kinds = ("*", *builder.supported_image_types)
        path = next((candidates[kind] for kind in kinds if kind in candidates), "")
        picture = self.gallery.pictures.get(path)
        if picture is None:
            return None
        how = shown(path, picture, node, first=first, plain=plain)
        return self.in_book(how, picture) if plain else how

    def in_book(self, how: Shown, picture: Picture) -> Shown:
        """Return *how* an EPUB shows a picture, its file handed to Sphinx for copying."""
        copy = copy_for(picture, self.gallery.cache, IN_BOOKS)
        if copy is None:
            return replace(how, missing=True)
        name = str(PurePosixPath(how.file).with_suffix(copy.suffix))
        self.app.builder.images[str(copy)] = name
        return replace(how, file=name)


class RemoteImagesAsLinks(SphinxPostTransform):
    """Names a remote image that was not fetched, where a reader could not load it.

    Sphinx's own way is to download it while building.
    """

    default_priority = ImageDownloader.default_priority

    def run(self, **_kwargs: Any) -> None:
        """Replace each such image by a link to it."""
        builder = self.app.builder
        if builder.supported_remote_images or not builder.supported_image_types:
            return
        for node in list(self.document.findall(nodes.image)):
            address = node["candidates"].get("?", "")
            if address.startswith(("http:", "https:")):
                link = nodes.reference("", node.get("alt") or address, refuri=address)
                block = not isinstance(node.parent, nodes.TextElement)
                node.replace_self(nodes.paragraph("", "", link) if block else link)


def is_page_builder(builder: Builder) -> bool:
    """Say whether *builder* writes pages through :func:`visit_image`."""
    return builder.format == "html"


def on_env_updated(app: Sphinx, env: BuildEnvironment, gallery: Gallery) -> None:
    """Make the pictures and put their files beside the pages."""
    builder = app.builder
    if builder.format not in {"html", "latex"}:
        return
    cache = Path(app.doctreedir) / "tsuzuri" / "images"
    gallery.fill(env.images, Path(app.srcdir), cache, Settings.of(app.config).image_widths)
    report(gallery.findings(env), str(app.srcdir))
    for path, picture in gallery.pictures.items():
        # Sphinx's own names depend on the order of reading
        env.images[path] = (env.images[path][0], picture.published(PurePosixPath(path).stem))
    if not is_page_builder(builder) or builder.name == "epub":
        return
    target = Path(app.outdir) / builder.imagedir
    for kept, name in gallery.files():
        source, copy = cache / kept, target / name
        # the name holds the content's digest: a file of that name and size is that file
        if not copy.exists() or copy.stat().st_size != source.stat().st_size:
            write_if_changed(copy, source.read_bytes())


def on_outputs(app: Sphinx, gallery: Gallery) -> list[str]:
    """Return the files that belong to the site."""
    if not is_page_builder(app.builder):
        return []
    folder = app.builder.imagedir
    return [f"{folder}/{name}" for _kept, name in gallery.files()]


def on_html_page_context(
    app: Sphinx, _page: str, _template: str, _context: dict[str, Any], doctree: nodes.document
) -> None:
    """Link the script on pages with an image that can be enlarged; our sheet has the style."""
    if not doctree or app.builder.name == "epub":
        return
    images = (node.get(SHOWN) for node in doctree.findall(nodes.image))
    if any(how and how.sizing.zoom for how in images):
        if not is_ours(app):
            app.add_css_file("tsuzuri-images/images.css")
        words: dict[str, Any] = {"data-close": _("Close")}
        app.add_js_file("tsuzuri-images/images.js", type="module", **words)


def on_write_started(app: Sphinx, builder: Builder) -> None:
    """Lay out style and script of enlarged images."""
    if is_page_builder(builder) and builder.name != "epub":
        for file in STATIC.iterdir():
            target = Path(app.outdir) / "_static" / "tsuzuri-images" / file.name
            write_if_changed(target, file.read_bytes())


def setup_images(app: Sphinx) -> None:
    """Write images our way."""
    gallery = Gallery()
    app.add_node(nodes.image, override=True, html=(visit_image, depart_image))
    app.registry.post_transforms.remove(ImageDownloader)
    app.add_post_transform(RemoteImagesAsLinks)
    app.add_post_transform(type("PrintImagesHere", (PrintImages,), {"gallery": gallery}))
    app.add_post_transform(type("ShowImagesHere", (ShowImages,), {"gallery": gallery}))
    app.connect("env-before-read-docs", lambda _app, _env, docnames: gallery.read.update(docnames))
    # after the images that only front matter names, before the pages' digests are taken
    app.connect("env-updated", lambda app, env: on_env_updated(app, env, gallery), priority=650)
    app.connect("write-started", on_write_started)
    app.connect("html-page-context", on_html_page_context)
    app.connect(EVENT, lambda app: on_outputs(app, gallery))
