"""`workbench sessions` and `workbench speakers`: who was met when, and whose voices are heard."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from typing import Any

from workbench.cli import naming, output
from workbench.cli.doors import reading, writing
from workbench.cli.parsing import Verbs, assignments, choice
from workbench.cli.settable import given
from workbench.domain.change import Op
from workbench.domain.figures import rounded
from workbench.domain.ids import SourceId
from workbench.domain.materials import Method, Session
from workbench.domain.naming import pick
from workbench.domain.transcript import Transcript
from workbench.domain.vocabulary import terms_of
from workbench.errors import UserError
from workbench.study import Study
from workbench.words import Phrase, plural, t


def add_to(parser: ArgumentParser) -> None:
    """Add the verbs of `sessions`."""
    verbs = Verbs(parser, show)
    new = verbs.add("add", "add a session", add)
    _fields(new)
    changed = verbs.add("set", "change a session", change)
    changed.add_argument("id", help="id or title")
    _fields(changed)
    gone = verbs.add("remove", "put a session with its material into the bin", remove)
    gone.add_argument("id", help="id or title")


def show(asked: Namespace) -> None:
    """List the sessions."""
    with reading(asked) as study:
        sessions = [_plain(study, row) for row in study.materials.sessions()]
        nothing: Phrase = "No session yet. “workbench import” brings material in."
        output.listed(asked, sessions, map(_line, sessions), nothing)


def add(asked: Namespace) -> None:
    """Add a session."""
    with writing(asked) as study:
        session = study.materials.add_session(
            asked.method or Method.INTERVIEW,
            asked.title or "",
            date=asked.date or "",
            place=asked.place or "",
            note=asked.note or "",
            vocabulary=terms_of(asked.vocabulary or ""),
            people=naming.people(study, asked.person),
        )
        output.answer(
            asked,
            _plain(study, session),
            "Added “{title}”, {id}.",
            title=session.title,
            id=session.id,
        )


def change(asked: Namespace) -> None:
    """Change a session; people who are named become its whole roster."""
    with writing(asked) as study:
        session = naming.session(study, asked.id)
        values = given(
            method=asked.method,
            title=asked.title,
            date=asked.date,
            place=asked.place,
            note=asked.note,
            vocabulary=None if asked.vocabulary is None else terms_of(asked.vocabulary),
        )
        with study.step(Op.EDIT_SESSION):
            if values:
                session = study.materials.change_session(session.id, **values)
            if asked.person:
                study.materials.set_roster(session.id, naming.people(study, asked.person))
        output.answer(asked, _plain(study, session), "Changed “{title}”.", title=session.title)


def remove(asked: Namespace) -> None:
    """Put a session with its material into the bin."""
    with writing(asked) as study:
        session = naming.session(study, asked.id)
        study.materials.remove_session(session.id)
        output.answer(
            asked, {"removed": session.id}, "“{title}” is in the bin.", title=session.title
        )


def add_speakers_to(parser: ArgumentParser) -> None:
    """Add the options of `speakers`."""
    parser.add_argument("--source", required=True, metavar="ID", help="id, title or file name")
    parser.add_argument(
        "--name", action="append", default=[], metavar="LABEL=CODE|T",
        help="say whose voice it is: a person’s code, or any name; nothing takes the name away",
    )  # fmt: skip


def speakers(asked: Namespace) -> None:
    """List the voices of a text, or say whose they are."""
    said = assignments(asked.name, t("LABEL=CODE or LABEL=NAME"))
    with writing(asked) if said else reading(asked) as study:
        transcript = _transcript(study, asked.source)
        if said:
            _name(study, transcript, said)
        voices = _voices(study, transcript)
        output.listed(asked, voices, map(_voice_line, voices), "The text has no voices.")


def add_visit_to(parser: ArgumentParser) -> None:
    """Add the options of `visit`."""
    parser.add_argument("session", help="id or title of a mystery visit")
    parser.add_argument("--form", default="", metavar="NAME", help="form to fill")
    parser.add_argument(
        "--set", action="append", default=[], metavar="KEY=VALUE",
        help="answer an item by its key; n/a for not applicable",
    )  # fmt: skip
    parser.add_argument("--arrived", metavar="T", help="time of day, as 9:05, 9.05 or 9:05 pm")
    parser.add_argument("--left", metavar="T", help="time of day")
    parser.add_argument("--narrative", metavar="T", help="the shopper’s words")


def visit(asked: Namespace) -> None:
    """Fill the form of a mystery visit, or show it."""
    said = assignments(asked.set, "KEY=VALUE")
    values = given(arrived=asked.arrived, left=asked.left, narrative=asked.narrative)
    with writing(asked) if said or values or asked.form else reading(asked) as study:
        session = naming.session(study, asked.session)
        filled = study.visits.visit(session.id)
        if said or values or asked.form:
            filled = study.visits.fill(session.id, form=asked.form, answers=said, **values)
        if filled is None:
            raise UserError(
                "visit-none",
                "“{session}” has no visit form yet.",
                "“--form NAME” or an answer begins one.",
                session=session.title,
            )
        data = filled.plain()
        if data["score"] is None:
            output.answer(asked, data, "{session}  not scored", session=session.title)
        else:
            score = rounded(data["score"])
            output.answer(
                asked, data, "{session}  {score} of 100", session=session.title, score=score
            )


def _line(row: dict[str, Any]) -> str:
    people = ", ".join(row["people"])
    parts = (row["id"], row["date"] or "–", str(row["method"]), row["title"], people)
    return "  ".join(filter(None, parts))


def _voice_line(row: dict[str, Any]) -> str:
    who = row["person"] or row["name"] or t("who is this?")
    turns = plural(row["turns"], "{n} turn", "{n} turns")
    return f"{row['label']}  {who}  {turns}, {plural(row['words'], '{n} word', '{n} words')}"


def _name(study: Study, transcript: Transcript, said: dict[str, str]) -> None:
    with study.step(Op.NAME_SPEAKER):
        for label, name in said.items():
            voices = {row.id: row for row in study.transcripts.speakers.of(transcript.id)}
            names = {key: (row.label, row.name) for key, row in voices.items()}
            study.speaking.name(voices[pick(label, names, "voice")].id, name)


def _voices(study: Study, transcript: Transcript) -> list[dict[str, Any]]:
    cast = study.speaking.cast(transcript.id)
    shares = {share.speaker_id: share for share in study.voices.shares(transcript.id)}
    found = []
    for row in study.transcripts.speakers.of(transcript.id):
        share = shares[row.id]
        who = cast[row.id]
        found.append(
            asdict(row)
            | {
                "person": who.person.code if who.person else None,
                "part": who.part.value,
                "seconds": share.spoken_ms / 1000,
                "share": share.share,
                "words": share.words,
                "turns": share.turns,
            }
        )
    return found


def _transcript(study: Study, typed: str) -> Transcript:
    source = naming.source(study, typed)
    transcript = study.transcripts.of_source(SourceId(source.id))
    if transcript is None:
        raise UserError(
            "no-words",
            "“{source}” has no words yet.",
            "“workbench transcribe STUDY --source {source_id}” recognises it.",
            source=source.title,
            source_id=source.id,
        )
    return transcript


def _fields(parser: ArgumentParser) -> None:
    choice(parser, "--method", Method, "how it was held")
    parser.add_argument("--title", metavar="T", help="title")
    parser.add_argument("--date", metavar="D", help="when it was held")
    parser.add_argument("--place", metavar="T", help="where it was held")
    parser.add_argument("--note", metavar="T", help="anything worth knowing")
    parser.add_argument(
        "--vocabulary", metavar="T",
        help="names and terms to expect in its recordings, parted by commas",
    )  # fmt: skip
    parser.add_argument(
        "--person", action="append", default=[], metavar="CODE",
        help="who took part, once for each; “” for nobody",
    )  # fmt: skip


def _plain(study: Study, session: Session) -> dict[str, Any]:
    codes = {row.id: row.code for row in study.people.participants()}
    roster = [row.participant_id for row in study.materials.roster(session.id)]
    return asdict(session) | {
        "people": [codes[key] for key in roster if key in codes],
        "sources": [asdict(row) for row in study.materials.sources(session.id)],
    }
