"""The house style, held by tests: small files and functions, one theme, nothing left unfinished."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.source import PROGRAM, ROOT, name_of, python_files, text_of, tree_of

FILES = python_files(*PROGRAM)
EVERYTHING = python_files(*PROGRAM, "resources", "packaging", "benchmarks", "tests")
PACKAGES = [file for file in python_files(*PROGRAM, "resources") if file.name == "__init__.py"]
LONGEST_FILE = 400
LONGEST_FUNCTION = 60
_HEX_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})\b")
# Written apart, so that this file does not find itself.
_UNFINISHED = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X|NotImplemented" r"Error)\b")

# One test for a file, which is parsed once for all that is asked of it.


@pytest.mark.parametrize("file", EVERYTHING, ids=name_of)
def test_file_keeps_the_house_style(file: Path) -> None:
    nothing_is_left_unfinished(file)
    if file in PACKAGES:
        package_says_what_it_holds(file)
    if file in FILES:
        file_is_short(file)
        functions_are_short(file)
        module_says_why_it_exists(file)
        public_functions_are_described(file)
        colours_live_in_the_theme(file)
        only_the_command_line_prints(file)


def file_is_short(file: Path) -> None:
    length = text_of(file).count("\n")
    assert length <= LONGEST_FILE, f"{length} lines: part it along its subjects"


def functions_are_short(file: Path) -> None:
    long = {
        node.name: length
        for node in _functions(file)
        if (length := (node.end_lineno or node.lineno) - node.lineno + 1) > LONGEST_FUNCTION
    }
    assert not long, "functions over 60 lines"


def module_says_why_it_exists(file: Path) -> None:
    assert ast.get_docstring(tree_of(file)), "a module docstring says why the module exists"


def public_functions_are_described(file: Path) -> None:
    bare = [
        node.name
        for node in _public_functions(tree_of(file))
        if not ast.get_docstring(node) and not _overrides(node)
    ]
    assert not bare, "public functions without a docstring"


def colours_live_in_the_theme(file: Path) -> None:
    if name_of(file) == "ui/theme.py":
        assert "setStyleSheet" in text_of(file)
        return
    found = [text for text in _strings(file) if _HEX_COLOUR.search(text)]
    assert not found, "colours are declared in resources/theme and asked from ui.theme"
    assert not _names(file) & {"setStyleSheet"}, "only ui.theme sets a style sheet"


def only_the_command_line_prints(file: Path) -> None:
    if name_of(file).startswith("workbench/cli"):
        return
    calls = [node for node in ast.walk(tree_of(file)) if isinstance(node, ast.Call)]
    prints = [call.lineno for call in calls if getattr(call.func, "id", "") == "print"]
    assert not prints, "log instead of printing"


def nothing_is_left_unfinished(file: Path) -> None:
    found = _UNFINISHED.findall(text_of(file))
    assert not found, "finish it, or open an issue and leave it out"


def package_says_what_it_holds(file: Path) -> None:
    assert ast.get_docstring(tree_of(file))


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
