"""Search over everything, in one person, method or stage, also by regular expression.

What was said and noted has its own index. The few other texts of a study (codes, stages, people,
sessions, insights) go into an index in memory for the one question, so that a word means the same
everywhere.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import Any

import regex
from sqlite_utils import Database

from workbench.domain.passage import Query
from workbench.domain.searching import CLOSE, OPEN, Hit, Mode, Search, Thing
from workbench.errors import UserError
from workbench.storage import driver, queries
from workbench.storage.driver import at_most
from workbench.storage.search import NOT_IN_BIN, match_of, order_of_turns

_LONGEST_PATTERN = 500  # letters; reading a long one takes minutes, and nothing stops that
_PATTERN_SECONDS = 2.0  # a pattern that takes longer is stopped, with a sentence
_SPANS = 100  # places inside one text
_BEFORE, _AFTER = 40, 90  # characters of a snippet around its first hit

Spans = tuple[tuple[int, int], ...]
_Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Scope:
    """What belongs to a part of the material.

    Attributes:
        within: kind and id of what may be found beside what was said.
        keys: voice keys of the person; `None` = everybody's words.
    """

    within: Collection[tuple[str, str]] = ()
    keys: queries.Keys = None


def find(
    db: Database,
    search: Search,
    things: Callable[[], Iterable[Thing]],
    scope: Scope | None = None,
) -> list[Hit]:
    """Return the places a search asks for, by kind and best first.

    Args:
        db: an open connection.
        search: what to look for.
        things: gives the other texts of the study; asked only when they are searched.
        scope: what belongs to the part of the material that `search` keeps to.

    Raises:
        UserError: the regular expression is none, or takes too long.
    """
    scope = scope or Scope()
    asked = set(search.kinds) - {"turn", "memo"}
    wanted = [one for one in things() if one.kind in asked] if asked and search.text else []
    if search.mode is Mode.PATTERN:
        return _by_pattern(db, search, wanted, scope) if search.text else []
    match = match_of(search.text, search.mode, search.distance)
    if not match:
        return []
    marks = f"'{OPEN}', '{CLOSE}'"
    found: list[Hit] = []
    if "turn" in search.kinds:
        rows = _turns(
            db,
            search,
            scope,
            f"highlight(turn_fts, 0, {marks})",
            condition="turn_fts MATCH ?",
            values=[match],
        )
        found += [_turn(row, *_unmarked(row[3])) for row in rows]
    if "memo" in search.kinds:
        marked = f"highlight(memo_fts, 0, {marks})"
        rows = _memos(db, search, scope, marked, match)
        found += [_memo(row, *_unmarked(row[2])) for row in rows]
    return found + _among(wanted, match, search.limit)


def _by_pattern(
    db: Database,
    search: Search,
    things: Sequence[Thing],
    scope: Scope,
) -> list[Hit]:
    look = _Pattern(search.text)
    found: list[Hit] = []
    if "turn" in search.kinds:
        found += islice(
            (_turn(row, row[3], spans) for row in _turns(db, search, scope, "turn.text")
             if (spans := look.spans(row[3]))),
            search.limit,
        )  # fmt: skip
    if "memo" in search.kinds:
        found += islice(
            (_memo(row, row[2], spans) for row in _memos(db, search, scope, "memo.text")
             if (spans := look.spans(row[2]))),
            search.limit,
        )  # fmt: skip
    counts: dict[str, int] = {}
    for thing in things:
        if (spans := look.spans(thing.text)) and counts.get(thing.kind, 0) < search.limit:
            counts[thing.kind] = counts.get(thing.kind, 0) + 1
            found.append(_thing(thing, thing.text, spans))
    return found


class _Pattern:
    """A regular expression that cannot hold up the program."""

    def __init__(self, text: str) -> None:
        if len(text) > _LONGEST_PATTERN:
            raise UserError(
                "pattern-long",
                "The pattern has {n} letters.",
                "Shorten it to {longest}, or search for words.",
                n=len(text),
                longest=_LONGEST_PATTERN,
            )
        try:
            self._compiled = regex.compile(text, regex.IGNORECASE | regex.MULTILINE)
        except (regex.error, OverflowError) as problem:
            raise UserError(
                "search-pattern",
                "“{text}” is not a regular expression: {reason}.",
                "Close its brackets, or search by words.",
                text=text,
                reason=problem,
            ) from problem
        self._until = time.monotonic() + _PATTERN_SECONDS

    def spans(self, text: str) -> Spans:
        """Return where the pattern matches at least one character."""
        left = self._until - time.monotonic()
        try:
            matches = self._compiled.finditer(text, timeout=max(left, 0.0001))
            spans = (found.span() for found in matches)
            return tuple(islice(((at, to) for at, to in spans if to > at), _SPANS))
        except TimeoutError:
            raise UserError(
                "search-slow",
                "The regular expression takes too long, so the search was stopped.",
                "Make it simpler, or search in one person, method or stage.",
            ) from None


def _turns(
    db: Database,
    search: Search,
    scope: Scope,
    text: str,
    *,
    condition: str = "1",
    values: Sequence[object] = (),
) -> Iterator[_Row]:
    """Yield id, source, title, text and time of turns."""
    limits, limited = _limits(search, scope)
    conditions, bound = [condition, *limits], [*values, *limited]
    indexed = condition != "1"
    table = "turn_fts JOIN turn ON turn.row = turn_fts.rowid" if indexed else "turn"
    # A pattern needs them all: which of them count, only the pattern knows.
    order = "session.position, source.imported_at, turn.ordinal"
    if indexed:
        order = f"{order_of_turns(db, str(values[0]))} {at_most(search.limit)}"
    return iter(
        db.conn.execute(
            f"SELECT turn.id, source.id, source.title, {text}, turn.start_ms FROM {table}"
            f" {_AROUND_TURNS} WHERE {' AND '.join(conditions)} AND transcript.replaced_at IS NULL"
            " AND source.deleted_at IS NULL AND session.deleted_at IS NULL"
            f" ORDER BY {order}",
            bound,
        )
    )


def _limits(search: Search, scope: Scope) -> tuple[list[str], list[object]]:
    """Return the conditions on turns that keep a search to a part, and their values."""
    conditions: list[str] = []
    bound: list[object] = []
    if search.method:
        conditions.append("session.method = ?")
        bound.append(search.method.value)
    if scope.keys is not None:
        spoken = "coalesce(turn.speaker_id, source.id)"  # the voice key of a turn
        conditions.append(f"{spoken} IN (SELECT value FROM json_each(?))")
        bound.append(json.dumps(list(scope.keys)))
    if search.stage_id:
        conditions.append(_IN_STAGE)
        bound.append(search.stage_id)
    return conditions, bound


_AROUND_TURNS = """
  JOIN transcript ON transcript.id = turn.transcript_id
  JOIN source ON source.id = transcript.source_id
  JOIN session ON session.id = source.session_id
