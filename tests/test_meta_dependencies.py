"""What the program imports is what pyproject.toml asks for.

A library that is only there because something else brought it, or because somebody once
installed it by hand, is missing on the next machine.
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions

from tests.support.source import PROGRAM, ROOT, name_of, python_files, tree_of

_OURS = {*PROGRAM, "resources"}
# Modules by what brings them: an extra that need not be installed here, and Qt's own binding.
_BROUGHT_BY = {"whisper": ["openai-whisper"], "shiboken6": ["PySide6-Essentials"]}


def test_every_imported_library_is_declared() -> None:
    declared, providers = _declared(), dict(packages_distributions()) | _BROUGHT_BY
    foreign = _imported() - _OURS - sys.stdlib_module_names
    undeclared = {
        library
        for library in foreign
        if declared.isdisjoint(map(_plain, [library, *providers.get(library, [])]))
    }
    assert foreign
    assert not undeclared, "name them in pyproject.toml"


def test_the_source_is_found() -> None:
    assert "workbench/paths.py" in {name_of(file) for file in python_files(*PROGRAM)}


def _declared() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    optional = [line for name, lines in extras.items() if name != "dev" for line in lines]
    wanted = [*project["dependencies"], *optional]
    return {_plain(re.split(r"[<>=!~\[; ]", line, maxsplit=1)[0]) for line in wanted}


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _imported() -> set[str]:
    found: set[str] = set()
    for file in [*python_files(*PROGRAM), ROOT / "resources" / "__init__.py"]:
        for node in ast.walk(tree_of(file)):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.partition(".")[0])
    return found
