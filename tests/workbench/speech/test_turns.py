"""Words become turns that people can read, and every word is found in its turn again."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from workbench.speech import guards
from workbench.speech.chunks import Chunk, Region
from workbench.speech.engine import EngineResult, EngineSegment, EngineWord
from workbench.speech.turns import Heard, build_turns, heard_words, marked

CHUNK = Chunk(0, 10_000, 38_000, (Region(10_200, 20_000), Region(22_000, 37_800)))

WORD = st.builds(
    EngineWord,
    text=st.tuples(st.sampled_from(["", " ", "  "]), st.text(max_size=8)).map("".join),
    start=st.floats(-1, 30),
    end=st.floats(-1, 30),
    probability=st.floats(0, 1),
)


def _result(*words: EngineWord) -> EngineResult:
    segment = EngineSegment("", 0, 28, words, -0.1, 1.0, 0.0)
    return EngineResult((segment,))


def _heard(text: str, start_ms: int, end_ms: int, doubt: str = "") -> Heard:
    return Heard(text, spaced=True, start_ms=start_ms, end_ms=end_ms, probability=900, doubt=doubt)


@given(st.lists(WORD, max_size=30))
def test_words_lie_in_their_turn_and_in_their_chunk(words: list[EngineWord]) -> None:
    heard = heard_words(_result(*words), [""], CHUNK)
    turns = build_turns(heard, first_ordinal=4)
    said = [" ".join(word.text.split()) for word in words]
    assert [turn.text[w.start : w.end] for turn in turns for w in turn.words] == [
        text for text in said if text
    ]
    assert [turn.ordinal for turn in turns] == list(range(4, 4 + len(turns)))
    times = [ms for turn in turns for w in turn.words for ms in (w.start_ms, w.end_ms)]
    assert all(CHUNK.start_ms <= ms <= CHUNK.end_ms for ms in times)
    assert all(before <= after for before, after in pairwise(times))
    for turn in turns:
        assert turn.text == turn.text.strip()
        assert (turn.start_ms, turn.end_ms) == (turn.words[0].start_ms, turn.words[-1].end_ms)


def test_spaces_come_from_the_engine_and_the_first_is_dropped() -> None:
    words = [
        EngineWord(" Don", 1, 1.2, 0.5),
        EngineWord("'t", 1.2, 1.3, 1),
        EngineWord(" go.", 1.3, 2, 1),
    ]
    (turn,) = build_turns(heard_words(_result(*words), [""], CHUNK), first_ordinal=0)
    assert turn.text == "Don't go."
    assert [word.as_list() for word in turn.words] == [
        [0, 3, 11_000, 11_200, 500],
        [3, 5, 11_200, 11_300, 999],
        [6, 9, 11_300, 12_000, 999],
    ]


def test_words_are_drawn_out_of_silences() -> None:
    words = [
        EngineWord(" ends.", 9, 11, 0.9),  # reaches into the silence behind it
        EngineWord(" So", 11, 12.5, 0.9),  # begins in the silence before it
        EngineWord(" long", 13, 27, 0.9),
    ]
    times = [(w.start_ms, w.end_ms) for w in heard_words(_result(*words), [""], CHUNK)]
    assert times == [(19_000, 20_000), (22_000, 22_500), (35_000, 37_000)]


def test_a_word_over_a_whole_silence_goes_where_more_of_it_sounds() -> None:
    early = heard_words(_result(EngineWord(" a", 8.5, 12.5, 1)), [""], CHUNK)
    late = heard_words(_result(EngineWord(" a", 9.8, 13.5, 1)), [""], CHUNK)
    assert (early[0].start_ms, early[0].end_ms) == (18_500, 20_000)
    assert (late[0].start_ms, late[0].end_ms) == (22_000, 23_500)


def test_turns_break_at_pauses_after_sentences_and_at_long_pauses() -> None:
    words = [
        _heard("What", 0, 200),
        _heard("then?", 300, 600),
        _heard("I", 1_200, 1_300),
        _heard("sat.", 1_400, 1_700),
        _heard("And", 1_800, 2_000),
        _heard("waited", 4_100, 4_500),
    ]
    texts = [turn.text for turn in build_turns(words, first_ordinal=0)]
    assert texts == ["What then?", "I sat. And", "waited"]


def test_long_turns_break_at_the_next_sentence_or_at_last_anywhere() -> None:
    def text(i: int) -> str:
        return "end.”" if i == 70 else "word"

    words = [_heard(text(i), i * 100, i * 100 + 90) for i in range(300)]
    sizes = [len(turn.words) for turn in build_turns(words, first_ordinal=0)]
    assert sizes == [71, 150, 79]


def test_a_doubt_stays_with_its_turn() -> None:
    words = [_heard("Fine.", 0, 100), _heard("Eh.", 700, 800, "check here: why")]
    assert [turn.doubt for turn in build_turns(words, first_ordinal=0)] == ["", "check here: why"]


def _unsure(text: str, start_ms: int, probability: int) -> list[Heard]:
    return [
        Heard(word, True, start_ms + 400 * at, start_ms + 400 * at + 300, probability)
        for at, word in enumerate(text.split())
    ]


def test_a_sentence_of_which_hardly_a_word_is_sure_is_to_be_checked() -> None:
    words = [
        *_unsure("They came on time.", 0, 900),
        *_unsure("Rod Dan is about.", 1_600, 450),
        *_unsure("And then they left", 3_200, 510),
        *_unsure("to test him", 6_000, 300),
        *_unsure("Hm.", 9_000, 100),
    ]
    doubts = [word.doubt for word in marked(words)]
    assert doubts == ["", "", "", "", *[guards.HARD] * 4, "", "", "", "", *[guards.HARD] * 3, ""]
    assert [word.text for word in marked(words)] == [word.text for word in words]


def test_a_sentence_keeps_the_reason_it_has() -> None:
    words = [Heard("a", True, at, at + 50, 100, "check here: perhaps") for at in (0, 60, 120)]
    assert {word.doubt for word in marked(words)} == {"check here: perhaps"}
