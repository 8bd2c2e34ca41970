"""What KaTeX made, kept from build to build by the content of the formula."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from tsuzuri.writing.katex_engine import VERSION, Rendered

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from tsuzuri.writing.formulas import Prepared

SCHEMA = """
CREATE TABLE IF NOT EXISTS formula (
  key TEXT PRIMARY KEY, html TEXT NOT NULL, error TEXT NOT NULL, position INTEGER
) WITHOUT ROWID
"""
SPARE = 2000
"""Formulas no longer used that are kept, since a writer often takes a change back."""


def key_of(formula: Prepared, macros: Mapping[str, str]) -> str:
    """Return the name under which *formula* is kept."""
    content = json.dumps([VERSION, sorted(macros.items()), formula.tex, formula.display])
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()


class FormulaCache:
    """A file of rendered formulas; one that can't be read is made anew."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def open(self) -> sqlite3.Connection:
        """Return a connection to the file, which exists afterwards."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        try:
            return self.connect()
        except sqlite3.OperationalError:  # locked, or no place left: not the file's fault
            raise
        except sqlite3.DatabaseError:
            self.path.unlink()
            return self.connect()

    def connect(self) -> sqlite3.Connection:
        """Return a connection; raise when the file is none of SQLite's."""
        connection = sqlite3.connect(self.path, timeout=60)
        try:
            connection.execute(SCHEMA)
        except sqlite3.DatabaseError:
            connection.close()
            raise
        return connection

    def load(self, keys: Iterable[str]) -> dict[str, Rendered]:
        """Return what is kept under *keys*."""
        found = {}
        with closing(self.open()) as connection:
            for key in keys:
                row = connection.execute(
                    "SELECT html, error, position FROM formula WHERE key = ?", (key,)
                ).fetchone()
                if row:
                    found[key] = Rendered(*row)
        return found

    def store(self, results: Mapping[str, Rendered]) -> None:
        """Keep *results*, all or none."""
        rows = [(key, item.html, item.error, item.position) for key, item in results.items()]
        with closing(self.open()) as connection, connection:
            connection.executemany("INSERT OR REPLACE INTO formula VALUES (?, ?, ?, ?)", rows)

    def size(self) -> int:
        """Return how many formulas are kept."""
        with closing(self.open()) as connection:
            (number,) = connection.execute("SELECT COUNT(*) FROM formula").fetchone()
        return int(number)

    def prune(self, used: Iterable[str]) -> None:
        """Drop what is not among *used*."""
        with closing(self.open()) as connection, connection:
            kept = {key for (key,) in connection.execute("SELECT key FROM formula")}
            unused = [(key,) for key in kept.difference(used)]
            connection.executemany("DELETE FROM formula WHERE key = ?", unused)
