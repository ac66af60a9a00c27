"""Rows to values and back, derived from the dataclasses of the domain.

A column has the name of its field. Booleans are 0/1, enumerations their value, tuples and layouts
JSON.
"""

from __future__ import annotations

import json
import re
import types
import typing
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from enum import Enum, StrEnum
from functools import cache, cached_property
from typing import Any, Generic, TypeVar

from sqlite_utils import Database

from workbench.domain.layout import Layout
from workbench.domain.searching import CLOSE, OPEN
from workbench.domain.transcript import Word, Words
from workbench.domain.typed import Unreadable, unreadable_member

E = TypeVar("E", bound=StrEnum)
V = TypeVar("V")
# SQLite's JSON ends a text at NUL, half a surrogate pair has no UTF-8, and two control characters
# mark the hits of a search. One character gives way to one, so that positions in the text stay
# what they are.
_UNSTORABLE = re.compile(f"[\0{OPEN}{CLOSE}\ud800-\udfff]")


class Rows(Generic[V]):
    """The rows of one table as values of one dataclass.

    Args:
        db: an open connection.
        name: table name.
        kind: the dataclass; its fields are columns of the table.
        key: the fields that identify a row.
    """

    def __init__(self, db: Database, name: str, kind: type[V], key: tuple[str, ...] = ("id",)):
        self._db = db
        self.name = name
        self._kind = kind
        self._key = key

    # Worked out from the types of the fields, which takes long enough to wait for the first use.

    @cached_property
    def _readers(self) -> dict[str, Callable[[Any], Any]]:
        return _readers(self._kind)  # type: ignore[arg-type]  # classes are hashable

    @cached_property
    def _read(self) -> list[tuple[int, Callable[[Any], Any]]]:
        return converted(self._kind, list(self._readers))

    @cached_property
    def _select(self) -> str:
        columns = ", ".join(f'"{column}"' for column in self._readers)
        return f"SELECT {columns} FROM {self.name}"

    def columns(self) -> dict[str, Callable[[Any], bool]]:
        """Return what tells of each column whether a cell holds a value of its kind."""
        return _fitting(self._kind)  # type: ignore[arg-type]

    def rehearse(self) -> None:
        """Work out now how rows are read."""
        _readers(self._kind)  # type: ignore[arg-type]

    def add(self, value: V) -> V:
        """Insert a value and return it."""
        self.add_all([value])
        return value

    def add_all(self, values: Iterable[V]) -> None:
        """Insert many values."""
        names = list(self._readers)
        columns = ", ".join(f'"{name}"' for name in names)
        marks = ", ".join("?" * len(names))
        self._db.conn.executemany(
            f"INSERT INTO {self.name} ({columns}) VALUES ({marks})",
            ([stored(getattr(value, name)) for name in names] for value in values),
        )

    def put(self, value: V) -> V:
        """Write a value over the row with its key; writes nothing when they are equal."""
        key = [getattr(value, name) for name in self._key]
        old = self.find(*key)
        if old is None:
            return self.add(value)
        changed = [name for name in self._readers if getattr(old, name) != getattr(value, name)]
        if changed:
            assignments = ", ".join(f'"{name}" = ?' for name in changed)
            self._db.conn.execute(
                f"UPDATE {self.name} SET {assignments} WHERE {self._by_key}",
                [*(stored(getattr(value, name)) for name in changed), *key],
            )
        return value

    def change(self, *key: object, **values: Any) -> V:
        """Change some fields of one row and return the new value.

        Raises:
            KeyError: there is no such row.
        """
        return self.put(replace(self.get(*key), **values))  # type: ignore[type-var]

    def remove(self, *key: object) -> None:
        """Delete one row."""
        self._db.conn.execute(f"DELETE FROM {self.name} WHERE {self._by_key}", key)

    def find(self, *key: object) -> V | None:
        """Return the value with this key, or `None`."""
        condition: dict[str, Any] = dict(zip(self._key, key, strict=True))
        found = self.select(**condition)
        return found[0] if found else None

    def get(self, *key: object) -> V:
        """Return the value with this key.

        Raises:
            KeyError: there is no such row.
        """
        value = self.find(*key)
        if value is None:
            raise KeyError(f"{self.name} {key}")
        return value

    def select(self, *, order: str = "", most: int = -1, **equal: object) -> list[V]:
        """Return the values whose fields equal the given ones.

        Args:
            order: fields to sort by, as in "position, name".
            most: how many to return; −1 for all.
            equal: a value, `None`, or a list of allowed values for each field named.
        """
        condition, values = _condition(equal)
        sql = f"{self._select} WHERE {condition}" + (f" ORDER BY {order}" if order else "")
        if most >= 0:
            sql += f" LIMIT {most}"
        return [self._make(row) for row in self._db.conn.execute(sql, values)]

    def count(self, **equal: object) -> int:
        """Return how many rows have these values."""
        condition, values = _condition(equal)
        sql = f"SELECT count(*) FROM {self.name} WHERE {condition}"
        return int(self._db.conn.execute(sql, values).fetchone()[0])

    def of_image(self, image: Mapping[str, Any]) -> V:
        """Return the value of a row as the journal keeps it.

        Raises:
            KeyError: it lacks a column.
        """
        return self._make(tuple(image[name] for name in self._readers))

    def _make(self, row: tuple[Any, ...]) -> V:
        cells = list(row)
        for at, read in self._read:
            cells[at] = read(cells[at])
        return self._kind(*cells)

    @property
    def _by_key(self) -> str:
        return " AND ".join(f'"{name}" = ?' for name in self._key)


