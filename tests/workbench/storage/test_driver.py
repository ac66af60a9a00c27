"""What SQLite keeps for a moment is written nowhere, whatever was opened and by whom."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from workbench.storage import changing, driver
from workbench.storage.rollback import ALONE
from workbench.study import Study
from workbench.vault import ring
from workbench.vault.keys import StudyKey, new_key

OPENS: dict[str, Callable[[Path], driver.Connection]] = {
    "an open study": driver.connect,
    "a closed one": lambda file: driver.connect(file, ALONE),
    "a copy to be changed": changing.opened,
    "no file": lambda _file: driver.memory(),
}
SORTED = """
WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 2000)
SELECT hex(randomblob(500)) AS word FROM n ORDER BY word
"""


@pytest.fixture(params=["as it is", "locked"])
def file(request: pytest.FixtureRequest, study: Study, tmp_path: Path) -> Iterator[Path]:
    """The database of a study, and that of the same study locked."""
    plain = study.folder / "study.sqlite"
    study.close()
    if request.param == "as it is":
        yield plain
        return
    key: StudyKey = new_key()
    sealed = tmp_path / "sealed" / "study.sqlite"
    sealed.parent.mkdir()
    ring.hold(sealed.parent, key)
    driver.sealed(plain, sealed, key)
    yield sealed
    ring.let_go(sealed.parent)


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize("opens", OPENS.values(), ids=OPENS)
def test_sorting_writes_no_file(
    opens: Callable[[Path], driver.Connection], file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(opens(file)) as db:
        db.execute("PRAGMA cache_size = 10")  # pages, so that the words do not fit
        before = _written()
        words = db.execute(SORTED)
        assert words.fetchone()
        assert _written() - before == set()


def _written() -> set[str]:
    """Return the files that this process has open and that have no name any more."""
    found = set()
    for name in os.listdir("/proc/self/fd"):  # noqa: PTH208  the folder itself is one of them
        try:
            target = str(Path(f"/proc/self/fd/{name}").readlink())
        except OSError:
            continue
        if "etilqs" in target:
            found.add(target)
    return found
