"""A study with something in every corner, to be locked; and a search for its words."""

from __future__ import annotations

import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest

from tests.support.words import told
from workbench.domain.materials import Source
from workbench.domain.transcript import TurnDraft
from workbench.services.files.recording import RATE, WaveWriter, folder_of
from workbench.speech import spool
from workbench.speech.protocol import ChunkDone, TurnFound
from workbench.storage import driver
from workbench.study import Study
from workbench.vault import keyfile, keys, ring

SAID = "correct horse battery"
WORD = "Blaubeerkuchen"
SOUND = struct.pack(f"<{RATE // 10}h", *(number % 251 * 97 for number in range(RATE // 10)))
BEGAN = datetime(2026, 9, 12, 10, 15, 30)


@contextmanager
def cheap_keys() -> Iterator[None]:
    """Let passphrases cost no time meanwhile, and let go of all studies that were opened."""
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(keyfile, "COST", 1 << 10)
            yield
    finally:
        for folder in list(ring._studies):
            ring.let_go(Path(folder))


def fill(folder: Path, recording: Path) -> None:
    """Make a study that has everything that a study can have in its folder."""
    note = folder.with_name("note.txt")
    note.write_text(f"The {WORD} was good.\n\nAnother paragraph.\n", "utf-8")
    with Study.create(folder, title=f"About {WORD}") as study:
        person = study.people.add(pseudonym="Magdalena", real_name=f"Ada {WORD}")
        sources = study.imports.take_in([note, recording], people=[person.id])
        job = study.jobs.add(of(sources, recording).id, model="fake:x")
        study.materials.loudness.keep(sources[1], [1, 2, 3])
        study.keeping.copies.backup()
        sha256 = sources[1].sha256
    (folder / "cache" / f"{sha256}.peaks").write_bytes(bytes(range(100)))
    (folder / "voices").mkdir(exist_ok=True)
    (folder / "voices" / f"{sha256}.npz").write_bytes(f"prints of {WORD}".encode() * 9_000)
    record = spool.Spool(spool.path_of(folder / "spool", job.id), "key")
    turn = TurnDraft(ordinal=0, start_ms=0, end_ms=900, text=f"I like {WORD}")
    record.append([TurnFound(turn), ChunkDone(0, 900)])
    record.close()
    (folder / "backups" / "damaged-20260912-101530.sqlite.kept").write_text(WORD * 99)
    (folder / "backups" / "hourly-20260912-101530.sqlite").write_text(WORD * 99)
    writer = WaveWriter(folder_of(folder), BEGAN)
    for _ in range(25):
        writer.write(SOUND)
    writer.close()


@contextmanager
def not_installed() -> Iterator[None]:
    """Have a machine without the extra `private`."""
    missing = ("cryptography.exceptions", "workbench.vault.primitives", "sqlcipher3", "keyring")
    caches = (keys.ciphers, driver._library)
    with pytest.MonkeyPatch.context() as patch:
        for name in missing:
            patch.setitem(sys.modules, name, None)
        for cache in caches:
            cache.cache_clear()
        yield
    for cache in caches:
        cache.cache_clear()


def of(sources: list[Source], path: Path) -> Source:
    """Return the source that was made of a file."""
    return next(source for source in sources if source.original_name == path.name)


def contents(folder: Path) -> dict[str, bytes]:
    """Return all files of a folder, without those that a program has while it runs."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "lock"
    }


def readable(folder: Path, *words: str) -> Iterator[str]:
    """Yield where somebody without the key reads a word, or sound as it was recorded."""
    sought = words or (WORD, "Magdalena", "paragraph", "CREATE TABLE", "pseudonym")
    for name, content in contents(folder).items():
        yield from (f"{name}: {word}" for word in told(content, sought))
        if SOUND[100:160] in content:
            yield f"{name}: sound"
