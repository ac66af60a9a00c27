"""`workbench people`: participants under their codes, with consent and segment."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from workbench.cli import consent, naming, output
from workbench.cli.doors import reading, writing
from workbench.cli.parsing import Verbs
from workbench.cli.settable import given
from workbench.domain.change import Op
from workbench.domain.consent import Use, answered
from workbench.domain.ids import ParticipantId, SegmentId
from workbench.domain.people import Participant
from workbench.study import Study
from workbench.words import Phrase, t

_UNTIL = "retain-until"


def add_to(parser: ArgumentParser) -> None:
    """Add the verbs."""
    verbs = Verbs(parser, show)
    new = verbs.add("add", "add a person", add)
    new.add_argument("code", nargs="?", default="", help="default is the next free one")
    _fields(new)
    changed = verbs.add("set", "change a person", change)
    changed.add_argument("code", help="code, pseudonym or id")
    changed.add_argument("--code", dest="new_code", metavar="T", help="another code")
    _fields(changed)
    gone = verbs.add("remove", "put a person into the bin", remove)
    gone.add_argument("code", help="code, pseudonym or id")


def show(asked: Namespace) -> None:
    """List the people, without their real names."""
    with reading(asked) as study:
        people = [_plain(study, row) for row in study.people.participants()]
        nothing: Phrase = "Nobody yet. “workbench people STUDY add --pseudonym NAME” adds somebody."
        output.listed(asked, people, map(_line, people), nothing)


def add(asked: Namespace) -> None:
    """Add a person."""
    said = _Consent(asked.consent)
    with writing(asked) as study:
        with study.step(Op.EDIT_PEOPLE):
            person = study.people.add(
                code=asked.code,
                pseudonym=asked.pseudonym or asked.code,
                segment_id=_segment(study, asked.segment or ""),
                note=asked.note or "",
            )
            said.enter(study, person.id)
            _identify(study, asked, person.id)
        output.answer(
            asked,
            _plain(study, person),
            "Added {code}, {pseudonym}.",
            code=person.code,
            pseudonym=person.pseudonym,
        )


def change(asked: Namespace) -> None:
    """Change a person."""
    said = _Consent(asked.consent)
    with writing(asked) as study:
        person = naming.person(study, asked.code)
        values = given(code=asked.new_code, pseudonym=asked.pseudonym, note=asked.note)
        with study.step(Op.EDIT_PEOPLE):
            if asked.segment is not None:
                values["segment_id"] = _segment(study, asked.segment)
            if values:
                person = study.people.change(person.id, **values)
            said.enter(study, person.id)
            _identify(study, asked, person.id)
        output.answer(
            asked,
            _plain(study, person),
            "Changed {code}, {pseudonym}.",
            code=person.code,
            pseudonym=person.pseudonym,
        )


def remove(asked: Namespace) -> None:
    """Put a person into the bin."""
    with writing(asked) as study:
        person = naming.person(study, asked.code)
        study.people.remove(person.id)
        output.answer(asked, {"removed": person.id}, "{code} is in the bin.", code=person.code)


def _fields(parser: ArgumentParser) -> None:
    parser.add_argument("--pseudonym", metavar="T", help="name in everything shown and exported")
    parser.add_argument(
        "--real-name", metavar="T",
        help="kept in the key, apart from the study; undo does not take it back",
    )  # fmt: skip
    parser.add_argument("--contact", metavar="T", help="e-mail, phone; as well")
    parser.add_argument("--segment", metavar="T", help="group; a new name makes it, “” for none")
    parser.add_argument(
        "--consent", action="append", default=[], metavar="USE=STATE",
        help=t(
            "{answers}; {until}=DATE lets what is given end; “consent” says more",
            answers=consent.ANSWERS, until=_UNTIL,
        ),
    )  # fmt: skip
    parser.add_argument("--note", metavar="T", help="anything worth knowing")


def _identify(study: Study, asked: Namespace, person_id: ParticipantId) -> None:
    """Keep who somebody is; last of all, for what is in the key does not go back with a step."""
    if asked.real_name is not None:
        study.people.set_real_name(person_id, asked.real_name)
    if asked.contact is not None:
        study.keys.set(person_id, contact=asked.contact)


class _Consent:
    """What `--consent` says: answers, and until when what is given holds."""

    def __init__(self, said: Sequence[str]) -> None:
        self._until = None
        answers = []
        for one in said:
            use, equals, value = one.partition("=")
            if equals and use.strip().replace("_", "-") == _UNTIL:
                self._until = value.strip()
            else:
                answers.append(one)
        self._answers = consent.answered(answers)

    def enter(self, study: Study, person_id: ParticipantId) -> None:
        """Enter it into the ledger, within the step that is open."""
        if self._answers:
            study.ledger.set([person_id], self._answers, date="today")
        if self._until is not None:
            study.ledger.extend([person_id], self._until)


def _segment(study: Study, typed: str) -> SegmentId | None:
    """Return the segment of this name, made where it is new."""
    return study.people.segment_called(typed).id if typed.strip() else None


def _line(row: dict[str, Any]) -> str:
    quoted = answered(Use.QUOTE, row["consent"][Use.QUOTE])
    return "  ".join((row["code"], row["pseudonym"], row["segment"] or "–", quoted))


def _plain(study: Study, person: Participant) -> dict[str, Any]:
    segments = {row.id: row.name for row in study.people.segments()}
    return asdict(person) | {
        "segment": segments.get(person.segment_id) if person.segment_id else None,
        "consent": consent.plain(study.ledger.standings(person.id)),
        "quotable": study.people.may_quote(person.id),
    }
