"""The file of a study as an earlier version of the program left it."""

from __future__ import annotations

import sqlite3

from workbench.storage import migrations, ours


def as_of(connection: sqlite3.Connection, minor: int) -> None:
    """Let a study have the tables and indexes it had after so many migrations.

    What stands in a column that was there before stays; foreign keys must not be watched.
    """
    now, before = _tables(len(migrations.STEPS)), _tables(minor)
    for name in now.keys() | before.keys():
        if now.get(name) == before.get(name):
            continue
        kept: list[sqlite3.Row] = []
        columns: list[str] = []
        if name in now and name in before:
            columns = _columns(connection, name)
            kept = connection.execute(f"SELECT * FROM {name}").fetchall()  # noqa: S608
        if name in now:
            connection.execute(f"DROP TABLE {name}")
        for command in before.get(name, ()):
            connection.execute(command)
        if kept:
            _fill(connection, name, columns, kept)
    for step in migrations.STEPS[minor:]:
        called = step.__name__.rpartition(".")[2]
        connection.execute("DELETE FROM _sqlite_migrations WHERE name = ?", [called])
    connection.execute(f"PRAGMA user_version = {migrations.version(minor)}")


def _fill(
    connection: sqlite3.Connection, name: str, columns: list[str], rows: list[sqlite3.Row]
) -> None:
    at = [columns.index(column) for column in _columns(connection, name) if column in columns]
    named, holes = ", ".join(columns[one] for one in at), ", ".join("?" * len(at))
    connection.executemany(
        f"INSERT INTO {name} ({named}) VALUES ({holes})",  # noqa: S608
        [[row[one] for one in at] for row in rows],
    )


def _columns(connection: sqlite3.Connection, name: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]


def _tables(minor: int) -> dict[str, list[str]]:
    """Return the commands that make each table, and then what went with it, such as indexes."""
    made: dict[str, list[str]] = {}
    parts = sorted(ours.expected(minor).values(), key=lambda part: part[0] != "table")
    for _, table, sql in parts:
        if sql:
            made.setdefault(table, []).append(sql)
    return made
