"""The report as HTML, read back from the file, and shown by a browser."""

from __future__ import annotations

import base64
import json
import re
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from tests.support import report_study
from workbench.domain import report_parts
from workbench.domain.report import (
    BulletList,
    Callout,
    Heading,
    Paragraph,
    Picture,
    Quote,
    ReportModel,
    Run,
    Section,
    Table,
    cell,
    references,
    text,
)
from workbench.errors import Bug
from workbench.exchange.export_html import export_html
from workbench.services.report.reporting import build_report

ARABIC, HEBREW = "انتظرت 3 أيام.", "חיכיתי (שלושה) ימים."


@pytest.fixture(scope="module")
def page(model: ReportModel, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return export_html(model, tmp_path_factory.mktemp("html") / "report.html")


@pytest.fixture(scope="module")
def root(page: Path) -> Any:
    return html.document_fromstring(page.read_bytes())


def _written(folder: Path, *blocks: Any, title: str = "R") -> Any:
    out = export_html(ReportModel(title, (), (Section("s", "S", blocks),)), folder / "r.html")
    return html.document_fromstring(out.read_bytes())


def _words(element: Any) -> str:
    return " ".join(element.text_content().split())


def test_all_that_the_tree_says_is_there_in_its_order(root: Any, model: ReportModel) -> None:
    said = _words(root.find("body"))
    place = 0
    for section in model.sections:
        for words in (section.heading, *(w for block in section.blocks for w in _said(block))):
            found = said.find(" ".join(words.split()), place)
            assert found >= place, words
            place = found


def _said(block: Any) -> list[str]:
    match block:
        case Heading(text=words):
            return [words]
        case Paragraph(runs=runs) | Callout(runs=runs):
            return [run.text for run in runs if isinstance(run, Run) and "\n" not in run.text]
        case Quote(words=words, person=person):
            return [words, person]
        case BulletList(items=items):
            return [run.text for item in items for run in item if isinstance(run, Run)]
        case Table(caption=caption):
            return [caption]
    return []


def test_every_number_leads_to_the_register_and_back(root: Any, model: ReportModel) -> None:
    ids = [one.get("id") for one in root.xpath("//*[@id]")]
    assert len(ids) == len(set(ids))
    links = [one.get("href") for one in root.xpath("//a")]
    assert {link for link in links if link.removeprefix("#") not in ids} == set()
    cited = set(references(model))
    assert cited
    for number in cited:
        [line] = root.xpath(f"//tr[@id='E{number}']")
        assert line.xpath(f".//a[@href='#cited-{number}']")
        [first, *_] = root.xpath(f"//main//a[@href='#E{number}']")
        assert first.get("id") == f"cited-{number}"
        assert _words(first) == f"[E{number}]"


def test_headings_landmarks_and_tables_say_what_they_are(root: Any, model: ReportModel) -> None:
    assert root.get("lang") == "en-GB"
    assert [one.tag for one in root.find("body")] == ["a", "header", "nav", "main", "footer"]
    levels = [int(one.tag[1]) for one in root.xpath("//h1|//h2|//h3|//h4")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    for section in root.xpath("//section"):
        [named] = root.xpath(f"//*[@id='{section.get('aria-labelledby')}']")
        assert named.tag == "h2"
    tables = root.xpath("//table")
    for table in tables:
        [caption] = root.xpath(f"//figcaption[@id='{table.get('aria-labelledby')}']")
        assert re.match(r"Table \d+ ", _words(caption))
        assert table.xpath("thead/tr/th[@scope='col']")
    assert root.xpath("//tbody/tr/th[@scope='row']")
    numbers = [_words(one) for one in root.xpath("//figcaption/b") if "Table" in _words(one)]
    assert numbers == [f"Table {n}" for n in range(1, len(numbers) + 1)]
    listed = [_words(one) for one in root.xpath("//nav//a")]
    assert listed == [" ".join(e.text.split()) for e in report_parts.contents(model)]


def test_pictures_are_in_the_file_and_in_words(root: Any, model: ReportModel) -> None:
    drawn = [b for s in model.sections for b in s.blocks if isinstance(b, Picture)]
    shown = root.xpath("//img")
    assert drawn
    assert [one.get("alt") for one in shown] == [one.alt for one in drawn]
    for one, picture in zip(shown, drawn, strict=True):
        head, packed = one.get("src").split(",")
        assert head == "data:image/png;base64"
        assert base64.b64decode(packed) == picture.png


def test_nothing_runs_and_nothing_comes_from_elsewhere(page: Path, root: Any) -> None:
    assert not root.xpath("//script|//link|//iframe|//object|//base|//form")
    assert not [name for one in root.iter() for name in one.attrib if name.startswith("on")]
    said = re.sub(r"data:image/png;base64,[^\"]*", "", page.read_text("utf-8"))
    assert not re.search(r"https?:|//|url\(|@import|file:", said)
    [policy] = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert "default-src 'none'" in policy


def test_chapters_fold_and_print_on_pages_of_their_own(root: Any, model: ReportModel) -> None:
    folded = root.xpath("//main/section/details[@open]/summary/h2")
    assert [_words(one) for one in folded] == [" ".join(s.heading.split()) for s in model.sections]
    wide = [s.heading for s in model.sections if s.landscape]
    assert [
        _words(one) for one in root.xpath("//section[contains(@class,'landscape')]//h2")
    ] == wide
    sheet = root.xpath("string(//style)")
    for rule in ("@media print", "break-before: page", "table-header-group", "@page wide",
                 "prefers-color-scheme: dark"):  # fmt: skip
        assert rule in sheet
    used = set(re.findall(r"var\(--([\w-]+)\)", sheet))
    light, _, dark = sheet.partition("@media screen")
    for part in (light, dark.partition("\n}\n}")[0]):
        assert used <= set(re.findall(r"--([\w-]+):", part))


def test_words_of_people_are_words_and_nothing_else(tmp_path: Path) -> None:
    bad = "<script>alert(1)</script> & \"a\" 'b' <img src=x onerror=y>"
    root = _written(
        tmp_path,
        Heading(2, bad),
        Paragraph(text(bad, Run(f"{bad}\n{bad}", bold=True, tone="bad"))),
        BulletList((text(bad),)),
        Callout(bad, text(bad), "warn"),
        Picture(b"\x89PNG", bad, bad),
        Table((bad,), ((cell(bad),),), bad, (1,)),
        title=bad,
    )
    assert not root.xpath("//script|//img[@onerror]")
    [image] = root.xpath("//img")
    assert image.get("alt") == bad
    assert _words(root.find(".//title")) == bad
    assert root.xpath("string(//h3)") == bad
    assert root.text_content().count("<script>") == 14  # in the contents and the title, too


def test_what_is_read_from_right_to_left_says_so(tmp_path: Path) -> None:
    root = _written(
        tmp_path,
        Heading(2, ARABIC),
        Paragraph(text(f"“{HEBREW}”")),
        Paragraph(text("She said ", Run(HEBREW, italic=True), ".")),
        Table(("Words",), ((cell(ARABIC),),), "What was said", (1,)),
    )
    turned = {(one.tag, _words(one)) for one in root.xpath("//main//*[@dir='rtl']")}
    quoted = f"“{HEBREW}”"
    assert turned == {
        ("h3", ARABIC), ("p", quoted), ("bdi", quoted), ("bdi", HEBREW), ("td", ARABIC),
        ("bdi", ARABIC),
    }  # fmt: skip
    [mixed] = root.xpath("//p[starts-with(., 'She said')]")
    assert mixed.get("dir") is None


def test_numbers_that_have_no_register_lead_nowhere(tmp_path: Path, model: ReportModel) -> None:
    kept = tuple(s for s in model.sections if not report_parts.is_register(s))
    short = replace(model, sections=kept, short=True)
    root = html.document_fromstring(export_html(short, tmp_path / "b.html").read_bytes())
    assert not root.xpath("//main//a")
    assert "[E1]" in root.text_content()
    assert not root.xpath("//nav|//details")


def test_a_number_without_its_line_is_a_mistake_of_ours(tmp_path: Path, model: ReportModel) -> None:
    with pytest.raises(Bug):
        export_html(replace(model, register=()), tmp_path / "out.html")
    assert not (tmp_path / "out.html").exists()


def test_characters_that_no_file_can_hold_are_left_out(tmp_path: Path) -> None:
    root = _written(tmp_path, Paragraph(text("a\x00b\ud83dc\x0b")), title="T\x01")
    assert root.xpath("string(//main//p)") == "abc"


def test_two_files_of_one_report_are_alike(tmp_path: Path, page: Path) -> None:
    again = export_html(build_report(report_study.sample()), tmp_path / "again.html")
    assert again.read_bytes() == page.read_bytes()


_BROWSER = """
import json, os, sys
os.environ["QTWEBENGINE_CHROMIUM_FLAGS"] = "--no-sandbox --disable-gpu --single-process"
from PySide6.QtCore import QTimer, QUrl
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineProfile
from PySide6.QtWebEngineCore import QWebEngineUrlRequestInterceptor
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QApplication

asked = []

class Watch(QWebEngineUrlRequestInterceptor):
    def interceptRequest(self, info):
        asked.append(info.requestUrl().scheme())

app = QApplication(sys.argv[:1])
profile, watch = QWebEngineProfile(), Watch()
profile.setUrlRequestInterceptor(watch)
page, view = QWebEnginePage(profile), QWebEngineView()
view.setPage(page)
view.resize(420, 800)  # as a telephone
view.show()
LOOK = '''JSON.stringify({
  title: document.title,
  pictures: [...document.images].map(one => one.naturalWidth),
  narrow: document.documentElement.clientWidth,
  broken: [...document.links].filter(a => !document.getElementById(a.hash.slice(1))).length,
  overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
})'''

def told(said):
    seen = json.loads(said)
    page.pdfPrintingFinished.connect(lambda path, ok: end({**seen, "asked": sorted(set(asked))}))
    page.printToPdf(sys.argv[2])

def end(seen):
    print("SEEN", json.dumps(seen), flush=True)
    os._exit(0)

page.loadFinished.connect(lambda ok: page.runJavaScript(LOOK, told))
page.load(QUrl.fromLocalFile(sys.argv[1]))
QTimer.singleShot(90000, lambda: os._exit(3))
app.exec()
"""


@pytest.mark.office
def test_a_browser_shows_and_prints_it_and_asks_nobody(page: Path, tmp_path: Path) -> None:
    pytest.importorskip("PySide6.QtWebEngineCore", exc_type=ImportError)
    pdf = tmp_path / "report.pdf"
    done = subprocess.run(
        [sys.executable, "-c", _BROWSER, str(page), str(pdf)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    seen = next((one for one in done.stdout.splitlines() if one.startswith("SEEN ")), None)
    if seen is None:
        pytest.skip(f"no browser engine runs here: {done.stderr[-300:]}")
    found = json.loads(seen.removeprefix("SEEN "))
    assert found["title"] == "Moving home with Northline"
    assert all(width > 1000 for width in found["pictures"])
    assert 0 < found["narrow"] <= 420
    assert (found["broken"], found["overflow"]) == (0, 0)
    assert set(found["asked"]) <= {"file", "data"}
    assert pdf.read_bytes().startswith(b"%PDF")
