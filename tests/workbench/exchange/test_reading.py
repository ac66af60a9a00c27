"""Documents are read in a child that may be lost: that costs one file and one sentence."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from threading import Timer
from typing import Any

import pytest

from tests.workbench.exchange import files
from workbench import children
from workbench.domain.survey import SurveyColumns
from workbench.errors import EnvironmentProblem, UserError, WorkbenchError
from workbench.exchange import reading, registry
from workbench.helper import Helper
from workbench.services.files import intake
from workbench.study import Study

_CODE_OF_ITS_OWN = "import sys; sys.stdin.readline(); {code}"


@pytest.fixture
def own_child(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start a child for each reader, as the program does."""
    monkeypatch.setattr(reading, "Helper", Helper)


@pytest.fixture
def slow(tmp_path: Path) -> Path:
    """A document that takes far longer than any test waits."""
    return files.write(tmp_path, "slow.rtf", "{\\rtf1 a" + "{}" * 20_000_000 + "}")


@pytest.fixture
def note(tmp_path: Path) -> Path:
    return files.write(tmp_path, "note.md", "# Evening\n\n- **She** waited.\n- Then she left.\n")


def test_what_comes_out_of_the_child_is_what_was_read(tmp_path: Path, note: Path) -> None:
    table = files.write(tmp_path, "a.csv", "code,group,Why?,Mail\nP1,Renters,“No ✓ time”,m@x.org\n")
    captions = files.write(tmp_path, "a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>Yes.\n")
    columns = SurveyColumns(code="code", segment="group", answers=("Why?",))
    with reading.reader() as reader:
        for path in (note, table, captions):
            assert reader.read(path) == registry.read_document(path)
        assert reader.read(table, columns) == registry.read_document(table, columns)
        assert reader.read_columns(table) == registry.read_columns(table)
        assert reader.read_columns(note) is None


def test_a_refusal_of_the_child_is_the_same_refusal(tmp_path: Path) -> None:
    bad = files.write(tmp_path, "a.docx", b"PK\x03\x04nothing")
    with reading.reader() as reader:
        for path, kind in ((bad, UserError), (tmp_path / "gone.txt", EnvironmentProblem)):
            with pytest.raises(kind) as caught:
                reader.read(path)
            with pytest.raises(kind) as known:
                registry.read_document(path)
            assert str(caught.value) == str(known.value)