"""
_IN_STAGE = """
  EXISTS (SELECT 1 FROM observation JOIN turn AS first ON first.id = first_turn_id
          JOIN turn AS last ON last.id = last_turn_id
          WHERE observation.transcript_id = turn.transcript_id AND observation.stage_id = ?
            AND observation.deleted_at IS NULL
            AND turn.ordinal BETWEEN first.ordinal AND last.ordinal)
"""


def _memos(
    db: Database,
    search: Search,
    scope: Scope,
    text: str,
    match: str = "",
) -> Iterator[_Row]:
    """Yield id, subject and text of memos."""
    condition = f"{'memo_fts MATCH ?' if match else '1'} AND {NOT_IN_BIN}"
    bound: list[object] = [match] if match else []
    if search.restricted:
        limits, limited = _limits(search, scope)
        found = queries.matching(
            db,
            Query(method=search.method, stage_id=search.stage_id),
            scope.keys,
        )
        condition += (
            " AND (memo.subject || '/' || memo.subject_id IN (SELECT value FROM json_each(?))"
            " OR (memo.subject = 'turn' AND memo.subject_id IN"
            f" (SELECT turn.id FROM turn {_AROUND_TURNS} WHERE {' AND '.join(limits)})))"
        )
        about = [f"observation/{one}" for one in found] + ["/".join(one) for one in scope.within]
        bound += [json.dumps(about), *limited]
    table = "memo_fts JOIN memo ON memo.row = memo_fts.rowid" if match else "memo"
    order = f"rank {at_most(search.limit)}" if match else "memo.updated_at DESC"
    return iter(
        db.conn.execute(
            f"SELECT memo.id, memo.subject, {text} FROM {table} WHERE {condition} ORDER BY {order}",
            bound,
        )
    )


def _among(things: Sequence[Thing], match: str, limit: int) -> list[Hit]:
    if not things:
        return []
    with closing(driver.memory()) as memory:
        memory.execute(
            "CREATE VIRTUAL TABLE thing USING fts5(text, tokenize='unicode61 remove_diacritics 2')"
        )
        memory.executemany(
            "INSERT INTO thing(rowid, text) VALUES (?, ?)",
            ((place, thing.text) for place, thing in enumerate(things)),
        )
        rows = memory.execute(
            f"SELECT rowid, highlight(thing, 0, '{OPEN}', '{CLOSE}') FROM thing"
            " WHERE thing MATCH ? ORDER BY rank",
            [match],
        ).fetchall()
    kinds = list(dict.fromkeys(thing.kind for thing in things))
    found: list[Hit] = []
    for kind in kinds:
        mine = (row for row in rows if things[row[0]].kind == kind)
        found += [_thing(things[at], *_unmarked(text)) for at, text in islice(mine, limit)]
    return found


def _turn(row: _Row, text: str, spans: Spans) -> Hit:
    return Hit("turn", row[0], row[1], row[2], snippet(text, spans), row[4], spans)


def _memo(row: _Row, text: str, spans: Spans) -> Hit:
    return Hit("memo", row[0], "", row[1], snippet(text, spans), None, spans)


def _thing(thing: Thing, text: str, spans: Spans) -> Hit:
    return Hit(thing.kind, thing.id, "", thing.title, snippet(text, spans), None, spans)


def _unmarked(marked: str) -> tuple[str, Spans]:
    """Part a highlighted text into the text and the places of the hits."""
    parts: list[str] = []
    spans: list[tuple[int, int]] = []
    at = 0
    for number, part in enumerate(marked.split(OPEN)):
        inside, close, rest = part.partition(CLOSE)
        if number and close:
            spans.append((at, at + len(inside)))
        parts += [inside, rest]
        at += len(inside) + len(rest)
    return "".join(parts), tuple(spans[:_SPANS])


def snippet(text: str, spans: Spans) -> str:
    """Return the words around the first hit on one line, with all hits in it marked."""
    if not spans:
        return " ".join(text[:_AFTER].split())
    begin, end = spans[0][0] - _BEFORE, max(spans[0][1], spans[0][0] + _AFTER)
    begin = 0 if begin <= 0 else _word_start(text, begin, spans[0][0])
    end = len(text) if end >= len(text) else _word_end(text, end, spans[0][1])
    parts, at = ["…"] if begin else [], begin
    for start, stop in spans:
        if stop > end:
            break
        parts += [text[at:start], OPEN, text[start:stop], CLOSE]
        at = stop
    parts.append(text[at:end])
    whole = "".join(parts) + ("…" if end < len(text) else "")
    return " ".join(whole.split())


def _word_start(text: str, at: int, before: int) -> int:
    space = text.find(" ", at, before)
    return at if space < 0 else space + 1


def _word_end(text: str, at: int, after: int) -> int:
    space = text.rfind(" ", after, at)
    return at if space < 0 else space
