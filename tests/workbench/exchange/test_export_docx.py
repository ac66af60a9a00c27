"""The Word report, read back from the file."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from PIL import Image

from tests.support import report_study
from workbench.domain.report import Paragraph, ReportModel, Section, text
from workbench.errors import Bug, EnvironmentProblem, UserError
from workbench.exchange import atomic
from workbench.exchange.export_docx import export_docx

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def xml(report: Path, part: str = "word/document.xml") -> str:
    with zipfile.ZipFile(report) as package:
        return package.read(part).decode()


def test_headings_are_real_and_in_the_table_of_contents(report: Path, model: ReportModel) -> None:
    paragraphs = docx.Document(str(report)).paragraphs
    headings = [p.text for p in paragraphs if p.style.name in {"Heading 1", "Heading 2"}]
    contents = [p.text for p in paragraphs if p.style.name.lower().startswith("toc ")]
    assert [s.heading for s in model.sections if s.heading not in headings] == []
    assert contents == headings
    assert 'TOC \\o "1-2"' in xml(report)


def test_every_link_has_its_bookmark_and_bookmarks_are_unique(report: Path) -> None:
    body = xml(report)
    names = re.findall(r'w:bookmarkStart [^>]*w:name="([^"]+)"', body)
    ids = re.findall(r'w:bookmarkStart w:id="(\d+)"', body)
    anchors = set(re.findall(r'w:hyperlink w:anchor="([^"]+)"', body))
    assert len(names) == len(set(names)) == len(set(ids))
    assert anchors
    assert anchors <= set(names)


def test_every_evidence_number_leads_to_the_appendix_and_back(
    report: Path, model: ReportModel
) -> None:
    body = xml(report)
    printed = {int(n) for n in re.findall(r">\[E(\d+)\]<", body)}
    assert printed == {entry.number for entry in model.register}
    for number in printed:
        assert f'w:name="evidence_{number}"' in body
        assert f'w:anchor="cited_{number}"' in body
        assert f'w:name="cited_{number}"' in body


def test_nothing_asks_to_update_fields(report: Path) -> None:
    assert "updateFields" not in xml(report, "word/settings.xml")
    assert "w:dirty" not in xml(report)


def test_pictures_speak_and_tables_repeat_their_heads(report: Path) -> None:
    document = docx.Document(str(report))
    pictures = list(document.element.body.iter(qn("wp:docPr")))
    assert pictures
    assert all("Experience from −2 to +2" in p.get("descr") for p in pictures)
    tables = [t for t in document.tables if len(t.rows) > 1]
    for table in tables:
        first, *others = table._tbl.tr_lst
        assert first.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        assert all(r.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for r in others)


def test_captions_are_fields_and_numbered_in_order(report: Path) -> None:
    captions = [p.text for p in docx.Document(str(report)).paragraphs if p.style.name == "Caption"]
    tables = [int(c.split()[1]) for c in captions if c.startswith("Table")]
    assert tables == list(range(1, len(tables) + 1))
    assert "SEQ Table" in xml(report)


def test_header_footer_and_page_numbers(report: Path, model: ReportModel) -> None:
    first, *others = docx.Document(str(report)).sections
    assert first.header.paragraphs[0].text == model.title
    assert first.different_first_page_header_footer
    for section in (first, *others):
        assert " PAGE " in section.footer._element.xml
    assert len({section.orientation for section in (first, *others)}) == 2


def test_metadata_name_nobody(report: Path, model: ReportModel) -> None:
    core = docx.Document(str(report)).core_properties
    assert (core.title, core.language) == (model.title, "en-GB")
    assert (core.author, core.last_modified_by, core.comments) == ("", "", "")


def test_no_real_name_and_no_silent_voice_in_the_file(report: Path) -> None:
    with zipfile.ZipFile(report) as package:
        whole = "".join(
            package.read(name).decode("utf-8", "replace")
            for name in package.namelist()
            if name.endswith((".xml", ".rels"))
        )
    for name in report_study.real_names():
        for part in name.split():
            assert part not in whole
    assert "Silence is the worst message" not in whole
    assert "Eighteen months" not in whole


def test_a_template_of_another_house_serves(model: ReportModel, tmp_path: Path) -> None:
    template = tmp_path / "house.docx"
    docx.Document().save(str(template))
    made = export_docx(model, tmp_path / "out.docx", template)
    assert model.title in [p.text for p in docx.Document(str(made)).paragraphs]


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04broken"])
def test_a_template_that_is_none_is_refused(
    model: ReportModel, tmp_path: Path, content: bytes
) -> None:
    template = tmp_path / "fake.docx"
    template.write_bytes(content)
    with pytest.raises(UserError, match=r"fake\.docx"):
        export_docx(model, tmp_path / "out.docx", template)
    assert not (tmp_path / "out.docx").exists()


def test_a_model_that_contradicts_itself_is_not_written(model: ReportModel, tmp_path: Path) -> None:
    with pytest.raises(Bug):
        export_docx(replace(model, register=()), tmp_path / "out.docx")
    assert list(tmp_path.iterdir()) == []


def test_control_characters_do_not_break_the_file(tmp_path: Path) -> None:
    section = Section("a", "A & B <c>", (Paragraph(text("bell\x07 form\x0c null\x00 emoji 😀")),))
    made = export_docx(ReportModel("T\x01", (), (section,)), tmp_path / "out.docx")
    texts = [p.text for p in docx.Document(str(made)).paragraphs]
    assert "bell form null emoji 😀" in texts
    assert "A & B <c>" in texts


def test_a_full_disk_leaves_the_old_file_whole(tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    out = tmp_path / "report.docx"
    out.write_text("old")

    def fill(_path: Path) -> None:
        Path("/dev/full").write_bytes(b"x")

    with pytest.raises(EnvironmentProblem, match="disk is full"):
        atomic.keep(out, fill)
    assert out.read_text() == "old"
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.office
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it_and_makes_pages(report: Path, tmp_path: Path) -> None:
    assert SOFFICE is not None
    done = subprocess.run(
        [
            SOFFICE,
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(tmp_path),
            str(report),
        ],
        capture_output=True,
        timeout=400,
        check=False,
    )
    pdf = tmp_path / "report.pdf"
    assert done.returncode == 0
    assert pdf.read_bytes().startswith(b"%PDF")
    assert pdf.stat().st_size > 50_000


def test_the_curve_is_a_picture_of_twice_the_size(report: Path) -> None:
    with zipfile.ZipFile(report) as package:
        name = next(n for n in package.namelist() if n.startswith("word/media/"))
        with package.open(name) as stream, Image.open(stream) as picture:
            assert picture.size == (2400, 960)
