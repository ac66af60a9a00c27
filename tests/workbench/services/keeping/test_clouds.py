"""A folder that is synchronised is known by its name, or by what such a program leaves there."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.services.keeping import clouds


@pytest.mark.parametrize(
    ("place", "sign", "name"),
    [
        ("Dropbox (Personal)", "", "Dropbox"),
        ("OneDrive - University", "", "OneDrive"),
        ("Library/CloudStorage/GoogleDrive-ada@example.org/My Drive", "", "Google Drive"),
        ("Library/Mobile Documents/com~apple~CloudDocs", "", "iCloud Drive"),
        ("iCloudDrive", "", "iCloud Drive"),
        ("Nextcloud", "", "Nextcloud"),
        ("shared", ".stfolder", "Syncthing"),
        ("work", ".sync_0a1b2c.db", "Nextcloud"),
        ("box", ".dropbox.cache", "Dropbox"),
        ("Documents", "", ""),
        ("My Dropboxes", "", ""),
    ],
)
def test_it_is_recognised(tmp_path: Path, place: str, sign: str, name: str) -> None:
    folder = tmp_path / place / "Studies" / "Moving home.study"
    folder.mkdir(parents=True)
    if sign:
        (tmp_path / place / sign).touch()
    assert clouds.service_of(folder) == name
    told = clouds.explained(folder)
    assert (told is not None and name in told.happened) == bool(name)
