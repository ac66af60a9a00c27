"""Files that ship with the program: icons, themes, templates, models, the sample study."""

from __future__ import annotations

from pathlib import Path


def path(*parts: str) -> Path:
    """Return the path of a shipped file or folder.

    Args:
        parts: path below `resources/`, for example `path("theme", "light.toml")`.
    """
    return Path(__file__).parent.joinpath(*parts)


def document(name: str) -> Path:
    """Return the path of a document for people, such as `guide.md`.

    An installed program has them among its resources, a checkout in `docs/`.
    """
    shipped = path("help", name)
    return shipped if shipped.exists() else Path(__file__).parent.parent / "docs" / name
