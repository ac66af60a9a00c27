"""Messages survive the way; anything else is dropped without harm."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.domain.transcript import TurnDraft, Word
from workbench.speech import protocol
from workbench.speech.protocol import Decoder, Message
from workbench.words import Sentence

NUMBER = st.integers(-(2**53), 2**53)
WORDS = st.builds(Word, NUMBER, NUMBER, NUMBER, NUMBER, NUMBER)
TURNS = st.builds(
    TurnDraft,
    ordinal=NUMBER,
    text=st.text(),
    start_ms=st.none() | NUMBER,
    end_ms=st.none() | NUMBER,
    speaker=st.none() | st.text(),
    words=st.lists(WORDS, max_size=4).map(tuple),
    doubt=st.text(),
)
VALUES = st.text() | NUMBER | st.floats(allow_nan=False, allow_infinity=False)
st.register_type_strategy(  # its values may hold no NaN, which equals nothing
    Sentence, st.builds(Sentence, st.text(), st.dictionaries(st.text(), VALUES), st.text())
)
MESSAGES: st.SearchStrategy[Message] = st.one_of(
    st.builds(protocol.TurnFound, TURNS),
    st.builds(
        protocol.Speakers, st.none() | NUMBER, NUMBER, st.lists(TURNS, max_size=3).map(tuple)
    ),
    st.builds(protocol.Peaks, NUMBER, st.lists(NUMBER, max_size=9).map(tuple)),
    *(
        st.from_type(kind)
        for kind in (
            protocol.Order,
            protocol.Pause,
            protocol.Resume,
            protocol.Cancel,
            protocol.Hello,
            protocol.Heartbeat,
            protocol.State,
            protocol.Progress,
            protocol.Note,
            protocol.Done,
            protocol.Failed,
            protocol.Plan,
            protocol.ChunkDone,
            protocol.LanguageFound,
            protocol.SpokenHere,
            protocol.Probed,
            protocol.ProbeFailed,
        )
    ),
)


@given(MESSAGES)
def test_a_message_survives_the_way(message: Message) -> None:
    line = protocol.encode(message)
    assert protocol.decode(line) == message
    assert line.isascii()
    assert line.index(b"\n") == len(line) - 1
    assert json.loads(line)["v"] == 1


@given(st.lists(MESSAGES, max_size=5), st.data())
def test_the_stream_may_be_cut_anywhere(messages: list[Message], data: st.DataObject) -> None:
    stream = b"".join(map(protocol.encode, messages))
    cut = data.draw(st.integers(0, len(stream)))
    decoder = Decoder()
    assert decoder.feed(stream[:cut]) + decoder.feed(stream[cut:]) == messages


@given(st.binary(max_size=200))
def test_garbage_does_no_harm(garbage: bytes) -> None:
    decoder = Decoder()
    decoder.feed(garbage + b"\n")
    assert decoder.feed(protocol.encode(protocol.Pause())) == [protocol.Pause()]


@pytest.mark.parametrize(
    "body",
    [
        [],
        {},
        {"v": 2, "type": "pause"},
        {"v": 1, "type": "dance"},
        {"v": 1, "type": ["pause"]},
        {"v": 1, "type": "hello", "pid": True},
        {"v": 1, "type": "hello"},
        {"v": 1, "type": "peaks", "duration_ms": 1, "peaks": "loud"},
        {"v": 1, "type": "speakers", "asked": None, "count": 1, "turns": [3]},
        {"v": 1, "type": "turn", "ordinal": 0, "text": "a", "words": [[1, 2]], "doubt": ""},
        {"v": 1, "type": "turn", "ordinal": 0, "text": "a", "words": ["aaaaa"], "doubt": ""},
    ],
)
def test_what_is_no_message_of_ours_is_dropped(body: Any) -> None:
    assert protocol.decode(json.dumps(body).encode()) is None


def test_nesting_without_end_is_dropped() -> None:
    assert protocol.decode(b"[" * 100_000) is None


def test_unknown_fields_of_a_newer_worker_are_ignored() -> None:
    line = b'{"v":1,"type":"state","state":"paused","mood":"good"}'
    assert protocol.decode(line) == protocol.State("paused")
