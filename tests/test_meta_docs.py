"""The documents say what is true: links lead somewhere and commands exist."""

from __future__ import annotations

import pkgutil
import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.source import ROOT, name_of, text_of

DOCUMENTS = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")])
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")
_BLOCK = re.compile(r"```(?:sh|console|bash)\n(.*?)```", re.DOTALL)
_PLACE = re.compile(r"`((?:workbench|ui|resources|tests|packaging|benchmarks|docs)/[\w./-]+)`")

_IN_BACKTICKS = re.compile(r"`([^`\n]+)`")
_NAME = re.compile(r"[A-Za-z_]\w*(?:\.\w+)*")
_TO_BE_WRITTEN = re.compile(r"NAME|NNNN")
_DECISION = re.compile(r"^(\d+)\. \[(.+)\]\((.+)\)$", re.MULTILINE)
A_PAGE = 60
_STEP = re.compile(r"\n\n|\n *(?:\d+\.|-) ")

each_document = pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)


@each_document
def test_links_lead_somewhere(document: Path) -> None:
    links = [link for link in _LINK.findall(text_of(document)) if "://" not in link]
    missing = [link for link in links if not (document.parent / link).exists()]
    assert not missing


def test_pictures_name_files_that_exist() -> None:
    named = re.findall(r'class="p"[^>]*>([^<]+)<', text_of(ROOT / "docs" / "inside" / "data.svg"))
    assert named
    assert [place for place in named if not _is_there(place)] == []


@each_document
def test_named_files_exist(document: Path) -> None:
    missing = [place for place in _PLACE.findall(text_of(document)) if not _is_there(place)]
    assert not missing


def test_decisions_are_numbered_listed_and_short() -> None:
    pages = sorted(set((ROOT / "docs" / "adr").glob("*.md")) - {ROOT / "docs/adr/README.md"})
    titles = [text_of(page).partition("\n")[0].removeprefix("# ") for page in pages]
    listed = _DECISION.findall(text_of(ROOT / "docs" / "adr" / "README.md"))
    assert listed == [(*t.split(". ", 1), p.name) for t, p in zip(titles, pages, strict=True)]
    for number, page in enumerate(pages, start=1):
        assert page.name.startswith(f"{number:04}-")
        heads = re.findall(r"^## (.+)$", text_of(page), re.MULTILINE)
        assert heads == ["Situation", "Decision", "Consequences", "Instead of"], page.name
        assert text_of(page).count("\n") < A_PAGE, page.name


def test_recipes_name_files_and_what_stands_in_them() -> None:
    assert list(_led_astray(text_of(ROOT / "docs" / "recipes.md"))) == []


@pytest.mark.parametrize(
    ("recipe", "wrong"),
    [
        ("`run` of `ui/app.py`, which `ui/icons.py` does not have", []),
        ("`ui/app.py` has `run`, `ui/views/` has `AboutDialog`", []),
        ("`run` in `ui/app.py`", []),
        ("`Gone` in `ui/app.py`", ["Gone"]),
        ("`ui/app.py` has\n1. this\n2. `run`", ["run"]),
        ("`ui/gone.py`", ["ui/gone.py"]),
        ("`pyproject.toml` and `gone.toml`", ["gone.toml"]),
        ("write `ui/views/NAME.py`, then `ui/gone/NAME.py`", ["ui/gone/NAME.py"]),
        ("`ui.i18n.plural`, `ui.i18n.gone`", ["ui.i18n.gone"]),
        ("`--debug` and `a b` are no names", []),
    ],
)
def test_a_recipe_that_leads_astray_is_found(recipe: str, wrong: list[str]) -> None:
    assert list(_led_astray(recipe)) == wrong


@each_document
def test_commands_exist(document: Path) -> None:
    lines = [line for block in _BLOCK.findall(text_of(document)) for line in block.splitlines()]
    unknown = [line for line in lines if line.strip() and not _is_known(line)]
    assert not unknown, "commands that lead nowhere"


def test_readme_opens_with_the_two_commands() -> None:
    [first, *_] = _BLOCK.findall(text_of(ROOT / "README.md"))
    commands = [line.partition("#")[0].strip() for line in first.splitlines()]
    assert commands == ["python3 packaging/start.py", "python3 packaging/start.py test"]


def test_ci_runs_what_people_run() -> None:
    assert "python3 packaging/start.py test" in (ROOT / ".ci" / "run").read_text("utf-8")


def test_licence_is_the_declared_one() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["license"] == "MIT"
    assert (ROOT / "LICENSE").read_text("utf-8").startswith("MIT License")


def _led_astray(text: str) -> Iterator[str]:
    """Yield what a text names in backticks and is not there.

    A name must stand in one of the files of its step, or be importable as a whole.
    """
    for step in _STEP.split(text):
        named = _IN_BACKTICKS.findall(step)
        places = [one for one in named if "/" in one or Path(one).suffix in {".toml", ".md"}]
        yield from (place for place in places if not _is_there(place))
        words = {word for place in places for word in _words_of(ROOT / place)}
        names = [name for name in named if name not in places and _NAME.fullmatch(name)]
        yield from (n for n in names if not (_is_importable(n) if "." in n else n in words))


def _is_there(place: str) -> bool:
    """Whether a file is there, or the folder of one that is yet to be written."""
    path = ROOT / place
    return (path.parent if _TO_BE_WRITTEN.search(path.name) else path).exists()


def _words_of(place: Path) -> set[str]:
    files = place.rglob("*.py") if place.is_dir() else [place] if place.is_file() else []
    return {word for file in files for word in re.findall(r"\w+", text_of(file))}


def _is_importable(name: str) -> bool:
    try:
        pkgutil.resolve_name(name)
    except (ImportError, AttributeError):
        return False
    return True


def _is_known(line: str) -> bool:
    """Whether the files that a command line runs are there, and our own commands are real."""
    words = shlex.split(line, comments=True)
    while words and "=" in words[0]:  # a variable set for this command
        words = words[1:]
    if not words:
        return True
    if words[0] == "workbench":
        return len(words) == 1 or f'"{words[1]}"' in _command_line_source()
    scripts = [word for word in words if word.endswith(".py") or word.startswith(".ci/")]
    return all((ROOT / script).exists() for script in scripts)


def _command_line_source() -> str:
    return "".join(file.read_text("utf-8") for file in (ROOT / "workbench" / "cli").glob("*.py"))
