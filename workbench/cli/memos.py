"""`workbench memo`: notes on anything of the study."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import asdict

from workbench.cli import naming, output
from workbench.cli.doors import reading, writing
from workbench.cli.parsing import Verbs
from workbench.domain.naming import pick
from workbench.errors import UserError
from workbench.services.coding.memos import joined
from workbench.study import Study
from workbench.words import N_, Phrase, t

_Find = Callable[[Study, str], str]
_SUBJECTS: dict[str, _Find] = {
    "study": lambda study, _: study.charter.id,
    "person": lambda study, typed: naming.person(study, typed).id,
    "session": lambda study, typed: naming.session(study, typed).id,
    "source": lambda study, typed: naming.source(study, typed).id,
    "code": lambda study, typed: naming.code(study, typed).id,
    "stage": lambda study, typed: naming.stage(study, typed).id,
    "observation": lambda study, typed: naming.observation(study, typed).id,
    "turn": lambda study, typed: naming.turn(study, typed).id,
}
_TABLES = {"study": "charter", "person": "participant"}


def add_to(parser: ArgumentParser) -> None:
    """Add the verbs."""
    verbs = Verbs(parser, show)
    for verb, about in (
        ("add", N_("write a memo, below what is noted already")),
        ("set", N_("write a memo anew")),
    ):
        written = verbs.add(verb, about, write)
        written.add_argument("about", help=_about_help())
        written.add_argument("--text", required=True, metavar="T", help="the note")
        written.set_defaults(verb=verb)
    gone = verbs.add("remove", "delete a memo; “undo” brings it back", remove)
    gone.add_argument("about", help=_about_help())


def show(asked: Namespace) -> None:
    """List the memos, newest first."""
    with reading(asked) as study:
        notes = study.memos.notes()
        rows = [asdict(note.memo) | {"title": note.title} for note in notes]
        lines = (f"{n.memo.id}  {n.title}: {' '.join(n.memo.text.split())}" for n in notes)
        nothing: Phrase = "No memo yet. “workbench memo STUDY add study --text TEXT” writes one."
        output.listed(asked, rows, lines, nothing)


def write(asked: Namespace) -> None:
    """Write a memo, or write on."""
    with writing(asked) as study:
        subject, subject_id = _about(study, asked.about)
        old = study.memos.of(subject, subject_id)
        text = joined(old.text, asked.text) if old and asked.verb == "add" else asked.text
        memo = study.memos.write(subject, subject_id, text)
        if memo is None:
            raise UserError("memo-empty", "The memo has no words.", "Give them with “--text”.")
        output.answer(asked, memo, "Wrote {id}.", id=memo.id)


def remove(asked: Namespace) -> None:
    """Delete a memo."""
    with writing(asked) as study:
        subject, subject_id = _about(study, asked.about)
        memo = study.memos.of(subject, subject_id)
        if memo is None:
            raise UserError("memo-none", "There is no memo on it.", "“memo STUDY list” lists them.")
        study.memos.write(subject, subject_id, "")
        output.answer(asked, {"removed": memo.id}, "The memo is gone; “undo” brings it back.")


def _about_help() -> str:
    return t(
        "id of a memo, or what it is about: study, or KIND=NAME with KIND one of {kinds}",
        kinds=", ".join(_SUBJECTS),
    )


def _about(study: Study, typed: str) -> tuple[str, str]:
    """Return table and id of what a memo is about."""
    kind, _, name = typed.partition("=")
    if kind not in _SUBJECTS:
        memos = {str(memo.id): memo for memo in study.memos.all()}
        names = {one: (one,) for one in (*_SUBJECTS, *memos)}
        kind = pick(typed, names, "memo or kind of object")
        if kind in memos:
            return memos[kind].subject, memos[kind].subject_id
    return _TABLES.get(kind, kind), _SUBJECTS[kind](study, name)
