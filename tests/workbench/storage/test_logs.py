"""Copies of studies that were open: no log of another moment is applied, and none is lost."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.support.forked import Child
from tests.support.programs import program, says
from workbench.services.keeping import opening
from workbench.study import Study

LETTERS = (
    40_000  # a step of so many fills some twenty pages of the log, which begins anew at 1,000.
)
# Rows are written without asking for those that are there, or a hundred steps would read gigabytes.
_WORK = """
import sys
from pathlib import Path
from workbench.domain.change import Op
from workbench.domain.codebook import Code
from workbench.domain.ids import CodeId, new_id
from workbench.study import Study
study, text = Study.open(Path(sys.argv[1])), "x" * int(sys.argv[3])
codes = study._desk.tables.code
count = codes.count()
for line in sys.stdin:
    for count in range(count + 1, count + int(line) + 1):
        name = f"{sys.argv[2]} {count - 1}"
        with study.step(Op.EDIT_CODEBOOK):
            codes.add(Code(CodeId(new_id()), name, definition=text, position=count))
    print(codes.count(), flush=True)
study.close()
"""


def _go_on(child: Child, steps: int) -> int:
    assert child.stdin is not None
    child.stdin.write(f"{steps}\n")
    child.stdin.flush()
    return int(says(child))


def _killed(folder: Path, name: str, steps: int, letters: int = LETTERS) -> int:
    """Work in a study, in a program that ends suddenly."""
    with program(_WORK, folder, name, f"{letters}") as child:
        return _go_on(child, steps)


def _worked(folder: Path, name: str, steps: int) -> int:
    with program(_WORK, folder, name, f"{LETTERS}") as child:
        count = _go_on(child, steps)
        child.communicate()
    return count


def _new(path: Path) -> Path:
    Study.create(path).close()
    return path


def _codes(study: Study) -> list[str]:
    return sorted(code.name for code in study.codebook.codes())


def _logs_kept(folder: Path) -> list[Path]:
    return list((folder / "backups").glob("strange-log-*.sqlite-wal"))


@pytest.mark.parametrize(("before", "look_first"), [(0, True), (55, False)])
def test_a_study_copied_over_an_older_copy_is_what_was_copied(
    tmp_path: Path, before: int, look_first: bool
) -> None:
    study = _new(tmp_path / "a.study")
    if before:
        _worked(study, "long ago", before)
    _killed(study, "early", 5)
    stick = tmp_path / "stick.study"
    shutil.copytree(study, stick)
    log = (stick / "study.sqlite-wal").read_bytes()
    count = _worked(study, "late", 60)
    shutil.copytree(study, stick, dirs_exist_ok=True)
    if look_first:
        with Study.open(stick, read_only=True) as looked_at:
            assert len(_codes(looked_at)) == count
            assert [notice.code for notice in looked_at.keeping.notices] == ["log-strange"]
        assert (stick / "study.sqlite-wal").read_bytes() == log
    with Study.open(stick) as copy, Study.open(study) as original:
        assert copy.show() == original.show()
        assert [notice.code for notice in copy.keeping.notices] == ["log-strange"]
        assert str(_logs_kept(stick)[0]) in copy.keeping.notices[0].todo
        assert not original.keeping.notices
        copy.codebook.add("after")
    assert [kept.read_bytes() for kept in _logs_kept(stick)] == [log]
    with Study.open(stick) as again:
        assert not again.keeping.notices
        assert again.check() == []
        assert len(_codes(again)) == count + 1


@pytest.mark.parametrize(("steps", "letters"), [(1, LETTERS), (55, LETTERS), (3, 3_000_000)])
def test_the_log_of_a_program_that_died_is_its_own(
    tmp_path: Path, steps: int, letters: int
) -> None:
    study = _new(tmp_path / "a.study")
    for round_number in range(1, 4):
        assert _killed(study, f"round {round_number}", steps, letters) == steps * round_number
        if round_number == 2:
            with Study.open(study, read_only=True) as looked_at:
                assert not looked_at.keeping.notices
    with Study.open(study) as opened:
        assert not opened.keeping.notices
        assert len(_codes(opened)) == 3 * steps
        assert opened.check() == []
    assert not _logs_kept(study)


def _parts(study: Path, place: Path, name: str) -> None:
    place.mkdir(exist_ok=True)
    shutil.copyfile(study / name, place / name)


@pytest.mark.parametrize("file_first", [True, False])
@pytest.mark.parametrize("between", [12, 130])
def test_file_and_log_of_different_moments_are_not_mixed(
    tmp_path: Path, file_first: bool, between: int
) -> None:
    study, copy = _new(tmp_path / "a.study"), tmp_path / "copy.study"
    names = ["study.sqlite", "study.sqlite-wal"]
    with program(_WORK, study, "early", f"{LETTERS}") as child:
        first = _go_on(child, 45)
        _parts(study, copy, names[not file_first])
        last = _go_on(child, between)
        _parts(study, copy, names[file_first])
    with Study.open(copy) as opened:
        # Never a mixture: all steps of one moment.
        found = _codes(opened)
        assert found == sorted(f"early {number}" for number in range(len(found)))
        assert len(found) <= last
        assert opened.check() == [] or opened.keeping.notices
        if not opened.keeping.notices:
            assert len(found) >= first - 45
        opened.codebook.add("after")
    with Study.open(copy) as again:
        assert again.check() == []


def test_a_log_of_another_study_is_left_out(tmp_path: Path) -> None:
    one, other = _new(tmp_path / "one.study"), _new(tmp_path / "other.study")
    _killed(one, "one", 30)
    _killed(other, "other", 30)
    shutil.copyfile(other / "study.sqlite-wal", one / "study.sqlite-wal")
    with Study.open(one) as opened:
        assert [notice.code for notice in opened.keeping.notices] == ["log-strange"]
        assert not any("other" in name for name in _codes(opened))
        assert [problem.code for problem in opened.check()] == ["log-strange"]


def test_a_copy_without_its_log_is_not_called_whole(tmp_path: Path) -> None:
    study, copy = _new(tmp_path / "a.study"), tmp_path / "copy.study"
    with program(_WORK, study, "early", f"{LETTERS}") as child:
        _go_on(child, 5)
        _parts(study, copy, "study.sqlite")
    for read_only in (True, False):
        with Study.open(copy, read_only=read_only) as opened:
            assert [problem.code for problem in opened.check()] == ["log-missing"]
            assert "may be missing" in opened.keeping.notices[0].happened
    with Study.open(copy) as again:
        assert not again.keeping.notices


def test_who_reads_leaves_the_log_of_who_writes(tmp_path: Path) -> None:
    folder = tmp_path / "a.study"
    with Study.create(folder) as writing:
        writing.codebook.add("Delay")
        log = folder / "study.sqlite-wal"
        held = log.stat().st_size
        with Study.open(folder, read_only=True) as reading:
            assert reading.check() == []
        assert log.stat().st_size == held > 0


def test_who_reads_waits_for_a_log_only_where_something_seems_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study, copy = _new(tmp_path / "a.study"), tmp_path / "copy.study"
    naps: list[float] = []
    monkeypatch.setattr(opening, "time", SimpleNamespace(sleep=naps.append))
    with program(_WORK, study, "early", f"{LETTERS}") as child:
        _go_on(child, 5)
        Study.open(study, read_only=True).close()  # while another program writes
        _parts(study, copy, "study.sqlite")
    Study.open(_new(tmp_path / "closed.study"), read_only=True).close()
    assert not naps
    Study.open(copy, read_only=True).close()
    assert len(naps) == 1
