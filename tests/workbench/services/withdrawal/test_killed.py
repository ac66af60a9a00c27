"""A withdrawal that was begun is finished, whatever kills the program and whenever."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import pytest

from tests.support.forked import finished
from tests.support.source import ROOT
from tests.support.withdrawn import MEMO, NAMES, OTHERS, WORDS, Planted, remains
from workbench.domain.withdrawal import Deed
from workbench.errors import UserError
from workbench.services.withdrawal import erased_files
from workbench.study import Study

_SERVICES, _STORAGE = "workbench.services.withdrawal", "workbench.storage"
MOMENTS = (
    # the plan is there, and nothing else
    (f"{_SERVICES}.withdrawal", "Withdrawals._carry_out", 1),
    # the first new file, half of the files, all of them
    (f"{_SERVICES}.erased_files", "write", 0.5),
    (f"{_SERVICES}.erased_files", "write", 2),
    # copies of the database
    (f"{_SERVICES}.erased_copies", "ErasedCopies.go", 1),
    (f"{_STORAGE}.erasing", "shrink", 1),
    (f"{_SERVICES}.erased_copies", "ErasedCopies.go", 0.5),
    # in the middle of the transaction, and right after it
    (f"{_STORAGE}.erasing", "_History.rewrite", 1.5),
    (f"{_SERVICES}.withdrawal", "Withdrawals._change_rows", 0.5),
    # what is left outside
    (f"{_SERVICES}.erased_files", "delete", 2),
    (f"{_SERVICES}.withdrawal", "Withdrawals._remove_copies_made_meanwhile", 1),
    (f"{_SERVICES}.withdrawal", "Withdrawals._shrink", 1),
    (f"{_SERVICES}.withdrawal", "Withdrawals._shrink", 0.5),
    (f"{_SERVICES}.plan", "Plan.forget", 1),
)


def _killed(planted: Planted, deed: Deed, moment: tuple[str, str, float]) -> None:
    module, attribute, number = moment
    where = (planted.folder, planted.person, deed, module, attribute, number)
    ended = finished(["-m", "tests.support.killed_withdrawal", *where], cwd=ROOT)
    assert ended.returncode == -signal.SIGKILL, ended.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="nobody is killed like this there")
@pytest.mark.parametrize("moment", MOMENTS, ids=lambda one: f"{one[1]}-{one[2]}")
def test_finished_at_the_next_opening(study_of: Planted, moment: tuple[str, str, float]) -> None:
    _killed(study_of, Deed.EVERYTHING, moment)
    assert (study_of.folder / "withdrawal.json").exists()
    assert not remains(study_of.folder / "withdrawal.json", *NAMES)
    with Study.open(study_of.folder) as study:
        assert study.keeping.notices == ()
        assert study.check() == []
        [done] = study.withdrawal.done("P07")
        assert done.deed is Deed.EVERYTHING
        assert {"Bread it is"} <= {passage.words for passage in study.passages.find()}
    assert remains(study_of.folder, *WORDS, *NAMES, MEMO) == []
    assert {needle for needle, _ in remains(study_of.folder, *OTHERS)} == set(OTHERS)
    assert len(list((study_of.folder / "media").iterdir())) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="nobody is killed like this there")
def test_killed_twice(study_of: Planted) -> None:
    _killed(study_of, Deed.WORDS, MOMENTS[5])
    script = (
        "import sys; from pathlib import Path; from tests.support.killed_withdrawal import watch;"
        "from workbench.study import Study;"
        "watch('workbench.services.withdrawal.withdrawal', 'Withdrawals._clear_up', 1);"
        "Study.open(Path(sys.argv[1]))"
    )
    ended = finished(["-c", script, study_of.folder], cwd=ROOT)
    assert ended.returncode == -signal.SIGKILL
    with Study.open(study_of.folder) as study:
        assert study.check() == []
    assert remains(study_of.folder, *WORDS) == []


def test_nothing_is_done_where_a_recording_cannot_be_read(
    study_of: Planted, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Study.open(study_of.folder) as study:
        source = study.materials.source(study_of.talk)
        path = study.materials.media_path(source)
        sound = path.read_bytes()
        path.write_bytes(b"RIFF no sound at all" * 100)
        with pytest.raises(UserError, match="Nobody can silence"):
            study.withdrawal.erase(study_of.person, Deed.EVERYTHING)
        path.write_bytes(sound)
        assert study.check() == []
        assert len(study.people.participants()) == 2
        assert not (study_of.folder / "withdrawal.json").exists()


def test_a_deed_that_cannot_go_on_waits_and_says_so(
    study_of: Planted, monkeypatch: pytest.MonkeyPatch
) -> None:
    if sys.platform == "win32":
        pytest.skip("nobody is killed like this there")
    _killed(study_of, Deed.EVERYTHING, MOMENTS[0])

    def full(*_: object) -> None:
        raise erased_files.EnvironmentProblem("disk-full", "The disk is full.", "Make room.")

    with monkeypatch.context() as patched:
        patched.setattr(erased_files, "write", full)
        with Study.open(study_of.folder) as study:
            [notice] = study.keeping.notices
            assert "The withdrawal of P07 was begun and is not finished" in str(notice)
    with Study.open(study_of.folder) as study:
        assert study.keeping.notices == ()
    assert remains(study_of.folder, *WORDS, *NAMES) == []


def test_a_strange_plan_is_left_alone(study_of: Planted) -> None:
    (study_of.folder / "withdrawal.json").write_text('{"person": 3}', encoding="utf-8")
    with Study.open(study_of.folder) as study:
        assert len(study.people.participants()) == 2


def test_the_plan_is_no_place_for_other_files(study_of: Planted, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("stays", encoding="utf-8")
    with Study.open(study_of.folder) as study:
        done = study.withdrawal.erase(study_of.person, Deed.QUOTES)
    plan = (
        f'{{"id": "{done.id}", "at": "", "person": "", "code": "P07", "deed": "words",'
        ' "coder": "", "leave": {"media": ["../../other.txt"]}, "told": {"rewritten": []}}'
    )
    (study_of.folder / "withdrawal.json").write_text(plan, encoding="utf-8")
    with Study.open(study_of.folder) as study:
        assert len(study.keeping.notices) == 1
    assert other.exists()
