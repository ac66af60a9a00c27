"""Observations as a table: one column declared once, with its name and how it is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from workbench.domain import fields, typed
from workbench.domain.figures import wide_clock
from workbench.domain.ids import CoderId, ObservationId, SegmentId
from workbench.domain.observation import Observation
from workbench.domain.passage import Passage
from workbench.domain.sheets import Value
from workbench.services.confidential.confidential import Confidential


@dataclass(frozen=True, slots=True)
class Names:
    """What an observation points at by id alone: names of segments and coders, its number."""

    segments: Mapping[SegmentId, str]
    coders: Mapping[CoderId, str]
    numbers: Mapping[ObservationId, int]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table.

    Attributes:
        field: of an `Observation` that it shows, "" for what comes from around it.
    """

    name: str
    read: Callable[[Passage, Names], Value]
    field: str = ""


def table(
    passages: Iterable[Passage], names: Names, open_to: Confidential
) -> Iterator[list[Value]]:
    """Yield the rows of some observations, in the order of `COLUMNS`, as others may read them.

    Args:
        passages: the observations.
        names: what they point at.
        open_to: says what of them others may read.
    """
    for passage in passages:
        shown = open_to.coded(passage)
        yield [column.read(shown, names) for column in COLUMNS]


def _of(field: str, of: Callable[[Observation], object], name: str = "") -> Column:
    """Return the column of a field of the observation itself."""
    return Column(name or field, lambda passage, _: _plain(of(passage.observation)), field)


def _plain(value: object) -> Value:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, bool):
        return "yes" if value else ""
    return value if isinstance(value, str | int) else None


def _person(p: Passage, _: Names) -> str:
    return p.person.pseudonym if p.person else p.speaker


def _segment(p: Passage, names: Names) -> str:
    segment_id = p.person.segment_id if p.person else None
    return names.segments.get(segment_id, "") if segment_id else ""


def _coder(p: Passage, names: Names) -> str:
    coder_id = p.observation.coder_id
    return names.coders.get(coder_id, "") if coder_id else ""


COLUMNS: tuple[Column, ...] = (
    _of("id", lambda seen: seen.id),
    Column("evidence", lambda p, names: names.numbers.get(p.id)),
    Column("session", lambda p, _: p.session.title),
    Column("method", lambda p, _: p.session.method.value),
    Column("date", lambda p, _: str(typed.stored_date(p.session.date))),
    Column("place", lambda p, _: p.session.place),
    Column("source", lambda p, _: p.source.title, "source_id"),
    Column("person", _person),
    Column("person code", lambda p, _: p.person.code if p.person else ""),
    Column("segment", _segment),
    Column("stage", lambda p, _: p.stage.name if p.stage else "", "stage_id"),
    Column("touchpoint", lambda p, _: p.touchpoint.name if p.touchpoint else "", "touchpoint_id"),
    Column("channel", lambda p, _: p.touchpoint.channel if p.touchpoint else ""),
    Column("touchpoint owner", lambda p, _: p.touchpoint.owner if p.touchpoint else ""),
    Column("codes", lambda p, _: "; ".join(code.name for code in p.codes)),
    _of("words", lambda seen: seen.words),
    Column("start", lambda p, _: wide_clock(p.observation.start_ms), "start_ms"),
    Column("end", lambda p, _: wide_clock(p.observation.end_ms), "end_ms"),
    *(_of(field.name, field.of, field.column) for field in fields.LEAVING),
    Column("may be quoted", lambda p, _: "yes" if p.quotable else "no"),
    _of("placement", lambda seen: seen.placement, "place in the text"),
    Column("coder", _coder, "coder_id"),
    _of("created_at", lambda seen: seen.created_at, "coded at"),
    Column("memo", lambda p, _: p.memo),
)
