"""The source files, read once, for tests that look at the code itself."""

from __future__ import annotations

import ast
from functools import cache, lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ("workbench", "ui")


def python_files(*folders: str) -> list[Path]:
    """Return all Python files below folders of the project, in a stable order."""
    return sorted(file for folder in folders for file in (ROOT / folder).rglob("*.py"))


def name_of(file: Path) -> str:
    """Return the path inside the project, with slashes, as the id of a parametrised test."""
    return file.relative_to(ROOT).as_posix()


@cache
def text_of(file: Path) -> str:
    """Return the text of a source file."""
    return file.read_text("utf-8")


@lru_cache(maxsize=1)  # those of all files are a hundred megabytes
def tree_of(file: Path) -> ast.Module:
    """Return the syntax tree of a source file; the last one is kept."""
    return ast.parse(text_of(file), str(file))
