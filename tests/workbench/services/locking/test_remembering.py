"""A computer remembers a locked study: its keyring opens it; else its passphrase is asked for."""

from __future__ import annotations

import json
import re
import shutil
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import keyring.backend
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.examples import examples
from tests.support.keyrings import Memory, memory
from tests.support.vault import SAID, cheap_keys
from workbench import children, paths
from workbench.errors import EnvironmentProblem, UserError
from workbench.helper import Helper
from workbench.services.locking import locking, remembering
from workbench.services.locking.remembering import KeyringRefused
from workbench.storage.refusals import Stopped
from workbench.study import Study
from workbench.vault import keyfile, keyring_child, remembered, ring, system_keyring
from workbench.vault.refusals import KeyLost, PassphraseWanted
from workbench.vault.system_keyring import _answered  # before the tests put theirs in its place

ANOTHER = "another passphrase"


@pytest.fixture(autouse=True)
def _cheap() -> Iterator[None]:
    with cheap_keys():
        yield


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home of the program on a computer that remembers nothing yet."""
    monkeypatch.setenv("WORKBENCH_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def wallet(home: Path) -> Iterator[type[Memory]]:
    """The keyring of that computer."""
    with memory() as made:
        yield made


@pytest.fixture(scope="module")
def sealed(empty_study: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A locked study, to be copied."""
    folder = shutil.copytree(empty_study, tmp_path_factory.mktemp("sealed") / "Cake.study")
    with cheap_keys():
        locking.lock(folder, SAID, lambda _share: False)
    return folder


@pytest.fixture
def locked(sealed: Path, tmp_path: Path) -> Path:
    """A locked study that nobody has opened."""
    return shutil.copytree(sealed, tmp_path / sealed.name)


@pytest.fixture
def known(locked: Path, wallet: type[Memory]) -> Path:
    """A locked study that this computer remembers."""
    locking.open_with(locked, SAID)
    remembering.remember(locked, never)
    locking.let_go(locked)
    return locked


def never() -> bool:
    return False


def opens(folder: Path) -> bool:
    """Tell whether a study opens here without its passphrase, as the program would try it."""
    if not remembering.may_open(folder):
        return False
    done = remembering.open_study(folder, never, may_ask=False)
    if done:
        Study.open(folder).close()
    assert locking.has_key(folder) is done
    locking.let_go(folder)
    return done


def test_the_keyring_opens_a_study_and_holds_neither_key_nor_passphrase(
    known: Path, wallet: type[Memory], home: Path
) -> None:
    assert opens(known)
    [(service, one)] = wallet.entries
    assert "Cake" not in service + one
    secret = wallet.entries[service, one]
    locking.open_with(known, SAID)
    key = ring.study_key(known)
    assert key is not None
    assert key.secret.hex() != secret
    told = (known / keyfile.NAMES[0]).read_text()
    assert one in told
    assert secret not in told
    assert key.secret.hex() not in told
    [listed] = home.rglob("remembered.json")
    assert secret not in listed.read_text()


def test_who_has_not_opened_it_cannot_have_it_remembered(
    locked: Path, wallet: type[Memory], empty_study: Path
) -> None:
    with pytest.raises(PassphraseWanted):
        remembering.remember(locked, never)
    with pytest.raises(UserError, match="not locked"):
        remembering.remember(empty_study, never)
    assert not wallet.entries


def test_forgotten_is_forgotten_also_by_copies(
    known: Path, wallet: type[Memory], tmp_path: Path
) -> None:
    copy = shutil.copytree(known, tmp_path / "Copy.study")
    assert opens(copy)  # it has the same lock
    assert remembering.forget(known, never)
    assert not wallet.entries
    assert not remembered.ids()
    assert not keyfile.computers(known)
    assert not opens(known)
    assert not opens(copy)
    assert remembering.forget(known, never)  # again is no harm


def test_a_copy_that_the_program_makes_opens_like_the_study(known: Path, tmp_path: Path) -> None:
    assert remembering.open_study(known, never, may_ask=False)
    with Study.open(known) as study:
        study.keeping.copy_to(tmp_path / "Copy.study").finish(lambda *_: None, never)
    locking.let_go(known)
    assert opens(tmp_path / "Copy.study")


def _empty(wallet: type[Memory]) -> None:
    wallet.entries.clear()


def _spoil(wallet: type[Memory]) -> None:
    for one in wallet.entries:
        wallet.entries[one] = "no number"


def _exchange(wallet: type[Memory]) -> None:
    for one in wallet.entries:
        wallet.entries[one] = "00" * 32


@pytest.mark.parametrize("harm", [_empty, _spoil, _exchange])
def test_an_entry_that_is_gone_or_wrong_is_a_plain_question(
    known: Path, wallet: type[Memory], harm: Callable[[type[Memory]], None]
) -> None:
    harm(wallet)
    assert not opens(known)
    assert not remembering.may_open(known)  # it is not asked in vain again
    locking.open_with(known, SAID)
    remembering.remember(known, never)
    locking.let_go(known)
    assert opens(known)


