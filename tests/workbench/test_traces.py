"""What is kept and shown outside a study holds no word of it, and what leaves no word of us."""

from __future__ import annotations

import getpass
import os
import socket
import sys
import time
import zipfile
from pathlib import Path

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from tests.support.commands import started, workbench, worker_of
from tests.support.studies import agree, document, observe, recognised
from tests.support.words import found_in, told
from tests.workbench.services.leaving.test_leaving import LEAVES, out_of
from workbench.domain.withdrawal import Deed
from workbench.exchange import recovery_sheet
from workbench.study import Study

REAL, PSEUDONYM, QUOTE, TITLE = "Xanthippe", "Magdalena", "Blaubeerkuchen", "Quittenstudie"
ATTACHED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
PLANTED = (REAL, PSEUDONYM, QUOTE, TITLE)


def planted(folder: Path) -> None:
    """Make a study with words that stand nowhere else."""
    with Study.create(folder, title=TITLE) as study:
        person = study.people.add(pseudonym=PSEUDONYM, real_name=REAL)
        agree(study, person.id)
        document(study, f"We had {QUOTE}.", people=[person.id], title=f"With {PSEUDONYM}")
        study.codebook.add("cake", definition=QUOTE)


@pytest.mark.parametrize("debug", [(), ("--debug",)], ids=["", "debug"])
def test_commands_leave_no_words_outside(
    tmp_path: Path, jfk: Path, monkeypatch: pytest.MonkeyPatch, debug: tuple[str, ...]
) -> None:
    home, folder = tmp_path / "home", tmp_path / "One.study"
    monkeypatch.setenv("WORKBENCH_HOME", str(home))
    planted(folder)
    damaged = tmp_path / f"{QUOTE}.docx"
    damaged.write_bytes(b"PK\x03\x04" + QUOTE.encode() * 50)
    broken = tmp_path / f"{REAL}.wav"
    broken.write_text(QUOTE)
    for asked in (
        ("people", folder), ("search", folder, QUOTE), ("search", folder, f'"{QUOTE}', "("),
        ("import", folder, damaged), ("import", folder, broken), ("import", folder, jfk),
        ("import", folder, tmp_path / f"{REAL}.txt"), ("transcribe", folder, "--model", "fake"),
        ("observe", folder, QUOTE, "--code", PSEUDONYM), ("show", folder), ("check", folder),
        ("report", folder, "--out", tmp_path / QUOTE / "report.docx"),
        ("withdraw", folder, "--person", REAL), ("people", folder, "edit", PSEUDONYM, REAL),
    ):  # fmt: skip
        said = workbench(*debug, *asked).err
        assert (str(home / "log" / "workbench.log") in said) == bool(debug)
    with (folder / "study.sqlite").open("r+b") as file:  # damaged, so that more goes wrong
        file.seek(4096 * 6)
        file.write(QUOTE.encode() * 2_000)
    for verb in ("show", "check", "people", "history"):
        workbench(verb, folder, *debug)
    written = home / "log" / "workbench.log"
    log = written.read_text("utf-8") if written.exists() else ""
    assert ("command people" in log, "step import-material" in log) == (bool(debug),) * 2
    assert any(path.is_file() for path in home.rglob("*"))
    assert found_in(home, PLANTED) == []


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_children_are_given_no_words(
    tmp_path: Path, jfk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_HOME", str(tmp_path / "home"))
    folder = tmp_path / "One.study"
    planted(folder)
    named = tmp_path / f"{REAL}.flac"
    named.write_bytes(jfk.read_bytes())
    assert workbench("import", folder, named).code == 0
    with started("transcribe", folder, "--model", "fake:60000", "--speakers", "0") as program:
        while not _has_worker(program.pid):
            assert program.poll() is None
            time.sleep(0.05)
        worker = Path("/proc") / str(worker_of(program.pid))
        for kept in ("cmdline", "environ"):
            assert told((worker / kept).read_bytes(), PLANTED) == []


def _has_worker(program: int) -> bool:
    try:
        return worker_of(program) > 0
    except LookupError:
        return False


def ours() -> tuple[str, ...]:
    """Return what tells who and where we are, where that is no ordinary word, as “root” is."""
    found = {getpass.getuser(), socket.gethostname(), str(Path.home()), os.fspath(Path.cwd())}
    return tuple(word for word in found if len(word) > 4) + MARKS


MARKS = ("MissMarple", "Umbrella Corp", "python-docx", "Macintosh", "/Users/", "C:\\")


def opened(path: Path) -> dict[str, bytes]:
    """Return what a file holds, each part of a packed one by itself."""
    if not zipfile.is_zipfile(path):
        return {path.name: path.read_bytes()}
    with zipfile.ZipFile(path) as package:
        return {one.filename: package.read(one) + one.comment + one.extra for one in
                package.infolist()}  # fmt: skip


@pytest.fixture
def full(tmp_path: Path) -> Study:
    """A study with something for every export."""
    study = Study.create(tmp_path / "One.study", title="Cakes")
    person = study.people.add(pseudonym="Magdalena")
    agree(study, person.id)
    said = recognised(study, "The date moved.", people=[person.id])
    observe(study, said.id, "date moved")
    return study


@pytest.mark.parametrize("name", LEAVES)
def test_what_leaves_says_nothing_of_this_computer(name: str, full: Study, tmp_path: Path) -> None:
    out = out_of(name, tmp_path)
    with full:
        LEAVES[name](full, out, False)
    words = (*ours(), str(tmp_path))
    found = {name: told(content, words) for name, content in opened(out).items()}
    assert {name: words for name, words in found.items() if words} == {}


def template(place: Path) -> Path:
    """Make a letterhead as Word keeps it, with everything it notes of who made it."""
    page = docx.Document()
    core = page.core_properties
    core.author = core.last_modified_by = core.category = "MissMarple"
    core.content_status = core.identifier = core.version = core.subject = "MissMarple"
    package = page.part.package
    for part in package.iter_parts():
        if str(part.partname) == "/docProps/app.xml":
            part._blob = part.blob.replace(
                b"</Properties>",
                b"<Manager>MissMarple</Manager><Company>Umbrella Corp</Company></Properties>",
            )
    own = Part(PackURI("/docProps/custom.xml"), "application/xml", b"<a>MissMarple</a>", package)
    package.relate_to(own, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)
    settings = page.settings._element
    rid = page.part._settings_part.relate_to(
        "file:///C:\\Users\\MissMarple\\Normal.dotm", ATTACHED,
        is_external=True,
    )  # fmt: skip
    node = settings.makeelement(_W + "attachedTemplate", {_R + "id": rid})
    settings.append(node)
    picture = place.with_suffix(".png")
    picture.write_bytes(_PIXEL)
    head = page.sections[0].header.paragraphs[0].add_run()
    head.add_picture(str(picture))
    for one in head._r.iter("{*}docPr", "{*}cNvPr"):
        one.set("descr", "C:\\Users\\MissMarple\\Pictures\\logo.png")
        one.set("name", "/Users/MissMarple/logo.png")
    page.sections[0].header.part.relate_to(
        "file:///C:\\Users\\MissMarple\\logo.png", RELATIONSHIP_TYPE.IMAGE, is_external=True
    )
    changed = {_W + "id": "1", _W + "author": "MissMarple"}
    page.sections[0].header.paragraphs[0]._p.append(head._r.makeelement(_W + "ins", changed))
    page.add_comment(page.add_paragraph("Report").runs[0], "Short", "MissMarple", "MissMarple")
    people = Part(PackURI("/word/people.xml"), "application/xml", b"<a>MissMarple</a>", package)
    page.part.relate_to(people, "http://schemas.microsoft.com/office/2011/relationships/people")
    page.save(str(place))
    return place


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8"
    "ffff3f0005fe02fe0def46b80000000049454e44ae426082"
)


def test_a_template_brings_nobody_along(full: Study, tmp_path: Path) -> None:
    letterhead = template(tmp_path / "letterhead.docx")
    assert told(b"".join(opened(letterhead).values()), MARKS)
    out = tmp_path / "out.docx"
    with full:
        full.reports.write(out, template=letterhead)
    found = {name: told(content, ours()) for name, content in opened(out).items()}
    assert {name: words for name, words in found.items() if words} == {}
    again = docx.Document(str(out))
    assert "Cakes" in again.core_properties.title


def test_sheet_and_certificate_say_nothing_of_this_computer(full: Study, tmp_path: Path) -> None:
    with full:
        [person] = full.people.participants()
        done = full.withdrawal.erase(person.id, Deed.QUOTES)
        paper = full.withdrawal.certify(done, tmp_path / "done.docx")
    sheet = recovery_sheet.write(tmp_path / "sheet.docx", "Cakes", "1234")
    for path in (paper, sheet):
        found = {name: told(content, ours()) for name, content in opened(path).items()}
        assert {name: words for name, words in found.items() if words} == {}
