"""What was spooled is found again, whatever happened to the end of the file."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.domain.transcript import TurnDraft, Word
from workbench.errors import EnvironmentProblem
from workbench.speech import protocol, spool
from workbench.speech.protocol import (
    ChunkDone,
    Done,
    LanguageFound,
    Note,
    Plan,
    Speakers,
    SpokenHere,
    TurnFound,
)
from workbench.speech.spool import Spool

TURNS = [TurnDraft(i, f"turn {i}", i, i + 1, None, (Word(0, 4, i, i + 1, 900),)) for i in range(4)]
LINES = [
    Plan("key"),
    LanguageFound("de", 980),
    SpokenHere(0, 2, "en", 910),
    TurnFound(TURNS[0]),
    TurnFound(TURNS[1]),
    ChunkDone(0, 2),
    TurnFound(TURNS[2]),
    Note("unheard", "speech without words"),
    ChunkDone(1, 3),
    Speakers(None, 1, tuple(TURNS[:2])),
    Done("en", 900, 3, 10, "base"),
]
STREAM = b"".join(map(protocol.encode, LINES))


def test_a_whole_spool_is_read(tmp_path: Path) -> None:
    path = tmp_path / "job.jsonl"
    path.write_bytes(STREAM)
    content = spool.read(path)
    assert content.key == "key"
    assert content.turns == dict(enumerate(TURNS[:3]))
    assert content.notes == [Note("unheard", "speech without words")]
    assert content.language == LanguageFound("de", 980)
    assert content.spoken == [SpokenHere(0, 2, "en", 910)]
    assert content.chunk == ChunkDone(1, 3)
    assert content.final_turns() == TURNS[:2]
    assert content.done is not None
    assert content.committed == len(STREAM)


@given(cut=st.integers(0, len(STREAM)))
def test_a_spool_cut_anywhere_goes_on_at_its_last_border(
    cut: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("spool") / "job.jsonl"
    path.write_bytes(STREAM[:cut])
    record = Spool(path, "key")
    known = record.content.chunk
    committed = {None: 0, LINES[5]: 2, LINES[8]: 3}[known]
    assert list(record.content.turns) == list(range(committed))
    record.append(LINES[1:])
    record.close()
    assert spool.read(path).final_turns() == TURNS[:2]
    assert [line for line in path.read_bytes().splitlines() if protocol.decode(line) is None] == []


def test_another_plan_begins_anew(tmp_path: Path) -> None:
    path = tmp_path / "sub" / "job.jsonl"
    first = Spool(path, "one")
    first.append([TurnFound(TURNS[0]), ChunkDone(0, 1)])
    first.close()
    second = Spool(path, "two")
    second.close()
    assert second.content.turns == {}
    assert spool.read(path).key == "two"
    assert spool.read(path).final_turns() == []


def test_no_file_is_an_empty_spool(tmp_path: Path) -> None:
    assert spool.read(spool.path_of(tmp_path, "x")) == spool.SpoolContent()


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record = Spool(tmp_path / "job.jsonl", "key")

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(EnvironmentProblem) as caught:
        record.append([Note("a", "b")])
    assert caught.value.code == "disk-full"
    assert "kept" in caught.value.todo
    record.close()


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(EnvironmentProblem) as caught:
        Spool(tmp_path / "file" / "job.jsonl", "key")
    assert caught.value.code == "not-writable"
