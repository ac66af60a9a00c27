"""The classes of the program with all their methods, inherited ones of ours included."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.source import ROOT, tree_of


@dataclass
class _Module:
    """What a module declares and what it brings in.

    Attributes:
        methods: of each class, those that stand in it.
        bases: of each class, as written: "Base", "module.Base".
        named: of each name that an import brings in, what it stands for: "ui.rows.Rows".
    """

    methods: dict[str, set[str]] = field(default_factory=dict)
    bases: dict[str, list[str]] = field(default_factory=dict)
    named: dict[str, str] = field(default_factory=dict)


def methods_of(files: Sequence[Path], root: Path = ROOT) -> dict[str, set[str]]:
    """Return the methods of each class, with those of all its bases in these files.

    Args:
        files: the modules.
        root: the folder from which they are imported.

    Returns:
        by the class with its module: "ui.actions.Actions".
    """
    modules = {_dotted(file.relative_to(root)): _read(file) for file in files}

    def whole(name: str) -> set[str]:
        module, _, own = name.rpartition(".")
        known = modules[module]
        found = (_declared(modules, module, base) for base in known.bases[own])
        return known.methods[own].union(*(whole(base) for base in found if base))

    return {
        f"{module}.{own}": whole(f"{module}.{own}")
        for module, known in modules.items()
        for own in known.methods
    }


def _dotted(file: Path) -> str:
    parts = file.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _read(file: Path) -> _Module:
    module, tree = _Module(), tree_of(file)
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and not node.level:
            for one in node.names:
                module.named[one.asname or one.name] = f"{node.module}.{one.name}"
        elif isinstance(node, ast.Import):
            module.named |= {one.asname: one.name for one in node.names if one.asname}
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            module.methods[node.name] = set(_methods(node))
            module.bases[node.name] = [_written(base) for base in node.bases]
    return module


def _methods(node: ast.ClassDef) -> Iterator[str]:
    for one in node.body:
        if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef) and (
            one.name == "__init__" or not one.name.startswith("__")
        ):
            yield one.name


def _written(node: ast.expr) -> str:
    """Return a base as it is written, without its parameters: of `Base[int]` it is "Base"."""
    while isinstance(node, ast.Subscript):
        node = node.value
    return ast.unparse(node)


def _declared(modules: dict[str, _Module], module: str, name: str) -> str:
    """Return the class that a name stands for in a module, "" when it is none of these."""
    while module in modules:
        known = modules[module]
        if name in known.methods:
            return f"{module}.{name}"
        first, _, rest = name.partition(".")
        if first in known.named:  # may be brought on by a package
            name = f"{known.named[first]}.{rest}".rstrip(".")
        module, _, name = name.rpartition(".")
    return ""