@pytest.mark.usefixtures("own_child")
def test_a_document_that_takes_too_long_costs_itself(
    slow: Path, note: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with reading.reader() as reader:
        monkeypatch.setattr(reading, "SECONDS", 0.2)
        with pytest.raises(UserError, match=r"“slow.rtf” could not be read"):
            reader.read(slow)
        monkeypatch.setattr(reading, "SECONDS", 120)
        assert reader.read(note).turns[0].text == "Evening"


@pytest.mark.usefixtures("own_child")
def test_cancelling_ends_the_reading_at_once(study: Study, slow: Path, note: Path) -> None:
    said: list[bool] = []
    soon = Timer(0.3, said.append, [True])
    soon.start()
    with pytest.raises(intake.Cancelled):
        intake.take_in([note, slow], study.materials.media, cancelled=lambda: bool(said))
    soon.join()
    assert list(study.materials.media.iterdir()) == []


_TURN = (
    'print(\'{{"turns": [{}], "language": "", "notes": [], "people": [], "kept": null,\''
    "' \"worn\": true}}', flush=True)"
)


@pytest.mark.usefixtures("own_child")
@pytest.mark.parametrize(
    "code",
    [
        "sys.exit(3)",
        "import os; os.abort()",
        "print('no answer of ours')",
        "print('{\"turns\": 7}')",
        _TURN.format('["a", 1e999, null, null, [], ""]'),
        _TURN.format('["a", 1, null, null, [], "[1]"]'),
        "print('[' * 100000)",
        "print('null')",
        "import os, signal; signal.raise_signal(signal.SIGKILL)",
    ],
)
def test_a_child_that_dies_or_babbles_costs_one_document(
    note: Path, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = [sys.executable, "-c", _CODE_OF_ITS_OWN.format(code=code)]
    monkeypatch.setattr(children, "command", lambda *_: broken)
    with reading.reader() as reader:
        for _ in range(2):
            with pytest.raises(UserError, match=r"“note.md” could not be read"):
                reader.read(note)


@pytest.mark.usefixtures("own_child")
def test_a_child_that_has_grown_is_not_asked_again(
    note: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    once = _TURN.format('["a", 1, 2, null, [], ""]') + "; sys.stdin.readline(); print('no more')"
    grown = [sys.executable, "-c", _CODE_OF_ITS_OWN.format(code=once)]
    monkeypatch.setattr(children, "command", lambda *_: grown)
    with reading.reader() as reader:
        assert [reader.read(note).turns[0].text for _ in range(2)] == ["a", "a"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such limits")
@pytest.mark.parametrize(("memory", "worn"), [(1, True), (1 << 50, False)])
def test_the_child_tells_that_it_has_grown(
    note: Path, monkeypatch: pytest.MonkeyPatch, memory: int, worn: bool
) -> None:
    monkeypatch.setattr(reading.confined, "MEMORY", memory)
    assert _answered(note, monkeypatch)["worn"] is worn


def _answered(path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Answer as the child does, without giving up anything in this process."""
    out = io.BytesIO()
    monkeypatch.setattr(reading.confined, "confine", lambda: None)
    monkeypatch.setattr(reading.confined, "allow", lambda _seconds: None)
    question = json.dumps({"path": str(path), "columns": None}).encode()
    reading.main(io.BytesIO(question + b"\n"), out)
    answer: dict[str, Any] = json.loads(out.getvalue())
    return answer


def test_a_reader_that_stumbles_tells_where_and_no_word_of_the_text(
    note: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def stumble(path: Path, _columns: object) -> None:
        raise LookupError(path.read_text("utf-8"))

    monkeypatch.setattr(registry, "read_document", stumble)
    answer = _answered(note, monkeypatch)
    with pytest.raises(UserError, match="could not be read"):
        reading._raise_refusal(note, answer)
    assert "LookupError" in caplog.text
    assert "waited" not in caplog.text


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such limits")
def test_the_child_is_held_to_its_memory_and_writes_no_file(tmp_path: Path) -> None:
    code = (
        "from pathlib import Path; from workbench import confined; confined.confine()\n"
        "try: bytearray(confined.MEMORY)\n"
        "except MemoryError: print('memory', flush=True)\n"
        f"try: Path({str(tmp_path / 'a')!r}).write_bytes(b'x')\n"
        "except OSError: print('file', flush=True)\n"
        "confined.allow(1)\n"
        "while True: pass\n"
    )
    command = children.command("--version")
    start = command.index("-c") + 1
    command[start] = command[start].partition(" from ")[0] + "\n" + code
    ended = subprocess.run(command, capture_output=True, check=False)
    if sys.platform.startswith("linux"):  # macOS counts memory in another way
        assert ended.stdout.split() == [b"memory", b"file"]
    assert ended.returncode < 0


def test_an_import_of_many_starts_one_child(
    study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[object] = []

    class Counting(subprocess.Popen[bytes]):
        def __init__(self, *args: object, **how: object) -> None:
            started.append(args)
            super().__init__(*args, **how)  # type: ignore[call-overload]

    monkeypatch.setattr(reading, "Helper", Helper)
    monkeypatch.setattr("workbench.helper.subprocess.Popen", Counting)
    notes = [files.write(tmp_path, f"{number}.txt", f"Note {number}.") for number in range(5)]
    refused: list[WorkbenchError] = []
    study.imports.take_in(notes, on_refused=lambda _path, why: refused.append(why))
    assert not refused
    assert len(study.materials.sources()) == 5
    assert len(started) == 1
