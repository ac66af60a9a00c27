"""The key files: two copies, a passphrase, a recovery sheet."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.vault import SAID, cheap_keys
from workbench.vault import keyfile, recovery, state
from workbench.vault.keyfile import NAMES
from workbench.vault.refusals import KeyLost, WrongPassphrase
from workbench.vault.state import State


@pytest.fixture(autouse=True)
def _cheap() -> Iterator[None]:
    with cheap_keys():
        yield


@pytest.fixture
def made(tmp_path: Path) -> keyfile.Made:
    """A key, and a folder with its files."""
    made = keyfile.make(SAID)
    for name in NAMES:
        keyfile.write(tmp_path / name, made.content)
    return made


def test_passphrase_and_sheet_open_and_nothing_else_does(
    tmp_path: Path, made: keyfile.Made
) -> None:
    assert keyfile.unlock(tmp_path, SAID) == made.key
    assert keyfile.unlock(tmp_path, made.sheet) == made.key
    assert keyfile.unlock(tmp_path, made.sheet.replace("-", " ").lower()) == made.key
    for wrong in ("", "Correct horse battery", SAID + " ", made.sheet[:-1], made.sheet + "A"):
        with pytest.raises(WrongPassphrase, match="does not open"):
            keyfile.unlock(tmp_path, wrong)
    assert made.key.secret.hex() not in made.content.decode()
    assert "secret" not in repr(made.key)


def test_a_letter_may_be_typed_in_two_ways(tmp_path: Path) -> None:
    made = keyfile.make("Blaubeerküchen")
    keyfile.write(tmp_path / NAMES[0], made.content)
    assert keyfile.unlock(tmp_path, "Blaubeerku\u0308chen") == made.key


@given(st.data())
def test_one_damaged_copy_loses_nothing(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("damaged")
    made = keyfile.make(SAID)
    for name in NAMES:
        keyfile.write(folder / name, made.content)
    spoilt = bytearray(made.content)
    spoilt[data.draw(st.integers(0, len(spoilt) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    (folder / data.draw(st.sampled_from(NAMES))).write_bytes(
        data.draw(st.sampled_from([bytes(spoilt), b"", made.content[:100], b"[1]", b"\xff{"]))
    )
    assert keyfile.unlock(folder, SAID) == made.key
    keyfile.mend(folder)
    assert {(folder / name).read_bytes() for name in NAMES} == {made.content}


def test_without_a_whole_copy_the_key_is_lost_and_said_so(
    tmp_path: Path, made: keyfile.Made
) -> None:
    for name in NAMES:
        (tmp_path / name).write_bytes(made.content[:-50])
    assert state.of(tmp_path) is State.KEYLESS
    with pytest.raises(KeyLost, match="not damaged"):
        keyfile.unlock(tmp_path, SAID)


def test_another_passphrase_and_another_sheet(tmp_path: Path, made: keyfile.Made) -> None:
    assert keyfile.change(tmp_path, made.key, passphrase="eight letters", sheet=False) == ""
    assert keyfile.unlock(tmp_path, "eight letters") == made.key
    assert keyfile.unlock(tmp_path, made.sheet) == made.key
    with pytest.raises(WrongPassphrase):
        keyfile.unlock(tmp_path, SAID)
    sheet = keyfile.change(tmp_path, made.key, passphrase=None, sheet=True)
    assert keyfile.unlock(tmp_path, sheet) == made.key
    assert keyfile.unlock(tmp_path, "eight letters") == made.key
    with pytest.raises(WrongPassphrase):
        keyfile.unlock(tmp_path, made.sheet)


def test_a_change_that_was_interrupted_opens_with_both_and_the_newer_wins(
    tmp_path: Path, made: keyfile.Made
) -> None:
    keyfile.change(tmp_path, made.key, passphrase="eight letters", sheet=False)
    keyfile.write(tmp_path / NAMES[1], made.content)  # it never came to the second
    assert keyfile.unlock(tmp_path, SAID) == made.key
    assert keyfile.unlock(tmp_path, "eight letters") == made.key
    keyfile.mend(tmp_path)
    assert keyfile.unlock(tmp_path, "eight letters") == made.key
    with pytest.raises(WrongPassphrase):
        keyfile.unlock(tmp_path, SAID)


def test_a_file_that_asks_for_all_memory_is_not_followed(
    tmp_path: Path, made: keyfile.Made
) -> None:
    body = json.loads(made.content)
    body["passphrase"]["n"] = 1 << 40
    body["sum"] = keyfile._sum({name: body[name] for name in body if name != "sum"})
    for name in NAMES:
        (tmp_path / name).write_text(json.dumps(body))
    with pytest.raises(KeyLost):
        keyfile.unlock(tmp_path, SAID)


@given(st.binary(min_size=20, max_size=20), st.data())
def test_a_sheet_is_read_as_it_was_printed(secret: bytes, data: st.DataObject) -> None:
    printed = recovery.printed(secret)
    assert recovery.typed(printed) == secret
    assert recovery.typed(printed.lower().replace("-", "").replace("1", "l")) == secret
    at = data.draw(st.sampled_from([n for n, sign in enumerate(printed) if sign != "-"]))
    sign = data.draw(st.sampled_from("2345ABCD"))
    mistyped = printed[:at] + sign + printed[at + 1 :]
    assert recovery.typed(mistyped) in (None, secret)
