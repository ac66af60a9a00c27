"""The report is previewed live and written as a Word document."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from docx import Document
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QDialog, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from tests.support import word
from tests.support.map_study import SAID
from tests.ui.conftest import Answers
from ui.bridge import long_steps
from ui.bridge.long_steps import LongSteps
from ui.context import AppContext
from ui.main_window import MainWindow
from ui.views.report.workspace import ReportWorkspace
from workbench.domain.brief import ReportKind, Stakeholder
from workbench.errors import UserError
from workbench.study import Study


def _sections(report: ReportWorkspace) -> list[str]:
    tree = report.outline
    items = (tree.topLevelItem(row) for row in range(tree.topLevelItemCount()))
    return [item.data(0, Qt.ItemDataRole.UserRole) for item in items if item is not None]


def _item(report: ReportWorkspace, section: str) -> QTreeWidgetItem:
    item = report.outline.topLevelItem(_sections(report).index(section))
    assert item is not None
    return item


def _shown(report: ReportWorkspace) -> str:
    return report.page.browser.toPlainText()


def test_preview_follows_the_study(
    report: ReportWorkspace, window: MainWindow, qtbot: QtBot
) -> None:
    assert "Silence hurts more than a date." in _shown(report)
    assert report.study is not None
    report.study.findings.add_insight("A new claim.")
    qtbot.waitUntil(lambda: "A new claim." in _shown(report))


def test_the_first_section_shows_the_sheet_from_its_upper_edge(report: ReportWorkspace) -> None:
    bar = report.page.browser.verticalScrollBar()
    report.outline.setCurrentItem(_item(report, "stages"))
    assert bar.value() > 0
    report.outline.setCurrentItem(report.outline.topLevelItem(0))
    assert bar.value() == 0


def test_chapter_place_and_selection_stay(report: ReportWorkspace, qtbot: QtBot) -> None:
    browser, study = report.page.browser, report.study
    assert study is not None
    chapter = _item(report, "stages")
    chapter.setExpanded(True)
    child = chapter.child(1)
    assert child is not None
    report.outline.setCurrentItem(child)
    title, place = child.text(0), browser.verticalScrollBar().value()
    assert place > 0
    browser.selectAll()
    report.refresh(None)
    assert browser.textCursor().hasSelection()  # nothing is laid out anew for nothing
    study.findings.add_insight("A new claim.")
    qtbot.waitUntil(lambda: "A new claim." in _shown(report))
    study.journeys.add_stage("A new stage")
    qtbot.waitUntil(lambda: "A new stage" in _shown(report))
    current = report.outline.currentItem()
    assert current is not None
    assert (current.text(0), browser.verticalScrollBar().value()) == (title, place)
    assert _item(report, "stages").isExpanded()
    _item(report, "insights").setCheckState(0, Qt.CheckState.Unchecked)
    report.refresh(None)
    assert _item(report, "insights").checkState(0) is Qt.CheckState.Unchecked
    report.tick_all()
    assert _item(report, "insights").checkState(0) is Qt.CheckState.Checked


def test_a_large_one_is_read_beside_the_window(
    window: MainWindow, map_folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(long_steps, "LARGE", 0)  # as if it were large
    assert window.open_path(map_folder)
    report = window.workspaces["report"]
    assert isinstance(report, ReportWorkspace)
    window.open_object("report", "journey")
    assert report.study is not None
    assert (_sections(report), report.can_write()) == ([], False)
    assert report.counts.text() == "Putting it together …"
    qtbot.waitUntil(lambda: report.outline.currentItem() is not None)  # what was asked for
    qtbot.waitUntil(lambda: "Silence hurts more than a date." in _shown(report))
    assert report.can_write()
    report.refresh(None)
    report.study.findings.add_insight("A new claim.")  # nothing is held meanwhile
    qtbot.waitUntil(lambda: "A new claim." in _shown(report))
    report.study.findings.add_insight("Another claim.")
    report.refresh(None)
    assert window.close()  # also while it reads
    assert not (map_folder / "study.sqlite-wal").exists()


def test_the_preview_of_a_large_one_is_read_in_portions(
    report: ReportWorkspace, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(long_steps, "LARGE", 0)  # as if it were large
    browser, study = report.page.browser, report.study
    assert study is not None
    report.outline.setCurrentItem(_item(report, "insights"))
    place = browser.verticalScrollBar().value()
    study.findings.add_insight("A new claim.")
    qtbot.waitUntil(lambda: "A new claim." in _shown(report))
    assert browser.verticalScrollBar().value() == place
    report.tick_all()  # the same: nothing is read
    assert not report.page.busy
    _item(report, "roadmap").setCheckState(0, Qt.CheckState.Unchecked)
    assert report.page.busy
    assert "Calls per order" in _shown(report)  # what was there stays until the new is
    report.outline.setCurrentItem(_item(report, _sections(report)[-1]))
    qtbot.waitUntil(lambda: not report.page.busy)
    assert "Calls per order" not in _shown(report)
    assert browser.verticalScrollBar().value() > place  # where somebody wanted to be meanwhile
    report.tick_all()
    assert report.page.busy
    assert window.close()  # also while it is read


def test_nobody_is_quoted_who_did_not_agree(report: ReportWorkspace) -> None:
    assert SAID["Maya"][2].rstrip(".") in _shown(report)
    assert SAID["Ruth"][0] not in _shown(report)
    assert "Castellane" not in _shown(report)


def test_outline_scrolls_to_its_section(report: ReportWorkspace) -> None:
    bar = report.page.browser.verticalScrollBar()
    report.outline.setCurrentItem(_item(report, "insights"))
    there = bar.value()
    assert there > 0
    report.outline.setCurrentItem(_item(report, _sections(report)[0]))
    assert bar.value() < there


def test_evidence_links_lead_to_register_and_transcript(
    report: ReportWorkspace, context: AppContext, qtbot: QtBot
) -> None:
    bar = report.page.browser.verticalScrollBar()
    report.page.browser.anchorClicked.emit(QUrl("#E1"))
    assert bar.value() > 0
    assert report.study is not None
    key = report.study.passages.find()[0].observation.id
    with qtbot.waitSignal(context.signals.open_requested) as asked:
        report.page.browser.anchorClicked.emit(QUrl(f"observation:{key}"))
    assert asked.args == ["observation", key]


def _writing(qtbot: QtBot, report: ReportWorkspace) -> AbstractContextManager[object]:
    """Wait until the report is written that is begun inside."""
    steps = report.context.long_steps
    assert isinstance(steps, LongSteps)
    return qtbot.waitSignal(steps.ended)  # type: ignore[no-any-return]


def test_unticked_section_stays_out_of_preview_and_word(
    report: ReportWorkspace, answers: Answers, tmp_path: Path, qtbot: QtBot
) -> None:
    _item(report, "roadmap").setCheckState(0, Qt.CheckState.Unchecked)
    assert "Calls per order" not in _shown(report)
    answers.saved = tmp_path / "short"
    with _writing(qtbot, report):
        report.writer.write()
        report.tick_all()  # too late for what is being written
    written = Document(str(tmp_path / "short.docx"))
    headings = [p.text for p in written.paragraphs if p.style and p.style.name == "Heading 1"]
    assert "Roadmap" not in headings
    assert "Insights" in headings
    report.tick_all()
    assert "Calls per order" in _shown(report)


def test_register_cannot_be_left_out(report: ReportWorkspace) -> None:
    state = _item(report, "register").data(0, Qt.ItemDataRole.CheckStateRole)
    assert state is None


def test_written_report_can_be_opened(
    report: ReportWorkspace,
    answers: Answers,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    assert not report.writer.has_written()
    answers.saved = tmp_path / "report.docx"
    report.tools.write_button.setFocus()
    with _writing(qtbot, report):
        report.tools.write_button.click()
        assert report.tools.write_button.text() == "Writing…"
    assert report.tools.write_button.hasFocus()
    assert report.tools.open_button.isVisible()
    report.tools.open_button.click()
    assert opened == [QUrl.fromLocalFile(str(tmp_path / "report.docx"))]


def test_the_focus_comes_back_when_the_window_is_not_active_again_yet(
    report: ReportWorkspace, answers: Answers, tmp_path: Path, qtbot: QtBot
) -> None:
    answers.saved = tmp_path / "report.docx"
    report.tools.write_button.setFocus()
    asked = QDialog(report)  # as a dialog that asked for a place, and of which the desk still hears
    asked.show()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is asked)
    with _writing(qtbot, report):
        report.tools.write_button.click()
        asked.close()
    assert report.window().focusWidget() is report.tools.write_button
    assert {p.suffix for p in tmp_path.glob("report*")} == {".docx"}


def test_it_is_written_as_what_its_name_ends_in_and_that_is_offered_next_time(
    report: ReportWorkspace, answers: Answers, tmp_path: Path, qtbot: QtBot
) -> None:
    answers.saved = tmp_path / "report.html"
    with _writing(qtbot, report):
        report.writer.write()
    assert answers.saved.read_bytes().startswith(b"<!DOCTYPE html>")
    answers.saved = None
    report.writer.write()
    word_first, html_first = answers.filters
    assert word_first == "Word document (*.docx);;HTML page (*.html)"
    assert html_first == "HTML page (*.html);;Word document (*.docx)"
    assert answers.names[-1].endswith(".html")


def test_a_brief_is_shown_and_written_for_whom_it_is(
    report: ReportWorkspace, answers: Answers, tmp_path: Path, qtbot: QtBot
) -> None:
    place = report.tools.kind.place_of((ReportKind.BRIEF, Stakeholder.IT))
    report.tools.kind.setCurrentIndex(place)
    report.tools.kind.activated.emit(place)
    assert "findings" in _sections(report)
    assert "Brief for IT" in _shown(report)
    answers.saved = tmp_path / "brief.html"
    with _writing(qtbot, report):
        report.writer.write()
    assert answers.names[-1].startswith(f"{report.study.title} – brief for IT")  # type: ignore[union-attr]
    assert "Brief for IT" in answers.saved.read_text("utf-8")
    report.focus_object("report", "journey")
    assert "journey" in _sections(report)


def test_a_folder_that_is_gone_leaves_the_button_ready(
    report: ReportWorkspace, answers: Answers, tmp_path: Path, qtbot: QtBot
) -> None:
    answers.saved = tmp_path / "nowhere" / "report.docx"
    with _writing(qtbot, report):
        report.writer.write()
    assert [type(problem) for problem in answers.errors] == [UserError]
    assert report.tools.write_button.isEnabled()
    assert report.tools.write_button.text() == "Write report…"


def test_map_leads_into_its_chapter(report: ReportWorkspace, context: AppContext) -> None:
    context.signals.open_requested.emit("report", "journey")
    assert report.outline.currentItem() is _item(report, "journey")


def test_empty_study_teaches(window: MainWindow, study_folder: Path) -> None:
    assert window.open_path(study_folder)
    report = window.workspaces["report"]
    assert isinstance(report, ReportWorkspace)
    assert not report.page.isVisible()
    assert "Code a first passage" in report._empty.sentence.text()


def test_export_of_the_window_writes_the_report(
    report: ReportWorkspace, answers: Answers, window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    answers.saved = tmp_path / "report.docx"
    window.show_workspace("journey")
    with _writing(qtbot, report):
        window.run_action("study.export")
    assert window.workspace is report
    assert answers.saved.stat().st_size > 10_000


def _written(report: ReportWorkspace) -> list[str]:
    tree, found = report.written.list, []
    for i in range(tree.topLevelItemCount()):
        item = tree.topLevelItem(i)
        assert item is not None
        found += [item.text(0), *(item.child(j).text(0) for j in range(item.childCount()))]
    return found


def test_written_reports_are_listed_with_what_changed_since(
    report: ReportWorkspace, answers: Answers, tmp_path: Path, qtbot: QtBot
) -> None:
    study = report.study
    assert study is not None
    assert not report.written.list.isVisible()
    assert "until then they may change" in report.written.hint.text()
    before = _shown(report)
    answers.saved = tmp_path / "for the client.docx"
    with _writing(qtbot, report):
        report.writer.write()
    qtbot.waitUntil(report.written.list.isVisible)
    assert not report.written.hint.isVisible()
    assert _shown(report) == before
    assert any("for the client.docx" in line for line in _written(report))
    assert "Its evidence is unchanged" in _written(report)
    gone = study.findings.evidence(study.findings.insights()[0].id)[0].observation_id
    number = {r.observation_id: r.number for r in study.reports.register.numbers()}[gone]
    study.observations.remove([gone])
    qtbot.waitUntil(lambda: f"Removed since: E{number}" in _written(report))
    item = report.written.list.topLevelItem(0)
    assert item is not None
    lines = [item.child(i) for i in range(item.childCount())]
    child = next(line for line in lines if line and "Removed" in line.text(0))
    report.page.go_to("top")
    report.written.list.itemActivated.emit(child, 0)
    assert report.page.browser.verticalScrollBar().value() > 0


def test_a_study_for_reading_is_previewed_with_numbers_said_to_be_provisional(
    window: MainWindow, answers: Answers, map_folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    with Study.open(map_folder):
        answers.yes = True
        assert window.open_path(map_folder)
        report = window.workspaces["report"]
        assert isinstance(report, ReportWorkspace)
        assert "are provisional" in _shown(report)
        answers.saved = draft = tmp_path / "draft.docx"
        report.writer.write()
        qtbot.waitUntil(draft.exists)  # it is written beside the window
        assert "are provisional" in word.text(draft)
