"""What leaves a study passes the door: nobody writes a file for others beside it."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.source import ROOT, name_of, python_files, tree_of

EXPORTERS = {
    f"workbench.exchange.{file.stem}"
    for file in python_files("workbench/exchange")
    if file.stem.startswith("export_") or file.stem == "codebook_csv"
} | {"workbench.speech.silencing"}
WRITING = {"write_text", "write_bytes", "QSvgGenerator", "QPdfWriter", "QPrinter", "QSaveFile"}
PASSES = {"ui/views/journey/export.py": "picture"}
"""Files of the window that paint what leaves, and through what they let it."""
INSIDE = {"workbench/services/withdrawal/erased_sound.py"}
"""Files that write what stays in the study."""
ITS_OWN = {"ui/style_sheet.py": "pictures for the style sheet, in the folder of the program"}

PRIVATE = python_files("workbench/services")
OUTSIDE = python_files("workbench/cli", "ui")


@pytest.mark.parametrize("file", [*PRIVATE, *OUTSIDE], ids=name_of)
def test_what_leaves_passes_the_door(file: Path) -> None:
    outside = file in OUTSIDE and name_of(file) not in ITS_OWN
    if name_of(file) in INSIDE:
        return
    assert list(_around(tree_of(file), outside=outside, passes=PASSES.get(name_of(file)))) == []


def _around(tree: ast.Module, *, outside: bool, passes: str | None = None) -> Iterator[str]:
    """Yield what goes around the door.

    Args:
        tree: of a module.
        outside: it is of the window or the command line, which may not even import an exporter.
        passes: the method of the study through which it lets what it writes.
    """
    called = {getattr(n.func, "attr", getattr(n.func, "id", "")) for n in _calls(tree)}
    exporters = EXPORTERS & set(_imported(tree))
    if exporters and outside:
        yield f"imports {sorted(exporters)}"
    if exporters - {"workbench.exchange.codebook_csv"} and "leave" not in called:
        yield f"uses {sorted(exporters)} and never asks the door"
    if outside and called & WRITING and passes not in called:
        yield f"writes with {sorted(called & WRITING)}"


def _calls(tree: ast.Module) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("from workbench.exchange import export_text", "imports"),
        ("from workbench.exchange.export_docx import export_docx", "imports"),
        ("import workbench.exchange.codebook_csv", "imports"),
        ("def write(out):\n    out.write_text(words)", "writes with ['write_text']"),
        ("def paint(path):\n    QSvgGenerator().setFileName(path)", "writes with"),
    ],
)
def test_going_around_it_is_found(source: str, said: str) -> None:
    assert any(said in found for found in _around(ast.parse(source), outside=True))


def test_a_service_that_exports_without_asking_is_found() -> None:
    source = "from workbench.exchange import export_data\n\nexport_data.export_json(data, out)"
    assert list(_around(ast.parse(source), outside=False))
    assert not list(_around(ast.parse(f"{source}\ndoor.leave(out, fill)"), outside=False))


_CONTRACT = """
import sys
import grimp
from importlinter.cli import lint_imports_command

build = grimp.build_graph

def with_a_way_around(*packages, **options):
    graph = build(*packages, **options)
    if "workbench.cli.commands" in graph.modules:
        graph.add_import(
            importer="workbench.cli.commands", imported="workbench.exchange.export_docx"
        )
    return graph

grimp.build_graph = with_a_way_around
sys.argv = ["lint-imports", "--no-cache", "--contract", sys.argv[1]]
lint_imports_command()
"""


def test_the_contract_of_the_imports_fails_for_a_way_around() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _CONTRACT, "door"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert "what leaves a study passes the door BROKEN" in done.stdout
    assert "workbench.cli.commands -> workbench.exchange.export_docx" in done.stdout