def test_a_locked_keyring_is_a_plain_question_until_it_is_unlocked(
    known: Path, wallet: type[Memory]
) -> None:
    wallet.locked = True
    assert not opens(known)
    locking.open_with(known, SAID)
    with pytest.raises(KeyringRefused, match="is locked"):
        remembering.remember(known, never)
    assert remembering.is_remembered(known)  # as before
    locking.let_go(known)
    wallet.locked = False
    assert opens(known)


def test_forgetting_in_a_locked_keyring_takes_the_way_in_away(
    known: Path, wallet: type[Memory]
) -> None:
    wallet.locked = True
    assert not remembering.forget(known, never)
    wallet.locked = False
    assert wallet.entries
    assert not opens(known)
    for one in wallet.entries:
        remembered.put(one[1])  # whoever finds the entry opens nothing with it
        assert keyfile.unlock_by(known, one[1], bytes.fromhex(wallet.entries[one])) is None


def test_another_passphrase_is_asked_for_by_other_computers_alone(
    known: Path, wallet: type[Memory], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, entries = dict(remembered.ids()), dict(wallet.entries)
    monkeypatch.setenv("WORKBENCH_HOME", str(tmp_path / "other"))
    wallet.entries.clear()
    asked = wallet.asked
    assert not opens(known)
    assert wallet.asked == asked  # a computer that remembers nothing does not ask its keyring
    locking.open_with(known, SAID)
    remembering.remember(known, never)
    assert locking.change(known, sheet=True)  # a new sheet concerns nobody
    assert len(keyfile.computers(known)) == 2
    locking.change(known, passphrase=ANOTHER)
    locking.let_go(known)
    assert opens(known)
    wallet.entries |= entries
    monkeypatch.setenv("WORKBENCH_HOME", str(tmp_path / "home"))
    assert remembered.ids() == here
    assert not opens(known)
    locking.open_with(known, ANOTHER)


def test_unlocked_for_good_leaves_nothing_in_the_keyring(known: Path, wallet: type[Memory]) -> None:
    assert remembering.open_study(known, never, may_ask=False)
    locking.unlock(known, lambda _share: False)
    assert not wallet.entries
    assert not remembered.ids()
    Study.open(known).close()
    locking.lock(known, SAID, lambda _share: False)
    assert not opens(known)


def test_lost_key_files_are_said_to_be_lost(known: Path, wallet: type[Memory]) -> None:
    kept = (known / keyfile.NAMES[0]).read_bytes()
    (known / keyfile.NAMES[0]).write_bytes(kept[:-40])
    assert opens(known)  # there is a second one
    assert (known / keyfile.NAMES[0]).read_bytes() == kept
    for name in keyfile.NAMES:
        (known / name).unlink()
    asked = wallet.asked
    assert not remembering.may_open(known)
    with pytest.raises(KeyLost):
        Study.open(known)
    assert wallet.asked == asked


def test_what_was_locked_by_hand_asks_for_the_passphrase_also_later(known: Path) -> None:
    remembering.ask_first(known)
    assert remembering.is_remembered(known)
    assert not opens(known)  # the program may have been started anew: it lies on the disk
    locking.open_with(known, SAID)
    locking.let_go(known)
    assert opens(known)


def test_what_was_locked_stays_so_where_nothing_can_be_written(
    known: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, _content: bytes) -> None:
        raise OSError(28, "no room", str(path))

    written = keyfile.write
    monkeypatch.setattr(keyfile, "write", refuse)
    remembering.ask_first(known)
    assert not opens(known)
    monkeypatch.setattr(keyfile, "write", written)
    locking.open_with(known, SAID)
    locking.let_go(known)
    assert opens(known)


@pytest.mark.parametrize("which", ["study", "settings"])
def test_a_folder_that_cannot_be_written_is_not_remembered(
    locked: Path, wallet: type[Memory], which: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = locked if which == "study" else paths.config_dir()

    def refuse(path: Path, content: bytes) -> None:
        if path.parent == place:
            raise PermissionError(13, "read-only", str(path))
        written(path, content)

    written = keyfile.write
    locking.open_with(locked, SAID)
    monkeypatch.setattr(keyfile, "write", refuse)
    with pytest.raises(EnvironmentProblem, match=re.escape(f"“{place}” cannot be written")):
        remembering.remember(locked, never)
    assert not wallet.entries
    assert not remembered.ids()


@pytest.mark.parametrize("content", ["", "[1]", '{"a": ', '{"a": 1}', "\x00"])
def test_a_damaged_list_of_entries_remembers_nothing(known: Path, home: Path, content: str) -> None:
    [file] = home.rglob("remembered.json")
    file.write_text(content)
    assert not opens(known)
    locking.open_with(known, SAID)
    remembering.remember(known, never)


def test_a_key_file_that_lists_nonsense_opens_with_its_passphrase(locked: Path) -> None:
    body = json.loads((locked / keyfile.NAMES[0]).read_text())
    for odd in (3, {}, [3], [{"id": 1}], [{"id": "a", "nonce": "zz", "key": "zz"}] * 99):
        body["computers"] = odd
        body["sum"] = keyfile._sum({name: body[name] for name in body if name != "sum"})
        for name in keyfile.NAMES:
            (locked / name).write_text(json.dumps(body))
        assert keyfile.unlock_by(locked, "a", b"x" * 32) is None
        locking.open_with(locked, SAID)
        locking.let_go(locked)


ACTS = st.lists(
    st.sampled_from(["remember", "forget", "change", "lock", "say", "open"]), max_size=7
)


@examples(0.25)
@given(acts=ACTS)
def test_whatever_is_done_the_study_opens_as_one_expects(
    acts: list[str], sealed: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    place = tmp_path_factory.mktemp("acts")
    folder = place / "Cake.study"
    folder.mkdir()
    for name in keyfile.NAMES:
        shutil.copy(sealed / name, folder / name)
    with pytest.MonkeyPatch.context() as patch, memory() as wallet:
        patch.setenv("WORKBENCH_HOME", str(place / "home"))
        said, kept, first = SAID, False, False
        for number, act in enumerate(acts):
            key = keyfile.unlock(folder, said)
            if act in ("remember", "change"):
                ring.hold(folder, key)
            if act == "remember":
                remembering.remember(folder, never)
                kept, first = True, False
            elif act == "forget":
                remembering.forget(folder, never)
                kept = False
            elif act == "change":
                said = f"{ANOTHER} {number}"
                locking.change(folder, passphrase=said)
            elif act == "lock":
                remembering.ask_first(folder)
                first = kept
            elif act == "say":
                locking.open_with(folder, said)
                first = False
            ring.let_go(folder)
            assert remembering.is_remembered(folder) is kept
            assert remembering.may_open(folder) is (kept and not first)
            assert remembering.open_study(folder, never, may_ask=False) is kept
            assert ring.study_key(folder) == (key if kept else None)
            ring.let_go(folder)
            assert len(wallet.entries) == kept
            assert keyfile.unlock(folder, said) == key


# Keyrings that are none


def refusal() -> KeyringRefused:
    with pytest.raises(KeyringRefused) as found:
        remembering.require_keyring(never)
    return found.value


@pytest.mark.parametrize(
    "name",
    [
        "keyring.backends.null.Keyring",
        "keyring.backends.fail.Keyring",
        "keyring.backends.chainer.ChainerBackend",
        "keyrings.alt.file.PlaintextKeyring",
        "nothing.at.all",
    ],
)
def test_what_is_no_keyring_of_the_system_is_refused(
    home: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", name)
    assert name in refusal().happened
    monkeypatch.delenv("PYTHON_KEYRING_BACKEND")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home))
    place = keyring_child_config()
    place.parent.mkdir(parents=True)
    place.write_text(f"[backend]\ndefault-keyring = {name}\nkeyring-path = {home}\n")
    assert name in refusal().happened
    assert str(home) not in sys.path


def keyring_child_config() -> Path:
    from keyring.util import platform_

    return platform_.config_root() / "keyringrc.cfg"


def test_without_a_keyring_it_is_said_and_no_package_is_asked(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTHON_KEYRING_BACKEND", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home))
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={home}/no-bus")
    monkeypatch.setattr(keyring.backend, "_load_plugins", lambda: pytest.fail("asked for others"))
    monkeypatch.setattr(
        keyring_child, "BACKENDS",
        ("keyring.backends.SecretService.Keyring", "keyring.backends.kwallet.DBusKeyring"),
    )  # fmt: skip
    assert refusal().why is system_keyring.Why.NONE


def test_without_the_library_it_is_said_what_to_install(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("keyring", "keyring.backend"):
        monkeypatch.setitem(sys.modules, name, None)
    assert "fieldwork-workbench[private]" in refusal().todo


# The child


def test_the_child_answers(
    tmp_path: Path,
) -> None:
    with Helper(children.command(keyring_child.FLAG)) as helper:
        said = json.loads(helper.ask(b'{"do": "look"}', 60.0) or b"{}")
    assert said["why"] == system_keyring.Why.OTHER  # the null keyring of all tests


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a D-Bus that never answers")
def test_a_keyring_that_never_answers_is_given_up(
    socket_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system_keyring, "_answered", _answered)
    monkeypatch.delenv("PYTHON_KEYRING_BACKEND")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={socket_folder}/bus")
    with socket.socket(socket.AF_UNIX) as bus:
        bus.bind(str(socket_folder / "bus"))
        bus.listen()
        bus.setblocking(False)
        there: list[socket.socket] = []

        def cancelled() -> bool:
            with suppress(BlockingIOError):
                there.append(bus.accept()[0])
            return bool(there)

        with pytest.raises(Stopped):
            remembering.require_keyring(cancelled)
        assert there[0].recv(1) == b"\0"  # it had begun to speak
        there[0].close()
