"""The columns of a table in the window: shown first, chosen by keys, remembered, never stored."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeWidgetItem
from pytestqt.qtbot import QtBot

from tests.support.private_tables import GERMAN, TABLES
from tests.support.words import found_in
from tests.ui.conftest import Answers
from ui.views.collect.columns_dialog import ColumnsDialog
from ui.views.collect.workspace import CollectWorkspace
from workbench.domain.survey import Fate


def _write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def _ask(qtbot: QtBot, collect: CollectWorkspace, *paths: Path) -> ColumnsDialog:
    """Choose files, answer the first question, and return the second."""
    importer = collect.importer
    importer.ask(paths)
    assert importer.dialog is not None
    importer.dialog.accept()
    return _asked(qtbot, collect)


def _asked(qtbot: QtBot, collect: CollectWorkspace) -> ColumnsDialog:
    step = collect.importer.taking_in.columns
    qtbot.waitUntil(lambda: step.dialog is not None)
    assert step.dialog is not None
    return step.dialog


def _row(dialog: ColumnsDialog, head: str) -> QTreeWidgetItem:
    [found] = dialog.list.findItems(head, Qt.MatchFlag.MatchExactly)
    return found


def _shown(dialog: ColumnsDialog) -> dict[str, str]:
    items = [dialog.list.topLevelItem(row) for row in range(len(dialog.columns))]
    return {item.text(0): item.text(2) for item in items if item is not None}


def test_columns_are_shown_and_chosen_before_anything_is_stored(
    qtbot: QtBot, collect: CollectWorkspace, answers: Answers, tmp_path: Path
) -> None:
    study, path = collect.study, _write(tmp_path, "german.csv", GERMAN)
    assert study is not None
    folder, secret = study.folder, TABLES["german.csv"].secret
    before = study.show()
    dialog = _ask(qtbot, collect, path)
    assert list(study.materials.media.iterdir()) == []
    assert _shown(dialog) == {
        "Nr": "Person’s code",
        "Vor- und Nachname": "Left out: names",
        "Mailadresse": "Left out: e-mail addresses",
        "Handy": "Left out: phone numbers",
        "Wohnort/Straße": "Left out: addresses",
        "Was lief schief?": "Answer",
    }
    assert _row(dialog, "Was lief schief?").text(1) == "It took weeks · Fine"
    qtbot.keyClick(dialog.list, Qt.Key.Key_Escape)
    assert not collect.importer.taking_in.busy
    assert study.show() == before
    assert list(study.materials.media.iterdir()) == []

    dialog = _ask(qtbot, collect, path)
    qtbot.keyClick(dialog.list, Qt.Key.Key_End)
    for fate, first in ((Fate.CODE, Fate.ANSWER), (Fate.PSEUDONYM, Fate.CODE)):  # by arrows
        qtbot.keyClick(dialog.becomes, Qt.Key.Key_Down)
        assert (dialog.columns[5].fate, dialog.columns[0].fate) == (fate, first)
    assert not dialog.accept_button.isEnabled()
    qtbot.keyClick(dialog.becomes, Qt.Key.Key_Home)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Home)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Space)  # the code is left out
    assert dialog.columns[0].fate is Fate.LEFT_OUT
    for _ in range(4):
        qtbot.keyClick(dialog.list, Qt.Key.Key_Down)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Space)
    assert _shown(dialog)["Wohnort/Straße"] == "Answer (addresses)"
    assert "One column that tells" in dialog.warning.text()
    dialog.becomes.setCurrentIndex(dialog.becomes.place_of(Fate.SEGMENT))
    dialog.becomes.activated.emit(dialog.becomes.currentIndex())
    with qtbot.waitSignal(collect.taking_in.imported):
        qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    assert [one.name for one in study.people.segments()] == ["Lange Gasse 1", "Kurze Gasse 2"]
    assert found_in(folder, {*secret} - {"Gasse"}) == []

    # The same heads again: as they were chosen, in a study or another.
    more = GERMAN.replace("It took weeks", "Write to me@x.example")
    other = _write(tmp_path, "second.csv", more)
    dialog = _ask(qtbot, collect, other)
    assert _shown(dialog)["Nr"] == "Left out"
    assert _shown(dialog)["Was lief schief?"] == "Answer; one may hold an address or number"
    assert _shown(dialog)["Wohnort/Straße"] == "Segment (addresses)"
    kept = {k: v for k, v in collect.context.choices.items() if k.startswith("columns.")}
    assert list(kept.values()) == ["0:LEFT_OUT 4:SEGMENT"]
    dialog.list.selectAll()
    dialog.becomes.setCurrentIndex(dialog.becomes.place_of(Fate.LEFT_OUT))
    dialog.becomes.activated.emit(dialog.becomes.currentIndex())
    assert {one.fate for one in dialog.columns} == {Fate.LEFT_OUT}
    assert not dialog.accept_button.isEnabled()
    dialog.reject()
    assert len(study.materials.sources()) == 1
    assert answers.errors == []


def test_every_table_of_a_lot_is_asked_about_once(
    qtbot: QtBot, collect: CollectWorkspace, tmp_path: Path
) -> None:
    study = collect.study
    assert study is not None
    names = [name for name in TABLES if name != "german.csv"]
    paths = [_write(tmp_path, name, TABLES[name].text) for name in names]
    paths.append(_write(tmp_path, "form 2.csv", TABLES["form.csv"].text.replace("Fine", "Good")))
    paths.append(_write(tmp_path, "note.md", "She waited."))
    asked = []
    dialog = _ask(qtbot, collect, *paths)
    for _ in range(3):  # two forms together, and two others; turns have no columns to choose
        dialog = _asked(qtbot, collect)
        asked.append(dialog.columns)
        dialog.accept()
    private = [tuple(one.head for one in columns if one.private) for columns in asked]
    assert private == [TABLES[name].private for name in names if TABLES[name].private]
    qtbot.waitUntil(lambda: len(study.materials.sources()) == 6)
    secret = {word for name in names for word in TABLES[name].secret}
    assert found_in(study.folder, secret) == []


def test_a_new_version_of_a_table_is_asked_about(
    qtbot: QtBot, collect: CollectWorkspace, answers: Answers, tmp_path: Path
) -> None:
    study = collect.study
    assert study is not None
    [source] = study.imports.take_in([_write(tmp_path, "a.csv", "ID,Why?\nP1,So\n")])
    answers.files = [_write(tmp_path, "b.csv", "ID,Why?,E-mail\nP1,So it is,m@x.example\n")]
    collect.importer.ask_version(source.id)
    dialog = _asked(qtbot, collect)
    assert _shown(dialog)["E-mail"] == "Left out: e-mail addresses"
    with qtbot.waitSignal(collect.taking_in.imported):
        dialog.accept_button.click()
    assert found_in(study.folder, ["m@x.example"]) == []
    answers.files = [_write(tmp_path, "c.csv", "ID,Why?,E-mail\nP1,No,m@x.example\n")]
    collect.importer.ask_version(source.id)
    _asked(qtbot, collect)
    collect.importer.close()  # a study that closes takes the question along
    assert collect.importer.taking_in.columns.dialog is None
    assert not collect.importer.taking_in.busy
