"""One test for everything that leaves: no real name, no contact, no word of who did not agree."""

from __future__ import annotations

import ast
import json
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication, QTextCursor
from pytestqt.qtbot import QtBot

from tests.support import private_study
from tests.support.private_study import CLOSED, CONTACTS, NAMES, OPEN, TYPED
from tests.support.source import name_of, python_files, tree_of
from ui.models.passages import PassageModel
from ui.theme import Theme
from ui.views.journey.export import export_map
from ui.views.reading.copying import words_in
from ui.views.reading.text import ReadingText
from workbench.domain.brief import ReportKind, Stakeholder
from workbench.domain.quoting import WORKING_COPY, Silence
from workbench.exchange import finished
from workbench.exchange.registry import FORMATS
from workbench.services.door import Waits
from workbench.services.journey.lanes import LANES, fill
from workbench.study import Study

Leave = Callable[[Study, Path, Theme], Path]
PARTS = {part for name in NAMES for part in name.split()} | {TYPED}


def _map(study: Study, out: Path, theme: Theme) -> Path:
    filled = fill(study.journeys.map())
    painted = study.exports.shown(filled)  # a PNG has no text to look for
    words = [cell.spoken for cells in painted.cells.values() for cell in cells]
    assert_private("\n".join([*words, *painted.notes]))
    return export_map(study.exports, filled, theme, study.title, out, lanes=LANES)


def _of(form: str, source: str = "") -> Leave:
    return partial(_export, form=form, source=source)


def _export(study: Study, out: Path, _theme: Theme, *, form: str, source: str) -> Path:
    found = {one.title: one.id for one in study.materials.sources()}
    return study.exports.write(form, out, source_id=found[source] if source else None)


def _report(study: Study, out: Path, _theme: Theme) -> Path:
    return study.reports.write(out)


def _brief(study: Study, out: Path, _theme: Theme) -> Path:
    return study.reports.write(out, kind=ReportKind.BRIEF, audience=Stakeholder.SERVICE)


GROUP, CALL = "Evening group", f"Call with {NAMES[1]}"
EXPORTS: dict[str, Leave] = {
    "report.docx": _report,
    "report.html": _report,
    "brief.docx": _brief,
    "brief.html": _brief,
    "map.svg": _map,
    "map.png": _map,
    "transcripts.docx": _of("docx"),
    "transcripts.txt": _of("txt"),
    "observations.csv": _of("csv"),
    "tables.xlsx": _of("xlsx"),
    "turns.csv": _of("csv", GROUP),
    "call.vtt": _of("vtt", CALL),
    "call.srt": _of("srt", CALL),
    "call.m4a": _of("sound", f"Call with {NAMES[0]}"),
    "codebook.csv": _of("codebook-csv"),
    "memos.docx": _of("memos-docx"),
    "memos.md": _of("memos-md"),
    "memos.txt": _of("memos-txt"),
    "memos.csv": _of("memos-csv"),
}


WRITERS = {
    "workbench/services/leaving/exports.py": {"observations.csv", "map.svg", "map.png"},
    "workbench/services/leaving/codebook_files.py": {"codebook.csv"},
    "workbench/services/report/reporting.py": {
        "report.docx",
        "report.html",
        "brief.docx",
        "brief.html",
    },
    "workbench/services/withdrawal/certificate.py": set(),  # withdrawal/test_command.py
    "workbench/services/leaving/sounding.py": set(),  # leaving/test_sounding.py
    "workbench/services/consent/forms.py": set(),  # a form as it came in, for the researcher alone
}
"""Who lets files out through the door, and which of the exports above are theirs."""


def test_no_way_out_is_forgotten_here() -> None:
    forms = {way.keywords["form"] for way in EXPORTS.values() if isinstance(way, partial)}
    assert forms == FORMATS.keys() - {"json"}  # which is a working copy
    leaving = {
        name_of(file)
        for file in python_files("workbench", "ui")
        for node in ast.walk(tree_of(file))
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("door.leave")
    }
    assert leaving == WRITERS.keys()
    assert set().union(*WRITERS.values()) <= EXPORTS.keys()


@pytest.fixture(scope="module")
def private_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return private_study.build(tmp_path_factory.mktemp("private"))


