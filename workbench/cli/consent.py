"""`workbench consent`: what everybody said to each use, entry by entry, and what is due."""

from __future__ import annotations

import re
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from workbench.cli import naming, output
from workbench.cli.doors import reading, writing
from workbench.cli.parsing import Verbs, assignments
from workbench.domain.consent import ConsentForm, Standings, State, Use, state_named, uses_named
from workbench.domain.ids import ParticipantId
from workbench.domain.people import Participant
from workbench.errors import UserError
from workbench.services.consent.forms import as_text
from workbench.services.consent.ledger import Spoken
from workbench.services.leaving.snapshot import consent
from workbench.study import Study
from workbench.words import Phrase, plural, t

ANSWERS = (
    "record, transcribe, quote, voice, photo, contact or all ="
    " given|refused|asked|not-asked|withdrawn (or yes|no)"
)
_PLACE = re.compile(r"(?P<source>.+)@(?:(?P<h>\d+):)?(?P<m>\d{1,3}):(?P<s>\d{2})")


def add_to(parser: ArgumentParser) -> None:
    """Add the verbs."""
    verbs = Verbs(parser, show)
    new = verbs.add("set", "enter what people said", enter)
    new.add_argument(
        "said", nargs="+", metavar="PERSON… USE=STATE",
        help=t(
            "people by code, pseudonym or id, then their answers: {answers}", answers=ANSWERS
        ),
    )  # fmt: skip
    new.add_argument("--date", metavar="D", default="today", help="when they said it; today")
    new.add_argument("--how", metavar="T", default="", help="how it is known, in words")
    new.add_argument("--form", type=Path, metavar="FILE", help="copy a form that shows it")
    new.add_argument("--spoken", metavar="SOURCE@0:12", help="where in a recording they say it")
    new.add_argument("--until", metavar="D", default="", help="the last day it holds")
    later = verbs.add("extend", "let what was given hold until another day", extend)
    later.add_argument("people", nargs="+", metavar="PERSON", help="code, pseudonym or id")
    later.add_argument("--until", metavar="D", required=True, help="the last day; “” = for good")
    later.add_argument("--how", metavar="T", default="", help="how it is known, in words")
    over = verbs.add("end", "settle what has ended: it is not extended", end)
    over.add_argument("people", nargs="+", metavar="PERSON", help="code, pseudonym or id")
    verbs.add("due", "what was given until a day that is over", due, changes=False)
    known = verbs.add("form", "show the form by which it is known", form, changes=False)
    known.add_argument("person", metavar="PERSON", help="code, pseudonym or id")
    known.add_argument("--use", metavar="USE", help="of this use; else the newest of all")
    known.add_argument("--out", type=Path, metavar="FILE", help="write a copy of it there")
    known.add_argument("--force", action="store_true", help="replace a file that is there")


def show(asked: Namespace) -> None:
    """List what everybody said to each use, with the entries behind it as JSON."""
    with reading(asked) as study:
        people = study.people.participants()
        rows = [
            {"code": one.code, "pseudonym": one.pseudonym} | consent(study.ledger, one.id)
            for one in people
        ]
        found = study.ledger.all()
        lines = (f"{one.code}  {one.pseudonym}  {_sentences(found[one.id])}" for one in people)
        nothing: Phrase = "Nobody yet. “workbench people STUDY add --pseudonym NAME” adds somebody."
        output.listed(asked, rows, lines, nothing)


def enter(asked: Namespace) -> None:
    """Enter what people said."""
    answers = answered(word for word in asked.said if "=" in word)
    if not answers:
        raise UserError(
            "usage", "No answer was given.", "Write USE=STATE behind the people, as quote=given."
        )
    with writing(asked) as study:
        people = _people(study, (word for word in asked.said if "=" not in word))
        study.ledger.set(
            people,
            answers,
            date=asked.date,
            until=asked.until,
            how=asked.how,
            form=asked.form,
            spoken=_place(study, asked.spoken) if asked.spoken else None,
        )
        _tell(asked, study, people)


def extend(asked: Namespace) -> None:
    """Let what was given hold until another day."""
    with writing(asked) as study:
        people = _people(study, asked.people)
        study.ledger.extend(people, asked.until, how=asked.how)
        _tell(asked, study, people)


def end(asked: Namespace) -> None:
    """Settle what has ended and is not extended."""
    with writing(asked) as study:
        people = _people(study, asked.people)
        study.ledger.let_end(people)
        _tell(asked, study, people)


