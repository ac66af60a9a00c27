"""Everything of a study that people gave a name or wrote about, for search and for looking up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from workbench.domain.ids import SessionId
from workbench.domain.searching import Thing
from workbench.domain.visits import ItemKind, stored_answer
from workbench.services.desk import Desk
from workbench.storage import queries
from workbench.storage.tables import Tables


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
    answers = free_answers(tables)
    for session in tables.session.select(deleted_at=None, order="position"):
        visit = visits.get(session.id)
        noted = (visit.shopper, visit.scenario, visit.narrative) if visit else ()
        texts = (session.place, session.note, *session.vocabulary, *noted)
        yield _thing("session", session.id, session.title, *texts, *answers.get(session.id, ()))
    for source in tables.source.select(deleted_at=None, order="imported_at"):
        yield _thing("source", source.id, source.title, source.original_name)
    for insight in tables.insight.select(deleted_at=None, order="position"):
        yield _thing("insight", insight.id, insight.claim, insight.so_what)
    for one in tables.opportunity.select(deleted_at=None, order="position"):
        yield _thing("opportunity", one.id, one.title, one.owner, one.kpi)
    for study in tables.charter.select():
        texts = (study.client, study.purpose, study.promise, *study.values, *study.questions)
        yield _thing("charter", study.id, study.title, *texts, *study.vocabulary)


def free_answers(tables: Tables) -> dict[SessionId, list[str]]:
    """Return what was answered in words on the forms of visits, by session."""
    wordy = {item.id: item for item in tables.form_item.select(kind=ItemKind.TEXT)}
    found: defaultdict[SessionId, list[str]] = defaultdict(list)
    for row in tables.visit_answer.select(item_id=set(wordy)):
        if answer := stored_answer(wordy[row.item_id], row.value):
            found[row.session_id].append(str(answer))
    return dict(found)


def _thing(kind: str, key: str, title: str, *texts: str) -> Thing:
    return Thing(kind, key, title, "\n".join(text for text in (title, *texts) if text))
