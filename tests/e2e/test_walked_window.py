"""What the real window leaves outside a study holds none of its words and no real name."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.support.commands import LONGEST
from tests.support.source import ROOT
from tests.support.studies import agree, document
from tests.support.walked_window import REAL, WORD
from tests.support.words import found_in, told
from workbench.study import Study

PLANTED = (WORD, REAL)
PLACES = {
    "HOME": "user", "WORKBENCH_HOME": "home", "TMPDIR": "tmp", "SQLITE_TMPDIR": "tmp",
    "XDG_CACHE_HOME": "cache", "XDG_CONFIG_HOME": "config", "XDG_DATA_HOME": "data",
    "XDG_STATE_HOME": "state", "XDG_RUNTIME_DIR": "run",
}  # fmt: skip


def planted(folder: Path) -> None:
    """Make a study whose words and whose real name stand nowhere else, also in its title."""
    with Study.create(folder, title=f"Talks with {REAL}") as study:
        person = study.people.add(pseudonym="Magdalena", real_name=REAL)
        agree(study, person.id)
        document(study, f"We had {WORD} with {REAL}.", people=[person.id], title=f"On {WORD}")
        study.codebook.add("cake", definition=WORD)


def left_behind(documents: Path, home: Path) -> Path:
    """Leave what a program leaves that is killed while it exports."""
    half = documents / ".workbench-0123456789abcdef.docx"
    half.write_text(WORD)
    note = home / "data" / "underway" / "0123456789abcdef.json"
    note.parent.mkdir(parents=True)
    note.write_text(json.dumps({"path": str(half)}))
    return half


def test_a_window_leaves_no_words_outside(tmp_path: Path) -> None:
    documents, watched = tmp_path / "Documents" / f"With {REAL}", tmp_path / "watched"
    documents.mkdir(parents=True)
    shared = watched / PLACES["XDG_CONFIG_HOME"] / "QtProject.conf"
    for place in set(PLACES.values()):
        (watched / place).mkdir(parents=True, mode=0o700)
    shared.write_text("[FileDialog]\nlastVisited=file:///theirs\n")
    half = left_behind(documents, watched / PLACES["WORKBENCH_HOME"])
    planted(tmp_path / "One.study")
    (documents / f"{WORD}.docx").write_bytes(b"PK\x03\x04" + WORD.encode() * 50)
    (documents / f"{REAL}.wav").write_text(WORD)
    done = subprocess.run(
        [
            *(sys.executable, "-m", "tests.support.walked_window"),
            *(tmp_path / "One.study", documents),
        ],
        cwd=ROOT,
        env=os.environ | {name: str(watched / place) for name, place in PLACES.items()},
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert any("[Magdalena]" in title for title in seen["titles"])
    assert [title for title in seen["titles"] if told(title.encode(), PLANTED)] == []
    assert len(seen["reports"]) > 1
    assert [report for report in seen["reports"] if told(report.encode(), PLANTED)] == []
    assert not told(done.stderr.encode(), PLANTED)
    assert not half.exists()
    made = [path for path in watched.rglob("*") if path.is_file()]
    assert {"workbench.log", "settings.json"} <= {path.name for path in made}
    assert found_in(watched, PLANTED) == []
    assert "lastVisited=file:///theirs" in shared.read_text()
    assert {path.name for path in documents.iterdir()} == {
        f"{WORD}.docx", f"{REAL}.wav", f"About {REAL}.docx", f"{WORD}.csv", f"{REAL}.study",
    }  # fmt: skip
