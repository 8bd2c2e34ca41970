"""Where an image comes from: a fetched copy for a remote one, light and dark variants.

This happens while reading, so that every builder and Sphinx's own bookkeeping see local files.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import unquote

from docutils import nodes
from sphinx import addnodes
from sphinx.domains import Domain
from sphinx.transforms import SphinxTransform

from tsuzuri.reading.fetched import SCHEMES, FetchedImage, address_of, read_manifest

if TYPE_CHECKING:
    from collections.abc import Mapping, Set

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

HTML_ONLY = "html and not epub"
"""Where a reader can choose between light and dark."""


class RemoteImages(Domain):
    """The images of other sites that each document shows, and the copy that stands for each."""

    name = "tsuzuri-remote-image"
    label = "remote images"
    initial_data: ClassVar[dict[str, Any]] = {}
    manifest: ClassVar[dict[str, FetchedImage]] = {}
    """What was fetched; each application has its own."""

    @property
    def used(self) -> dict[str, dict[str, str]]:
        """By document: URL to the copy's path and digest, or to an empty string for none."""
        used: dict[str, dict[str, str]] = self.data.setdefault("used", {})
        return used

    def clear_doc(self, docname: str) -> None:
        """Forget a document."""
        self.used.pop(docname, None)

    def resolve_any_xref(self, *_args: Any) -> list[tuple[str, Any]]:
        """Return nothing: nothing here can be referred to."""
        return []

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process has read."""
        for docname, used in otherdata.get("used", {}).items():
            if docname in docnames:
                self.used[docname] = used

    @staticmethod
    def of(env: BuildEnvironment) -> RemoteImages:
        """Return the domain of *env*."""
        domain = env.domains[RemoteImages.name]
        assert isinstance(domain, RemoteImages)  # noqa: S101 - we registered it
        return domain


class ImageSources(SphinxTransform):
    """Gives each image of a document its local file and its variant's class."""

    default_priority = 211
    manifest: ClassVar[dict[str, FetchedImage]]

    def apply(self, **_kwargs: Any) -> None:
        """Change the image nodes in place."""
        used: dict[str, str] = {}
        for node in list(self.document.findall(nodes.image)):
            scheme = take_scheme(node)
            address = address_of(node["uri"])
            if address:
                copy = self.manifest.get(address)
                used[address] = mark_of(copy)
                node["uri"] = f"/{copy.path}" if copy else address
            elif "%" in node["uri"] and not self.is_file(node["uri"]):
                # MyST passes addresses on as a browser takes them
                node["uri"] = unquote(node["uri"])
            if scheme == "only-dark" and not isinstance(node.parent, addnodes.only):
                wrapper = addnodes.only(expr=HTML_ONLY)
                node.replace_self(wrapper)
                wrapper += node
        if used:
            RemoteImages.of(self.env).used[self.env.docname] = used

    def is_file(self, uri: str) -> bool:
        """Say whether *uri*, as it is written, names a file."""
        return Path(self.env.relfn2path(uri)[1]).is_file()


def take_scheme(node: nodes.image) -> str:
    """Move the colour scheme from the end of the address of *node* to its classes."""
    uri, _, end = node["uri"].partition("#")
    if end in SCHEMES:
        node["uri"] = uri
        node["classes"].append(SCHEMES[end])
    return next((item for item in node["classes"] if item in SCHEMES.values()), "")


def mark_of(copy: FetchedImage | None) -> str:
    """Return what changes when a copy comes, goes or changes."""
    return f"{copy.path} {copy.sha256}" if copy else ""


def outdated(
    used: Mapping[str, Mapping[str, str]], manifest: Mapping[str, FetchedImage]
) -> set[str]:
    """Return the documents whose remote images have another copy than when they were read."""
    return {
        docname
        for docname, marks in used.items()
        if any(mark_of(manifest.get(url)) != mark for url, mark in marks.items())
    }


def on_env_get_outdated(
    _app: Sphinx, env: BuildEnvironment, *_changes: object, manifest: dict[str, FetchedImage]
) -> set[str]:
    """Have documents read again when an image of theirs was fetched."""
    return outdated(RemoteImages.of(env).used, manifest)


def setup_image_sources(app: Sphinx) -> None:
    """Register transform and domain; the manifest is read once an application."""
    manifest: dict[str, FetchedImage] = {}
    app.add_domain(type("RemoteImagesHere", (RemoteImages,), {"manifest": manifest}))
    app.add_transform(type("ImageSourcesHere", (ImageSources,), {"manifest": manifest}))

    def on_builder_inited(app: Sphinx) -> None:
        manifest.update(read_manifest(Path(app.srcdir)))

    app.connect("builder-inited", on_builder_inited)
    app.connect(
        "env-get-outdated",
        lambda app, env, *changes: on_env_get_outdated(app, env, *changes, manifest=manifest),
    )