def _condition(equal: dict[str, object]) -> tuple[str, list[Any]]:
    parts, values = ["1"], []
    for name, value in equal.items():
        if value is None:
            parts.append(f'"{name}" IS NULL')
        elif isinstance(value, (list, set, frozenset)):
            # One bound value however long the list: SQLite limits the number of parameters.
            parts.append(f'"{name}" IN (SELECT value FROM json_each(?))')
            values.append(json.dumps([stored(item) for item in value]))
        else:
            parts.append(f'"{name}" = ?')
            values.append(stored(value))
    return " AND ".join(parts), values


def stored(value: Any) -> Any:
    """Return a value of a field as its cell holds it."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, (tuple, Words)):
        return _as_json(value)
    if isinstance(value, str):
        return as_stored(value)
    if isinstance(value, Layout):
        return value.as_json()
    return value


def _as_json(values: Sequence[Any]) -> str:
    if isinstance(values, Words) or (values and isinstance(values[0], Word)):
        return Words.written(values)
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def as_stored(text: str) -> str:
    """Return a text as the study keeps it: as long, without characters that no file can hold."""
    return _UNSTORABLE.sub("\ufffd", text)


@cache
def _readers(kind: type[Any]) -> dict[str, Callable[[Any], Any]]:
    hints = typing.get_type_hints(kind)
    return {field.name: _reader(hints[field.name]) for field in fields(kind)}


@cache
def _fitting(kind: type[Any]) -> dict[str, Callable[[Any], bool]]:
    hints = typing.get_type_hints(kind)
    return {field.name: _fits(hints[field.name]) for field in fields(kind)}


def _fits(hint: Any) -> Callable[[Any], bool]:
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        inner = _fits(next(part for part in typing.get_args(hint) if part is not type(None)))
        return lambda cell: cell is None or inner(cell)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return {member.value for member in hint}.__contains__
    if typing.get_origin(hint) in (tuple, Sequence):
        words = typing.get_args(hint)[0] is Word
        return _can(lambda cell: [Word.from_list(x) if words else x for x in json.loads(cell)])
    if hint is Layout:
        return _can(Layout.from_json)
    return {0, 1}.__contains__ if hint is bool else lambda _: True


def _can(read: Callable[[Any], object]) -> Callable[[Any], bool]:
    def fits(cell: Any) -> bool:
        try:
            read(cell)
        except (ValueError, TypeError, LookupError, AttributeError):
            return False
        return True

    return fits


def _reader(hint: Any) -> Callable[[Any], Any]:
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        inner = next(part for part in typing.get_args(hint) if part is not type(None))
        return _or_none(inner)
    if typing.get_origin(hint) is tuple:
        return _tuple_reader(typing.get_args(hint)[0])
    if typing.get_origin(hint) is Sequence and typing.get_args(hint)[0] is Word:
        return Words
    if hint is Layout:
        return _read_layout
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return member_reader(hint)
    return bool if hint is bool else _as_is


def _or_none(hint: Any) -> Callable[[Any], Any]:
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        members = _Members(hint)
        members[None] = None
        return members.__getitem__
    read = _reader(hint)
    return lambda cell: None if cell is None else read(cell)


def reader(kind: type[Any], name: str) -> Callable[[Any], Any]:
    """Return what reads the cell of one field of a dataclass."""
    return _readers(kind)[name]  # type: ignore[arg-type]


def converted(kind: type[Any], names: Sequence[str]) -> list[tuple[int, Callable[[Any], Any]]]:
    """Return the places of those fields that are not kept as they are, and what reads them."""
    readers = [(at, reader(kind, name)) for at, name in enumerate(names)]
    return [(at, read) for at, read in readers if read is not _as_is]


def member_reader(kind: type[E]) -> Callable[[str], E]:
    """Return what reads a member of an enumeration; what is none says so in its place."""
    return _Members(kind).__getitem__


class _Members(dict[Any, Any]):
    """The members of an enumeration by what is stored; looking one up costs no call of Python."""

    def __init__(self, kind: type[StrEnum]) -> None:
        super().__init__({member.value: member for member in kind})
        self._kind = kind

    def __missing__(self, cell: str) -> Any:
        return unreadable_member(self._kind, cell)


def _tuple_reader(make: Callable[[Any], Any]) -> Callable[[str], tuple[Any, ...]]:
    def read(cell: str) -> tuple[Any, ...]:
        try:
            return tuple(make(part) for part in json.loads(cell))
        except (ValueError, TypeError):
            return (str(Unreadable(cell)),) if make is str else ()

    return read


def _read_layout(cell: str) -> Layout:
    try:
        return Layout.from_json(cell)
    except (ValueError, TypeError, AttributeError):
        return Layout()  # the words are there all the same


def _as_is(cell: Any) -> Any:
    return cell
