"""Files that ship with the program: icons, themes, templates, models, the sample study."""

from __future__ import annotations

from pathlib import Path


def path(*parts: str) -> Path:
    """Return the path of a shipped file or folder.

    Args:
        parts: path below `resources/`, for example `path("theme", "light.toml")`.
    """
    return Path(__file__).parent.joinpath(*parts)
