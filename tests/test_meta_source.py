"""The house style, held by tests: small files and functions, one theme, nothing left unfinished."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from tests.support.source import PROGRAM, ROOT, name_of, python_files, text_of, tree_of

FILES = python_files(*PROGRAM)
EVERYTHING = python_files(*PROGRAM, "resources", "packaging", "benchmarks", "tests")
PACKAGES = [file for file in python_files(*PROGRAM, "resources") if file.name == "__init__.py"]
LONGEST_FILE = 400
LONGEST_FUNCTION = 60
# The second shows which letters differ, and escapes them.
_LABELS = {"ui/views/widgets/looks.py", "ui/views/transcribe/heard_box.py"}
_HEX_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})\b")
# Written apart, so that this file does not find itself.
_UNFINISHED = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X|NotImplemented" r"Error)\b")

# One test for a file, which is parsed once for all that is asked of it.


@pytest.mark.parametrize("file", EVERYTHING, ids=name_of)
def test_file_keeps_the_house_style(file: Path) -> None:
    assert list(_faults(file)) == []


def _faults(file: Path) -> Iterator[str]:
    """Yield what is wrong with a file, in words that say what to do."""
    if _UNFINISHED.search(text_of(file)):
        yield "finish it, or open an issue and leave it out"
    if file in PACKAGES and not ast.get_docstring(tree_of(file)):
        yield "a package says what it holds"
    if file in FILES:
        yield from _long(file)
        yield from _undescribed(file)
        yield from _painted(file)
        yield from _guessed(file)
        yield from _unfilled(file)
        yield from _printed(file)


def _long(file: Path) -> Iterator[str]:
    if (length := text_of(file).count("\n")) > LONGEST_FILE:
        yield f"{length} lines: part it along its subjects"
    for node in _functions(file):
        length = (node.end_lineno or node.lineno) - node.lineno + 1
        if length > LONGEST_FUNCTION:
            yield f"{node.name} has {length} lines"


def _undescribed(file: Path) -> Iterator[str]:
    if not ast.get_docstring(tree_of(file)):
        yield "a module docstring says why the module exists"
    for node in _public_functions(tree_of(file)):
        if not ast.get_docstring(node) and not _overrides(node):
            yield f"{node.name} is public and has no docstring"


def _painted(file: Path) -> Iterator[str]:
    if name_of(file) == "ui/theme.py":
        if "setStyleSheet" not in text_of(file):
            yield "the theme sets the style sheet"
        return
    if any(_HEX_COLOUR.search(text) for text in _strings(file)):
        yield "colours are declared in resources/theme and asked from ui.theme"
    if "setStyleSheet" in _names(file):
        yield "only ui.theme sets a style sheet"


def _guessed(file: Path) -> Iterator[str]:
    """Find what lets Qt guess whether words of a study are HTML."""
    if name_of(file) == "ui/plain.py":
        return
    if {"setToolTip", "showText"} & _names(file):
        yield "tool tips are given by ui.plain"
    if "ToolTipRole" in _names(file) and "plain(" not in text_of(file):
        yield "what a model tells in a tool tip passes ui.plain"
    if "QLabel(" in text_of(file).replace("(QLabel)", "") and name_of(file) not in _LABELS:
        yield "labels are made by ui.views.widgets.looks"


def _unfilled(file: Path) -> Iterator[str]:
    """Find texts of the interface whose braces are not filled where they are asked for."""
    for node in ast.walk(tree_of(file)):
        if not isinstance(node, ast.Call):
            continue
        function = getattr(node.func, "id", "")
        if function not in {"t", "plural"}:
            continue
        given = {word.arg for word in node.keywords} | ({"n"} if function == "plural" else set())
        texts = [
            part.value
            for argument in node.args
            for part in ast.walk(argument)
            if isinstance(part, ast.Constant) and isinstance(part.value, str)
        ]
        wanted = {name for text in texts for _, name, _, _ in Formatter().parse(text) if name}
        if None not in given and not wanted <= given:
            yield f"line {node.lineno}: nothing fills {sorted(wanted - given)}"


def _printed(file: Path) -> Iterator[str]:
    if name_of(file).startswith("workbench/cli"):
        return
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "print":
            yield f"line {node.lineno}: log instead of printing"


def test_every_source_folder_is_a_package() -> None:
    bare = {name_of(file.parent) for file in FILES if not (file.parent / "__init__.py").exists()}
    assert not bare


def test_packaging_is_no_package() -> None:
    # `packaging` is also a library that pip and others import by that name.
    assert not (ROOT / "packaging" / "__init__.py").exists()


def test_setup_needs_only_the_standard_library() -> None:
    # The entry of the frozen program runs where everything is installed.
    files = [file for file in python_files("packaging") if file.name != "entry.py"]
    ours = {file.stem for file in files}
    foreign = {
        (name_of(file), module)
        for file in files
        for module in _imported(file)
        if module not in sys.stdlib_module_names and module not in ours
    }
    assert not foreign


@pytest.mark.parametrize("file", python_files("benchmarks"), ids=name_of)
def test_benchmark_names_its_promise(file: Path) -> None:
    assert ast.get_docstring(tree_of(file)), "a benchmark says which promise it measures"


@pytest.mark.parametrize("file", python_files("benchmarks"), ids=name_of)
def test_benchmark_takes_what_there_is(file: Path) -> None:
    """Nothing else runs them, and their types are not checked."""
    for node in ast.walk(tree_of(file)):
        if not isinstance(node, ast.ImportFrom) or not node.module:
            continue
        if node.module.partition(".")[0] in (*PROGRAM, "resources", "tests"):
            names = ", ".join(one.name for one in node.names)
            exec(f"from {node.module} import {names}", {})  # noqa: S102  imports as the file does


def _functions(file: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _public_functions(module: ast.Module) -> Iterator[ast.FunctionDef]:
    """Functions of the module and methods of its public classes, as far as others call them."""
    owners: list[ast.Module | ast.ClassDef] = [module]
    owners += [
        node
        for node in module.body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    ]
    for owner in owners:
        for node in owner.body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                yield node


def _overrides(function: ast.FunctionDef) -> bool:
    """An override is described where it is first declared; so is a property's setter."""
    names = {getattr(mark, "id", getattr(mark, "attr", "")) for mark in function.decorator_list}
    return bool(names & {"override", "setter", "overload"})


def _strings(file: Path) -> list[str]:
    return [
        node.value
        for node in ast.walk(tree_of(file))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]


def _names(file: Path) -> set[str]:
    return {node.attr for node in ast.walk(tree_of(file)) if isinstance(node, ast.Attribute)}


def _imported(file: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
    return found - {"__future__"}
