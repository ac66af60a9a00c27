"""Every text that people read is collected for translators, and its braces are filled."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from tests.support.source import PROGRAM, ROOT

HEAD = """
class Problem:
    def __init__(self, code: str, happened: Phrase, todo: Phrase = "", *, ways: Any = (), **v): ...
class Refused(Problem): ...
class Locked(Problem):
    def __init__(self, name: str) -> None:
        super().__init__("locked", "{name} is locked.", name=name)
def t(text: Phrase, /, **values): ...
def plural(n, one: Phrase, many: Phrase, /, **values): ...
"""

WHOLE = "say it whole, with names in braces, and fill them in"

KEY = re.compile(r"\b(?:Ctrl|Alt|Shift|Meta)\+|\bF\d{1,2}\b|\((?:Esc|Del|Enter|Space)\)")
OF_TERMINALS = {"Enter pauses and goes on; Ctrl+C ends, and what was recognised is kept."}

Collect = Callable[[str], tuple[list[str], list[str]]]


@pytest.fixture
def collecting(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script that goes through the source."""
    monkeypatch.syspath_prepend(str(ROOT / "packaging"))
    import collecting

    monkeypatch.delitem(sys.modules, "collecting")
    return collecting


@pytest.fixture
def collect(collecting: ModuleType) -> Collect:
    """Collects of one file: its texts and what is wrong with it."""

    def of(source: str) -> tuple[list[str], list[str]]:
        texts, faults = collecting.collected({Path("one.py"): ast.parse(HEAD + source)})
        ours = [text.one for text in texts if text.one != "{name} is locked."]
        return ours, [fault.what for _file, fault in faults]

    return of


def test_every_text_of_the_program_can_be_collected_and_filled(collecting: ModuleType) -> None:
    texts, faults = collecting.collected(collecting.parsed(ROOT, PROGRAM))
    assert [f"{file}:{fault.line}: {fault.what}" for file, fault in faults] == []
    assert {"Welcome", "{minutes} min {seconds} s"} <= {text.one for text in texts}
    assert collecting.Text("{n} second", "{n} seconds") in texts


def test_no_text_names_a_key(collecting: ModuleType) -> None:
    """People change keys, and each system writes them its own way (`shown` in `ui/actions.py`)."""
    texts, _faults = collecting.collected(collecting.parsed(ROOT, PROGRAM))
    said = {words for text in texts for words in (text.one, text.many) if words}
    assert {words for words in said if KEY.search(words)} <= OF_TERMINALS


def test_what_is_declared_to_be_a_text_is_collected(collect: Collect) -> None:
    texts, faults = collect(
        "KINDS: dict[str, Phrase] = {'a': 'Kind A'}\n"
        "ROWS: tuple[tuple[str, Phrase], ...] = (('id', 'Row'),)\n"
        "WORD = 'Named once'\nt(WORD)\n"
        "A, B = 'Named first', 'Named second'\nt(A)\n"
        "class Part(Generic[T]):\n    label: Phrase\nclass Of(Part[int]):\n    size: int\n"
        "ONE = Of('Inherited', 1)\n"
        "class Lane:\n    id: str\n    title: Phrase\n"
        "LANES = [Lane('x', 'Lane'), Lane(id='y', title='Other lane')]\n"
        "def label(one) -> Phrase:\n    return 'Yes' if one else 'No'\n"
        "def show(title: Phrase, hint: Phrase | None = 'A hint'): ...\n"
        "show('Shown', None); t('Said'); raise Refused('code', 'Happened.', 'Do this.')\n"
    )
    assert texts == [
        "Kind A", "Row", "Named once", "Named first", "Inherited", "Lane", "Other lane", "Yes",
        "No", "A hint", "Shown", "Said", "Happened.", "Do this.",
    ]  # fmt: skip
    assert faults == []


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("t('{name} is gone')", "nothing fills name"),
        ("t('{name} and {other}', name=1)", "nothing fills other"),
        ("t('It is gone', name=1)", "no text has name"),
        ("plural(2, '{n} of {all}', '{n} of {all}')", "nothing fills all"),
        ("raise Refused('code', 'No {file}.', 'Choose.')", "nothing fills file"),
        ("raise Refused('code', 'No.', 'Choose.', ways=(), file=1)", "no text has file"),
        ("t('No {what}', what='file')", "what is filled with a word that nobody translates"),
        (
            "t('No {what}', what='file' if one else two)",
            "what is filled with a word that nobody translates",
        ),
        ("t(f'{name} is gone')", WHOLE),
        ("raise Refused('code', f'No {file}.')", WHOLE),
        ("t('One ' + 'two')", "a text is one literal"),
    ],
)  # fmt: skip
def test_what_nobody_could_translate_or_fill_is_told(
    collect: Collect, source: str, fault: str
) -> None:
    assert collect(source)[1] == [fault]


def test_what_is_filled_is_no_fault(collect: Collect) -> None:
    texts, faults = collect(
        "plural(2, '{n} of {all}', '{n} of {all}', all=3)\n"
        "t('{place.name}', place=1); t(name); t(one if two else 'Three', name=1)\n"
        "raise Refused('code', 'No {file}.', 'Not {place}.', file=1, place=2)"
    )
    assert texts == ["{n} of {all}", "{place.name}", "Three", "No {file}.", "Not {place}."]
    assert faults == []
