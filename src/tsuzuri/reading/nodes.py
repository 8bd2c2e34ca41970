"""Nodes for what docutils has no word for.

The HTML writer shows each in its own way (:mod:`tsuzuri.writing.constructs`); for every other
format a transform puts plain nodes in their place, so that LaTeX, EPUB's navigation, text and
manual pages need to know nothing of them.
"""

from __future__ import annotations

from docutils import nodes


class strikethrough(nodes.Inline, nodes.TextElement):  # noqa: N801 - docutils' way of naming
    """Text that no longer holds."""


class ruby(nodes.Inline, nodes.TextElement):  # noqa: N801
    """A word, its text, with its reading, ``reading``."""


class checkbox(nodes.Inline, nodes.Element):  # noqa: N801
    """The box of a task, ``checked`` or not."""


class details(nodes.General, nodes.Element):  # noqa: N801
    """Text that a reader unfolds: a :class:`summary`, then blocks; it may be ``open``."""


class summary(nodes.General, nodes.TextElement):  # noqa: N801
    """What is seen of :class:`details` while they are folded."""


class file_code(nodes.General, nodes.Element):  # noqa: N801
    """A :class:`filename`, then the code block of that file."""


class filename(nodes.General, nodes.TextElement):  # noqa: N801
    """The name of the file that a code block is from."""


class diff_code(nodes.literal_block):  # noqa: N801
    """A diff whose lines, without their signs, are in ``base``, a lexer's name."""


class link_card(nodes.General, nodes.Element):  # noqa: N801
    """A link to another page shown as a card.

    Its attributes are ``url``, ``host``, ``title``, ``description`` and ``site``; it may hold an
    image.
    """


class embed(nodes.General, nodes.Element):  # noqa: N801
    """Something of another site that is loaded when a reader asks for it.

    Its attributes are ``service``, ``url``, ``frame``, ``aspect`` and ``title``; it may hold an
    image.
    """


class diagram(nodes.General, nodes.Element):  # noqa: N801
    """The source, ``code``, of a diagram that a script on the page draws."""


OWN = (
    strikethrough, ruby, checkbox, details, summary, file_code, filename, diff_code, link_card,
    embed, diagram,
)  # fmt: skip
