"""Where the key of a study goes: elsewhere, back, to where it was found; or it is let go.

It is written at its new place and read back before the old one goes, so that there is never none.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from workbench import paths
from workbench.errors import UserError, Way
from workbench.services.key_states import wrong
from workbench.storage import key_leaving, key_places
from workbench.storage.database import cannot_write
from workbench.storage.key import FILE, Found, Key, State, set_aside
from workbench.words import said, t


def target(key: Key, study: Path, folder: Path) -> Path:
    """Return where a key is to lie in a folder.

    Raises:
        UserError: there is no such folder, it belongs to another study, or a key is there already.
    """
    if not folder.is_dir():
        raise UserError(
            "key-folder",
            "There is no folder “{folder}”.",
            "Make it, or connect its disk, then move the key again.",
            ways=(Way.CHOOSE,),
            folder=folder,
        )
    if folder.resolve() == study.resolve():
        return study / FILE
    paths.keep_out_of_studies(folder / FILE)
    for path in _names(key, study, folder):
        state = key.look(path).state
        if path == key.path or state is State.MISSING:
            return path
        if state is State.THERE:
            break
    raise UserError(
        "key-taken",
        "A key of this study lies in “{folder}” already; it was not touched.",
        "Choose another folder, or take that one: “workbench key STUDY find FILE”.",
        ways=(Way.CHOOSE,),
        folder=folder,
    )


def move(key: Key, study: Path, found: Found, place: Path) -> None:
    """Let a key lie at another place; where that fails, it is where it was.

    Raises:
        EnvironmentProblem: one of the places cannot be written.
    """
    before = key_places.remembered(key.study)
    try:
        if found.state is State.THERE:
            key.write(found.people, place)
            _require_same(key, found, place)
        key_places.remember(key.study, None if place == study / FILE else place)
        if found.state is State.THERE:
            found.path.unlink()
    except OSError as problem:
        if found.path.exists():
            with suppress(OSError):
                key_places.remember(key.study, before)
                place.unlink(missing_ok=True)
        raise cannot_write(place, problem) from problem


def find(key: Key, study: Path, file: Path, now: datetime) -> Path:
    """Take a file, or the one in a folder, for the key of a study.

    Raises:
        UserError: it is none of this study, or the key in the study's folder can be read.
        EnvironmentProblem: that cannot be remembered.
    """
    default = study / FILE
    if file.is_dir():
        there = (path for path in _names(key, study, file) if path.exists())
        file = next(there, file / FILE)
    if file.resolve() == default.resolve():
        file = default
    elif file.resolve().parent != study.resolve():
        paths.keep_out_of_studies(file)
    new = key.look(file)
    if new.state is not State.THERE:
        none = said("There is no key at “{file}”.", file=file)
        raise UserError(
            "key-not-found",
            none if new.state is State.MISSING else wrong(new),
            "Choose the key of this study; its name ends in “.key”.",
            ways=(Way.CHOOSE,),
        )
    if file != default and key.look(default).state is State.THERE:
        raise UserError(
            "key-there",
            "The key lies in the study's folder, “{default}”, and can be read.",
            "“workbench key STUDY move FOLDER” puts it elsewhere.",
            default=default,
        )
    _turn_to(key, default, None if file == default else file, now)
    return file


def let_go(key: Key, study: Path, now: datetime) -> None:
    """Look for a key that is lost no more; one that cannot be read is kept aside.

    Raises:
        EnvironmentProblem: the folder cannot be written.
    """
    _turn_to(key, study / FILE, None, now, keep=False)


def forget_place(folder: Path) -> None:
    """Forget where the key of a study of before lies, which waits for it to be opened.

    Raises:
        EnvironmentProblem: that cannot be written.
    """
    try:
        key_places.remember(key_leaving.study_of(folder), None)
    except OSError as problem:
        raise cannot_write(folder, problem) from problem


def _turn_to(
    key: Key, default: Path, elsewhere: Path | None, now: datetime, *, keep: bool = True
) -> None:
    try:
        if default.exists() and (elsewhere is not None or not keep):
            set_aside(default, now)
        key_places.remember(key.study, elsewhere)
    except OSError as problem:
        raise cannot_write(default, problem) from problem


def _require_same(key: Key, found: Found, place: Path) -> None:
    if key.look(place).people != found.people:
        raise OSError(t("what was written cannot be read"))


def _names(key: Key, study: Path, folder: Path) -> Iterator[Path]:
    """Yield what the key may be called in a folder: two studies can have one name."""
    yield folder / FILE if folder == study else folder / f"{study.stem}.key"
    yield folder / f"{study.stem}-{key.study[:8]}.key"


__all__ = ["find", "forget_place", "let_go", "move", "target"]
