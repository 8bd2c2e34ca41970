"""Shortcuts: each gives what the package's own function gives, and all together the same site."""

from __future__ import annotations

from logging import getLogger
from typing import TYPE_CHECKING

import pytest
from docutils import frontend
from docutils.parsers.rst import Parser as RSTParser
from docutils.readers import standalone
from sphinx.errors import ExtensionError
from sphinx.highlighting import PygmentsBridge
from sphinx.util import docutils as sphinx_docutils

from benchmarks.posts import tsuzuri_files
from tsuzuri.quick import SHORTCUTS, code, events, options
from tsuzuri.quick.shortcut import MARK, Shortcut, without

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Build


def contents(folder: Path) -> dict[str, bytes]:
    return {
        item.relative_to(folder).as_posix(): item.read_bytes()
        for item in folder.rglob("*")
        if item.is_file()
    }


def test_the_site_is_the_same_without_shortcuts(build: Build) -> None:
    """A shortcut that changes a byte of any page is no shortcut."""
    files = dict(tsuzuri_files(6))
    quick = contents(build(files).out)
    slow = contents(build(fresh=True, tsuzuri_shortcuts=False).out)
    try:
        assert quick.keys() == slow.keys()
        assert [name for name in quick if quick[name] != slow[name]] == []
    finally:
        for shortcut in SHORTCUTS:
            shortcut.take()


@pytest.mark.parametrize("shortcut", SHORTCUTS, ids=lambda item: f"{item.module}.{item.name}")
def test_the_version_in_use_is_one_that_was_compared(shortcut: Shortcut) -> None:
    """When a package moves on, someone has to compare again and raise the range."""
    assert shortcut.fits


def test_another_version_is_left_alone() -> None:
    """What nobody has compared is not replaced."""
    before = frontend.get_default_settings
    shortcut = Shortcut(
        "docutils", "<0.1", "docutils.frontend", "get_default_settings", lambda f: f
    )
    shortcut.take()
    assert frontend.get_default_settings is before


def test_taking_twice_is_taking_once_and_leaving_restores() -> None:
    """Several applications in one process set up several times."""
    shortcut = options.SHORTCUTS[0]
    shortcut.take()
    shortcut.take()
    with without([shortcut]):
        assert not hasattr(frontend.get_default_settings, MARK)
    assert hasattr(frontend.get_default_settings, MARK)
    assert not hasattr(frontend.get_default_settings.__wrapped__, MARK)  # type: ignore[attr-defined]


def plain(values: frontend.Values) -> dict[str, object]:
    found = dict(values.__dict__)
    return {**found, "record_dependencies": type(found["record_dependencies"])}


def test_default_settings_equal_the_slow_ones() -> None:
    """docutils' own defaults, for each component, and no list shared between two documents."""
    quick = options.default_settings(frontend.get_default_settings)
    with without(options.SHORTCUTS):
        for components in ((), (RSTParser,), (RSTParser, standalone.Reader)):
            own = frontend.get_default_settings(*components)
            first, second = quick(*components), quick(*components)
            assert plain(first) == plain(own) == plain(second)
            assert first._config_files == []
            assert first._config_files is not second._config_files
            assert first.record_dependencies is not second.record_dependencies


def test_reading_settings_follow_docutils_conf(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An edited docutils.conf counts at once, in a running process too."""
    conf = tmp_path / "docutils.conf"
    monkeypatch.setenv("DOCUTILSCONFIG", str(conf))
    with without(options.SHORTCUTS):
        own = sphinx_docutils._get_settings
        quick = options.reading_settings(own)

        def both(**defaults: object) -> dict[str, object]:
            asked = (standalone.Reader, RSTParser())
            answers = [
                get(*asked, defaults=defaults, read_config_files=True)
                for get in (quick, quick, own)
            ]
            assert plain(answers[0]) == plain(answers[1]) == plain(answers[2])
            return plain(answers[0])

        assert both(tab_width=4)["tab_width"] == 4
        assert both(tab_width=6)["tab_width"] == 6
        conf.write_text("[general]\ntab_width: 3\n")
        assert both(tab_width=6)["tab_width"] == 3


def test_one_formatter_for_each_way_of_showing_code() -> None:
    """Line numbers and highlighted lines of one block must not show in the next."""
    bridge = PygmentsBridge("html", "default")
    shortcut = code.SHORTCUTS[0]
    ways = [{}, {"linenos": "table"}, {"hl_lines": [1]}, {"hl_lines": [2]}, {"linenostart": 7}]
    source = "x = 1\ny = 2\n"
    with without([shortcut]):
        slow = [bridge.highlight_block(source, "python", **way) for way in ways]  # type: ignore[arg-type]
    shortcut.take()
    for _ in range(2):
        quick = [bridge.highlight_block(source, "python", **way) for way in ways]  # type: ignore[arg-type]
        assert quick == slow
    assert bridge.get_formatter() is bridge.get_formatter()


class Undescribable:
    def __repr__(self) -> str:
        raise AssertionError("was described")


def test_an_event_is_emitted_as_sphinx_does(build: Build) -> None:
    """Order, results and errors are Sphinx's; only the description is left out."""
    app = build({"index.md": "# 題\n"}).app
    app.add_event("of-the-test")
    app.connect("of-the-test", lambda _app, value: ("late", value), priority=900)
    app.connect("of-the-test", lambda _app, value: ("soon", value), priority=100)
    undescribable = Undescribable()
    with without(SHORTCUTS):
        own = app.emit("of-the-test", 1)
    assert app.emit("of-the-test", 1) == own == [("soon", 1), ("late", 1)]
    assert app.emit("of-the-test", undescribable)[0] == ("soon", undescribable)

    def fails(_app: object, _value: object) -> None:
        raise KeyError("lost")

    app.connect("of-the-test", fails, priority=500)
    with without(SHORTCUTS), pytest.raises(ExtensionError) as slow:
        app.emit("of-the-test", 1)
    with pytest.raises(ExtensionError) as quick:
        app.emit("of-the-test", 1)
    assert str(quick.value) == str(slow.value)
    assert quick.value.modname == slow.value.modname
    with pytest.raises(KeyError):
        app.emit("of-the-test", 1, allowed_exceptions=(KeyError,))


@pytest.mark.parametrize(("verbosity", "heard"), [(-1, 20), (0, 20), (1, 15), (2, 10), (3, 10)])
def test_what_a_build_shows_is_recorded(verbosity: int, heard: int) -> None:
    """And nothing below: Sphinx' handlers would drop it."""
    log = getLogger("sphinx")
    before = log.level
    try:
        events.hear(verbosity)
        assert log.level == heard
    finally:
        log.setLevel(before)
