"""One place owns the order in which a study is opened and closed; nobody else takes its steps."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.support.source import ROOT, name_of, python_files, tree_of

_STUDIES, _SWITCHING = {"ui/studies.py"}, {"ui/switching.py"}
# The steps, by what they end with, and who may take them.
_STEPS = {
    "opening.begin": _SWITCHING,
    "opening.end": _SWITCHING,
    "opening.study": {"ui/context.py"},
    "getting_in.get": _SWITCHING,
    "Study.open": {"ui/getting_in.py"},
    "Study.create": {"ui/switching.py", "ui/app.py"},  # and the sample, which nobody looks at yet
    "locking.let_go": _SWITCHING,
    "locks.may_read": _STUDIES,
    "keeper.start": _STUDIES,
    "keeper.stop": _STUDIES,
    "keeper.say_how_found": _STUDIES,
    "study.get_ready": {"ui/getting_ready.py"},
    "study.close": {"ui/opening.py", "ui/switching.py"},
    "context.get_ready": {"ui/studies.py", "ui/workspaces.py"},
    "jobs.set_study": {"ui/app.py"},
    "unsaved.set_study": _STUDIES,
    "settings.remember": _STUDIES,
}


def _taken(file: Path) -> Iterator[str]:
    """Yield the steps that a file takes, or gives to somebody who does."""
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, (ast.Name, ast.Attribute)):
            before = node.value.id if isinstance(node.value, ast.Name) else node.value.attr
            yield from {f"{before.lstrip('_')}.{node.attr}"} & _STEPS.keys()


def test_steps_are_taken_where_the_order_is_known() -> None:
    found: dict[str, set[str]] = {step: set() for step in _STEPS}
    for file in python_files("ui"):  # each is parsed once
        for step in _taken(file):
            found[step].add(name_of(file))
    assert found == _STEPS


def test_a_step_elsewhere_is_seen(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.py"
    elsewhere.write_text(
        "Study.open(folder)\nself._context.opening.begin(study)\nrun(self.keeper.start)\n", "utf-8"
    )
    assert set(_taken(elsewhere)) == {"Study.open", "opening.begin", "keeper.start"}


def test_the_order_knows_nobody_who_takes_part() -> None:
    tree = tree_of(ROOT / "ui" / "opening.py")
    modules = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not any(module.startswith("ui") for module in modules)
