"""Words go to whom they belong, and no word or time is lost on the way."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from workbench.domain.transcript import TurnDraft, Word
from workbench.domain.voices import SPEAKS_OVER, UNCERTAIN
from workbench.speech.attribution import attribute
from workbench.speech.diarize import Diarization


def _voices(*timeline: tuple[int, int, int]) -> Diarization:
    return Diarization(
        step_ms=16.875,
        timeline=timeline,
        overlaps=(),
        centroids=np.zeros((0, 192), np.float32),
        activity=np.zeros((1, 589), np.uint8),
        embeddings=np.zeros((0, 192), np.float32),
        windows=np.zeros(0, np.int32),
        voices=np.zeros(0, np.uint8),
        stretches=np.zeros((0, 2), np.int32),
        seconds=np.zeros(0, np.float32),
    )


def _turn(text: str, start: int = 0, each: int = 400, doubt: str = "") -> TurnDraft:
    """Build a turn whose words follow each other without pause."""
    words, place = [], 0
    for number, said in enumerate(text.split()):
        place = text.index(said, place)
        begin = start + number * each
        words.append(Word(place, place + len(said), begin, begin + each, 900))
        place += len(said)
    return TurnDraft(0, text, start, words[-1].end_ms, words=tuple(words), doubt=doubt)


def _told(turns: list[TurnDraft]) -> list[tuple[str | None, str]]:
    return [(turn.speaker, turn.text) for turn in turns]


def test_question_and_answer_in_one_recognised_turn() -> None:
    turn = _turn("How was it? It was fine.")
    voices = _voices((0, 1_250, 4), (1_300, 2_400, 1))
    assert _told(attribute([turn], voices)) == [("S1", "How was it?"), ("S2", "It was fine.")]


def test_the_edge_of_a_sentence_follows_its_majority() -> None:
    turn = _turn("How was it then? It was fine.")
    voices = _voices((0, 900, 0), (900, 2_800, 1))
    assert _told(attribute([turn], voices))[0] == ("S1", "How was it then?")


def test_one_speaker_over_several_turns_becomes_one_turn() -> None:
    first, second = _turn("We moved in"), _turn("last May.", start=1_300)
    (turn,) = attribute([first, second], _voices((0, 2_100, 0)))
    assert (turn.ordinal, turn.text, turn.start_ms, turn.end_ms) == (
        0,
        "We moved in last May.",
        0,
        2_100,
    )
    assert [turn.text[word.start : word.end] for word in turn.words] == turn.text.split()


def test_two_people_in_one_unpunctuated_breath_are_parted() -> None:
    turn = _turn("so you called them again yes I did call them twice")
    voices = _voices((0, 2_000, 0), (2_000, 4_400, 1))
    assert _told(attribute([turn], voices)) == [
        ("S1", "so you called them again"),
        ("S2", "yes I did call them twice"),
    ]


def test_even_shares_are_marked_for_a_person_to_check() -> None:
    voices = _voices((0, 400, 0), (400, 800, 1), (5_000, 6_000, 0))
    turns = attribute([_turn("Oh well.", doubt="check here")], voices)
    assert turns[0].doubt == f"check here; {UNCERTAIN}"


def test_words_outside_every_voice_go_to_the_nearest_and_are_marked() -> None:
    voices = _voices((0, 1_000, 0), (3_000, 4_000, 1))
    turns = attribute([_turn("Hello there."), _turn("Yes.", start=2_500)], voices)
    assert _told(turns) == [("S1", "Hello there."), ("S2", "Yes.")]
    assert [turn.doubt for turn in turns] == ["", UNCERTAIN]


def test_speech_at_the_same_time_is_marked_where_it_lasts() -> None:
    turns = [_turn("How was it?"), _turn("It was fine.", start=1_300), _turn("Oh.", start=4_000)]
    voices = _voices((0, 1_250, 0), (1_300, 2_600, 1), (4_000, 4_400, 0))
    told = attribute(turns, replace(voices, overlaps=((900, 1_500), (4_000, 4_100))))
    assert [turn.doubt for turn in told] == [SPEAKS_OVER, "", ""]
    told = attribute(turns, replace(voices, overlaps=((900, 1_600),)))
    assert [turn.doubt for turn in told] == [SPEAKS_OVER, SPEAKS_OVER, ""]


def test_without_any_voice_all_is_one_doubtful_speaker() -> None:
    (turn,) = attribute([_turn("Hello there. Yes.")], _voices())
    assert (turn.speaker, turn.doubt) == ("S1", UNCERTAIN)


def test_speakers_are_numbered_by_their_first_word() -> None:
    voices = _voices((0, 500, 0), (1_000, 1_400, 2), (2_000, 2_400, 1))
    turns = attribute([_turn("Yes.", start=1_000), _turn("No.", start=2_000)], voices)
    assert [turn.speaker for turn in turns] == ["S1", "S2"]


def test_a_monologue_is_parted_at_sentence_ends() -> None:
    turn = _turn("One two three four five six seven eight nine ten. " * 30, each=300)
    turns = attribute([turn], _voices((0, 90_000, 0)))
    assert [len(turn.words) for turn in turns] == [90, 90, 90, 30]
    assert {turn.speaker for turn in turns} == {"S1"}
    assert [turn.ordinal for turn in turns] == [0, 1, 2, 3]


def test_a_long_silence_parts_a_monologue() -> None:
    turns = attribute(
        [_turn("Let me think"), _turn("about it", start=3_200)], _voices((0, 4_000, 0))
    )
    assert [turn.text for turn in turns] == ["Let me think", "about it"]


def test_turns_without_words_keep_text_and_place() -> None:
    mark = TurnDraft(1, "[music]", 1_000, 2_000, doubt="no words")
    note = TurnDraft(2, "A typed line.", speaker="Ana")
    turns = attribute([_turn("Hello."), mark, note], _voices((0, 400, 0), (900, 2_000, 1)))
    assert _told(turns) == [("S1", "Hello."), ("S2", "[music]"), ("Ana", "A typed line.")]
    assert [turn.ordinal for turn in turns] == [0, 1, 2]
    assert turns[1].doubt == "no words"


def test_no_turns() -> None:
    assert attribute([], _voices((0, 1_000, 0))) == []


_SAID = st.text("abcdéß中😀'-", min_size=1, max_size=6)
_ENDING = st.sampled_from(["", "", "", ",", ".", "?", "…", ".”"])


@st.composite
def _recognised(draw: st.DrawFn) -> list[TurnDraft]:
    turns, clock = [], 0
    for ordinal in range(draw(st.integers(1, 5))):
        text, words = draw(st.sampled_from(["", " ", "“"])), []
        for _ in range(draw(st.integers(1, 12))):
            said = draw(_SAID) + draw(_ENDING)
            begin = clock + draw(st.sampled_from([0, 0, 40, 600, 2_500]))
            clock = begin + draw(st.integers(0, 900))
            words.append(Word(len(text), len(text) + len(said), begin, clock, 500))
            text += said + draw(st.sampled_from([" ", " ", "  ", ""]))
        turns.append(TurnDraft(ordinal, text, 0, clock, words=tuple(words)))
    return turns


@st.composite
def _timelines(draw: st.DrawFn) -> Diarization:
    spans, clock = [], 0
    for _ in range(draw(st.integers(0, 8))):
        start = clock + draw(st.integers(0, 1_500))
        clock = start + draw(st.integers(1, 4_000))
        spans.append((start, clock, draw(st.integers(0, 3))))
    return _voices(*spans)


@given(_recognised(), _timelines())
def test_every_word_survives_with_its_place_and_time(
    turns: list[TurnDraft], voices: Diarization
) -> None:
    before = [(t.text[w.start : w.end], w.start_ms, w.end_ms) for t in turns for w in t.words]
    result = attribute(turns, voices)
    after = [(t.text[w.start : w.end], w.start_ms, w.end_ms) for t in result for w in t.words]
    assert after == before
    letters = "".join("".join(turn.text.split()) for turn in turns)
    assert "".join("".join(turn.text.split()) for turn in result) == letters
    assert [turn.ordinal for turn in result] == list(range(len(result)))
    assert all(turn.speaker for turn in result)
    assert all(turn.text == turn.text.strip() for turn in result)
    known = list(dict.fromkeys(turn.speaker for turn in result))
    assert known == [f"S{number + 1}" for number in range(len(known))]
