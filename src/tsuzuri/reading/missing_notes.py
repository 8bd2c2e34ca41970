"""``[^a]`` without its note: text, with one warning a name.

docutils complains twice of each place, not by the name that the writer gave, and links the places
with its complaints.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from docutils.transforms.references import Footnotes
from sphinx.transforms import SphinxTransform

from tsuzuri.problems import Finding, Problem, did_you_mean, report

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx.application import Sphinx


class ShowMissingNotes(SphinxTransform):
    """Takes references to notes that a document does not have for text."""

    default_priority = Footnotes.default_priority - 10

    def apply(self, **_kwargs: Any) -> None:
        """Change the document in place."""
        document = self.document
        noted = (*document.footnotes, *document.autofootnotes)
        known = {name for note in noted for name in (*note["names"], *note["dupnames"])}
        missing = {
            name: places for name, places in document.footnote_refs.items() if name not in known
        }
        if not missing:
            return
        path = self.env.doc2path(self.env.docname, base=False).as_posix()
        report([finding(*item, known, path) for item in missing.items()], str(self.env.srcdir))
        for name, places in missing.items():
            del document.footnote_refs[name]
            for place in places:
                place.parent.replace(place, nodes.Text(place.rawsource or f"[^{name}]"))
        document.autofootnote_refs = [
            place for place in document.autofootnote_refs if place.get("refname") not in missing
        ]


def finding(name: str, places: Sequence[nodes.Element], known: Iterable[str], path: str) -> Finding:
    """Return what to tell of the note *name*, which *places* refer to."""
    others = f", and in {len(places) - 1} other places" if len(places) > 1 else ""
    return Finding(
        Problem.MISSING_NOTE,
        f"the note [^{name}] is not there; it is shown as text{others}",
        did_you_mean(name, known) or f"write it in a paragraph of its own, `[^{name}]: ...`",
        path,
        places[0].line,
    )


def setup_missing_notes(app: Sphinx) -> None:
    """Look at every document's notes before docutils does."""
    app.add_transform(ShowMissingNotes)
