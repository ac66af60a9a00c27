"""Everything of a study that people gave a name or wrote about, for search and for looking up."""

from __future__ import annotations

import json
from collections.abc import Iterator

from workbench.domain.searching import Thing
from workbench.services.desk import Desk
from workbench.storage import queries


def all_things(desk: Desk) -> Iterator[Thing]:
    """Yield everything of a study that has a name and texts, besides what was said and memos."""
    tables = desk.tables
    for key, *words in queries.noted_observations(desk.db):
        yield _thing("observation", key, *filter(None, words))
    for code in tables.code.select(deleted_at=None, order="position, name"):
        yield _thing("code", code.id, code.name, *code.texts)
    for stage in tables.stage.select(order="position"):
        yield _thing("stage", stage.id, stage.name, stage.need, stage.outcome, stage.context)
    for point in tables.touchpoint.select(order="position"):
        yield _thing("touchpoint", point.id, point.name, point.channel, point.owner)
    for person in tables.participant.select(deleted_at=None, order="code"):
        yield _thing("participant", person.id, person.pseudonym, person.code, person.note)
    visits = {visit.session_id: visit for visit in tables.visit.select()}
    answers: dict[str, list[str]] = {}
    for answer in tables.visit_answer.select():
        answers.setdefault(answer.session_id, []).append(_said(answer.value))
    for session in tables.session.select(deleted_at=None, order="position"):
        visit = visits.get(session.id)
        noted = (visit.shopper, visit.scenario, visit.narrative) if visit else ()
        texts = (session.place, session.note, *noted, *answers.get(session.id, ()))
        yield _thing("session", session.id, session.title, *texts)
    for source in tables.source.select(deleted_at=None, order="imported_at"):
        yield _thing("source", source.id, source.title, source.original_name)
    for insight in tables.insight.select(deleted_at=None, order="position"):
        yield _thing("insight", insight.id, insight.claim, insight.so_what)
    for one in tables.opportunity.select(deleted_at=None, order="position"):
        yield _thing("opportunity", one.id, one.title, one.owner, one.kpi)
    for study in tables.charter.select():
        texts = (study.client, study.purpose, study.promise, *study.values, *study.questions)
        yield _thing("charter", study.id, study.title, *texts, *study.vocabulary)


def _said(value: str) -> str:
    """Return the words of an answer to a visit form; numbers and ticks have none."""
    try:
        answer = json.loads(value)
    except ValueError:
        return value
    return answer if isinstance(answer, str) else ""


def _thing(kind: str, key: str, title: str, *texts: str) -> Thing:
    return Thing(kind, key, title, "\n".join(text for text in (title, *texts) if text))
