"""What the program remembers between two starts: choices, window, recent studies.

One small JSON file. A file that cannot be read must never keep anybody from work: it is set
aside and the defaults are used.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from workbench import rights

RECENT_LIMIT = 12


@dataclass(frozen=True, slots=True)
class RecentStudy:
    """A study that was open: folder, title as last seen, and when (ISO, local time)."""

    path: str
    title: str
    opened: str


@dataclass(frozen=True, slots=True)
class WindowState:
    """Where the window was, and how.

    Attributes:
        geometry: Qt's bytes as hex.
        splitters: sizes by name.
        choices: how views show things, by name, such as "code.colour": "stage".
    """

    geometry: str = ""
    workspace: str = "collect"
    splitters: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    choices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a person can choose.

    Attributes:
        theme: "system", "light" or "dark".
        reading_size: size of transcript text in pixels.
        model: name of the speech model; empty means the best one installed.
        language: language of recordings as a two-letter code; empty means recognise it.
        spoken: language of the program itself; empty means English.
        card: whether a graphics card is used for recognition where there is one.
        picture: whether videos show their picture beside the text.
        coder: name put on observations and in the audit trail.
        lock_minutes: after how long without a touch a locked study is closed; 0 = never.
        shortcuts: action id to key sequence, only where changed from the default.
        recent: studies, newest first.
    """

    theme: str = "system"
    reading_size: int = 15
    model: str = ""
    language: str = ""
    spoken: str = ""
    card: bool = True
    picture: bool = True
    coder: str = ""
    lock_minutes: int = 15
    shortcuts: Mapping[str, str] = field(default_factory=dict)
    recent: tuple[RecentStudy, ...] = ()
    window: WindowState = WindowState()


class SettingsStore:
    """Reads and keeps the settings file.

    Args:
        path: the JSON file; it and its folder need not exist.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.current = _load(path)

    def change(self, **values: object) -> Settings:
        """Set some fields of the settings and write them at once.

        Args:
            values: fields of `Settings` and their new values.

        Raises:
            OSError: the file cannot be written; the change holds until the program ends.
        """
        self.current = replace(self.current, **values)  # type: ignore[arg-type]
        self._write()
        return self.current

    def remember(self, path: Path, *, title: str, opened: str) -> None:
        """Put a study at the head of the recent ones."""
        entry = RecentStudy(str(path), title, opened)
        others = (r for r in self.current.recent if r.path != entry.path)
        self.change(recent=(entry, *others)[:RECENT_LIMIT])

    def forget(self, path: str) -> None:
        """Take a study off the recent ones; the study itself is not touched."""
        self.change(recent=tuple(r for r in self.current.recent if r.path != path))

    def _write(self) -> None:
        rights.own_folder(self.path.parent)
        text = json.dumps(asdict(self.current), ensure_ascii=False, indent=1)
        draft = self.path.with_name(self.path.name + ".new")
        rights.claim(draft)
        draft.write_text(text, encoding="utf-8")
        draft.replace(self.path)


def _load(path: Path) -> Settings:
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        return _settings(raw)
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError, TypeError, AttributeError):
        _set_aside(path)
        return Settings()


def _set_aside(path: Path) -> None:
    try:
        path.replace(path.with_name(path.name + ".unreadable"))
    except OSError:
        # The next write tells the person what is wrong with the folder.
        return


def _settings(raw: dict[str, Any]) -> Settings:
    values = _known(Settings, raw)
    values["recent"] = tuple(RecentStudy(**_known(RecentStudy, r)) for r in raw.get("recent", ()))
    window = _known(WindowState, raw.get("window", {}))
    window["splitters"] = {k: tuple(v) for k, v in window.get("splitters", {}).items()}
    window["choices"] = {k: str(v) for k, v in window.get("choices", {}).items()}
    values["window"] = WindowState(**window)
    return Settings(**values)


def _known(kind: type, raw: dict[str, Any]) -> dict[str, Any]:
    """Keep the fields this version knows, so that a newer file still opens."""
    names = {f.name for f in fields(kind)}
    return {key: value for key, value in raw.items() if key in names}
