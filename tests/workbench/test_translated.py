"""What leaves a study or is told of it comes from the catalogue, wherever it is said."""

from __future__ import annotations

import importlib
import json
import pkgutil
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import docx
import pytest

from tests.support.pseudo import pseudo_spoken, untranslated
from tests.support.report_text import text_of
from tests.support.sample import make_sample
from workbench import domain
from workbench.domain import personal
from workbench.domain.change import Op
from workbench.domain.consent import Entry, Standing, State, Use
from workbench.domain.ids import (
    EntryId,
    LetOutId,
    MemoId,
    ParticipantId,
    WithdrawalId,
)
from workbench.domain.looking_out import Found, LetOut, Origin, What, undecided
from workbench.domain.observation import Memo
from workbench.domain.people import Participant
from workbench.domain.protection import Clash
from workbench.domain.survey import Column, SurveyTable
from workbench.domain.survey import Fate as OfColumn
from workbench.domain.withdrawal import Deed, Fate, Kind, Withdrawal
from workbench.errors import UserError
from workbench.exchange import column_notes, recovery_sheet
from workbench.exchange.document import LOST, Losses
from workbench.exchange.plaintext import read_text
from workbench.services.coding.memos import SUBJECTS, Note
from workbench.services.history.unsaying import Turned, Unsaid
from workbench.services.keys.protecting import declared_names
from workbench.services.leaving import memo_report
from workbench.services.withdrawal.certificate import certificate, plain
from workbench.study import Study
from workbench.words import t

DAY = "2026-09-12T10:00:00+00:00"


@pytest.fixture(scope="module", autouse=True)
def _strange(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pseudo_spoken(tmp_path_factory.mktemp("locale")):
        yield


def kinds() -> list[type[StrEnum]]:
    """All enumerations of the domain that say what people call their values."""
    modules = [
        importlib.import_module(found.name)
        for found in pkgutil.walk_packages(domain.__path__, f"{domain.__name__}.")
    ]
    found = {kind for module in modules for kind in vars(module).values() if isinstance(kind, type)}
    named = [kind for kind in found if issubclass(kind, StrEnum) and hasattr(kind, "label")]
    return sorted(named, key=lambda kind: kind.__qualname__)


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.__name__)
def test_values_have_names_in_every_language(kind: type[StrEnum]) -> None:
    for value in kind:
        for name in ("label", "plural", "told", "instead"):
            text = getattr(value, name, "")
            assert untranslated(t(text)) == [], value


@pytest.mark.parametrize("deed", Deed)
def test_a_certificate(deed: Deed) -> None:
    told = {
        "places": {kind.value: 2 for kind in Kind},
        "files": [{"title": "Ж", "fate": fate.value, "why": "ж"} for fate in Fate]
        + [{"title": "Ж", "fate": Fate.LEFT.value}],
        "rewritten": ["1"],
        "removed": ["2"],
        "reports": [{"file": "ж", "written_at": DAY, "numbers": [1, 2, 3]}],
    }
    for one in (told, {}, {"places": {"open": 1, "words": 1}}):
        done = Withdrawal(WithdrawalId("1"), DAY, "1", deed, "", json.dumps(one))
        model = certificate(done, "Ж")
        assert untranslated(text_of(model)) == []
        assert untranslated(plain(model)) == []


def test_where_a_person_is(tmp_path: Path) -> None:
    with Study.open(make_sample(tmp_path / "s.study"), read_only=True) as study:
        own = {row.title for row in (*study.materials.sources(), *study.materials.sessions())}
        own |= {row.claim for row in study.findings.insights()}
        own |= {one for row in study.people.participants() for one in (row.code, row.pseudonym)}
        for person in study.people.participants():
            for place in study.withdrawal.places(person.id):
                assert untranslated(place.where, own) == []
                for deed in Deed:
                    assert untranslated(t(place.becomes(deed))) == []


def test_memos() -> None:
    memos = [Memo(MemoId(one), one, "1", "ж", updated_at=DAY) for one in SUBJECTS]
    notes = [Note(memo, title) for memo in memos for title in ("Ж", "")]
    assert untranslated(text_of(memo_report.memo_report("Ж", notes))) == []
    assert untranslated(memo_report.memo_text("Ж", notes)) == []
    assert untranslated(memo_report.memo_plain("Ж", notes)) == []


