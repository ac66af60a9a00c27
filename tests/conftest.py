"""What holds for every test: no display, no network, an own home, and nothing left behind."""

from __future__ import annotations

import gc
import os
import shutil

# Before anything imports Qt or a model library: they read these once.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Qt warns about optional video drivers of the desktop; a warning would fail the test.
os.environ.setdefault("QT_LOGGING_RULES", "qt.multimedia.symbolsresolver=false")
# What is typed and printed is read the same on every machine; child processes take it from here.
os.environ["LC_ALL"] = "C.UTF-8"
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.support.compiled import compile_share
from tests.support.disk import without_waiting
from tests.support.examples import choose_profile, is_nightly
from tests.support.forked import end_mother
from tests.support.leaks import Leaks
from tests.support.locks import file_lock
from tests.support.studies import Clock
from tests.support.warm import end_helpers, warm_helpers
from ui.bridge import garbage
from workbench.storage import database
from workbench.study import Study
from workbench.vault import keyring_child, system_keyring

choose_profile()


def pytest_sessionstart(session: pytest.Session) -> None:
    """Compile a share of the modules, where other processes compile the rest."""
    if worker := getattr(session.config, "workerinput", None):
        compile_share(session.config, int(worker["workerid"][2:]), worker["workercount"])


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that at the end no process waits for another.

    First what looks at the one run of the demo, or both would soon wait for it; then what
    recognises speech. Among these, and among the others, the random order stays.
    """

    def rank(item: pytest.Item) -> int:
        if "demo" in getattr(item, "fixturenames", ()):
            return 0
        return 1 if item.get_closest_marker("speech") else 2

    items.sort(key=rank)
    if is_nightly():
        for item in items:
            if item.get_closest_marker("hypothesis"):
                item.add_marker(pytest.mark.timeout(0))


def pytest_collection_finish() -> None:
    """Leave the tests themselves out of every later search for garbage, and search between them.

    In a process of xdist another thread talks to its master, and would free what is Qt's.
    """
    gc.collect()
    gc.freeze()
    gc.disable()


def pytest_runtest_logfinish() -> None:
    """Search for garbage if it is time."""
    garbage.search()


@pytest.fixture(scope="session")
def shared_tmp(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder that all xdist workers of this run share; lock what you make in it."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base


@pytest.fixture
def socket_folder() -> Iterator[Path]:
    """A folder for sockets: their paths have 107 letters at most, and those of tests are longer."""
    with TemporaryDirectory(prefix="sockets-") as folder:
        yield Path(folder)


@pytest.fixture(scope="session", autouse=True)
def workbench_home(shared_tmp: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Home of the program for this worker; the models alone are shared with the other workers.

    Settings and recent studies differ per worker, so that parallel tests cannot disturb each
    other. The speech model is 145 MB, so it is assembled once per run.
    """
    home = tmp_path_factory.mktemp("home", numbered=False)
    models = shared_tmp / "models"
    models.mkdir(exist_ok=True)
    (home / "data").mkdir()
    (home / "data" / "models").symlink_to(models, target_is_directory=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKBENCH_HOME", str(home))
        patch.setenv("XDG_CACHE_HOME", str(home / "cache"))  # nobody's models of other programs
        yield home


@pytest.fixture(scope="session", autouse=True)
def _no_waiting_for_the_disk() -> Iterator[None]:
    """Go on after a step while the disk is still at work on it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "_configure", without_waiting(database._configure))
        yield


@pytest.fixture(scope="session", autouse=True)
def _one_reader_for_all() -> Iterator[None]:
    """Read strangers' files in processes of their own, as ever, but the same for all tests."""
    with warm_helpers():
        yield


@pytest.fixture(scope="session", autouse=True)
def _nobodys_keyring() -> Iterator[None]:
    """Keep tests and their children from the keyring of whoever runs them; ask in this process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
        patch.setattr(
            system_keyring, "_answered", lambda question, _cancelled: keyring_child.answer(question)
        )
        yield


@pytest.fixture(scope="session", autouse=True)
def _one_mother_for_all() -> Iterator[None]:
    """End what the programs of tests are forked from, which the first of them started."""
    yield
    end_mother()


@pytest.fixture
def new_readers() -> Iterator[None]:
    """Have what reads strangers' files start in this test, for tests of how that happens."""
    end_helpers()
    yield
    end_helpers()


@pytest.fixture(scope="session")
def one_at_a_time(shared_tmp: Path) -> Callable[[], AbstractContextManager[None]]:
    """Return a lock that holds off the other workers while something shared is made."""
    return partial(file_lock, shared_tmp / "shared.lock")


@pytest.fixture(scope="session")
def base_model(
    workbench_home: Path, one_at_a_time: Callable[[], AbstractContextManager[None]]
) -> Path:
    """Folder of the embedded speech model, assembled once for all workers."""
    from workbench.speech.models import ModelStore

    with one_at_a_time():
        return ModelStore().ensure_base()


@pytest.fixture(scope="session")
def jfk() -> Path:
    """Eleven seconds of clear English speech in the public domain."""
    return Path(__file__).parent / "data" / "jfk.flac"


@pytest.fixture
def clock() -> Clock:
    """A clock that stands still until it is moved; the `study` goes by it."""
    return Clock()


@pytest.fixture(scope="session")
def empty_study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty study, made once and copied by every test: to make one takes eight times as long."""
    folder = tmp_path_factory.mktemp("empty") / "moving.study"
    Study.create(folder, title="Moving home", now=Clock()).close()
    return folder


@pytest.fixture
def study(empty_study: Path, tmp_path: Path, clock: Clock) -> Iterator[Study]:
    """A new, empty study."""
    folder = shutil.copytree(empty_study, tmp_path / empty_study.name)
    with Study.open(folder, now=clock) as study:
        yield study


@pytest.fixture(autouse=True)
def _nothing_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves a thread or a child running, or garbage looked for otherwise."""
    leaks, garbage = Leaks(), (gc.isenabled(), gc.get_threshold())
    yield
    left = leaks.left()
    if left:
        pytest.fail(f"{request.node.name} left running: {', '.join(left)}", pytrace=False)
    assert (gc.isenabled(), gc.get_threshold()) == garbage, "garbage is looked for otherwise now"
