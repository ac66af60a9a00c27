"""Every note on a change appears in the change log, under its kind."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.support.source import ROOT, text_of

SETTINGS = tomllib.loads(text_of(ROOT / "pyproject.toml"))["tool"]["towncrier"]
KINDS = {kind["directory"]: kind["name"] for kind in SETTINGS["type"]}
NOTES = sorted((ROOT / SETTINGS["directory"]).glob("*.md"))
_NAME = re.compile(rf"\+[\w-]+\.({'|'.join(KINDS)})\.md")


def test_a_note_is_named_so_that_the_tool_knows_it() -> None:
    others = [note.name for note in NOTES if not _NAME.fullmatch(note.name)]
    assert not others, f"call it +NAME.KIND.md; kinds are {', '.join(KINDS)}"


def test_every_note_appears_under_its_kind() -> None:
    written = _chapters(_build(ROOT))
    missing = [note.name for note in NOTES if _plain(text_of(note)) not in written[_kind(note)]]
    assert NOTES
    assert not missing


def test_a_note_of_an_unknown_kind_is_refused(tmp_path: Path) -> None:
    notes = tmp_path / SETTINGS["directory"]
    notes.mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text(text_of(ROOT / "pyproject.toml"), "utf-8")
    (notes / "+known.fixed.md").write_text("It works.\n", "utf-8")
    assert "- It works." in _build(tmp_path)
    (notes / "+unknown.feature.md").write_text("It vanishes.\n", "utf-8")
    with pytest.raises(subprocess.CalledProcessError) as refused:
        _build(tmp_path)
    assert "+unknown.feature.md" in refused.value.stdout + refused.value.stderr


def test_a_release_is_written_below_the_head_of_the_change_log() -> None:
    head = text_of(ROOT / SETTINGS["filename"])
    assert head.startswith("# ")
    assert head.count("<!-- towncrier release notes start -->\n") == 1


def _build(folder: Path) -> str:
    """Return what the tool would write into the change log of a project."""
    done = subprocess.run(
        [sys.executable, "-m", "towncrier", "build", "--draft", "--version", "next"],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout


def _chapters(written: str) -> dict[str, str]:
    parts = re.split(r"^### (.+)$", written, flags=re.MULTILINE)[1:]
    return {title: _plain(text) for title, text in zip(parts[::2], parts[1::2], strict=True)}


def _kind(note: Path) -> str:
    return KINDS[note.name.split(".")[-2]]


def _plain(text: str) -> str:
    return " ".join(text.split())
