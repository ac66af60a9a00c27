"""A chunk that looks invented is decoded again; what stays doubtful is kept and marked."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from workbench.speech import guards
from workbench.speech.chunks import Chunk, Region
from workbench.speech.engine import (
    EngineResult,
    EngineSegment,
    EngineWord,
    Likely,
    Part,
    Samples,
)
from workbench.speech.language import Tongue
from workbench.speech.recognise import Outcome, Recogniser

CHUNK = Chunk(0, 0, 10_000, (Region(0, 10_000),))
PCM = np.zeros(160_000, np.int16)
LOOP = "thank you " * 10
PLAIN = "so we moved in on a rainy day and nothing worked at all"


def _said(text: str, *, seconds: float = 10.0) -> EngineResult:
    """Return what an engine hears; of words that begin with “?” it is not sure."""
    texts = text.split()
    step = seconds / len(texts)
    words = tuple(
        EngineWord(f" {t.lstrip('?')}", i * step, (i + 1) * step, 0.4 if t[0] == "?" else 0.9)
        for i, t in enumerate(texts)
    )
    return EngineResult((EngineSegment(text, 0, seconds, words, -0.2, 1.5, 0.0),))


class Scripted:
    """An engine that answers as told, and remembers what it was asked for."""

    batch = 8

    def __init__(self, *answers: EngineResult) -> None:
        self._answers = list(answers)
        self.asked: list[tuple[float, ...] | str] = []

    def load(self) -> None:
        """Need nothing."""

    def languages(self, samples: Samples) -> Likely:
        """Be asked by nobody."""
        raise AssertionError

    def transcribe_many(
        self,
        chunks: Sequence[Samples],
        *,
        language: str,
        prompt: str = "",
        parts: Sequence[Sequence[Part]] = (),
    ) -> list[EngineResult]:
        """Return the next answers."""
        self.asked.append(f"{len(chunks)} {prompt}".strip())
        return [self._answers.pop(0) for _ in chunks]

    def transcribe(
        self,
        samples: Samples,
        *,
        language: str,
        prompt: str = "",
        temperatures: tuple[float, ...] = (0.0,),
    ) -> EngineResult:
        """Return the next answer."""
        self.asked.append(temperatures)
        return self._answers.pop(0)


def _hear(engine: Scripted, *, names: str = "") -> Outcome:
    return Recogniser(engine, PCM, tongue=Tongue("en", 1000), names=names).hear([CHUNK])[0]


def _chunk(engine: Scripted) -> tuple[str, set[str], list[tuple[int, int]]]:
    heard = _hear(engine)
    return _text(heard), {word.doubt for word in heard.words}, heard.holes


def _text(heard: Outcome) -> str:
    return " ".join(word.text for word in heard.words)


def test_plain_speech_is_decoded_once() -> None:
    engine = Scripted(_said(PLAIN))
    assert _chunk(engine) == (PLAIN, {""}, [])
    assert engine.asked == ["1"]


def test_a_loop_is_decoded_again_with_other_temperatures() -> None:
    engine = Scripted(_said(LOOP), _said(PLAIN))
    assert _chunk(engine) == (PLAIN, {""}, [])
    assert engine.asked == ["1", (0.2, 0.4, 0.6, 0.8, 1.0)]


def test_what_still_loops_is_kept_and_marked() -> None:
    engine = Scripted(_said(LOOP), _said(LOOP))
    assert _chunk(engine) == (LOOP.strip(), {"check here: the same words repeat"}, [])


def test_speech_without_words_is_heard_again_by_itself() -> None:
    begin, rest = _said("so we moved", seconds=4), _said("in on a rainy day", seconds=6.2)
    engine = Scripted(begin, rest)
    assert _chunk(engine) == ("so we moved in on a rainy day", {""}, [])
    assert engine.asked == ["1", "1"]


def test_an_echo_in_a_gap_is_not_taken_for_words() -> None:
    engine = Scripted(_said("so we moved", seconds=8), _said("so we moved", seconds=2))
    assert _chunk(engine) == ("so we moved", {""}, [])


def test_speech_without_words_is_tried_again_and_told() -> None:
    short, nothing = _said("so we moved", seconds=2), EngineResult(())
    assert _chunk(Scripted(short, nothing, _said(PLAIN))) == (PLAIN, {""}, [])
    assert _chunk(Scripted(short, nothing, short)) == ("so we moved", {""}, [(2_000, 10_000)])


def test_a_name_is_taken_over_only_where_the_second_hearing_has_it() -> None:
    heard, again = "then Laila, called us", "then Leila called nobody else"
    engine = Scripted(_said(heard), _said(again))
    assert _text(_hear(engine, names="Northline, Leila")) == "then Leila, called us"
    assert engine.asked == ["1", "1 Northline, Leila."]
    engine = Scripted(_said(heard), _said("then the lady called us"))
    assert _text(_hear(engine, names="Leila")) == heard


def test_spaces_and_capitals_of_a_name_need_no_second_hearing() -> None:
    engine = Scripted(_said("we chose “north line's” plan with a map"))
    assert _text(_hear(engine, names="Northline")) == "we chose “Northline's” plan with a map"
    assert engine.asked == ["1"]


def _named(heard: str, again: str, names: str) -> str:
    return _text(_hear(Scripted(_said(heard), _said(again)), names=names))


def test_a_name_takes_the_place_of_words_nobody_was_sure_of() -> None:
    again = "and then Oyelaran called me back"
    assert _named("and then ?Eulerin called me back", again, "Oyelaran") == again
    assert _named("and then ?Euler, ?in, called me back", again, "Oyelaran") == (
        "and then Oyelaran, called me back"
    )
    assert _named("and in ?Eulerin called me", "and in Oyelaran called me", "Oyelaran") == (
        "and in Oyelaran called me"
    )


def test_a_name_takes_no_place_where_the_hearings_differ_around_it() -> None:
    kept = "so you really Eulerin take care"
    assert (
        _named("so you ?really ?Eulerin take care", "and they Oyelaran tricky take", "Oyelaran")
        == kept
    )
    kept = "and then kettle called me back"
    heard = "and then ?kettle called me back"
    assert _named(heard, "and then Oyelaran called me back", "Oyelaran") == kept


def test_a_name_takes_no_place_of_words_that_are_sure() -> None:
    heard, kept = "and then Eulerin ?cold me back", "and then Eulerin cold me back"
    assert _named(heard, "and then Oyelaran called me back", "Oyelaran") == kept
    again = "and then Eulerin cold me back Oyelaran"  # as models repeat their prompt
    assert _named(heard, again, "Oyelaran") == kept
    again = "Oyelaran and then Eulerin called me back"
    assert _named(heard, again, "Oyelaran") == kept


def test_words_that_are_sure_and_like_no_name_are_not_heard_again() -> None:
    engine = Scripted(_said("then the ?bus called us"))
    assert _text(_hear(engine, names="Quetzaltenango, Leila")) == "then the bus called us"
    assert engine.asked == ["1"]


def test_chunks_are_heard_again_together_and_long_lists_in_parts() -> None:
    names = [f"Quetzaltenango{n:03}" for n in range(40)]
    heard, plain = _said("then ?quetzal000 called us again"), _said("then nobody called us")
    again = [_said("then Quetzaltenango000 called us again")] * 2
    engine = Scripted(heard, plain, heard, *again, *again)
    other = Chunk(1, 0, 10_000, (Region(0, 10_000),))
    recogniser = Recogniser(engine, PCM, tongue=Tongue("en", 1000), names=", ".join(names))
    outcomes = recogniser.hear([CHUNK, other, CHUNK])
    assert [_text(outcome) for outcome in outcomes] == [
        "then Quetzaltenango000 called us again",
        "then nobody called us",
        "then Quetzaltenango000 called us again",
    ]
    first, *rest = [str(asked) for asked in engine.asked]
    assert first == "3"
    assert all(asked.startswith("2 ") and len(asked) < 430 for asked in rest)
    assert [name for asked in rest for name in asked[2:-1].split(", ")] == names


def test_a_stretch_that_was_passed_over_is_heard_by_itself() -> None:
    before = _hear(Scripted(_said(PLAIN))).words
    engine = Scripted(_said("oh really yes", seconds=2), _said("?oh ?really ?yes", seconds=2))
    recogniser = Recogniser(engine, PCM, tongue=Tongue("en", 1000))
    found = recogniser.hear_again((4_000, 6_000), before, "en")
    assert [word.text for word in found] == ["oh", "really", "yes"]
    assert all(3_800 <= word.start_ms <= word.end_ms <= 6_200 for word in found)
    assert recogniser.hear_again((4_000, 6_000), before, "en") == [], "it is not sure of them"
    assert engine.asked == ["1", "1"]


def test_what_is_heard_by_itself_is_spelled_and_marked_like_the_rest() -> None:
    said = "well north line came. ?so ?we ?had. to pay them all"
    engine = Scripted(_said(said, seconds=2))
    recogniser = Recogniser(engine, PCM, tongue=Tongue("en", 1000), names="Northline")
    found = recogniser.hear_again((4_000, 6_000), [], "en")
    assert [word.text for word in found[:2]] == ["Northline", "came."]
    assert [word.text for word in found if word.doubt] == ["so", "we", "had."]


def test_an_unsure_sentence_is_marked_and_not_decoded_again() -> None:
    engine = Scripted(_said("?so ?we ?moved in on a day"))
    assert _chunk(engine)[1] == {""}
    engine = Scripted(_said("?so ?we ?moved ?in ?on ?a day"))
    assert _chunk(engine) == ("so we moved in on a day", {guards.HARD}, [])
    assert engine.asked == ["1"]
