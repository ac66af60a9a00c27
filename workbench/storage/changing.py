"""A copy of the database, opened to be changed where it lies."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlite_utils import Database

from workbench.storage import driver, sums


def opened(path: Path) -> sqlite3.Connection:
    """Open a copy with what its triggers need."""
    connection = driver.connect(path, isolation_level=None)
    connection.create_function("casefold", 1, str.casefold, deterministic=True)
    sums.teach(Database(connection, execute_plugins=False))
    for pragma in ("foreign_keys = ON", "recursive_triggers = ON"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


__all__ = ["opened"]
