"""What is written from right to left stands so in a Word document, and nothing else is touched."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from workbench.domain.direction import reads_leftwards
from workbench.domain.report import Heading, Paragraph, ReportModel, Run, Section, text
from workbench.exchange.export_docx import export_docx

ARABIC, HEBREW = "انتظرت 3 أيام.", "חיכיתי (שלושה) ימים."


@pytest.mark.parametrize(
    ("words", "leftwards"),
    [
        (ARABIC, True),
        (f"“{HEBREW}”", True),
        ("12 · مريم", True),
        ("Maya مريم", False),
        ("12:30", False),
        ("", False),
    ],
)
def test_a_text_is_read_as_its_first_letter_is(words: str, leftwards: bool) -> None:
    assert reads_leftwards(words) is leftwards


def _written(folder: Path, *words: str) -> Any:
    blocks = (
        Heading(2, words[0]),
        *(Paragraph((Run("Need  ", bold=True), Run(said))) for said in words),
        *(Paragraph(text(Run(said, bold=True))) for said in words),
    )
    model = ReportModel(words[0], (), (Section("s", "Stages", blocks),))
    return docx.Document(str(export_docx(model, folder / "r.docx")))


def test_word_is_told_the_direction_of_paragraphs_and_runs(tmp_path: Path) -> None:
    document = _written(tmp_path, ARABIC, "Nobody rang.", HEBREW)
    turned = {p.text for p in document.paragraphs if p._p.find(f".//{qn('w:bidi')}") is not None}
    assert turned == {ARABIC, HEBREW}
    runs = [run for p in document.paragraphs for run in p.runs]
    marked = [run for run in runs if run._r.find(f".//{qn('w:rtl')}") is not None]
    assert {run.text for run in marked} == {ARABIC, HEBREW}
    assert any(run._r.find(f".//{qn('w:bCs')}") is not None for run in marked)
    sizes = document.styles.element.iter(qn("w:sz"))
    assert all(size.getnext().tag == qn("w:szCs") for size in sizes)
    heading = next(p for p in document.paragraphs if p.style.name == "Heading 2")
    order = [child.tag.split("}")[1] for child in heading._p.pPr]
    assert order.index("pStyle") < order.index("bidi") < order.index("jc")


def test_a_document_that_reads_to_the_right_is_left_alone(tmp_path: Path) -> None:
    document = _written(tmp_path, "Nobody rang.")
    for tag in ("w:bidi", "w:rtl"):
        assert document.element.body.find(f".//{qn(tag)}") is None


def test_scripts_without_italics_stand_upright(tmp_path: Path) -> None:
    model = ReportModel("R", (), (Section("s", "S", (Paragraph((Run(HEBREW, italic=True),)),)),))
    document = docx.Document(str(export_docx(model, tmp_path / "r.docx")))
    [run] = [r for p in document.paragraphs for r in p.runs if r.text == HEBREW]
    assert run._r.find(f".//{qn('w:iCs')}") is None
