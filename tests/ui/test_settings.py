"""What the program remembers survives, and a bad file never keeps anybody from work."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from workbench.settings import RECENT_LIMIT, Settings, SettingsStore, WindowState


def test_settings_come_back(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "settings.json"
    store = SettingsStore(path)
    window = WindowState(geometry="00ff", workspace="code", splitters={"main": (1, 2, 3)})
    store.change(theme="dark", shortcuts={"edit.undo": "Ctrl+U"}, window=window)
    store.remember(Path("/studies/a.study"), title="Ä “a”", opened="2026-09-12T10:00:00+02:00")
    again = SettingsStore(path).current
    assert again == store.current
    assert again.window.splitters["main"] == (1, 2, 3)
    assert again.recent[0].title == "Ä “a”"
    assert [file.name for file in path.parent.iterdir()] == ["settings.json"]


def test_missing_file_means_defaults(tmp_path: Path) -> None:
    assert SettingsStore(tmp_path / "none.json").current == Settings()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"recent": 3}', '{"recent": [{"path": "x"}]}'])
def test_unreadable_file_is_set_aside(tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(text, encoding="utf-8")
    assert SettingsStore(path).current == Settings()
    assert (tmp_path / "settings.json.unreadable").read_text(encoding="utf-8") == text


def test_fields_of_a_newer_version_are_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"theme": "dark", "hologram": True}), encoding="utf-8")
    assert SettingsStore(path).current == Settings(theme="dark")


def test_recent_studies_are_few_newest_first_and_named_once(tmp_path: Path) -> None:
    store = SettingsStore(tmp_path / "settings.json")
    for number in range(RECENT_LIMIT + 3):
        store.remember(Path(f"/s/{number}"), title=str(number), opened="2026-01-01")
    store.remember(Path("/s/5"), title="five", opened="2026-01-02")
    titles = [entry.title for entry in store.current.recent]
    assert titles[:2] == ["five", str(RECENT_LIMIT + 2)]
    assert len(titles) == RECENT_LIMIT
    store.forget("/s/5")
    assert "five" not in [entry.title for entry in store.current.recent]
