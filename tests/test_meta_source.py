"""The house style, held by tests: small files and functions, one theme, nothing left unfinished."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import TypeGuard

import pytest

from tests.support.classes import methods_of
from tests.support.source import PROGRAM, ROOT, name_of, python_files, text_of, tree_of
from workbench.domain.codebook import Code
from workbench.domain.findings import Insight, Opportunity
from workbench.domain.journey import Stage, Touchpoint
from workbench.domain.materials import Session, Source
from workbench.domain.observation import Observation
from workbench.domain.people import Participant, Segment
from workbench.domain.visits import Visit

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

# Names of Qt or of Python, not of ours, that may be missing.
MISSING = {
    ("ui/views/player/engine.py", "setPitchCompensation"): "older versions of Qt do not have it",
    ("ui/views/widgets/spoken.py", "spoken_role"): "any widget may say so in its class, or not",
}
BY_NAME = {
    "workbench/domain/protection.py": "goes through whatever value it is given",
    "workbench/domain/report.py": "goes through the whole tree of a report",
    "workbench/services/leaving/codebook_files.py": "fields of a code and of its row in a file",
    "workbench/services/consent/ledger.py": "an entry that says again what another one says",
    "workbench/services/confidential/names.py": "goes through the free words of all tables",
    "workbench/services/naming.py": "the name of a row, whatever table it is of",
    "workbench/speech/diarize.py": "arrays of a file that holds them under their names",
    "workbench/speech/protocol.py": "messages between programs, made of dataclasses",
    "workbench/speech/packing.py": "their fields, as JSON holds them",
    "workbench/storage/driver.py": "makes errors of one library errors of another",
    "workbench/storage/rows.py": "rows of any table, made of dataclasses",
    "workbench/vault/keyring_child.py": "keyrings by the names of their modules",
}
"""Files of the lower floors that ask for attributes by a name they are given, and what for."""
MOST_METHODS = 20
WHOLE = {
    # Of the window
    "ui.views.player.engine.Engine": (
        "one player of Qt's, whose states say what each method may do, and what comes next"
    ),
    "ui.views.journey.map_view.MapView": (
        "a painted widget: every third method answers an event of Qt's"
    ),
    # Of the study
    "workbench.services.confidential.confidential.Confidential": (
        "one rule, what may be read by others, asked about one kind of thing each"
    ),
    "workbench.storage.journal.Journal": (
        "one history: steps are recorded, merged, undone and sealed by the same tables"
    ),
    "workbench.study.Study": "the door of a study: what is behind it is held by its services",
    "workbench.services.withdrawal.withdrawal.Withdrawals": (
        "one deed in a fixed order, from the name that is asked for to the certificate"
    ),
    "workbench.exchange.import_rtf._Reader": (
        "one way through a file: each control word changes the same state"
    ),
    "workbench.exchange.export_docx._Writer": (
        "one document, written block by block: a method for each kind of block"
    ),
}
"""Classes with more methods than that, by their modules, and why they are not parted."""
_FIELD_NAMES = {
    field.name
    for kind in (
        *(Code, Insight, Observation, Opportunity, Participant, Segment),
        *(Session, Source, Stage, Touchpoint, Visit),
    )
    for field in fields(kind)
}
_ASKING = {"getattr", "setattr", "delattr", "attrgetter", "methodcaller"}

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
        yield from _printed(file)
        yield from _by_name(tree_of(file), name_of(file))


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


def _printed(file: Path) -> Iterator[str]:
    if name_of(file).startswith("workbench/cli"):
        return
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "print":
            yield f"line {node.lineno}: log instead of printing"


def _by_name(tree: ast.Module, name: str) -> Iterator[str]:
    """Find attributes and fields that are named where types and grep cannot follow."""
    in_window = name.startswith("ui/")
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        asked = next((part.value for part in node.args if _is_name(part)), None)
        called = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if called in _ASKING and (
            (name, asked) not in MISSING if in_window else asked is None and name not in BY_NAME
        ):
            yield f"line {node.lineno}: {called} hides what it asks for; hold a field or a callable"
        if in_window and called == "emit" and len(node.args) > 1 and asked in _FIELD_NAMES:
            yield f"line {node.lineno}: a signal tells a field as a `Given`, not by its name"
        if in_window and any(_is_given_by_name(word) for word in node.keywords):
            yield f"line {node.lineno}: a field is changed with a `Given`, not by its name"


def _is_name(node: ast.expr) -> TypeGuard[ast.Constant]:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _is_given_by_name(word: ast.keyword) -> bool:
    keys = word.value.keys if word.arg is None and isinstance(word.value, ast.Dict) else ()
    return any(key is not None and not _is_name(key) for key in keys)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("getattr(passage.observation, field)", 1),
        ("getattr(passage, 'kind')", 1),
        ("getattr(type(thing), 'spoken_role', None)", 1),
        ("setattr(self, name, value)", 1),
        ("sorted(rows, key=attrgetter(column))", 1),
        ("self.changed.emit('kind', value)", 1),
        ("study.people.change(one.id, **{field: text})", 1),
        ("self.changed.emit(KIND.to(value))", 0),
        ("signals.open_requested.emit('source', source.id)", 0),
        ("study.people.change(one.id, field.to(text))", 0),
        ("change(**{'note': text})", 0),
    ],
)
def test_a_field_that_is_named_is_found(source: str, found: int) -> None:
    assert len(list(_by_name(ast.parse(source), "ui/some.py"))) == found


def test_exceptions_are_needed() -> None:
    for file in {name for name, _ in MISSING} | BY_NAME.keys():
        assert list(_by_name(tree_of(ROOT / file), f"{file.split('/')[0]}/another.py")), file


def test_a_class_is_made_of_parts() -> None:
    """Methods of ours that it inherits count: a chain of classes is one class in several files."""
    large = {name for name, methods in methods_of(FILES).items() if len(methods) > MOST_METHODS}
    assert large - WHOLE.keys() == set(), "hold parts, each for one purpose"
    assert WHOLE.keys() == large, "no exception is needed any more"


def test_methods_are_counted_with_those_of_all_bases(tmp_path: Path) -> None:
    (tmp_path / "base.py").write_text(
        "class Base(Generic[T]):\n"
        "    def __init__(self): ...\n"
        "    def __len__(self): ...\n"
        "    def show(self): ...\n"
        "class Other:\n"
        "    def hide(self): ...\n",
        "utf-8",
    )
    (tmp_path / "view.py").write_text(
        "import base\n"
        "from base import Base as Lowest\n"
        "class View(Lowest[int], base.Other, QWidget):\n"
        "    def show(self): ...\n"
        "    @property\n"
        "    def size(self): ...\n"
        "    def _inner(self):\n"
        "        def deeper(): ...\n",
        "utf-8",
    )
    found = methods_of(sorted(tmp_path.glob("*.py")), tmp_path)
    assert found["view.View"] == {"__init__", "show", "hide", "size", "_inner"}


def test_classes_of_one_name_are_told_apart_by_their_module(tmp_path: Path) -> None:
    (tmp_path / "rows").mkdir()
    for name, text in {
        "rows/__init__.py": "from rows.tall import Row\n",
        "rows/tall.py": "class Row:\n    def rise(self): ...\n    def fall(self): ...\n",
        "rows/wide.py": "class Row:\n    def widen(self): ...\n",
        "one.py": "from rows import Row\nclass One(Row): ...\n",
        "other.py": "import rows.wide\nclass Row(rows.wide.Row):\n    def show(self): ...\n",
    }.items():
        (tmp_path / name).write_text(text, "utf-8")
    assert methods_of(sorted(tmp_path.rglob("*.py")), tmp_path) == {
        "rows.tall.Row": {"rise", "fall"},
        "rows.wide.Row": {"widen"},
        "one.One": {"rise", "fall"},
        "other.Row": {"widen", "show"},
    }


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
