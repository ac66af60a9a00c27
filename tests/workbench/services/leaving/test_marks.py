"""Speech without words is told wherever a transcript is read, until a person has dealt with it."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import pytest

from tests.support.studies import drafts, recording
from workbench.cli import main
from workbench.domain.ids import TranscriptId
from workbench.speech.protocol import Note
from workbench.study import Study

_MARK = "(3 seconds of speech without words)"


@pytest.fixture
def marked(study: Study) -> TranscriptId:
    """A transcript in which nobody knows what is said from 0:02 to 0:05."""
    job = study.jobs.add(recording(study).id, model="base")
    turns = [
        *drafts("It took weeks.", begin_ms=500),
        *drafts("Nobody called.", first=1, begin_ms=6_000),
    ]
    study.recognition.accept(job.id, tuple(turns))
    study.recognition.accept(job.id, Note("unheard", "", 2_000, 5_000))
    return job.transcript_id


def _texts(study: Study, folder: Path) -> dict[str, str]:
    found = {}
    for name in ("txt", "vtt", "srt", "docx"):
        out = study.exports.write(name, folder / f"out.{name}", working_copy=True, replace=True)
        if name == "docx":
            found[name] = "\n".join(one.text for one in docx.Document(str(out)).paragraphs)
        else:
            found[name] = out.read_text("utf-8")
    return found


def test_every_transcript_says_it_in_its_place(
    study: Study, marked: TranscriptId, tmp_path: Path
) -> None:
    texts = _texts(study, tmp_path)
    for text in texts.values():
        assert text.index("took weeks") < text.index(_MARK) < text.index("Nobody called")
    assert f"[00:00:02] {_MARK}" in texts["txt"]
    assert f"00:00:02.000 --> 00:00:05.000\n{_MARK}" in texts["vtt"]
    assert f"\n3\n00:00:02,000 --> 00:00:05,000\n{_MARK}" in texts["srt"]
    study.corrections.dismiss_unheard(marked, 2_000)
    assert not [name for name, text in _texts(study, tmp_path).items() if _MARK in text]


def test_what_is_shown_tells_where(
    study: Study, marked: TranscriptId, capsys: pytest.CaptureFixture[str]
) -> None:
    first = study.transcripts.turns(marked)[0]
    folder = study.folder
    study.close()
    assert main(["show", str(folder), "--json"]) == 0
    [session] = json.loads(capsys.readouterr().out)["sessions"]
    [source] = session["sources"]
    assert source["transcript"]["without_words"] == [
        {"turn_id": first.id, "at": len(first.text), "start_ms": 2_000, "end_ms": 5_000}
    ]


def test_a_mark_before_the_first_words_stands_first(study: Study, tmp_path: Path) -> None:
    job = study.jobs.add(recording(study).id, model="base")
    study.recognition.accept(job.id, drafts("Nobody called.", begin_ms=6_000))
    study.recognition.accept(job.id, Note("unheard", "", 1_000, 2_000))
    text = _texts(study, tmp_path)["txt"]
    assert "[00:00:01] (1 second of speech without words)\n\n[00:00:06] Nobody called." in text
