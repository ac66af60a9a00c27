"""The preview says what the Word document will say, with links that lead to the evidence."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QTextDocument
from pytestqt.qtbot import QtBot

from ui.theme import Theme
from ui.views.report.portions import Portions
from ui.views.report.preview import render
from workbench.domain.report import (
    BulletList,
    Callout,
    EvidenceEntry,
    EvidenceRef,
    EvidenceState,
    Heading,
    Paragraph,
    Picture,
    Quote,
    RegisterTable,
    ReportModel,
    Section,
    Table,
    cell,
    text,
)


@pytest.fixture
def model() -> ReportModel:
    blocks = (
        Heading(2, "Waiting"),
        Paragraph(text("Silence < news ", EvidenceRef(1)), "lead"),
        Quote("Two weeks & nothing", "Ruth", "Evening group", "01:12", 1),
        BulletList((text("First"), text("Second"))),
        Callout("So what", text("Write."), "good"),
        Table(("A", "B"), ((cell("1"), cell(EvidenceRef(2), tone="stage3")),), "Things", (1, 2)),
        Picture(b"png", "A curve", "The curve"),
    )
    return ReportModel(
        "Moving home",
        ("Northline",),
        (
            Section("s", "Stages", blocks),
            Section("r", "Register", (RegisterTable("Evidence register"),)),
        ),
        (
            EvidenceEntry(1, "ob-1", EvidenceState.QUOTED, "Two weeks", "Ruth", "Group", "01:12"),
            EvidenceEntry(2, "ob-2", EvidenceState.WITHHELD, why_not="Not quoted."),
            EvidenceEntry(3, "ob-3", EvidenceState.REMOVED, why_not="Removed."),
        ),
    )


def test_a_large_one_looks_the_same_portion_by_portion(
    model: ReportModel, theme: Theme, qtbot: QtBot
) -> None:
    made = render(model, theme, width=600)
    whole, parted, older = QTextDocument(), QTextDocument(), QTextDocument()
    whole.setHtml(made.html)
    portions = Portions(whole)
    filled: list[QTextDocument] = []
    portions.filled.connect(filled.append)
    portions.fill(older, made.style, made.parts)
    portions.end()
    portions.fill(parted, made.style, made.parts)
    assert portions.busy
    qtbot.waitUntil(lambda: not portions.busy)
    assert filled == [parted]
    for document in (whole, parted):
        document.setTextWidth(700)
    assert _places(parted) == _places(whole)
    assert parted.toHtml() == whole.toHtml()


def _places(document: QTextDocument) -> list[tuple[str, QRectF]]:
    """Return every paragraph with the place where it is laid out."""
    block, layout = document.begin(), document.documentLayout()
    found = []
    while block.isValid():
        found.append((block.text(), layout.blockBoundingRect(block)))
        block = block.next()
    return found


def test_every_reference_has_its_place(model: ReportModel, theme: Theme) -> None:
    html = render(model, theme, width=600).html
    cited = set(re.findall(r'href="#(E\d+)"', html))
    places = set(re.findall(r'name="(E\d+)"', html))
    assert cited == {"E1", "E2"}
    assert places == {"E1", "E2", "E3"}
    assert "observation:ob-3" not in html
    assert 'href="observation:ob-1"' in html


def test_words_are_escaped(model: ReportModel, theme: Theme) -> None:
    html = render(model, theme, width=600).html
    assert "Silence &lt; news" in html
    assert "Two weeks &amp; nothing" in html


def test_what_is_withheld_says_why(model: ReportModel, theme: Theme) -> None:
    html = render(model, theme, width=600).html
    assert "<i>Not quoted.</i>" in html


def test_tables_and_figures_are_numbered(model: ReportModel, theme: Theme) -> None:
    made = render(model, theme, width=600)
    document = QTextDocument()
    document.setHtml(made.html.replace('src="picture0"', ""))
    shown = document.toPlainText()
    for caption in ("Table 1: Things", "Figure 1: The curve", "Table 2: Evidence register"):
        assert caption in shown
    assert made.pictures == [b"png"]


def test_colours_follow_the_theme(model: ReportModel, theme: Theme) -> None:
    light = render(model, theme, width=600).html
    theme.choose("dark")
    dark = render(model, theme, width=600).html
    assert theme.stage_fill(2).name() in dark
    assert theme.stage_fill(2).name() not in light
