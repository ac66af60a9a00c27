"""Where the keys of studies lie that do not lie in their folder: remembered on this computer alone.

It is in no study, for whoever gets a copy of one shall not learn where to look. It is a file of its
own beside the settings, since those are held by the window while a command may move a key.
"""

from __future__ import annotations

import json
from pathlib import Path

from workbench import paths, rights, underway

_NAME = "keys.json"


def remembered(study: str) -> Path | None:
    """Return where the key of a study lies, as far as this computer knows."""
    place = _read().get(study)
    return Path(place) if place else None


def remember(study: str, place: Path | None) -> None:
    """Remember where the key of a study lies; `None` = in its folder.

    Raises:
        OSError: it cannot be written.
    """
    places = _read()
    if place is None:
        if places.pop(study, None) is None:
            return
    else:
        places[study] = str(place.absolute())
    file = paths.config_dir() / _NAME
    rights.own_folder(file.parent)
    with underway.draft(file) as begun:
        rights.claim(begun.path, new=True)
        begun.path.write_bytes(json.dumps(places, ensure_ascii=False, indent=1).encode())
        begun.put()


def _read() -> dict[str, str]:
    try:
        found = json.loads((paths.config_dir() / _NAME).read_text("utf-8"))
        return {str(study): str(place) for study, place in found.items()}
    except (OSError, ValueError, AttributeError):
        return {}


__all__ = ["remember", "remembered"]
