"""A translation is asked for each time anew, and says everywhere that it is one."""

from __future__ import annotations

from pathlib import Path

import docx

from tests.support.studies import drafts, recording
from workbench.domain.jobs import Job, JobState
from workbench.domain.transcript import TRANSLATED
from workbench.speech import protocol
from workbench.speech.run import plan_key
from workbench.study import Study


def translated(study: Study) -> Job:
    """Add a recording in German whose text is English."""
    job = study.jobs.add(recording(study, title="Call").id, model="base", translate=True)
    study.recognition.accept(job.id, drafts("Nobody called me."))
    study.arrivals.finish(job.transcript_id, "de")
    return study.jobs.change(job.id, state=JobState.DONE)


def test_it_is_off_until_somebody_asks(study: Study) -> None:
    plain = study.jobs.add(recording(study).id, model="base")
    assert not study.recognition.order(plain).translate
    asked = study.jobs.add(recording(study).id, model="base", translate=True)
    order = study.recognition.order(asked)
    assert order.translate
    assert protocol.decode(protocol.encode(order)) == order


def test_its_words_are_not_mixed_with_those_that_were_said(study: Study) -> None:
    order = study.recognition.order(
        study.jobs.add(recording(study).id, model="base", translate=True)
    )
    said = protocol.Order(order.job, order.media, order.sha256, order.cache, order.spool)
    assert plan_key(order, "x") != plan_key(said, "x")


def test_another_attempt_keeps_it_or_begins_anew(study: Study) -> None:
    job = translated(study)
    assert study.jobs.translates(study.jobs.retry(job.id))
    failed = study.jobs.change(study.jobs.newest()[job.source_id].id, state=JobState.FAILED)
    assert study.jobs.retry(failed.id).id == failed.id
    study.jobs.change(failed.id, state=JobState.FAILED)
    other = study.jobs.retry(failed.id, translate=False)
    assert other.id != failed.id
    assert not study.jobs.translates(other)


def test_the_transcript_says_so_where_it_leaves_the_study(study: Study, tmp_path: Path) -> None:
    source_id = translated(study).source_id
    text = study.exports.write("txt", tmp_path / "a.txt", source_id=source_id).read_text("utf-8")
    assert text.splitlines()[0] == f"Call ({TRANSLATED})"
    subtitles = study.exports.write("vtt", tmp_path / "a.vtt", source_id=source_id)
    assert "Language: en" in subtitles.read_text("utf-8")
    word = study.exports.write("docx", tmp_path / "a.docx", source_id=source_id)
    assert any(TRANSLATED in p.text for p in docx.Document(str(word)).paragraphs)
    transcript = study.transcripts.of_source(source_id)
    assert transcript
    assert (transcript.language, transcript.origin) == ("de", f"base, {TRANSLATED}")
