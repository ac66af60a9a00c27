"""Folders that a program keeps in step with other computers, and what that means for a study."""

from __future__ import annotations

import os
from pathlib import Path

from workbench.errors import EnvironmentProblem

# The begin of a folder's name on the way to the study, in small letters.
_NAMES = {
    "dropbox": "Dropbox",
    "onedrive": "OneDrive",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "icloud": "iCloud Drive",
    "com~apple~clouddocs": "iCloud Drive",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "syncthing": "Syncthing",
}
# What such a program leaves in the uppermost folder that it keeps in step.
_SIGNS = {
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".stfolder": "Syncthing",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
}
_BEGINS = (".sync_", "._sync_")  # of a database that Nextcloud leaves there


def service_of(folder: Path) -> str:
    """Return the name of the program that keeps a folder in step; "" when none is known to."""
    above = folder.absolute().parents
    for place in above:
        for begin, name in _NAMES.items():
            if place.name.casefold().startswith(begin):
                return name
    for place in above:
        if place == Path.home():  # holds signs of programs that keep other folders in step
            break
        for sign, name in _SIGNS.items():
            if (place / sign).exists():
                return name
        if any(name.startswith(_BEGINS) and name.endswith(".db") for name in _names_in(place)):
            return "Nextcloud"
    return ""


def _names_in(place: Path) -> list[str]:
    """Return what lies in a folder; it may be large, and is looked through once."""
    try:
        with os.scandir(place) as found:
            return [one.name for one in found]
    except OSError:  # one may pass through it, but not look
        return []


def explained(folder: Path) -> EnvironmentProblem | None:
    """Return what people should know of a study in such a folder; `None` in any other."""
    name = service_of(folder)
    if not name:
        return None
    return EnvironmentProblem(
        "cloud-folder",
        "“{study}” lies in a folder that {name} keeps in step with other computers.",
        "That works as long as the study is open on one computer only, and is closed there before"
        " it is opened elsewhere, when all has been synchronised. Recordings of people leave this"
        " computer that way; see what was agreed with them.",
        study=folder.stem,
        name=name,
    )


__all__ = ["explained", "service_of"]
