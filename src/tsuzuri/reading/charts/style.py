"""How a chart looks: the site's colours and a Japanese font, the same bytes on every machine.

The font beside this file is Noto Sans CJK JP cut down to kana, the kanji of JIS X 0208 level 1,
Latin letters and symbols (SIL Open Font License, in ``OFL.txt``), so that a chart has its
labels wherever it is drawn.  Only code that draws imports this module: it needs matplotlib.
"""

from __future__ import annotations

import io
from contextlib import contextmanager
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any, Literal

import matplotlib as mpl
from cycler import cycler
from matplotlib import font_manager

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.figure import Figure

Scheme = Literal["light", "dark"]

FONT = "NotoSansCJKjp-subset.otf"
FAMILY = "Noto Sans CJK JP"

COLOURS: dict[Scheme, dict[str, str]] = {
    "light": {"ground": "#fbfaf6", "ink": "#1f2328", "muted": "#57606a", "line": "#d5d0c4"},
    "dark": {"ground": "#13161b", "ink": "#e7e4dc", "muted": "#a3a9b2", "line": "#3a4049"},
}
SERIES: dict[Scheme, tuple[str, ...]] = {
    "light": ("#1f4e8c", "#b3332b", "#5b7f3b", "#8a6d1f", "#6b5b95"),
    "dark": ("#8db4ea", "#f0988c", "#a9c98a", "#d9bd6b", "#b9a8dd"),
}
"""Line and bar colours in order; every one has a contrast of 4.5 or more with its ground."""


def parameters(scheme: Scheme) -> Any:
    """Return matplotlib's settings for *scheme*, whose names only its own type can list."""
    colour = COLOURS[scheme]
    return {
        "font.family": FAMILY,
        "font.size": 12,
        "mathtext.fontset": "cm",
        "axes.unicode_minus": False,
        "figure.figsize": (5.4, 3.6),
        "figure.constrained_layout.use": True,
        "figure.constrained_layout.w_pad": 0.12,
        "figure.constrained_layout.h_pad": 0.12,
        "figure.facecolor": colour["ground"],
        "savefig.facecolor": colour["ground"],
        "axes.facecolor": colour["ground"],
        "axes.edgecolor": colour["muted"],
        "axes.labelcolor": colour["ink"],
        "axes.titlecolor": colour["ink"],
        "axes.titlesize": 12,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.grid": True,
        "axes.axisbelow": True,
        "axes.prop_cycle": cycler(color=SERIES[scheme]),
        "grid.color": colour["line"],
        "grid.linewidth": 0.6,
        "text.color": colour["ink"],
        "xtick.color": colour["muted"],
        "ytick.color": colour["muted"],
        "xtick.labelcolor": colour["ink"],
        "ytick.labelcolor": colour["ink"],
        "lines.linewidth": 2.0,
        "legend.frameon": False,
        "svg.fonttype": "path",
        "svg.hashsalt": "tsuzuri",
    }


@contextmanager
def chart_style(scheme: Scheme = "light") -> Iterator[None]:
    """Draw in the colours of *scheme* and with the bundled font."""
    with as_file(files(__package__) / FONT) as font:
        known = {entry.fname for entry in font_manager.fontManager.ttflist}
        if str(font) not in known:
            font_manager.fontManager.addfont(font)
        with mpl.rc_context(parameters(scheme)):
            yield


def svg(figure: Figure) -> bytes:
    """Return *figure* as SVG without date or version: the same figure, the same bytes."""
    stream = io.BytesIO()
    figure.savefig(stream, format="svg", metadata={"Date": None, "Creator": None})
    return stream.getvalue()