def test_what_is_found_in_a_file_and_let_out() -> None:
    def sentence(what: What, origin: Origin | None) -> str:
        return Found(what, "ж", "ж", "", "", "Ж", origin).sentence

    origins = [
        Origin(kind, "1", "Ж") for kind in ("charter", *list(SUBJECTS)[1:], "memo", "insight")
    ]
    said = [sentence(what, origin) for what in What for origin in (None, *origins)]
    said += [undecided(["Ж"] * n).sentence for n in (1, 2, 20)]
    said += [LetOut(LetOutId("1"), DAY, "Ж", "", *numbers).sentence for numbers in [
        (1, 0, 0, 0), (1, 2, 0, 0), (2, 1, 2, 1, 2),
    ]]  # fmt: skip
    assert {text: left for text in said if (left := untranslated(text))} == {}


def test_names_that_clash(tmp_path: Path) -> None:
    with Study.create(tmp_path / "Ж.study", title="Ж") as study:
        kinds_of_names = declared_names(study._desk.tables)
    said = [Clash(what, "Ж", "1", other).sentence for what in kinds_of_names for other in ("", "2")]
    assert {text: left for text in said if (left := untranslated(text))} == {}


def test_what_undo_takes_back() -> None:
    person = Participant(ParticipantId("1"), "1", "Ж")
    entries = [Entry(EntryId("1"), 1, person.id, Use.QUOTE, state) for state in State]
    ends = Entry(EntryId("1"), 1, person.id, Use.QUOTE, State.GIVEN, until="2026-09-12")
    ways = [Standing(use) for use in Use] + [Standing(Use.QUOTE, one) for one in (*entries, ends)]
    ways.append(Standing(Use.QUOTE, ends, ended=True))
    unsaid = Unsaid(tuple(Turned(person, one, other) for one in ways for other in ways))
    assert untranslated(unsaid.sentence) == []
    assert [one.sentence for one in unsaid.turned if untranslated(one.sentence)] == []


def test_the_history(tmp_path: Path) -> None:
    with Study.open(make_sample(tmp_path / "s.study"), read_only=True) as study:
        steps = study.history()
        said = {told.sentence: told.about for told in map(study.chronicle.told, steps)}
    assert {step.op for step in steps} >= {Op.CREATE_STUDY, Op.LOAD_SAMPLE}
    assert {text: left for text, own in said.items() if (left := untranslated(text, {own}))} == {}


@pytest.mark.parametrize("suffix", [".docx", ".txt"])
def test_a_recovery_sheet(tmp_path: Path, suffix: str) -> None:
    written = recovery_sheet.write(tmp_path / f"1{suffix}", "Ж", "1-2-3")
    if suffix == ".txt":
        text = written.read_text("utf-8")
    else:
        text = "\n".join(paragraph.text for paragraph in docx.Document(str(written)).paragraphs)
    assert untranslated(text) == []


def test_what_an_import_says_of_a_file() -> None:
    losses = Losses()
    for kind in LOST:
        losses.add(kind)
        assert untranslated(" ".join(losses.notes())) == []
    losses.add(kind, 3)
    assert untranslated(" ".join(losses.notes())) == []


def test_what_an_import_says_of_columns() -> None:
    kinds = (*personal.Kind, "")
    columns = [
        Column("ж", (), fate, kind, contacts=at)
        for at, kind in enumerate(kinds)
        for fate in OfColumn
    ]
    assert untranslated(" ".join(column_notes.told(columns * 2))) == []
    empty = SurveyTable(("ж", "Duration"), (("", "1"),)).columns()
    assert [column.reason for column in empty] == ["empty", "noted by the survey tool"]
    assert untranslated(" ".join(t(column.reason) for column in empty)) == []


def test_what_is_said_of_letters_that_had_to_be_guessed(tmp_path: Path) -> None:
    file, losses = tmp_path / "1.txt", Losses()
    file.write_bytes("é".encode("cp1252") * 9)
    read_text(file, losses)
    assert untranslated(" ".join(losses.notes())) == []
    file.write_bytes(b"PK\x03\x04")
    with pytest.raises(UserError) as refused:
        read_text(file)
    assert untranslated(str(refused.value), {"1.txt", ".pdf", ".docx", ".wav"}) == []
