"""What of a recording is covered and what is silent, without any sound."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.support.studies import drafts, person, recording
from workbench.domain.anchors import TimeSpan
from workbench.domain.consent import State, Use
from workbench.domain.transcript import TurnDraft, Word
from workbench.domain.voices import SPEAKS_OVER
from workbench.domain.wording import CERTAIN
from workbench.exchange.registry import Document
from workbench.services.confidential.hearing import FOREVER, Audible, audible
from workbench.study import Study

NAME = "Priya Nandakumar"


def _hear(
    study: Study, turns: Sequence[TurnDraft], *, model: str = "base", translated: bool = False
) -> Audible:
    maya = person(study, "Maya", real_name=NAME)
    study.ledger.set([maya], {Use.VOICE: State.GIVEN})
    source = recording(study, people=[maya], title="Call", duration_ms=30_000)
    if model:
        text = study.arrivals.start(source.id, model=model, translated=translated)
        study.arrivals.accept(text.id, turns)
    else:
        document = Document(tuple(turns), "en")
        study.imports.attach(source.id, Path("call.vtt"), document)
    return audible(study.reports.desk, source, FOREVER)


def _spans(found: Sequence[TimeSpan]) -> list[tuple[int, int]]:
    return [(span.start_ms, span.end_ms) for span in found]


def test_a_name_of_several_words_is_covered_as_one(study: Study) -> None:
    found = _hear(study, drafts(f"So {NAME} rang, and Priya’s dog came."))
    assert _spans(found.tones) == [(200, 1_400), (1_800, 2_600)]
    assert found.words == 3
    assert found.silent == ()
    assert NAME not in found.heard[0].text


@pytest.mark.parametrize("translated", [False, True])
def test_where_words_have_no_times_the_turn_is_covered(study: Study, translated: bool) -> None:
    turns = drafts("Nobody rang.", f"So {NAME} rang.", "That was it.")
    if not translated:
        turns = tuple(TurnDraft(one.ordinal, one.text, one.start_ms, one.end_ms) for one in turns)
    found = _hear(study, turns, translated=translated)
    assert _spans(found.tones) == [(600, 2_800)]


def test_of_a_transcript_from_elsewhere_only_its_turns_are_heard(study: Study) -> None:
    turns = (TurnDraft(0, "Well, yes.", 2_000, 4_000), TurnDraft(1, f"{NAME} did.", 6_000, 8_000))
    found = _hear(study, turns, model="")
    assert _spans(found.silent) == [(0, 1_800), (4_200, 5_800), (8_200, 30_000)]
    assert _spans(found.tones) == [(5_800, 8_400)]


def test_what_a_person_wrote_is_covered_with_all_that_was_written_beside_it(study: Study) -> None:
    text = "I met old Priya then yes"
    places = [(0, 1), (2, 5), (6, 9), (10, 15), (16, 20), (21, 24)]
    sure = [900, CERTAIN, CERTAIN, CERTAIN, CERTAIN, 900]
    words = tuple(
        Word(*place, 400 * at, 400 * at + 400, sure[at]) for at, place in enumerate(places)
    )
    found = _hear(study, [TurnDraft(0, text, 0, 2_400, words=words)])
    assert _spans(found.tones) == [(200, 2_200)]


def test_over_whom_somebody_speaks_is_silent_where_one_may_not_be_heard(
    study: Study,
) -> None:
    maya, tom = person(study, "Maya"), person(study, "Tom")
    study.ledger.set([maya], {Use.VOICE: State.GIVEN})
    source = recording(study, people=[maya, tom], duration_ms=30_000)
    text = study.arrivals.start(source.id, model="base")
    one, two, three = drafts("We waited.", "They did.", "And so on.", speakers=["S1", "S1", "S2"])
    doubt = TurnDraft(1, two.text, two.start_ms, two.end_ms, "S1", two.words, SPEAKS_OVER)
    study.arrivals.accept(text.id, (one, doubt, three))
    voices = study.transcripts.speakers.of(text.id)
    study.speaking.assign(voices[0].id, maya)
    study.speaking.assign(voices[1].id, tom)
    found = audible(study.reports.desk, source, FOREVER)
    assert _spans(found.silent) == [(800, 3_200)]
    study.ledger.set([tom], {Use.VOICE: State.GIVEN})
    assert audible(study.reports.desk, source, FOREVER).silent == ()