@pytest.fixture
def private(private_folder: Path, tmp_path: Path) -> Iterator[Study]:
    folder = tmp_path / "own" / "Key.study"
    shutil.copytree(private_folder, folder)
    with Study.open(folder) as study:
        yield study


def assert_private(text: str) -> None:
    folded = " ".join(text.split()).casefold()
    assert [name for name in PARTS if name.casefold() in folded] == []
    assert [words for words in CLOSED.values() if words.casefold() in folded] == []
    assert [contact for contact in CONTACTS if contact in folded] == []


@pytest.mark.parametrize("name", EXPORTS)
def test_nothing_that_is_for_others_tells_what_is_private(
    qtbot: QtBot, private: Study, theme: Theme, tmp_path: Path, name: str
) -> None:
    out = EXPORTS[name](private, tmp_path / name, theme)
    text = "\n".join(piece.text for piece in finished.pieces(out))
    assert_private(text)
    if name in {"report.docx", "report.html", "map.svg", "transcripts.docx", "transcripts.txt"}:
        assert OPEN in " ".join(text.split())
    if name not in {"map.svg", "map.png", "codebook.csv", "call.m4a", "brief.docx", "brief.html"}:
        assert "Not quoted" in text


@pytest.mark.parametrize("ending", ["svg", "png"])
def test_what_is_painted_is_looked_through(
    qtbot: QtBot, private: Study, theme: Theme, tmp_path: Path, ending: str
) -> None:
    out, stage = tmp_path / f"map.{ending}", private.journeys.stages()[0]
    typed = next(words for words in CLOSED.values() if len(words.split()) > 4)
    private.journeys.change_stage(stage.id, need=f"As somebody said: {typed}")
    filled = fill(private.journeys.map())
    with pytest.raises(Waits, match="drawing"):
        export_map(private.exports, filled, theme, "Map", out, lanes=LANES)
    assert not out.exists()


def test_the_study_as_json_says_that_it_is_a_working_copy(private: Study, tmp_path: Path) -> None:
    text = private.exports.write("json", tmp_path / "study.json").read_text("utf-8")
    assert next(iter(json.loads(text).items())) == ("working_copy", WORKING_COPY)
    assert all(words in text for words in CLOSED.values() if words != CLOSED["together"])
    assert NAMES[-1] not in text


def test_bin_and_history_are_printed_as_others_may_read_them(private: Study) -> None:
    for passage in private.passages.find():
        private.observations.remove([passage.id])
    private.codebook.remove_all([code.id for code in private.codebook.codes()])
    items = private.exports.removed(private.bin.items())
    told = [private.exports.chronicle.about(step) for step in private.history()]
    assert_private("\n".join([*(item.name for item in items), *told]))
    assert sum(item.name.startswith("[Not quoted: ") for item in items) == len(CLOSED)
    assert OPEN in {item.name for item in items}
    assert f"“{OPEN}”" in told


def test_what_is_copied_is_as_others_may_read_it(private: Study) -> None:
    model = PassageModel(private.exports.said)
    model.set_passages(private.passages.find())
    text = model.mimeData([model.index(row) for row in range(model.rowCount())]).text()
    assert_private(text)
    assert f"“{OPEN}” (Maya · Call with [Maya] · 0:00)" in text
    assert f"{Silence.NO_CONSENT.instead} (Leila" in text
    assert f"{Silence.UNKNOWN.instead} (a participant" in text


def test_what_is_copied_out_of_a_text_is_as_others_may_read_it(
    qtbot: QtBot, private: Study, theme: Theme
) -> None:
    [source] = [one for one in private.materials.sources() if one.title == GROUP]
    transcript = private.transcripts.of_source(source.id)
    assert transcript is not None
    text = ReadingText(theme)
    qtbot.addWidget(text)
    text.spoken = private.exports.spoken
    text.show_turns(private.transcripts.turns(transcript.id))
    cursor = text.textCursor()
    cursor.setPosition(2)
    cursor.setPosition(len("I will begin.\n") + 8, QTextCursor.MoveMode.KeepAnchor)
    text.setTextCursor(cursor)
    text.copy()
    data = QGuiApplication.clipboard().mimeData()
    assert data.text() == f"will begin.\n{Silence.NO_CONSENT.instead}"
    assert words_in(data) == f"will begin.\n{CLOSED['together'][:8]}"