def due(asked: Namespace) -> None:
    """List what was given until a day that is over."""
    with reading(asked) as study:
        found = study.ledger.due()
        rows = [
            {
                "code": one.person.code,
                "pseudonym": one.person.pseudonym,
                "in_bin": one.person.deleted_at is not None,
                "ended": {said.use.value: said.entry and said.entry.until for said in one.ended},
            }
            for one in found
        ]
        lines = (
            f"{one.person.code}  {one.person.pseudonym}"
            f"{'' if one.person.deleted_at is None else t(' (in the bin)')}  "
            + ", ".join(said.sentence for said in one.ended)
            for one in found
        )
        output.listed(asked, rows, lines, "Nothing is due.")
        if found and not asked.json:
            output.row(
                plural(
                    len(found),
                    "{n} person: until somebody decides, they are not quoted, and nothing of theirs"
                    " is recorded or transcribed. “extend” gives another day, “end” settles it.",
                    "{n} people: until somebody decides, they are not quoted, and nothing of theirs"
                    " is recorded or transcribed. “extend” gives another day, “end” settles it.",
                )
            )


def form(asked: Namespace) -> None:
    """Show a form that is a text, tell where another one lies, or write a copy of it.

    Raises:
        UserError: nobody attached one, or it is missing.
    """
    with reading(asked) as study:
        kept = _form(study, naming.person(study, asked.person), asked.use)
        words = as_text(kept, study.ledger.forms.content(kept))
        path, sealed = study.ledger.forms.path(kept), study.ledger.forms.is_sealed(kept)
        written = asked.out and study.ledger.forms.save(kept, asked.out, replace=asked.force)
    if written and sealed:
        output.progress(
            "The study is locked, this copy is not: delete it when it is no longer needed."
        )
    told = {"form": asdict(kept), "path": path, "locked": sealed, "text": words, "written": written}
    if written:
        output.answer(asked, told, "Wrote {written}", written=written)
    else:
        output.answer(asked, told, words or _where(kept, path, sealed))


def _where(kept: ConsentForm, path: Path, sealed: bool) -> str:
    lies = t("in a locked study no other program can read it; “--out FILE” writes a copy.")
    return t(
        "{title}, {size}: {place}",
        title=kept.title,
        size=plural(kept.size, "{n} byte", "{n} bytes"),
        place=lies if sealed else path,
    )


def _form(study: Study, person: Participant, use: str | None) -> ConsentForm:
    wanted = uses_named(use) if use else tuple(Use)
    for entry in study.ledger.entries(person.id):
        if entry.use in wanted and entry.form_id is not None:
            return study.ledger.forms.get(entry.form_id)
    raise UserError(
        "consent-no-form",
        "No form shows what {person} ({person_code}) said.",
        "“workbench consent STUDY set … --form FILE” attaches one.",
        person=person.pseudonym,
        person_code=person.code,
    )


def answered(said: Iterable[str]) -> dict[Use, State]:
    """Read USE=STATE arguments.

    Raises:
        UserError: one is none.
    """
    found: dict[Use, State] = {}
    for word, state in assignments(said, "USE=STATE").items():
        found |= dict.fromkeys(uses_named(word), state_named(state))
    return found


def plain(found: Standings) -> dict[str, Any]:
    """Return how somebody stands to each use, as data."""
    return {use.value: one.words for use, one in found.items()}


def _people(study: Study, said: Iterable[str]) -> list[ParticipantId]:
    people = [naming.person(study, word).id for word in said]
    if not people:
        raise UserError("usage", "Nobody was named.", "Write whose answers they are, as P01.")
    return people


def _place(study: Study, said: str) -> Spoken:
    found = _PLACE.fullmatch(said.strip())
    if found is None:
        raise UserError(
            "consent-spoken",
            "“{said}” is no place in a recording.",
            "Write the recording and the time, as “Interview@0:12”.",
            said=said,
        )
    seconds = (int(found["h"] or 0) * 60 + int(found["m"])) * 60 + int(found["s"])
    return naming.source(study, found["source"]).id, seconds * 1000


def _tell(asked: Namespace, study: Study, people: Iterable[ParticipantId]) -> None:
    rows, lines = [], []
    for person_id in people:
        person, found = study.people.participant(person_id), study.ledger.standings(person_id)
        rows.append(asdict(person) | {"consent": plain(found)})
        lines.append(f"{person.code}, {person.pseudonym}: {_sentences(found)}")
    output.rows(asked, rows, lines)


def _sentences(found: Standings) -> str:
    return ", ".join(one.sentence for one in found.values())
