"""Keep the message catalogues in step with the sources: ``make catalogs``.

``tsuzuri.pot`` lists every English string marked with ``_()`` in the package's Python files and
templates; each language's ``tsuzuri.po`` has the same entries with their translation; the
``.mo`` beside it is what a build reads.  ``sphinx.po`` and
``booktheme.po`` translate strings of Sphinx, ABlog and the themes that these leave in English;
they are written by hand and compiled here only.

Nothing of the time or the machine goes into the files: same sources, same bytes.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(__file__).resolve().parents[1]
LOCALE = PACKAGE / "writing" / "locale"
DOMAIN = "tsuzuri"
METHODS = [("**.py", "python"), ("**.html", "jinja2"), ("**.xml", "jinja2")]
OPTIONS = {
    name: {"extensions": "jinja2.ext.do,jinja2.ext.i18n", "silent": "false"}
    for name in ("**.html", "**.xml")
}
HEADER = "# Translations of tsuzuri's interface. Extended by `make catalogs`; edit msgstr only.\n#"


def extracted() -> Catalog:
    """Return the template catalogue: every marked string of the sources."""
    found = Catalog(project=DOMAIN, header_comment=HEADER)
    messages = extract_from_dir(str(PACKAGE), METHODS, OPTIONS, comment_tags=("translators:",))
    for path, _line, message, comments, context in sorted(messages, key=lambda item: item[:2]):
        place = path.replace("\\", "/")
        found.add(message, None, [(place, 0)], auto_comments=comments, context=context)
    return found


def updated(path: Path, template: Catalog) -> Catalog:
    """Return the translations at *path* with the entries of *template*, no more and no less."""
    with path.open("rb") as file:
        catalog = read_po(file, locale=path.parents[1].name, domain=DOMAIN)
    catalog.update(template, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    catalog.header_comment = HEADER
    return catalog


def po_bytes(catalog: Catalog) -> bytes:
    """Write *catalog* as text: no header of dates and tools, only what a translator needs."""
    buffer = io.BytesIO()
    write_po(buffer, catalog, omit_header=True, sort_output=True, no_location=True, width=100)
    language = ""
    if catalog.locale:
        language = f'"Language: {catalog.locale}\\n"\n"Plural-Forms: {catalog.plural_forms}\\n"\n'
    head = (
        f'{HEADER}\nmsgid ""\nmsgstr ""\n{language}"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    )
    return head.encode() + buffer.getvalue()


class Bare(Catalog):
    """A catalogue whose header has what a reader of ``.mo`` needs: no date, no tool's version."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """Return the charset and the language's plural forms."""
        return [
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Plural-Forms", self.plural_forms),
        ]


def mo_bytes(po: bytes, language: str) -> bytes:
    """Compile *po*."""
    bare = Bare(locale=language)
    for message in read_po(io.BytesIO(po), locale=language):
        if message.id:
            bare.add(message.id, message.string, context=message.context)
    buffer = io.BytesIO()
    write_mo(buffer, bare)
    return buffer.getvalue()


def wanted() -> Iterator[tuple[Path, bytes]]:
    """Yield every generated file with the bytes that the sources ask for."""
    template = extracted()
    yield LOCALE / f"{DOMAIN}.pot", po_bytes(template)
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        po = po_bytes(updated(path, template)) if path.stem == DOMAIN else path.read_bytes()
        yield path, po
        yield path.with_suffix(".mo"), mo_bytes(po, path.parents[1].name)


def stale() -> list[Path]:
    """Return the files that are not what the sources ask for."""
    return [path for path, data in wanted() if not path.exists() or path.read_bytes() != data]


def untranslated() -> list[str]:
    """Return ``language: message`` for every message without a translation."""
    missing = []
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        catalog = read_po(io.BytesIO(path.read_bytes()))
        missing += [
            f"{path.parents[1].name}: {message.id}"
            for message in catalog
            if message.id and not any(message.string or ())
        ]
    return missing


def main() -> int:
    """Write what is stale, name what is still to translate."""
    for path, data in list(wanted()):
        if not path.exists() or path.read_bytes() != data:
            path.write_bytes(data)
            sys.stdout.write(f"wrote {path.relative_to(PACKAGE)}\n")
    for item in untranslated():
        sys.stdout.write(f"to translate: {item}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
