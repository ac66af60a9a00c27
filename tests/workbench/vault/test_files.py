"""Sealed files: read from any place, and never otherwise than they were written."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.support.examples import examples
from workbench.vault import blocks, files, growing, parts, ring
from workbench.vault.keys import new_key

SIZES = st.one_of(
    st.integers(0, 40),
    st.builds(lambda n, by: max(0, n * blocks.BLOCK + by), st.integers(0, 3), st.integers(-2, 2)),
)
SEALED = blocks.BLOCK + parts.AROUND


@pytest.fixture
def locked(tmp_path: Path) -> Iterator[Path]:
    """A folder that is locked, and open to this process."""
    folder = tmp_path / "locked"
    folder.mkdir()
    ring.hold(folder, new_key())
    yield folder
    ring.let_go(folder)


def some(size: int) -> bytes:
    return bytes(number * 7 % 251 for number in range(size % 251)) + os.urandom(size - size % 251)


def sealed(locked: Path, clear: bytes, name: str = "sound") -> Path:
    with files.writing(locked / name) as into:
        for at in range(0, len(clear), 50_000):
            into.write(clear[at : at + 50_000])
    return locked / name


@examples(0.5)
@given(size=SIZES, places=st.lists(st.tuples(st.integers(0, 300_000), st.integers(0, 90_000))))
def test_every_stretch_is_read_as_it_was_written(
    locked: Path, size: int, places: list[tuple[int, int]]
) -> None:
    clear = some(size)
    path = sealed(locked, clear)
    assert files.size(path) == size
    assert files.read(path) == clear
    assert blocks.SIGN in path.read_bytes()
    if size > 40:
        assert clear[:40] not in path.read_bytes()
    with files.opened(path) as file:
        for at, length in places:
            file.seek(at)
            assert file.read(length) == clear[at : at + length]


@examples(0.5)
@given(size=SIZES, cut=st.integers(1, 3 * SEALED))
def test_a_file_that_was_cut_short_is_noticed(locked: Path, size: int, cut: int) -> None:
    path = sealed(locked, some(size))
    whole = path.read_bytes()
    path.write_bytes(whole[: max(0, len(whole) - cut)])
    if path.stat().st_size >= len(blocks.SIGN):  # of less, nobody knows what it was
        with pytest.raises(OSError, match="locked"):
            files.read(path)


@examples(0.5)
@given(size=SIZES, at=st.integers(0, 300_000), bit=st.integers(0, 7))
def test_one_changed_bit_is_noticed(locked: Path, size: int, at: int, bit: int) -> None:
    path = sealed(locked, some(size))
    whole = bytearray(path.read_bytes())
    whole[max(len(blocks.SIGN), at % len(whole))] ^= 1 << bit
    path.write_bytes(whole)
    with pytest.raises(OSError, match="not as it was written"):
        files.read(path)


@examples(0.5)
@given(size=SIZES, at=st.integers(0, blocks.BLOCK), new=st.binary(max_size=60))
@example(size=blocks.BLOCK + 1, at=blocks.BLOCK, new=b"")
@example(size=blocks.BLOCK + 1, at=blocks.BLOCK, new=b"beyond it")
@example(size=blocks.BLOCK + 9, at=blocks.BLOCK - 1, new=b"across its end")
@example(size=blocks.BLOCK, at=blocks.BLOCK - 1, new=b"longer than it was")
def test_the_first_bytes_may_be_written_anew(
    locked: Path, tmp_path_factory: pytest.TempPathFactory, size: int, at: int, new: bytes
) -> None:
    clear, plain = some(size), tmp_path_factory.getbasetemp() / "plain"
    at = min(at, size)
    beyond = bool(new) and at < size and at + len(new) > blocks.BLOCK < size
    for path in (locked / "head", plain):
        with files.writing(path) as into:
            into.write(clear)
            into.seek(at)
            if not beyond:
                into.write(new)
            elif path == plain:
                into.write(new[: blocks.BLOCK - at])
            else:
                with pytest.raises(io.UnsupportedOperation, match="in the first block"):
                    into.write(new)
    assert files.read(locked / "head") == plain.read_bytes()


def test_blocks_cannot_change_places_nor_files(locked: Path) -> None:
    clear = some(3 * blocks.BLOCK + 5)
    one, other = sealed(locked, clear), sealed(locked, clear, "other")
    mine, theirs = one.read_bytes(), other.read_bytes()
    first, second = (
        slice(blocks.HEAD + n * SEALED, blocks.HEAD + (n + 1) * SEALED) for n in (0, 1)
    )
    for spoilt in (
        mine[: blocks.HEAD] + mine[second] + mine[first] + mine[second.stop :],
        mine[: blocks.HEAD] + theirs[first] + mine[first.stop :],
        mine[: blocks.HEAD] + mine[first] + mine[second.stop :],
        theirs[: blocks.HEAD] + mine[blocks.HEAD :],
    ):
        one.write_bytes(spoilt)
        with pytest.raises(OSError, match="not as it was written"):
            files.read(one)


def test_another_key_opens_nothing(locked: Path, tmp_path: Path) -> None:
    path = sealed(locked, b"words of an interview")
    ring.hold(tmp_path, new_key())
    try:
        moved = path.rename(tmp_path / "sound")
        with pytest.raises(OSError, match="not as it was written"):
            files.read(moved)
    finally:
        ring.let_go(tmp_path)


def test_the_same_words_never_look_the_same(locked: Path) -> None:
    one, other = sealed(locked, b"yes" * 50, "one"), sealed(locked, b"yes" * 50, "other")
    assert one.read_bytes()[blocks.HEAD :] != other.read_bytes()[blocks.HEAD :]


def test_a_file_outside_is_just_a_file(tmp_path: Path) -> None:
    files.write(tmp_path / "plain", b"words")
    assert (tmp_path / "plain").read_bytes() == b"words"
    assert files.read(tmp_path / "plain") == b"words"
    assert files.size(tmp_path / "plain") == 5


@pytest.mark.parametrize("is_locked", [True, False], ids=["locked", "plain"])
@examples(0.5)
@given(
    parts=st.lists(st.binary(max_size=90), max_size=8),
    cut=st.integers(0, 400),
    head=st.binary(min_size=44, max_size=44),
)
def test_what_grows_is_read_as_it_grew(
    locked: Path, tmp_path_factory: pytest.TempPathFactory, is_locked: bool,
    parts: list[bytes], cut: int, head: bytes,
) -> None:  # fmt: skip
    path = (locked if is_locked else tmp_path_factory.getbasetemp()) / "grows"
    with closing(files.begin(path, bytes(44))) as file:
        for part in parts:
            file.add(part)
            file.sync()
        file.set_head(head)
    told = b"".join(parts)
    assert files.read(path) == head + told
    with closing(files.go_on(path, 44)) as file:
        assert (file.head, file.length) == (head, len(told))
        file.cut(min(cut, len(told)))
        file.add(b"more")
    assert files.read(path) == head + told[:cut] + b"more"


@examples(0.5)
@given(cut=st.integers(1, 200))
def test_what_a_sudden_end_left_half_is_passed_over(locked: Path, cut: int) -> None:
    path = locked / "grows"
    with closing(files.begin(path)) as file:
        for part in (b"a" * 50, b"b" * 60):
            file.add(part)
            file.sync()
    whole = path.read_bytes()
    path.write_bytes(whole[:-cut] if cut < 150 else whole[:-60] + bytes(60))
    left = files.read(path) if path.stat().st_size > 40 else b""
    assert left in (b"a" * 50, b"")
    with closing(files.go_on(path)) as file:
        file.add(b"c")
    assert files.read(path) == left + b"c"


def test_a_piece_that_was_changed_is_noticed(locked: Path) -> None:
    path = locked / "grows"
    with closing(files.begin(path)) as file:
        for part in (b"a" * 50, b"b" * 60):
            file.add(part)
            file.sync()
    whole = bytearray(path.read_bytes())
    whole[growing._START + 30] ^= 1
    path.write_bytes(whole)
    with pytest.raises(OSError, match="not as it was written"):
        files.read(path)
