"""Whenever it is killed: what leaves is there as a whole or not at all, and no word lies elsewhere.

Each deed is done in real processes, which end themselves just before a change of a file; the next
start clears up. At night every moment of each is tried, on machines with and without files that
have no name.
"""

from __future__ import annotations

import random
import shutil
import signal
import sys
import zipfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.support import killed_leaving
from tests.support.examples import is_nightly
from tests.support.killed_leaving import DEEDS, NAME, WORD, Killer
from tests.support.studies import agree, document, observe
from tests.support.vault import SAID, cheap_keys, readable
from tests.support.words import told
from workbench import underway
from workbench.domain.withdrawal import Deed
from workbench.services.keeping.backups import Backups
from workbench.services.locking import locking
from workbench.storage import drafts
from workbench.study import Study

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="nothing is killed there as here")
MACHINES = [(False, 0), (True, underway._NAMELESS)]
if is_nightly():
    MACHINES += [(False, underway._NAMELESS), (True, 0)]
OLD = "what was there before"


@pytest.fixture(scope="module")
def child() -> Iterator[Killer]:
    """A program that does deeds and is killed."""
    with killed_leaving.killer() as found:
        yield found


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, Path]:
    """A study with something for everything that leaves, open and locked; to be copied."""
    folder = tmp_path_factory.mktemp("kept") / "Cakes.study"
    with Study.create(folder, title=f"About {WORD}") as study:
        gone = study.people.add(pseudonym="Magdalena", real_name=NAME)
        person = study.people.add(pseudonym="Priya")
        agree(study, person.id)
        said = document(study, f"We had {WORD}.", people=[person.id])
        transcript = study.transcripts.of_source(said.id)
        assert transcript is not None
        observe(study, transcript.id, WORD)
        study.codebook.add("cake", definition=WORD)
        study.withdrawal.erase(gone.id, Deed.QUOTES)
    sealed = Path(shutil.copytree(folder, folder.with_name("Locked") / folder.name))
    with cheap_keys():
        locking.lock(sealed, SAID, lambda _share: False)
    return {False: folder, True: sealed}


class Place:
    """A machine of its own: a study, a folder where things go, and everything that is watched."""

    def __init__(self, root: Path, kept: Path, deed: str) -> None:
        self.root, self.deed = root, deed
        self.study = Path(shutil.copytree(kept, root / "studies" / kept.name))
        self.folder = root / "Documents"
        self.out = self.folder / DEEDS[deed][0]
        self.mine = [self.folder / ".workbench-0123456789abcdef.txt", self.folder / "mine.txt"]
        self.environment = {
            name: str(root / place)
            for name, place in {
                "HOME": "user", "WORKBENCH_HOME": "home", "TMPDIR": "tmp", "SQLITE_TMPDIR": "tmp",
                "XDG_CACHE_HOME": "cache", "XDG_CONFIG_HOME": "config",
            }.items()
        }  # fmt: skip
        for place in {str(self.folder), *self.environment.values()}:
            Path(place).mkdir()
        for path in self.mine:
            path.write_text("mine")
        if self.out.suffix in (".docx", ".csv", ".txt"):
            self.out.write_text(OLD)

    def beside(self) -> list[Path]:
        """Return what lies in the folder besides what was asked for and what is somebody's."""
        return [path for path in self.folder.iterdir() if path not in (*self.mine, self.out)]

    def elsewhere(self) -> list[str]:
        """Return where words of the study are that should be in it or where they were to go."""
        files = (path for path in self.root.rglob("*") if path.is_file())
        own = (self.study, self.folder)
        return [
            str(path)
            for path in files
            if not any(path.is_relative_to(one) for one in own) and tells(path)
        ]

    def is_whole(self, path: Path) -> bool:
        """Tell whether a file is all that was to leave."""
        if path.suffix == ".docx":
            with zipfile.ZipFile(path) as package:
                return package.testzip() is None and b"</w:document>" in package.read(
                    "word/document.xml"
                )
        return path.read_bytes().endswith(b"\n") and WORD in path.read_text("utf-8")


def tells(path: Path) -> bool:
    """Tell whether words of the study can be read in a file."""
    content = path.read_bytes()
    return bool(told(content, (WORD, NAME))) or (
        zipfile.is_zipfile(path) and b"document.xml" in content
    )


def ends() -> Iterator[int]:
    """Return the moments that are tried; at night all of them."""
    yield from count(1) if is_nightly() else random.sample(range(1, 14), 2)


@pytest.mark.parametrize(("locked", "nameless"), MACHINES)
@pytest.mark.parametrize("deed", DEEDS)
def test_killed_it_leaves_all_or_nothing(
    deed: str, locked: bool, nameless: int, kept: dict[bool, Path], child: Killer, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    for end in ends():
        place = Place(tmp_path / str(end), kept[locked], deed)
        code, moments = child.ask(
            deed=deed, study=str(place.study), out=str(place.out), end=end, locked=locked,
            nameless=bool(nameless), watched=str(place.root), environment=place.environment,
        )  # fmt: skip
        assert code in (0, -signal.SIGKILL), (end, code)
        _look_before(place, locked=locked, nameless=bool(nameless))
        with monkeypatch.context() as patch:
            for name, value in place.environment.items():
                patch.setenv(name, value)
            if locked:
                locking.open_with(place.study, SAID)
            _look_after(place)
            locking.let_go(place.study)
        if code == 0:
            assert 2 < moments < end
            break
        shutil.rmtree(place.root)


def _look_before(place: Place, *, locked: bool, nameless: bool) -> None:
    """Look around where nothing was cleared up yet."""
    assert place.elsewhere() == []
    if not locked:
        return
    assert list(readable(place.study, WORD, NAME)) == []
    for path in place.beside() if nameless else ():
        for file in (path, *path.rglob("*")):  # nothing but a whole file, about to get its name
            assert not file.is_file() or not tells(file) or place.is_whole(file)


def _look_after(place: Place) -> None:
    """Start again, and look around."""
    underway.sweep()
    with Study.open(place.study) as study:
        assert study.check() == []
        known = study.people.participants()
        assert NAME in [study.keys.of(person.id).real_name for person in known]
        assert list((place.study / drafts.FOLDER).glob("*")) == []
        assert not list(place.study.rglob("*.partial"))
        backups = Backups(place.study)
        assert all(backups.holds(one) for one in backups.all())
    assert place.elsewhere() == []
    assert all(path.read_text() == "mine" for path in place.mine)
    assert not list((place.root / "home").rglob("underway/*"))
    if place.deed in ("backup", "key"):
        assert [path.suffix for path in place.beside()] in ([], [".key"])
        return
    assert place.beside() == []
    if place.out.is_file():
        assert place.out.read_bytes() == OLD.encode() or place.is_whole(place.out)
    elif place.out.exists():
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("WORKBENCH_HOME", str(place.root / "home"))
            if locking.is_locked(place.out):
                assert list(readable(place.out, WORD, NAME)) == []
                locking.open_with(place.out, SAID)
            with Study.open(place.out) as copy:
                assert copy.check() == []
            locking.let_go(place.out)
    else:
        assert place.deed == "copy"
