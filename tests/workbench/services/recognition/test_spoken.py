"""Which language was heard where comes with the words, and what is worth knowing is kept."""

from __future__ import annotations

import pytest

from tests.support.studies import drafts, recording
from workbench.domain.jobs import Job
from workbench.domain.spoken import Spoken
from workbench.errors import UserError
from workbench.speech import spool
from workbench.speech.protocol import LanguageFound, Note, SpokenHere, TurnFound
from workbench.study import Study

_FOUND = LanguageFound("de", 430)
_HERE = (SpokenHere(0, 4_000, "de", 900), SpokenHere(4_000, 9_000, "en", 950))


@pytest.fixture
def job(study: Study) -> Job:
    """A recording that waits."""
    return study.jobs.add(recording(study).id, model="base")


def test_languages_are_kept_and_shown(study: Study, job: Job) -> None:
    for message in (_FOUND, *_HERE, *_HERE, Note("a", "one"), Note("b", "two"), Note("a", "one")):
        study.recognition.accept(job.id, message)
    study.recognition.accept(job.id, drafts("Es dauerte Wochen."))
    assert study.transcripts.spoken(job.transcript_id) == [
        Spoken(job.transcript_id, 0, 4_000, "de", 900),
        Spoken(job.transcript_id, 4_000, 9_000, "en", 950),
    ]
    [session] = study.show()["sessions"]
    [source] = session["sources"]
    assert source["job"]["notes"] == ["one", "two"]
    assert source["job"]["model"] == "base"
    assert source["transcript"]["language"] == "de"
    assert source["transcript"]["language_probability"] == 430
    assert source["transcript"]["spoken"][1] == {
        "start_ms": 4_000, "end_ms": 9_000, "language": "en", "probability": 950,
    }  # fmt: skip


def test_a_spool_brings_the_languages_back_after_a_crash(study: Study, job: Job) -> None:
    record = spool.Spool(spool.path_of(study.folder / "spool", job.id), "key")
    record.append([_FOUND, *map(TurnFound, drafts("It took weeks.")), *_HERE])
    record.close()
    study.recognition.recover()
    study.recognition.recover()
    assert [one.language for one in study.transcripts.spoken(job.transcript_id)] == ["de", "en"]
    assert study.transcripts.transcript(job.transcript_id).language_probability == 430


def test_the_script_of_chinese_is_asked_for_or_that_of_the_study(study: Study, job: Job) -> None:
    assert study.recognition.order(job).script == "Hans"
    study.edit_charter(purpose="客戶為什麼離開我們")
    assert study.recognition.order(job).script == "Hant"
    assert study.recognition.order(job).language is None
    again = study.jobs.retry(job.id, language="zh-Hans")
    order = study.recognition.order(again)
    assert (order.language, order.script) == ("zh", "Hans")
    with pytest.raises(UserError, match="“klingon”"):
        study.jobs.retry(again.id, language="klingon")
